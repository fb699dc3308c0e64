#!/usr/bin/python3
# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Writes bom.csv from the schematic's netlist: one line for each part that is bought, quantities for the panel node and
for the room node (the same board with the channels unfitted)."""
import csv
import os
import re
import sys
import xml.etree.ElementTree as xml

COLUMNS = ("References", "Panel", "Room", "Value", "Description", "Manufacturer", "MPN", "Alternative", "Price EUR", "Evidence", "Footprint")


def natural(ref):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", ref)]


def lines(netlist):
    groups = {}
    for comp in xml.parse(netlist).getroot().iter("comp"):
        if any(p.get("name") == "exclude_from_bom" for p in comp.iter("property")):
            continue
        field = {f.get("name"): f.text or "" for f in comp.iter("field")}
        key = (comp.findtext("value"), field.get("MPN", ""), comp.findtext("footprint"), field.get("Fitted", ""))
        groups.setdefault(key, []).append((comp.get("ref"), field, comp.findtext("description") or ""))
    merged = {}
    for (value, mpn, footprint, fitted), members in groups.items():
        row = merged.setdefault((value, mpn, footprint), dict(refs=[], panel=0, room=0, field=members[0][1], text=members[0][2]))
        row["refs"] += [ref for ref, _, _ in members]
        row["panel"] += len(members)
        row["room"] += len(members) if fitted == "panel + room" else 0
    for (value, mpn, footprint), row in sorted(merged.items(), key=lambda item: natural(min(item[1]["refs"], key=natural))):
        field = row["field"]
        yield {"References": " ".join(sorted(row["refs"], key=natural)), "Panel": row["panel"], "Room": row["room"], "Value": value,
               "Description": row["text"], "Manufacturer": field.get("Manufacturer", ""), "MPN": mpn, "Alternative": field.get("Alternative", ""),
               "Price EUR": field.get("Price EUR", ""), "Evidence": field.get("Evidence", ""), "Footprint": footprint.split(":")[-1]}


def write(netlist, path):
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines(netlist))


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2])
