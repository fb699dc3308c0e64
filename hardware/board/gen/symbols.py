# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Symbols from KiCad's libraries and the project's own, as they are embedded in a sheet; where their pins are."""
import copy
import os

from sexpr import Quoted, find, find_all, parse

_LIBRARY_DIR = os.environ.get("KICAD9_SYMBOL_DIR", "/usr/share/kicad/symbols")
_OWN_DIR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib")
_libraries = {}


def _library(name):
    if name not in _libraries:
        folder = _OWN_DIR if name == "metering" else _LIBRARY_DIR
        with open(os.path.join(folder, name + ".kicad_sym"), encoding="utf-8") as stream:
            _libraries[name] = {symbol[1]: symbol for symbol in find_all(parse(stream.read()), "symbol")}
    return _libraries[name]


def load(lib_id):
    """The symbol as a sheet embeds it: a derived one is flattened, as the schematic editor does."""
    library, name = lib_id.split(":")
    symbols = _library(library)
    symbol = copy.deepcopy(symbols[name])
    base = find(symbol, "extends")
    if base is not None:
        flat = copy.deepcopy(symbols[base[1]])
        for unit in find_all(flat, "symbol"):
            unit[1] = Quoted(unit[1].replace(base[1], name, 1))
        own = {prop[1]: prop for prop in find_all(symbol, "property")}
        for index, item in enumerate(flat):
            if isinstance(item, list) and item[0] == "property" and item[1] in own:
                flat[index] = own.pop(item[1])
        last = max(i for i, item in enumerate(flat) if isinstance(item, list) and item[0] == "property")
        flat[last + 1:last + 1] = list(own.values())
        symbol = flat
    symbol[1] = Quoted(lib_id)
    return symbol


def pins(symbol, unit=1):
    """{number: (x, y, name, type)} of one unit, in the library's axes (millimetres, y upwards)."""
    found = {}
    for part in find_all(symbol, "symbol"):
        part_unit = int(part[1].rsplit("_", 2)[1])
        if part_unit in (0, unit):
            for pin in find_all(part, "pin"):
                at = find(pin, "at")
                found[str(find(pin, "number")[1])] = (float(at[1]), float(at[2]), str(find(pin, "name")[1]), pin[1])
    return found


def place(point, at, rotation=0, mirror=None):
    """Library point -> sheet point (y downwards), for a symbol at `at`, turned counter-clockwise, mirrored on the y axis."""
    x, y = point
    x, y = {0: (x, -y), 90: (-y, -x), 180: (-x, y), 270: (y, x)}[rotation]
    if mirror == "y":
        x = -x
    elif mirror == "x":
        y = -y
    return round(at[0] + x, 4), round(at[1] + y, 4)
