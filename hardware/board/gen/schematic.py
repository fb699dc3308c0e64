#!/usr/bin/python3
# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Draws the schematic: root, one pulse channel (a sheet used four times), power, processor, sensors. Positions are in
units of 2.54 mm. Reference numbers tell the sheet: 1x..4x = pulse channel, 5x = power, 6x = processor, 7x = sensors."""
import json
import os
import sys

import devkit
import ids
from sheet import Sheet

HERE = os.path.dirname(os.path.abspath(__file__))
BOARD = os.path.dirname(HERE)
PROJECT, REVISION, DATE = "s0node", "A", "2026-11-22"
GREY, RED = (90, 90, 90, 1), (150, 60, 60, 1)


def channel(paths, gpios):
    s = Sheet("channel", "S0 pulse input (one of four)", paths, PROJECT, REVISION, DATE)
    ref = lambda prefix, n: (lambda i: (f"{prefix}{i + 1}{n}", 1))
    label_left = dict(ref_at=(1.0, -0.45, "left"), value_at=(1.0, 0.45, "left"))

    j = s.symbol("Connector:Screw_Terminal_01x03", lambda i: (f"J{i + 1}", 1), "S0 input", 12, 28, mirror="y", part="s0_terminal",
                 ref_at=(0, -2.6), value_at=(0, 2.3))
    s.text("S0+", 9.2, 26.6, justify="left top")
    s.text("S0-", 9.2, 27.6, justify="left top")
    s.text("screen", 8.3, 28.6, justify="left top")
    # S0+ side: loop supply through R1
    s.wire(j["1"], (16, 27), (16, 22), (24.5, 22))
    r1 = s.symbol("Device:R", ref("R", 1), "470R 1%", 26, 22, 90, part="r470_panel", ref_at=(0, -0.9), value_at=(0, 1))
    s.wire(r1["2"], (31, 22), (31, 21))
    s.power("+12V_ISO", 31, 21)
    s.label("S0_P", 20.5, 22)
    # S0- side: R2, then the diode of the coupler with its shunt
    s.wire(j["2"], (24.5, 28))
    r2 = s.symbol("Device:R", ref("R", 2), "470R 1%", 26, 28, 90, part="r470_panel", ref_at=(0, -0.9), value_at=(0, 1))
    s.label("S0_N", 20.5, 28)
    tvs = s.symbol("Diode:SMAJ15CA", ref("D", 1), "SMAJ15CA", 19, 25, 90, part="tvs_s0",
                   ref_at=(0.9, -0.5, "left"), value_at=(0.9, 0.5, "left"))
    top, bottom = sorted(tvs.values(), key=lambda p: p[1])
    s.wire((19, 22), top)
    s.wire(bottom, (19, 28))
    s.wire(r2["2"], (41, 28))
    s.label("LED_A", 33.4, 28)
    r3 = s.symbol("Device:R", ref("R", 3), "330R 1%", 32, 31, part="r330_panel", **label_left)
    c1 = s.symbol("Device:C", ref("C", 1), "10n", 38, 31, part="c10n_panel", **label_left)
    s.wire((32, 28), r3["1"])
    s.wire((38, 28), c1["1"])
    s.wire(r3["2"], (32, 34))
    s.wire(c1["2"], (38, 34))
    s.wire(j["3"], (16, 29), (16, 34), (41, 34), (41, 30))
    s.wire((26, 34), (26, 35))
    s.power("GND_ISO", 26, 35)
    u = s.symbol("Isolator:LTV-817S", ref("U", 1), "LTV-817S (C)", 44, 29, part="opto", ref_at=(0, -2.6), value_at=(0, 2.6))
    # Logic side: pull-up, filter, Schmitt trigger
    s.wire(u["3"], (48, 30), (48, 34))
    s.power("GND", 48, 34)
    s.wire(u["4"], (54.5, 28))
    r4 = s.symbol("Device:R", ref("R", 4), "10k 1%", 50, 25, part="r10k_panel", **label_left)
    s.wire(r4["2"], (50, 28))
    s.power("+3V3", 50, 23.5)
    s.label("COL", 51, 28)
    r5 = s.symbol("Device:R", ref("R", 5), "33k 1%", 56, 28, 90, part="r33k_panel", ref_at=(0, -0.9), value_at=(0, 1))
    s.wire(r5["2"], (64, 28))
    c2 = s.symbol("Device:C", ref("C", 2), "220n X7R", 60, 31, part="c220n_panel", **label_left)
    s.wire((60, 28), c2["1"])
    s.wire(c2["2"], (60, 34))
    s.power("GND", 60, 34)
    s.label("FILT", 60.6, 28)
    gate = s.symbol("74xx:74HC14", lambda i: ("U61", i + 1), "74HC14", 67, 28, part="schmitt", ref_at=(0, -2.2),
                    value_at=(0, 2.2), key="gate")
    assert {round(p[0]) for p in gate.values()} == {64, 70}
    s.wire((70, 28), (76.5, 28))
    r6 = s.symbol("Device:R", ref("R", 6), "1k 1%", 78, 28, 90, part="r1k_panel", ref_at=(0, -0.9), value_at=(0, 1))
    s.label("GATE", 70.4, 28)
    s.wire(r6["2"], (84, 28))
    s.hlabel("PULSE", "output", 84, 28)
    r7 = s.symbol("Device:R", ref("R", 7), "1k5 1%", 74, 31, part="r1k5_panel", **label_left)
    s.wire((74, 28), r7["1"])
    led = s.symbol("Device:LED", ref("D", 2), "green", 74, 35, 90, part="led_pulse", ref_at=(1.3, -0.45, "left"),
                   value_at=(1.3, 0.45, "left"))
    s.wire(r7["2"], led["2"])
    s.power("GND", *led["1"])
    # What the reader needs to know
    s.line([(44, 17), (44, 25.6)])
    s.line([(44, 32.4), (44, 39)])
    s.text("isolation, 6 mm on the board (s0node.kicad_dru)", 44.5, 38.2, colour=RED)
    s.text("FIELD SIDE: floating 12 V loop, SELV, no pin of it touches the logic ground", 9, 16.6, 1.5, True)
    s.text("LOGIC SIDE: 3.3 V", 46, 16.6, 1.5, True)
    for x, y, note in [
        (9, 44, "Loop\\nR1 + R2 hold a shorted pair at about 10 mA: outputs of\\nclass A (27 mA) and class B (15 mA, unverified) are both safe.\\n"
                "R3 swallows 2 mA of leakage (class A) at 0.66 V: the coupler's diode stays dark.\\n"
                "With 560R it would glow and hold the input closed (simulated).\\n"
                "D1 clamps the pair. C1 keeps bursts out of the diode.\\n"
                "A transfer ratio of 25 % is enough (simulated); the part starts at 200 %."),
        (46, 44, "Filter\\nClosing: C2 falls through R5, 7.3 ms. Opening: it rises through R4 + R5, 9.5 ms.\\n"
                 "A contact that bounces for 5 ms makes one pulse; a 30 ms pulse leaves at least 23 ms.\\n"
                 "The gate inverts: the GPIO is high while the contact is closed. R6 guards the GPIO, D2 shows the pulse.\\n"
                 "Proof by simulation: hardware/sim. 22 nF instead of 220 nF fails there."),
        (9, 54, "\\n".join(["Channel   terminal   gate      GPIO"] +
                           [f"   {i + 1}          J{i + 1}        U61{'ABCD'[i]}     IO{g}" for i, g in enumerate(gpios)]))]:
        s.text(note.replace("\\n", "\n"), x, y, 1.27, colour=GREY)
    return s


def power(paths):
    s = Sheet("power", "Power: 5 V supply, supply watch, 12 V loop", paths, PROJECT, REVISION, DATE)
    side = dict(ref_at=(1.0, -0.45, "left"), value_at=(1.0, 0.45, "left"))
    s.text("5 V from the DIN rail supply", 8, 12, 1.5, True)
    j = s.symbol("Connector:Screw_Terminal_01x02", "J51", "5 V in", 10, 20, mirror="y", part="supply_terminal",
                 ref_at=(0, -1.6), value_at=(0, 2.4))
    f = s.symbol("Device:Polyfuse", "F51", "1.1 A", 18, 20, 90, part="polyfuse", ref_at=(0, -1.2), value_at=(0, 1.3))
    s.wire(j["1"], f["1"])
    s.wire(f["2"], (28, 20))
    s.label("VIN", 21, 20)
    s.wire(j["2"], (14, 21), (14, 29))
    s.power("GND", 14, 29)
    s.flag(14, 25, 270)
    d = s.symbol("Diode:SMAJ5.0A", "D51", "SMAJ5.0A", 24, 24, 270, part="tvs_5v", ref_at=(1.0, -0.45, "left"),
                 value_at=(1.0, 0.45, "left"))
    top, bottom = sorted(d.values(), key=lambda p: p[1])
    s.wire((24, 20), top)
    s.wire(bottom, (24, 29))
    s.power("GND", 24, 29)
    m = s.symbol("Transistor_FET:Q_PMOS_GSD", "Q51", "DMG2305UX", 30, 21, 90, part="pmos", ref_at=(0, -3.6), value_at=(0, -2.8))
    r = s.symbol("Device:R", "R51", "10k 1%", 30, 26, part="r10k", **side)
    s.wire(m["1"], r["1"])
    s.wire(r["2"], (30, 29))
    s.power("GND", 30, 29)
    s.wire(m["2"], (48, 20))
    s.power("+5V", 48, 20)
    s.flag(45, 20)
    c = s.symbol("Device:C_Polarized", "C51", "1000u 10V", 35, 24, part="c1000u", **side)
    s.wire((35, 20), c["1"])
    s.wire(c["2"], (35, 29))
    s.power("GND", 35, 29)
    c = s.symbol("Device:C", "C52", "100n", 42, 24, part="c100n", **side)
    s.wire((42, 20), c["1"])
    s.wire(c["2"], (42, 29))
    s.power("GND", 42, 29)
    tp = s.symbol("Connector:TestPoint", "TP51", "+5V", 39, 20, part="testpoint", ref_at=(0.5, -1.5, "left"), hide_value=True)

    s.text("Supply watch: tells the processor before the 3.3 V falls", 56, 12, 1.5, True)
    u = s.symbol("Power_Supervisor:MCP120-xxxxTT", "U51", "MCP120-450", 64, 22, part="supervisor_5v",
                 ref_at=(2.2, -2.4, "left"), value_at=(2.2, 2.6, "left"))
    s.power("+5V", *u["2"])
    s.power("GND", *u["3"])
    r = s.symbol("Device:R", "R52", "10k 1%", 70, 19, part="r10k", **side)
    s.power("+3V3", *r["1"])
    s.wire(r["2"], (70, 22))
    s.wire(u["1"], (78, 22))
    s.hlabel("PFAIL", "output", 78, 22)
    s.text("Low while the 5 V are below 4.25..4.5 V (unverified).\n1000 uF hold the board for 13.8 ms at 80 mA (simulated);\n"
           "an index record in the FRAM takes less than 1 ms.", 56, 30, colour=GREY)

    s.text("12 V loop for the pulse inputs: floating", 8, 36, 1.5, True)
    ps = s.symbol("Converter_DCDC:ITX0512SA", "PS51", "ITX0512SA", 30, 47, part="dcdc", ref_at=(0, -3.6), value_at=(0, 3.6))
    by = lambda number: ps[number]
    s.wire((17, by("2")[1]), by("2"))
    vin_y, gnd_y = by("2")[1], by("1")[1]
    s.power("+5V", 17, vin_y)
    c = s.symbol("Device:C", "C53", "10u 25V", 21, 50, part="c10u_25v_panel", **side)
    s.wire((21, vin_y), c["1"])
    s.wire(c["2"], (21, 55))
    s.power("GND", 21, 55)
    x1 = by("1")[0]
    s.wire(by("1"), (x1 - 1, gnd_y), (x1 - 1, 55))
    s.power("GND", x1 - 1, 55)
    out_y = by("6")[1]
    s.wire(by("6"), (60, out_y))
    ox = by("7")[0]
    s.wire(by("7"), (ox + 1, by("7")[1]), (ox + 1, 55), (60, 55))
    for x, lib, ref, value, part, rotation in [(41, "Device:C", "C54", "10u 25V", "c10u_25v_panel", 0),
                                               (47, "Device:D_Zener", "D52", "13 V", "zener13", 270),
                                               (53, "Device:R", "R53", "2k2 1%", "r2k2_panel", 0)]:
        p = s.symbol(lib, ref, value, x, 50, rotation, part=part, **side)
        top, bottom = sorted(p.values(), key=lambda q: q[1])
        s.wire((x, out_y), top)
        s.wire(bottom, (x, 55))
    r = s.symbol("Device:R", "R54", "4k7 1%", 59, 48.5, part="r4k7_panel", **side)
    led = s.symbol("Device:LED", "D53", "yellow", 59, 52.5, 90, part="led_loop", ref_at=(1.3, -0.45, "left"), value_at=(1.3, 0.45, "left"))
    s.wire((59, out_y), r["1"])
    s.wire(r["2"], led["2"])
    s.wire(led["1"], (59, 55))
    s.wire((60, out_y), (68, out_y))
    s.wire((60, 55), (68, 55))
    s.power("+12V_ISO", 68, out_y)
    s.power("GND_ISO", 68, 55)
    s.symbol("Connector:TestPoint", "TP52", "+12V_ISO", 63, out_y, part="testpoint", ref_at=(0.5, -1.5, "left"), hide_value=True)
    s.symbol("Connector:TestPoint", "TP53", "GND_ISO", 63, 55, 180, part="testpoint", ref_at=(0.8, 1.5, "left"), hide_value=True)
    for number in ps:
        if number not in ("1", "2", "6", "7"):
            s.no_connect(*ps[number])
    s.line([(30, 38.5), (30, 42.6)])
    s.line([(30, 51.2), (30, 60)])
    s.text("isolation: 1.5 kV in the converter (unverified), 6 mm on the board", 30.5, 59.2, colour=RED)
    s.text("A SIP-8 converter, because the usual SIP-4 (B0512S and the like) has its input and output pins 2.54 mm apart:\n"
           "the 6 mm rule of this board would fail at its own pads. Its output is regulated; D52 and R53 only matter if an\n"
           "unregulated one is fitted. Four closed contacts take 40 mA.", 8, 63, colour=GREY)
    for i, (ref, x) in enumerate([("H51", 88), ("H52", 94), ("H53", 100), ("H54", 106)]):
        s.symbol("Mechanical:MountingHole", ref, "M3", x, 54, part="hole", ref_at=(0, -1.7), value_at=(0, 1.7))
    return s


def processor(paths, pinmap):
    s = Sheet("processor", "Processor: ESP32-DevKitC on sockets", paths, PROJECT, REVISION, DATE)
    side = dict(ref_at=(1.0, -0.45, "left"), value_at=(1.0, 0.45, "left"))
    a = s.symbol("metering:ESP32-DevKitC", "A1", "ESP32-DevKitC-32E", 52, 36, part="devkit", ref_at=(0, -14.4), value_at=(0, -13.6))
    pin = {}
    for number, name, row_side, row in devkit.PINS:
        pin.setdefault(name, []).append(a[number])
    io = lambda gpio: pin[f"IO{gpio}"][0]
    used = set()

    def bring(gpio, text, shape, x):
        point = io(gpio)
        used.add(point)
        s.wire(point, (x, point[1]))
        s.hlabel(text, shape, x, point[1], 180 if x < point[0] else 0)

    for i, gpio in enumerate(pinmap["channels"]):
        bring(gpio, f"CH{i + 1}", "input", 28)
    bring(pinmap["powerFail"], "PFAIL", "input", 28)
    bring(pinmap["sda"], "SDA", "bidirectional", 76)
    bring(pinmap["scl"], "SCL", "output", 76)
    # Supply
    p3, p5 = pin["3V3"][0], pin["5V"][0]
    used |= {p3, p5}
    s.wire(p3, (43, p3[1]), (43, p3[1] - 2))
    s.power("+3V3", 43, p3[1] - 2)
    s.wire(p5, (42, p5[1]), (42, p5[1] - 1.5))
    s.power("+5V", 42, p5[1] - 1.5)
    for point in pin["GND"]:
        used.add(point)
        x = point[0] - 2 if point[0] < 52 else point[0] + 8
        s.wire(point, (x, point[1]))
        s.power("GND", x, point[1], 270 if point[0] < 52 else 90)
    # EN supervisor
    en = pin["EN"][0]
    used.add(en)
    u = s.symbol("Power_Supervisor:MCP120-xxxxTT", "U62", "MCP120-300", 30, 15, part="supervisor_3v",
                 ref_at=(2.2, -2.4, "left"), value_at=(2.2, 2.6, "left"))
    s.power("+3V3", *u["2"])
    s.power("GND", *u["3"])
    s.wire(u["1"], (39, 15), (39, en[1]), en)
    s.label("EN", 40, en[1])
    s.text("Holds EN low below 2.85..3.0 V (unverified); the\nDevKitC has its own pull-up on EN.", 8, 10, colour=GREY)
    # Status LED, button
    led_pin, button_pin = io(pinmap["led"]), io(pinmap["button"])
    used |= {led_pin, button_pin}
    y = led_pin[1]
    s.wire(led_pin, (41, y))
    s.label("LED", 41, y, 180, "right bottom")
    s.wire(button_pin, (41, button_pin[1]))
    s.label("BUTTON", 41, button_pin[1], 180, "right bottom")
    s.text("Status LED", 8, 43, 1.5, True)
    s.wire((12, 47), (14.5, 47))
    s.label("LED", 12, 47)
    r = s.symbol("Device:R", "R61", "1k 1%", 16, 47, 90, part="r1k", ref_at=(0, -0.9), value_at=(0, 1))
    led = s.symbol("Device:LED", "D61", "blue", 21, 47, 180, part="led_status", ref_at=(0, -1.2), value_at=(0, 1.3))
    s.wire(r["2"], led["2"])
    s.wire(led["1"], (24, 47), (24, 48))
    s.power("GND", 24, 48)
    s.text("Button", 8, 52, 1.5, True)
    s.wire((12, 58), (21, 58))
    s.label("BUTTON", 12, 58)
    r = s.symbol("Device:R", "R62", "10k 1%", 17, 55.5, part="r10k", **side)
    s.power("+3V3", *r["1"])
    s.wire(r["2"], (17, 58))
    c = s.symbol("Device:C", "C61", "100n", 17, 60.5, part="c100n", **side)
    s.wire((17, 58), c["1"])
    s.power("GND", *c["2"])
    b = s.symbol("Switch:SW_Push", "SW61", "button", 23, 58, part="button", ref_at=(0, -1.6), value_at=(0, 1.2))
    s.wire(b["2"], (26, 58), (26, 60))
    s.power("GND", 26, 60)
    # Option headers
    uart = [("+3V3", None), ("+5V", None), (f"RX2", pinmap["uart2Rx"]), ("TX2", pinmap["uart2Tx"]), ("GND", None)]
    s.text("Option: RS-485 or TIC on UART 2", 84, 12, 1.5, True)
    j = s.symbol("Connector_Generic:Conn_01x05", "J61", "UART 2", 98, 18, part="header5", ref_at=(0, -3.5), value_at=(0, 3.5))
    option_header(s, j, uart, io, used, 95)
    spi = [("+3V3", None), ("SCK", 18), ("MISO", 19), ("MOSI", 23), ("CS", 4), ("GND", None)]
    s.text("Option: SPI (storage card, wired network)", 84, 26, 1.5, True)
    j = s.symbol("Connector_Generic:Conn_01x06", "J62", "SPI", 98, 33, part="header6", ref_at=(0, -3.5), value_at=(0, 4.5))
    option_header(s, j, spi, io, used, 95)
    # The gates and the supply of the Schmitt trigger
    s.text("74HC14: supply, and the two gates that no channel uses", 84, 42, 1.5, True)
    for unit, y in ((5, 48), (6, 54)):
        g = s.symbol("74xx:74HC14", "U61", "74HC14", 92, y, unit=unit, part="schmitt", ref_at=(0, -2.1), value_at=(0, 2.1), key=f"gate{unit}")
        left, right = sorted(g.values())
        s.wire(left, (left[0] - 1, left[1]), (left[0] - 1, left[1] + 1))
        s.power("GND", left[0] - 1, left[1] + 1)
        s.no_connect(*right)
    v = s.symbol("74xx:74HC14", "U61", "74HC14", 102, 52, unit=7, part="schmitt", ref_at=(-2.3, 0, "right"), value_at=(-2.3, 1, "right"), key="gate7")
    s.power("+3V3", *v["14"])
    s.power("GND", *v["7"])
    c = s.symbol("Device:C", "C62", "100n", 107, 52, part="c100n_panel", **side)
    s.wire(c["1"], (107, v["14"][1]), v["14"])
    s.wire(c["2"], (107, v["7"][1]), v["7"])
    # Test points
    for i, (ref, net) in enumerate([("TP61", "+3V3"), ("TP62", "GND")]):
        x = 66 + 9 * i
        s.symbol("Connector:TestPoint", ref, net, x, 58, 0 if net == "+3V3" else 180, part="testpoint",
                 ref_at=(-0.8, -1.4 if net == "+3V3" else 1.4, "right"), hide_value=True)
        s.wire((x, 58), (x + 3, 58))
        s.power(net, x + 3, 58)
    for points in pin.values():
        for point in points:
            if point not in used:
                s.no_connect(*point)
    s.text("Free pins stay open: 0, 2, 5, 12, 15 set the start mode, 6 to 11 are the flash, 1 and 3 the console,\n"
           "36 and 39 may glitch when the converter starts. Power the board from J51 or from the USB socket of the\n"
           "DevKitC; with both, the DevKitC's own diode keeps 5 V out of the computer (unverified: check your revision).",
           8, 68, colour=GREY)
    return s


def option_header(s, j, nets, io, used, x):
    """Wires a header: supply pins to symbols, the rest by labels to the processor's pins."""
    for number, (net, gpio) in enumerate(nets, 1):
        point = j[str(number)]
        if gpio is None:
            far = x - (6 if net == "+5V" else 2)
            s.wire(point, (far, point[1]))
            s.power(net, far, point[1], 90 if net != "GND" else 270)
        else:
            s.wire(point, (x - 4, point[1]))
            s.label(net, x - 4, point[1])
            pin = io(gpio)
            used.add(pin)
            s.wire(pin, (60, pin[1]))
            s.label(net, 60, pin[1])


def sensors(paths):
    s = Sheet("sensors", "I2C: index memory, clock, T/RH sensor on a lead", paths, PROJECT, REVISION, DATE)
    side = dict(ref_at=(1.0, -0.45, "left"), value_at=(1.0, 0.45, "left"))
    sda, scl = 24, 27
    s.hlabel("SDA", "bidirectional", 8, sda, 180)
    s.hlabel("SCL", "input", 8, scl, 180)
    s.wire((8, sda), (84, sda))
    s.wire((8, scl), (84, scl))
    for x, ref, y in ((13, "R71", sda), (18, "R72", scl)):
        r = s.symbol("Device:R", ref, "2k2 1%", x, 18, part="r2k2", **side)
        s.power("+3V3", *r["1"])
        s.wire(r["2"], (x, y))
    s.text("Pull-ups", 12, 12, 1.5, True)
    s.text("Index memory (FRAM, 0x50)", 25, 38, 1.5, True)
    u = s.symbol("Memory_NVRAM:FM24C64B", "U71", "MB85RC256V", 32, 48, part="fram", ref_at=(-1.2, -2.7, "right"), value_at=(-1.0, 3.1, "right"))
    s.wire(u["5"], (39, u["5"][1]), (39, sda))
    s.wire(u["6"], (41, u["6"][1]), (41, scl))
    s.wire(u["7"], (38, u["7"][1]), (38, 54))
    s.power("GND", 38, 54)
    for number in ("1", "2", "3"):
        s.wire(u[number], (26, u[number][1]))
    s.wire((26, u["1"][1]), (26, 54))
    s.power("GND", 26, 54)
    s.wire(u["4"], (32, 54))
    s.power("GND", 32, 54)
    s.wire(u["8"], (32, 43))
    s.power("+3V3", 32, 42)
    s.wire((32, 42), (32, 43), (22, 43), (22, 45.5))
    c = s.symbol("Device:C", "C71", "100n", 22, 47, part="c100n", **side)
    s.power("GND", *c["2"])
    s.text("Clock (0x52)", 50, 38, 1.5, True)
    u = s.symbol("Timer_RTC:RV-3028-C7", "U72", "RV-3028-C7", 58, 48, part="rtc", ref_at=(1.6, -3.6, "left"), value_at=(1.6, 3.6, "left"))
    s.wire(u["4"], (49, u["4"][1]), (49, sda))
    s.wire(u["3"], (47, u["3"][1]), (47, scl))
    s.wire(u["8"], (51, u["8"][1]), (51, 54))
    s.power("GND", 51, 54)
    s.wire(u["5"], (58, 54))
    s.power("GND", 58, 54)
    s.power("+3V3", *u["7"])
    s.wire(u["6"], (58, 42), (68, 42), (68, 45.5))
    c = s.symbol("Device:C_Polarized", "C73", "0.1F 5.5V", 68, 47, part="supercap", **side)
    s.power("GND", *c["2"])
    s.label("VBACKUP", 61, 42)
    s.flag(66, 42)
    s.no_connect(*u["1"])
    s.no_connect(*u["2"])
    c = s.symbol("Device:C", "C72", "100n", 76, 47, part="c100n", **side)
    s.power("+3V3", *c["1"])
    s.power("GND", *c["2"])
    s.text("Sensor SHT45 on a lead (0x44), 20 cm to 2 m", 62, 12, 1.5, True)
    r1 = s.symbol("Device:R", "R73", "100R 1%", 85.5, sda, 90, part="r100", ref_at=(0, -0.9), value_at=(0, 1))
    r2 = s.symbol("Device:R", "R74", "100R 1%", 85.5, scl, 90, part="r100", ref_at=(0, -0.9), value_at=(0, 1))
    j = s.symbol("Connector:Screw_Terminal_01x04", "J71", "SHT45", 105, 24, part="sensor_terminal", ref_at=(0, -2.6), value_at=(0, 3.5))
    s.wire(r1["2"], j["2"])
    s.wire(r2["2"], (98, scl), (98, 25), j["3"])
    s.label("LEAD_SDA", 88.5, sda)
    s.label("LEAD_SCL", 88.5, scl)
    s.wire(j["1"], (101, 23), (101, 21))
    s.power("+3V3", 101, 21)
    s.wire(j["4"], (101, 26), (101, 29))
    s.power("GND", 101, 29)
    c = s.symbol("Device:C", "C74", "10u 25V", 93, 18, part="c10u_25v", **side)
    s.power("+3V3", *c["1"])
    s.power("GND", *c["2"])
    for row, name in enumerate(("+3V3  red", "SDA   green", "SCL   yellow", "GND   black")):
        s.text(name, 106.5, 22.6 + row)
    e = s.symbol("Power_Protection:USBLC6-2SC6", "U73", "USBLC6-2SC6", 96, 40, part="esd", ref_at=(0.8, -2.6, "left"), value_at=(0.8, 3.4, "left"))
    for number, name, x in (("1", "LEAD_SDA", 87), ("3", "LEAD_SCL", 87), ("6", "LEAD_SDA", 105), ("4", "LEAD_SCL", 105)):
        s.wire(e[number], (x, e[number][1]))
        s.label(name, x, e[number][1], 0 if x < 96 else 180, "left bottom" if x < 96 else "right bottom")
    s.power("+3V3", *e["5"])
    s.power("GND", *e["2"])
    s.text("FRAM address pins at GND: it answers at 0x50 only, so it does not meet the clock at 0x52.\n"
           "The lead keeps the sensor out of the box: the processor warms it by 5 to 8 K (estimate), and one kelvin\n"
           "at 28 C and 75 %RH already reads 4 %RH too low. R73, R74 and U73 guard the lead.", 8, 62, colour=GREY)
    return s


def root(pinmap):
    s = Sheet("root", "S0 node: pulse counter and T/RH board", ["/"], PROJECT, REVISION, DATE, "A4")
    s.text("S0 node", 10, 7, 3, True)
    s.text("Four isolated pulse inputs, index memory, clock and T/RH sensor around a plugged ESP32-DevKitC.\n"
           "Room node: the same board without the channels, U61 and the 12 V loop (column Room of bom.csv).", 10, 9.5, 1.4)
    rows = [17, 25, 33, 41]
    processor_pins = [(f"CH{i + 1}", "input", "left", row + 2 - 14) for i, row in enumerate(rows)] + \
                     [("PFAIL", "input", "left", 38), ("SDA", "bidirectional", "right", 8), ("SCL", "output", "right", 12)]
    m = s.child("Processor", "processor.kicad_sch", 50, 14, 18, 44, processor_pins, 7)
    for i, row in enumerate(rows):
        c = s.child(f"Channel {i + 1}", "channel.kicad_sch", 14, row, 18, 5, [("PULSE", "output", "right", 2)], 2 + i)
        s.wire(c["PULSE"], m[f"CH{i + 1}"])
        s.label(f"CH{i + 1}", 36, c["PULSE"][1])
        s.text(f"IO{pinmap['channels'][i]}", 46, c["PULSE"][1] - 1.2, colour=GREY)
        s.text(f"terminal J{i + 1}\ncoupler U{i + 1}1, gate U61{'ABCD'[i]}", 15, row + 1.2, 1.2, colour=GREY)
    p = s.child("Power", "power.kicad_sch", 14, 49, 18, 7, [("PFAIL", "output", "right", 3)], 6)
    s.wire(p["PFAIL"], m["PFAIL"])
    s.label("PFAIL", 36, p["PFAIL"][1])
    n = s.child("Sensors", "sensors.kicad_sch", 84, 18, 18, 14,
                [("SDA", "bidirectional", "left", 4), ("SCL", "input", "left", 8)], 8)
    for name in ("SDA", "SCL"):
        s.wire(m[name], n[name])
        s.label(name, 74, m[name][1])
    s.text("5 V in, reverse polarity,\nsupply watch, 12 V loop", 15, 50.5, 1.2, colour=GREY)
    s.text("ESP32-DevKitC\non two sockets\n\nLED, button\noptions UART 2, SPI", 54.5, 30, 1.2, colour=GREY)
    s.text("FRAM 0x50\nclock 0x52\nSHT45 0x44 on a lead (J71)", 88, 26.5, 1.2, colour=GREY)
    s.box(12, 14.5, 34, 47.5, "dash", (150, 60, 60, 1))
    s.text("isolated inputs", 27, 15, colour=RED)
    s.text("Nets across sheets: +5V, +3V3, GND (logic), +12V_ISO, GND_ISO (field side, floating).\n"
           "The net class Iso holds every field net; the board keeps 6 mm between it and all others.", 70, 40, 1.3, colour=GREY)
    return s


def main():
    devkit.write(os.path.join(BOARD, "lib"))
    with open(os.path.join(BOARD, "pinmap.json"), encoding="utf-8") as stream:
        pinmap = json.load(stream)
    top = "/" + ids.make("sheet", "root")
    path = lambda name: f"{top}/{ids.make('child', name)}"
    out = sys.argv[1] if len(sys.argv) > 1 else BOARD
    sheets = [root(pinmap), channel([path(f"Channel {i}") for i in (1, 2, 3, 4)], pinmap["channels"]), power([path("Power")]),
              processor([path("Processor")], pinmap), sensors([path("Sensors")])]
    for sheet in sheets:
        sheet.write(os.path.join(out, (PROJECT if sheet.name == "root" else sheet.name) + ".kicad_sch"))


if __name__ == "__main__":
    main()
