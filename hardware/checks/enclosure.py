# SPDX-License-Identifier: CERN-OHL-W-2.0
"""The printed parts: closed surfaces with exactly the openings that were drawn."""
import os
import re

from tools import CheckError

PARTS = ("base", "lid", "sensor")


def _mesh(path):
    """Vertices (as text: exact), and facets as triples of vertex numbers, of an ASCII STL."""
    number, facets, corner = {}, [], []
    with open(path, encoding="ascii") as stream:
        for line in stream:
            words = line.split()
            if words and words[0] == "vertex":
                corner.append(number.setdefault(tuple(words[1:]), len(number)))
                if len(corner) == 3:
                    facets.append(tuple(corner))
                    corner = []
    return list(number), facets


def surface(path, name):
    """(openings through the part, bounding box) of a closed surface; an error where it is not closed."""
    vertices, facets = _mesh(path)
    if not facets:
        raise CheckError(f"enclosure part {name} is empty")
    edges = {}
    for facet in facets:
        for a, b in zip(facet, facet[1:] + facet[:1]):
            edges[a, b] = edges.get((a, b), 0) + 1
    open_edges = [edge for edge, times in edges.items() if times != 1 or edges.get(edge[::-1]) != 1]
    if open_edges:
        x, y, z = vertices[open_edges[0][0]]
        raise CheckError(f"enclosure part {name} has a hole in its surface: {len(open_edges)} open edges, one at {x}, {y}, {z}")
    euler = len(vertices) - len(edges) // 2 + len(facets)
    if euler % 2 or euler > 2:
        raise CheckError(f"enclosure part {name} is more than one body (Euler characteristic {euler})")
    points = [tuple(map(float, v)) for v in vertices]
    box = [max(p[i] for p in points) - min(p[i] for p in points) for i in range(3)]
    return (2 - euler) // 2, box


def enclosure(tree):
    """Each part is rendered, manifold by OpenSCAD's word and by counting edges, with the openings that it declares."""
    told = []
    fit = tree.run("openscad", "-D", 'part="fit"', "-o", os.path.join(tree.scratch, "fit.stl"), tree.path("enclosure", "box.scad"), check=False)
    if "object is empty" not in fit.stderr:
        raise CheckError("enclosure: the board does not go in, something of the base stands in its place")
    for part in PARTS:
        target = os.path.join(tree.scratch, part + ".stl")
        done = tree.run("openscad", "-D", f'part="{part}"', "-o", target, tree.path("enclosure", "box.scad"))
        declared = re.search(r'ECHO: "openings", "%s", (\d+)' % part, done.stderr)
        if not declared:
            raise CheckError(f"enclosure/box.scad does not declare the openings of {part}")
        openings, box = surface(target, part)
        if "Simple:" in done.stderr and not re.search(r"Simple:\s+yes", done.stderr):
            raise CheckError(f"enclosure part {part}: OpenSCAD says it is not manifold")
        if openings != int(declared.group(1)):
            raise CheckError(f"enclosure part {part} has {openings} openings, {declared.group(1)} are meant: a hole too many or too few")
        told.append(f"{part} {openings} openings, {box[0]:.0f} x {box[1]:.0f} x {box[2]:.0f} mm")
    return "; ".join(told)
