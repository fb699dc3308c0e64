# SPDX-License-Identifier: CERN-OHL-W-2.0
"""The ESP32-DevKitC (two rows of 19 pins, 25.4 mm apart): its pins, and from them the symbol and the land pattern.

Source of rows and order: Espressif's own library footprint for the ESP32-DevKitC and its getting-started pages.
Pads 1..19 are header J2 from the antenna end (3V3 .. 5V), 38..20 header J3 from the antenna end (GND .. CLK)."""
import os

import ids
from sexpr import Quoted as q, dump

ROW_SPACING_MM, PITCH_MM = 25.4, 2.54
J2 = ["3V3", "EN", "IO36", "IO39", "IO34", "IO35", "IO32", "IO33", "IO25", "IO26", "IO27", "IO14", "IO12", "GND", "IO13",
      "SD2", "SD3", "CMD", "5V"]
J3 = ["GND", "IO23", "IO22", "TX0", "RX0", "IO21", "GND", "IO19", "IO18", "IO5", "IO17", "IO16", "IO4", "IO0", "IO2", "IO15",
      "SD1", "SD0", "CLK"]
PINS = [(str(i + 1), name, "left", i) for i, name in enumerate(J2)] + \
       [(str(38 - i), name, "right", i) for i, name in enumerate(J3)]


def _type(number, name):
    if name == "3V3":
        return "power_out"
    if name == "5V" or name == "GND":
        return "power_in" if number != "38" else "passive"
    if name == "EN":
        return "passive"
    if name in ("IO34", "IO35", "IO36", "IO39"):
        return "input"
    return "bidirectional"


def _fx(size=1.27, hide=False, justify=None):
    node = ["effects", ["font", ["size", size, size]]]
    if justify:
        node.append(["justify", justify])
    if hide:
        node.append(["hide", "yes"])
    return node


def symbol():
    def prop(name, value, x, y, hide=False):
        return ["property", q(name), q(value), ["at", x, y, 0], _fx(hide=hide)]

    pins = []
    for number, name, side, row in PINS:
        x, angle = (-15.24, 0) if side == "left" else (15.24, 180)
        pins.append(["pin", _type(number, name), "line", ["at", x, 22.86 - row * PITCH_MM, angle], ["length", 3.81],
                     ["name", q(name), _fx()], ["number", q(number), _fx(1.0)]])
    body = ["symbol", q("ESP32-DevKitC_0_1"),
            ["rectangle", ["start", -11.43, 25.4], ["end", 11.43, -25.4], ["stroke", ["width", 0.254], ["type", "default"]],
             ["fill", ["type", "background"]]],
            ["rectangle", ["start", -5.08, 33.02], ["end", 5.08, 25.4], ["stroke", ["width", 0.127], ["type", "default"]],
             ["fill", ["type", "none"]]],
            ["text", q("antenna"), ["at", 0, 29.21, 0], _fx()],
            ["text", q("USB"), ["at", 0, -23.9, 0], _fx()]]
    return ["symbol", q("ESP32-DevKitC"), ["pin_names", ["offset", 0.762]], ["exclude_from_sim", "no"], ["in_bom", "yes"],
            ["on_board", "yes"], prop("Reference", "A", 0, 36.83), prop("Value", "ESP32-DevKitC", 0, 34.29),
            prop("Footprint", "metering:ESP32-DevKitC_Socket", 0, 0, True), prop("Datasheet", "", 0, 0, True),
            prop("Description", "Espressif ESP32-DevKitC processor board on two 1x19 sockets", 0, 0, True),
            body, ["symbol", q("ESP32-DevKitC_1_1"), *pins], ["embedded_fonts", "no"]]


def footprint():
    """Antenna up, J2 on the left, origin half-way between the two first pins."""
    def line(layer, width, x1, y1, x2, y2):
        return ["fp_line", ["start", x1, y1], ["end", x2, y2], ["stroke", ["width", width], ["type", "solid"]],
                ["layer", q(layer)], ["uuid", q(ids.make("devkit", layer, x1, y1, x2, y2))]]

    def rect(layer, width, x1, y1, x2, y2):
        return ["fp_rect", ["start", x1, y1], ["end", x2, y2], ["stroke", ["width", width], ["type", "solid"]],
                ["fill", "no"], ["layer", q(layer)], ["uuid", q(ids.make("devkit", layer, "rect", x1, y1))]]

    def prop(name, value, x, y, layer, hide=False):
        node = ["property", q(name), q(value), ["at", x, y, 0], ["layer", q(layer)]]
        if hide:
            node.append(["hide", "yes"])
        return node + [["uuid", q(ids.make("devkit", name))],
                       ["effects", ["font", ["size", 1, 1], ["thickness", 0.15]]]]

    half, last = ROW_SPACING_MM / 2, 18 * PITCH_MM
    node = ["footprint", q("ESP32-DevKitC_Socket"), ["version", 20241229], ["generator", q("pcbnew")],
            ["generator_version", q("9.0")], ["layer", q("F.Cu")],
            ["descr", q("Two 1x19 sockets 25.4 mm apart for an ESP32-DevKitC; nothing tall may stand between them")],
            prop("Reference", "REF**", 0, 22.86, "F.SilkS"), prop("Value", "ESP32-DevKitC", 0, 25.4, "F.Fab"),
            prop("Datasheet", "", 0, 0, "F.Fab", True), prop("Description", "", 0, 0, "F.Fab", True),
            ["attr", "through_hole"]]
    for x in (-half, half):
        node.append(rect("F.CrtYd", 0.05, x - 1.8, -1.8, x + 1.8, last + 1.8))
        node.append(rect("F.SilkS", 0.12, x - 1.33, -1.33, x + 1.33, last + 1.33))
    node += [line("F.SilkS", 0.12, -13.95, -2.2, -13.95, -1.6), line("F.SilkS", 0.12, 13.95, -2.2, 13.95, -1.6),
             line("F.SilkS", 0.12, -13.95, -2.2, 13.95, -2.2), line("F.SilkS", 0.3, -half - 1.7, -1.27, -half - 1.7, 1.27),
             rect("F.Fab", 0.1, -13.95, -2.2, 13.95, 52.2), rect("F.Fab", 0.1, -9, -8.5, 9, -2.2)]
    for number, name, side, row in PINS:
        x = -half if side == "left" else half
        shape = "rect" if number == "1" else "oval"
        node.append(["pad", q(number), "thru_hole", shape, ["at", x, row * PITCH_MM], ["size", 1.7, 1.7], ["drill", 1],
                     ["layers", q("*.Cu"), q("*.Mask")], ["uuid", q(ids.make("devkit", "pad", number))]])
    for side in (-half, half):
        node.append(["model", q("${KICAD9_3DMODEL_DIR}/Connector_PinSocket_2.54mm.3dshapes/PinSocket_1x19_P2.54mm_Vertical.step"),
                     ["offset", ["xyz", side, 0, 0]], ["scale", ["xyz", 1, 1, 1]], ["rotate", ["xyz", 0, 0, 0]]])
    node.append(["embedded_fonts", "no"])
    return node


def write(library_dir):
    with open(os.path.join(library_dir, "metering.kicad_sym"), "w", encoding="utf-8") as stream:
        stream.write(dump(["kicad_symbol_lib", ["version", 20241209], ["generator", q("kicad_symbol_editor")],
                           ["generator_version", q("9.0")], symbol()]) + "\n")
    with open(os.path.join(library_dir, "metering.pretty", "ESP32-DevKitC_Socket.kicad_mod"), "w", encoding="utf-8") as stream:
        stream.write(dump(footprint()) + "\n")
