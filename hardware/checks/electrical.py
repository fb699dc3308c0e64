# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Schematic and board: rules, parity, isolation, and that the committed files are what the generator draws."""
import json
import os
import re
import shutil
import sys

from tools import CheckError

SHEETS = ("s0node", "channel", "power", "processor", "sensors")
ISOLATION_MIN_MM = 6.0


def schematic_is_generated(tree):
    """Regenerating the sheets gives the committed files, byte for byte."""
    out = os.path.join(tree.scratch, "sheets")
    os.makedirs(out, exist_ok=True)
    tree.python(os.path.join(tree.board, "gen", "schematic.py"), out)
    for name in SHEETS:
        with open(os.path.join(out, name + ".kicad_sch"), encoding="utf-8") as stream:
            if stream.read() != tree.read("board", name + ".kicad_sch"):
                raise CheckError(f"board/{name}.kicad_sch differs from what board/gen/schematic.py draws; run it, or move the edit there")
    return f"{len(SHEETS)} sheets"


def erc(tree):
    """Electrical rules, warnings included, with KiCad's own check."""
    report = os.path.join(tree.scratch, "erc.json")
    tree.run("kicad-cli", "sch", "erc", "--severity-all", "--format", "json", "-o", report, os.path.join(tree.board, "s0node.kicad_sch"))
    with open(report, encoding="utf-8") as stream:
        found = [(sheet["path"], v) for sheet in json.load(stream)["sheets"] for v in sheet["violations"]]
    if found:
        path, v = found[0]
        raise CheckError(f"{len(found)} violations; first: {v['type']} on sheet {path}: {v['items'][0]['description'] if v['items'] else v['description']}")
    return "0 violations"


def _drc(tree, rules=None):
    """KiCad's design rule check with parity, in a copy, so that no file of the tree is touched."""
    copy = os.path.join(tree.scratch, "drc")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(tree.board, copy, ignore=shutil.ignore_patterns("gen", "__pycache__"))
    if rules:
        with open(os.path.join(copy, "s0node.kicad_dru"), "w", encoding="utf-8") as stream:
            stream.write(rules)
    report = os.path.join(copy, "drc.json")
    tree.run("kicad-cli", "pcb", "drc", "--severity-all", "--schematic-parity", "--format", "json", "-o", report,
             os.path.join(copy, "s0node.kicad_pcb"))
    with open(report, encoding="utf-8") as stream:
        return json.load(stream)


def _first(violations):
    v = violations[0]
    items = "; ".join(item["description"] for item in v["items"][:2])
    return f"{len(violations)} found; first: {v['type']}: {v['description']} ({items})"


def drc(tree):
    """Design rules, all items connected, board equal to schematic; warnings count."""
    report = _drc(tree)
    for key, what in (("violations", "design rules"), ("unconnected_items", "unconnected items"), ("schematic_parity", "schematic parity")):
        if report[key]:
            raise CheckError(f"{what}: {_first(report[key])}")
    return "0 violations, 0 unconnected, 0 parity issues"


def field_nets(tree):
    """Every net that conducts to the pulse terminals without crossing a coupler or the converter."""
    nets = tree.nets()
    parts = {}
    for net, nodes in nets.items():
        for ref, pin in nodes:
            parts.setdefault(ref, []).append((pin, net))
    barrier = {"PS51": ({"1", "2"}, {"6", "7", "8"}), **{f"U{n}1": ({"3", "4"}, {"1", "2"}) for n in (1, 2, 3, 4)}}
    reached, queue = set(), ["GND_ISO"]
    while queue:
        net = queue.pop()
        if net in reached:
            continue
        reached.add(net)
        for ref, pin in nets[net]:
            if ref in barrier:
                side = next(s for s in barrier[ref] if pin in s)
                queue += [n for p, n in parts[ref] if p in side]
            else:
                queue += [n for _, n in parts[ref]]
    return reached


def isolation(tree):
    """The rule asks for at least 6 mm, it covers exactly the nets of the field side, and it holds on the board."""
    rules = tree.read("board", "s0node.kicad_dru")
    asked = re.search(r"constraint clearance \(min ([\d.]+)mm\)\)\s*\(condition \"A\.hasNetclass\('Iso'\) && !B\.hasNetclass\('Iso'\)\"", rules)
    if not asked or float(asked.group(1)) < ISOLATION_MIN_MM:
        raise CheckError(f"board/s0node.kicad_dru asks for {asked.group(1) + ' mm' if asked else 'no distance'}; at least {ISOLATION_MIN_MM} mm is wanted")
    sys.path.insert(0, os.path.join(tree.board, "gen"))
    import project
    with open(os.path.join(tree.board, "s0node.kicad_pro"), encoding="utf-8") as stream:
        settings = json.load(stream)["net_settings"]
    patterns = [p["pattern"] for p in settings["netclass_patterns"] if p["netclass"] == "Iso"]
    if patterns != project.ISO_PATTERNS:
        raise CheckError(f"net class Iso of s0node.kicad_pro has the patterns {patterns}; the generator has {project.ISO_PATTERNS}")
    field = field_nets(tree)
    classed = {net for net in tree.nets() if project.is_field_net(net)}
    if field != classed:
        raise CheckError(f"net class Iso and the field side differ by {sorted(field ^ classed)[:4]}")
    if "GND" in field:
        raise CheckError("the field side conducts to the logic ground")
    found = [v for v in _drc(tree)["violations"] if v["type"] == "clearance"]
    if found:
        raise CheckError(f"nearer than {ISOLATION_MIN_MM} mm: {_first(found)}")
    distance = ISOLATION_MIN_MM
    for tried in (6.25, 6.5, 6.75, 7.0, 7.5):
        if any(v["type"] == "clearance" for v in _drc(tree, rules.replace(asked.group(1) + "mm", f"{tried}mm"))["violations"]):
            return f"{len(field)} field nets, at least {distance} mm from all others, nearer than {tried} mm"
        distance = tried
    raise CheckError(f"no copper comes nearer than {distance} mm: the rule does not see the barrier")


def board_is_generated(tree):
    """Placing and routing again gives the committed board (filled areas aside: they follow KiCad's patch version)."""
    sys.path.insert(0, os.path.join(tree.board, "gen"))
    import sexpr

    def content(path):
        with open(path, encoding="utf-8") as stream:
            root = sexpr.parse(stream.read())

        def strip(node):
            return [strip(i) if isinstance(i, list) else i for i in node
                    if not (isinstance(i, list) and i and i[0] in ("filled_polygon", "generator_version", "generator"))]
        return sexpr.dump(strip(root)).splitlines()

    target = os.path.join(tree.scratch, "rebuilt.kicad_pcb")
    tree.python(os.path.join(tree.board, "gen", "board.py"), target)
    ours, theirs = content(os.path.join(tree.board, "s0node.kicad_pcb")), content(target)
    if ours != theirs:
        line = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
        raise CheckError(f"board/s0node.kicad_pcb differs from what board/gen/board.py builds, from item line {line}: {ours[line:line + 1]} against {theirs[line:line + 1]}")
    return f"{len(ours)} lines the same"
