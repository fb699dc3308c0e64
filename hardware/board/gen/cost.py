#!/usr/bin/python3
# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Writes docs/cost.md from bom.csv and offboard.csv: what a panel node, a room node and a building cost in parts."""
import csv
import os
import sys

BOARD = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOM_NODES_PER_BUILDING = 2


def totals(board=BOARD):
    def rows(name):
        with open(os.path.join(board, name), encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    parts, extra = rows("bom.csv"), rows("offboard.csv")
    price = lambda row: float(row["Price EUR"])
    node = {kind: sum(int(r[kind]) * price(r) for r in parts) for kind in ("Panel", "Room")}
    around = {kind: sum(int(r[kind]) * price(r) for r in extra) for kind in ("Panel", "Room", "Building")}
    return node, around, extra


def text(board=BOARD):
    node, around, extra = totals(board)
    panel, room = node["Panel"] + around["Panel"], node["Room"] + around["Room"]
    building = panel + ROOM_NODES_PER_BUILDING * room + around["Building"]
    items = "\n".join(f"| {r['Item']} | {r['Panel']} | {r['Room']} | {r['Building']} | {float(r['Price EUR']):.2f} |" for r in extra)
    return f"""# Cost per building

Written by `board/gen/cost.py` from `board/bom.csv` and `board/offboard.csv`; do not edit. **Every price is an estimate** for
about ten pieces, VAT excluded, from memory: nothing was ordered, no stock was checked. Ask before you promise.

| | parts on the board | around it | sum, EUR |
|---|---|---|---|
| panel node (four channels, supply, box, sensor) | {node['Panel']:.2f} | {around['Panel']:.2f} | {panel:.2f} |
| room node (no channels, plug supply) | {node['Room']:.2f} | {around['Room']:.2f} | {room:.2f} |
| meters, breaker, cable of a building | | | {around['Building']:.2f} |
| **building: 1 panel node, {ROOM_NODES_PER_BUILDING} room nodes, 2 meters** | | | **{building:.2f}** |

Not in the sum: the electrician (half a day, 250 to 350 EUR, estimate), soldering and test of the boards, spares (10 %), VAT.

| around the board | panel | room | building | each, EUR |
|---|---|---|---|---|
{items}
"""


if __name__ == "__main__":
    with open(sys.argv[1] if len(sys.argv) > 1 else os.path.join(BOARD, "..", "docs", "cost.md"), "w", encoding="utf-8") as stream:
        stream.write(text())
