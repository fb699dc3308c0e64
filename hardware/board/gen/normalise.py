# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Gives every item of a saved board an identifier that follows from what it is and where it stands, not from chance."""
import ids
from sexpr import Quoted, dump, find, find_all, parse


def _text(node):
    return dump([item for item in node if not (isinstance(item, list) and item and item[0] in ("uuid", "filled_polygon"))])


def _label(node, prefix, seen):
    for item in node:
        if isinstance(item, list) and item:
            if item[0] == "uuid":
                continue
            own = find(item, "uuid")
            if own is not None:
                _strip(item)
                key = prefix + "|" + _text(item)
                seen[key] = seen.get(key, 0) + 1
                own[1] = Quoted(ids.make("board", key, seen[key]))
                _label(item, str(own[1]), seen)


def _strip(node):
    """Blanks the identifiers below a node, so that the node's own does not depend on them."""
    for item in node:
        if isinstance(item, list) and item:
            nested = find(item, "uuid")
            if nested is not None:
                nested[1] = Quoted("")
            _strip(item)


def rewrite(path):
    with open(path, encoding="utf-8") as stream:
        root = parse(stream.read())
    seen = {}
    for footprint in find_all(root, "footprint"):
        reference = next(p[2] for p in find_all(footprint, "property") if p[1] == "Reference")
        find(footprint, "uuid")[1] = Quoted(ids.make("footprint", reference))
        _label(footprint, "footprint " + reference, seen)
    _label([item for item in root if not (isinstance(item, list) and item[0] == "footprint")], "board", seen)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(dump(root) + "\n")
