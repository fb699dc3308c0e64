# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Drawings and pages: drawn from their texts, one revision everywhere, links that lead somewhere, a licence in each source."""
import csv
import os
import re

from tools import CheckError

SOURCES = (".py", ".sh", ".scad", ".kicad_dru")


def wiring(tree):
    """The SVG drawings are what wiring/draw.py draws; each meter has a source and says what is not verified."""
    out = os.path.join(tree.scratch, "wiring")
    os.makedirs(out, exist_ok=True)
    tree.python(tree.path("wiring", "draw.py"), out)
    drawn = sorted(os.listdir(out))
    committed = sorted(f for f in os.listdir(tree.path("wiring")) if f.endswith((".svg", ".md")) and f != "README.md")
    if drawn != committed:
        raise CheckError(f"wiring/ holds {sorted(set(committed) ^ set(drawn))[:3]} too many or too few; run wiring/draw.py")
    for name in drawn:
        with open(os.path.join(out, name), encoding="utf-8") as stream:
            if stream.read() != tree.read("wiring", name):
                raise CheckError(f"wiring/{name} differs from what wiring/draw.py draws")
    with open(tree.path("wiring", "meters.csv"), encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for column in ("Meter", "Pulse weight", "Width", "Output", "Setting", "Source", "Not verified"):
                if not (row[column] or "").strip():
                    raise CheckError(f"wiring/meters.csv, {row['Meter'] or '?'}: {column} is empty")
    return f"{len(drawn)} files"


def pages(tree):
    """Links resolve; the revision is one; each source names its licence."""
    revision = re.search(r"^## Revision (\w+)", tree.read("CHANGELOG.md"), re.M)
    places = {"title block": re.search(r'\(rev "(\w+)"\)', tree.read("board", "s0node.kicad_sch")),
              "board": re.search(r'\(rev "(\w+)"\)', tree.read("board", "s0node.kicad_pcb")),
              "silkscreen": re.search(r'gr_text "revision (\w+)"', tree.read("board", "s0node.kicad_pcb")),
              "box": re.search(r'revision = "(\w+)"', tree.read("enclosure", "box.scad"))}
    for place, found in places.items():
        if not revision or not found or found.group(1) != revision.group(1):
            raise CheckError(f"revision: CHANGELOG.md says {revision and revision.group(1)}, {place} says {found and found.group(1)}")
    links = sources = 0
    for folder, folders, files in os.walk(tree.root):
        folders[:] = sorted(f for f in folders if f not in ("out", "__pycache__"))
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name.endswith(SOURCES):
                sources += 1
                with open(path, encoding="utf-8") as stream:
                    if "SPDX-License-Identifier: CERN-OHL-W-2.0" not in stream.read(400):
                        raise CheckError(f"{os.path.relpath(path, tree.root)} does not name its licence")
            if name.endswith(".md"):
                with open(path, encoding="utf-8") as stream:
                    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", stream.read()):
                        if "://" not in target:
                            links += 1
                            if not os.path.exists(os.path.join(folder, target)):
                                raise CheckError(f"{os.path.relpath(path, tree.root)} links to {target}, which is not there")
    return f"revision {revision.group(1)}, {links} links, {sources} sources"
