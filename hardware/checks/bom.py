# SPDX-License-Identifier: CERN-OHL-W-2.0
"""The bill of materials: every line can be bought, has a second source, and the file is the schematic's."""
import csv
import os

from tools import CheckError

EVIDENCE = ("datasheet", "library", "unverified")


def _rows(tree, name):
    with open(tree.path("board", name), encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def bom(tree):
    """bom.csv: what the schematic says, and nothing missing on any line. offboard.csv: the same for what is around the board."""
    rows = _rows(tree, "bom.csv")
    for row in rows:
        where = f"bom.csv, {row['References'].split()[0] if row['References'] else '?'}"
        _line(row, where)
        if int(row["Panel"]) != len(row["References"].split()) or int(row["Room"]) > int(row["Panel"]):
            raise CheckError(f"{where}: {row['Panel']} for the panel and {row['Room']} for the room do not fit {row['References']}")
    for row in _rows(tree, "offboard.csv"):
        _line(row, f"offboard.csv, {row['Item']}")
        if int(row["Panel"]) + int(row["Room"]) + int(row["Building"]) < 1:
            raise CheckError(f"offboard.csv, {row['Item']}: no quantity")
    fresh = os.path.join(tree.scratch, "bom.csv")
    tree.python(os.path.join(tree.board, "gen", "bom.py"), tree.netlist_file(), fresh)
    with open(fresh, encoding="utf-8") as stream:
        if stream.read() != tree.read("board", "bom.csv"):
            raise CheckError("board/bom.csv differs from the schematic; write it again with board/gen/bom.py")
    cost = os.path.join(tree.scratch, "cost.md")
    tree.python(os.path.join(tree.board, "gen", "cost.py"), cost)
    with open(cost, encoding="utf-8") as stream:
        if stream.read() != tree.read("docs", "cost.md"):
            raise CheckError("docs/cost.md differs from the two lists; write it again with board/gen/cost.py")
    return f"{len(rows)} lines, {sum(int(r['Panel']) for r in rows)} parts on a panel node, {sum(int(r['Room']) for r in rows)} on a room node"


def _line(row, where):
    for column in ("Manufacturer", "MPN", "Alternative", "Price EUR", "Evidence"):
        if not (row[column] or "").strip():
            raise CheckError(f"{where}: {column} is empty")
    if row["Evidence"] not in EVIDENCE:
        raise CheckError(f"{where}: evidence '{row['Evidence']}' is not one of {', '.join(EVIDENCE)}")
    if row["Alternative"].strip() == f"{row['Manufacturer']} {row['MPN']}".strip():
        raise CheckError(f"{where}: the alternative is the part itself")
    if not float(row["Price EUR"]) > 0:
        raise CheckError(f"{where}: no price")
