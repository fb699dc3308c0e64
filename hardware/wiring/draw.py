#!/usr/bin/python3
# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Draws the wiring pictures (SVG) from their texts, and the table of meters with a picture for each from meters.csv.

A .wiring file has one item on a line; positions in pixels:
  size W H | title TEXT | subtitle TEXT | area X Y W H COLOUR TEXT | box NAME X Y W H TEXT|SECOND LINE
  pin BOX.NAME SIDE OFFSET [LABEL] | wire BOX.PIN BOX.PIN COLOUR [TEXT] | stub BOX.PIN COLOUR TEXT
  line X1 Y1 X2 Y2 dash | note X Y LETTERS TEXT (wrapped at so many letters)"""
import csv
import os
import re
import sys
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
COLOURS = {"brown": "#7a4a21", "blue": "#2f6fc4", "red": "#c62828", "black": "#222222", "orange": "#e07b00", "purple": "#7b3fa0",
           "grey": "#888888", "green": "#2e8b45", "yellow": "#c9a800"}
AREAS = {"red": ("#fdf1ef", "#c98b83"), "green": ("#f0f7f0", "#8ab391")}
FONT = 'font-family="DejaVu Sans, Arial, sans-serif"'


class Drawing:
    def __init__(self):
        self.width, self.height, self.body, self.boxes, self.pins = 1000, 600, [], {}, {}
        self.lanes = {}

    def text(self, x, y, content, size=14, colour="#222", anchor="start", weight="normal"):
        self.body.append(f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" font-weight="{weight}" {FONT}>{escape(content)}</text>')

    def wrapped(self, x, y, content, width_chars, size=14, colour="#444"):
        line, row = "", 0
        for word in content.split():
            if line and len(line) + len(word) + 1 > width_chars:
                self.text(x, y + row * size * 1.35, line, size, colour)
                line, row = word, row + 1
            else:
                line = f"{line} {word}".strip()
        self.text(x, y + row * size * 1.35, line, size, colour)

    def add(self, number, line):
        kind, _, rest = line.partition(" ")
        words = rest.split(" ")
        if kind == "size":
            self.width, self.height = int(words[0]), int(words[1])
        elif kind == "title":
            self.text(20, 36, rest, 24, weight="bold")
        elif kind == "subtitle":
            self.wrapped(20, 62, rest, self.width // 8, 14)
        elif kind == "area":
            x, y, w, h = map(int, words[:4])
            fill, edge = AREAS[words[4]]
            self.body.append(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="8" fill="{fill}" stroke="{edge}"/>')
            self.text(x + 12, y + 22, " ".join(words[5:]), 14, COLOURS[words[4]], weight="bold")
        elif kind == "box":
            x, y, w, h = map(int, words[1:5])
            self.boxes[words[0]] = (x, y, w, h)
            first, _, second = " ".join(words[5:]).partition("|")
            self.body.append(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="6" fill="#ffffff" stroke="#333" stroke-width="1.6"/>')
            self.text(x + w / 2, y + 20, first, 14, anchor="middle", weight="bold")
            self.text(x + w / 2, y + h - 9, second, 12, "#555", anchor="middle")
        elif kind == "pin":
            box, name = words[0].split(".", 1)
            x, y, w, h = self.boxes[box]
            px, py = (x + w, y + int(words[2])) if words[1] == "right" else (x, y + int(words[2]))
            self.pins[words[0]] = (px, py, words[1])
            self.body.append(f'<circle cx="{px}" cy="{py}" r="4" fill="#333"/>')
            label = " ".join(words[3:])
            if label:
                self.text(px + (-9 if words[1] == "right" else 9), py + 5, label, 13, anchor="end" if words[1] == "right" else "start")
        elif kind == "wire":
            (x1, y1, _), (x2, y2, _) = self.pins[words[0]], self.pins[words[1]]
            if y1 == y2:
                path = f"M{x1} {y1}H{x2}"
            else:
                # Parallel wires bend one after the other, so that they do not lie on each other.
                lane = self.lanes.setdefault((x1, x2), [])
                lane.append(words[0])
                middle = (x1 + x2) / 2 + (14 * (len(lane) - 1) if y2 < y1 else -14 * (len(lane) - 1))
                path = f"M{x1} {y1}H{middle:g}V{y2}H{x2}"
            self.body.append(f'<path d="{path}" fill="none" stroke="{COLOURS[words[2]]}" stroke-width="2.6"/>')
            if len(words) > 3:
                self.text((x1 + x2) / 2, min(y1, y2) - 8, " ".join(words[3:]), 11, "#555", anchor="middle")
        elif kind == "stub":
            x, y, side = self.pins[words[0]]
            end = x - 26 if side == "left" else x + 26
            self.body.append(f'<path d="M{x} {y}H{end}" fill="none" stroke="{COLOURS[words[1]]}" stroke-width="2.6" stroke-dasharray="5 3"/>')
            self.text(end - 6 if side == "left" else end + 6, y + 4, " ".join(words[2:]), 12, "#555", anchor="end" if side == "left" else "start")
        elif kind == "line":
            x1, y1, x2, y2 = map(int, words[:4])
            self.body.append(f'<path d="M{x1} {y1}L{x2} {y2}" stroke="#c62828" stroke-width="2" stroke-dasharray="10 6"/>')
        elif kind == "note":
            self.wrapped(int(words[0]), int(words[1]), " ".join(words[3:]), int(words[2]), 13)
        else:
            raise SystemExit(f"line {number}: unknown item '{kind}'")

    def svg(self):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" height="{self.height}">\n'
                f'<rect width="{self.width}" height="{self.height}" fill="#ffffff"/>\n' + "\n".join(self.body) + "\n</svg>\n")


def draw(text):
    drawing = Drawing()
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            drawing.add(number, line.rstrip())
    return drawing.svg()


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")


def meter(row):
    return f"""size 1060 470
title {row['Meter']} on one channel
subtitle Pulse weight: {row['Pulse weight']}. Width: {row['Width']}.
area 20 100 430 230 red meter (wired by the electrician)
area 590 100 450 230 green SELV (TBTS)
box m 120 140 290 160 {row['Meter'][:34]}|{re.split('[:,]', row['Output'])[0]}
box b 640 140 290 160 S0 node, channel n|terminal Jn
pin m.+ right 50 S0+
pin m.- right 90 S0-
pin b.+ left 50 Jn S0+
pin b.- left 90 Jn S0-
pin b.s left 125 Jn SCR
wire m.+ b.+ orange
wire m.- b.- purple
stub b.s grey screen
note 30 358 130 At the meter: {row['Setting']}
note 30 382 130 Output: {row['Output']}
note 30 406 130 Source: {row['Source']}
note 30 430 130 NOT VERIFIED: {row['Not verified']}
note 30 454 130 A lamp on the meter's face is not this output. Designed and simulated, never built.
"""


def table(rows):
    head = """# Meters

Written by `wiring/draw.py` from `wiring/meters.csv`; do not edit. Weight and width go into the registry at commissioning; the
acceptance sheet has you count them against the meter's display, because a wrong weight looks like a plausible consumption.
S0+ of the meter goes to S0+ of the board, S0- to S0-, one pair for each meter, never a common wire between meters.

| meter | pulse weight | width | output | set | source | not verified |
|---|---|---|---|---|---|---|
"""
    return head + "".join(f"| [{r['Meter']}](meter-{slug(r['Meter'])}.svg) | {r['Pulse weight']} | {r['Width']} | {r['Output']} | {r['Setting']} | "
                          f"{r['Source']} | **{r['Not verified']}** |\n" for r in rows)


def main():
    out = sys.argv[1] if len(sys.argv) > 1 else HERE
    pictures = {}
    for name in sorted(os.listdir(HERE)):
        if name.endswith(".wiring"):
            with open(os.path.join(HERE, name), encoding="utf-8") as stream:
                pictures[name[:-7] + ".svg"] = draw(stream.read())
    with open(os.path.join(HERE, "meters.csv"), encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        pictures[f"meter-{slug(row['Meter'])}.svg"] = draw(meter(row))
    pictures["meters.md"] = table(rows)
    for name, content in pictures.items():
        with open(os.path.join(out, name), "w", encoding="utf-8") as stream:
            stream.write(content)


if __name__ == "__main__":
    main()
