# SPDX-License-Identifier: CERN-OHL-W-2.0
"""What the checks share: where things are, how a tool is run, and how a check says that it failed."""
import os
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as xml


class CheckError(Exception):
    """The finding: what, where, what is allowed. One sentence."""


class Tree:
    """The hardware folder under test (a copy of it when a fault is planted) and the repository it belongs to."""

    def __init__(self, root, repository):
        self.root, self.repository = root, repository
        self.board = os.path.join(root, "board")
        self._folder = tempfile.TemporaryDirectory(prefix="hardware-check-")
        self.scratch = self._folder.name
        self._netlist = None
        self.environment = dict(os.environ, LC_ALL="C", KICAD_CONFIG_HOME=self._kicad_home(),
                                KICAD9_SYMBOL_DIR="/usr/share/kicad/symbols",
                                KICAD9_FOOTPRINT_DIR="/usr/share/kicad/footprints", PYTHONDONTWRITEBYTECODE="1")

    def _kicad_home(self):
        """A fresh KiCad configuration with the library tables of the package; the user's own is neither read nor changed."""
        home = os.path.join(self.scratch, "kicad")
        os.makedirs(os.path.join(home, "9.0"))
        for name in ("sym-lib-table", "fp-lib-table"):
            source = os.path.join("/usr/share/kicad/template", name)
            if not os.path.exists(source):
                raise CheckError(f"{source} is missing: KiCad 9 is not installed whole; run hardware/install-tools.sh")
            shutil.copy(source, os.path.join(home, "9.0"))
        return home

    def path(self, *names):
        return os.path.join(self.root, *names)

    def read(self, *names):
        with open(self.path(*names), encoding="utf-8") as stream:
            return stream.read()

    def run(self, *command, check=True, cwd=None, timeout=900):
        done = subprocess.run(command, capture_output=True, text=True, env=self.environment, cwd=cwd, timeout=timeout)
        if check and done.returncode != 0:
            tail = " | ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
            raise CheckError(f"{os.path.basename(command[0])} {' '.join(command[1:4])} ended with {done.returncode}: {tail}")
        return done

    def python(self, *arguments, **more):
        return self.run("/usr/bin/python3", *arguments, **more)

    def netlist_file(self):
        if self._netlist is None:
            self._netlist = os.path.join(self.scratch, "netlist.xml")
            self.run("kicad-cli", "sch", "export", "netlist", "--format", "kicadxml", "-o", self._netlist,
                     os.path.join(self.board, "s0node.kicad_sch"))
        return self._netlist

    def netlist(self):
        return xml.parse(self.netlist_file()).getroot()

    def nets(self):
        """{net name: [(reference, pin)]}"""
        return {net.get("name"): [(n.get("ref"), n.get("pin")) for n in net.iter("node")] for net in self.netlist().iter("net")}
