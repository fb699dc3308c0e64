# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Everything a board house and an assembler need, made again into hardware/out, and compared where it is deterministic."""
import hashlib
import os
import shutil

from tools import CheckError

LIST = "fabrication.sha256"
# Lines that carry the date or KiCad's patch version.
_VOLATILE = ("%TF.CreationDate", "%TF.GenerationSoftware", "G04 Created by KiCad", "; DRILL file", "; #@! TF.CreationDate",
             "; #@! TF.GenerationSoftware", "### Footprint positions", "### Module positions", "## Created on", "### Printed by")
LAYERS = "F.Cu,B.Cu,F.Mask,B.Mask,F.Paste,F.Silkscreen,B.Silkscreen,Edge.Cuts"


def _digest(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as stream:
        kept = [line for line in stream if not line.startswith(_VOLATILE)]
    return hashlib.sha256("".join(kept).encode("utf-8", "surrogateescape")).hexdigest()


def build(tree, out):
    """Writes all outputs; returns the names of those whose content depends on the design only."""
    pcb, sch = os.path.join(tree.board, "s0node.kicad_pcb"), os.path.join(tree.board, "s0node.kicad_sch")
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(os.path.join(out, "gerber"))
    cli = lambda *arguments: tree.run("kicad-cli", *arguments)
    cli("pcb", "export", "gerbers", "--layers", LAYERS, "-o", os.path.join(out, "gerber") + "/", pcb)
    cli("pcb", "export", "drill", "--format", "excellon", "-o", os.path.join(out, "gerber") + "/", pcb)
    cli("pcb", "export", "pos", "--format", "csv", "--units", "mm", "--side", "front", "-o", os.path.join(out, "positions.csv"), pcb)
    shutil.copy(os.path.join(tree.board, "bom.csv"), out)
    stable = sorted(os.path.join("gerber", f) for f in os.listdir(os.path.join(out, "gerber")) if not f.endswith(".gbrjob")) + \
        ["bom.csv", "positions.csv"]
    cli("sch", "export", "pdf", "-o", os.path.join(out, "schematic.pdf"), sch)
    cli("pcb", "export", "pdf", "--mode-single", "--layers", "F.Cu,F.Mask,F.Silkscreen,F.Fab,Edge.Cuts", "-o", os.path.join(out, "board.pdf"), pcb)
    cli("pcb", "export", "step", "--force", "--no-dnp", "-o", os.path.join(out, "board.step"), pcb)
    cli("pcb", "render", "--side", "top", "-w", "900", "--height", "900", "-o", os.path.join(out, "board.png"), pcb)
    return stable


def fabrication(tree):
    """Gerber, drill, positions, BOM: as in fabrication.sha256. PDF, STEP and picture: made, not empty."""
    out = tree.path("out")
    stable = build(tree, out)
    lines = [f"{_digest(os.path.join(out, name))}  {name}" for name in stable]
    committed = tree.read("board", LIST).split("\n")[:-1] if os.path.exists(tree.path("board", LIST)) else []
    with open(os.path.join(out, LIST), "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")
    if lines != committed:
        changed = sorted({line.split("  ")[1] for line in set(lines) ^ set(committed)})
        raise CheckError(f"{len(changed)} outputs are not those of board/{LIST} ({', '.join(changed[:3])}); if the change is meant, copy out/{LIST} there")
    for name in ("schematic.pdf", "board.pdf", "board.step", "board.png"):
        if os.path.getsize(os.path.join(out, name)) < 10_000:
            raise CheckError(f"out/{name} is nearly empty")
    return f"{len(stable)} files by hash, 4 more made"
