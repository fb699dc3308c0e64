# SPDX-License-Identifier: CERN-OHL-W-2.0
"""What is printed on the board: references where nothing covers them, the names of the terminals, the barrier, the revision."""
import pcbnew

from placement import BARRIER_Y, HEIGHT, PLACES, STRIP_X, WIDTH

REVISION = "A"
SMALL = 0.8
HIDDEN = ("J1", "J2", "J3", "J4", "J51", "J71", "J61", "J62", "H51", "H52", "H53", "H54", "TP51", "TP52", "TP53", "TP61", "TP62")

# Where a reference is printed: offset from the part in board millimetres, and the angle of the text.
_STRIP = {"D{}1": (0, 3.3, 0), "R{}1": (2.0, 0, 90), "R{}2": (-2.0, 0, 90), "R{}3": (3.7, 0, 0), "C{}1": (3.7, 0, 0),
          "U{}1": (4.2, 0, 90), "R{}4": (2.0, 0, 90), "R{}5": (-1.9, 0, 90), "C{}2": (0, 2.0, 0), "R{}6": (2.0, 0, 90),
          "D{}2": (-2.0, 0, 90), "R{}7": (-2.0, 0, 90)}
MOVED = {key.format(n): value for n in (1, 2, 3, 4) for key, value in _STRIP.items()}
MOVED.update({
    "C53": (-2.2, 0, 90), "U61": (6.6, 0, 90), "C62": (-2.0, 0, 90), "R73": (-2.0, 0, 90), "U73": (-2.8, 0, 90), "C74": (-2.2, 0, 90),
    "A1": (-30.0, 5.0, 0), "PS51": (1.4, 4.2, 0), "R53": (0, -1.7, 0), "R54": (0, 1.7, 0), "C54": (0, 2.0, 0), "D52": (0, 2.0, 0),
    "D53": (-3.4, 0, 0), "C73": (-4.5, -1.8, 0), "U72": (0, -2.7, 0), "SW61": (9.0, 2.3, 90), "D61": (0, 1.9, 0), "R61": (0, 1.9, 0),
    "R62": (0, 1.9, 0), "C61": (0, 1.9, 0), "U62": (0, 2.6, 0), "C52": (0, 1.9, 0), "U51": (0, -2.6, 0), "Q51": (-3.0, 0, 90),
    "F51": (-2.8, 0, 90), "D51": (2.6, 0, 90), "R51": (2.0, 0, 90), "R52": (2.0, 0, 90), "C51": (2.5, -6.2, 0), "R74": (2.0, 0, 90)})


def dress(footprint):
    ref = footprint.GetReference()
    text = footprint.Reference()
    text.SetTextSize(pcbnew.VECTOR2I(pcbnew.FromMM(SMALL), pcbnew.FromMM(SMALL)))
    text.SetTextThickness(pcbnew.FromMM(0.12))
    text.SetVisible(ref not in HIDDEN)
    if ref in MOVED:
        dx, dy, angle = MOVED[ref]
        place = footprint.GetPosition()
        text.SetPosition(pcbnew.VECTOR2I(place.x + pcbnew.FromMM(dx), place.y + pcbnew.FromMM(dy)))
        text.SetTextAngleDegrees(angle)
    footprint.Value().SetLayer(pcbnew.F_Fab)


def labels(board, point):
    def text(x, y, content, size=SMALL, angle=0, bold=False, layer=pcbnew.F_SilkS):
        item = pcbnew.PCB_TEXT(board)
        item.SetText(content)
        item.SetPosition(point(x, y))
        item.SetLayer(layer)
        item.SetTextSize(pcbnew.VECTOR2I(pcbnew.FromMM(size), pcbnew.FromMM(size)))
        item.SetTextThickness(pcbnew.FromMM(max(0.12, size * (0.2 if bold else 0.15))))
        item.SetTextAngleDegrees(angle)
        item.SetMirrored(layer == pcbnew.B_SilkS)
        board.Add(item)

    def line(x1, y1, x2, y2, layer=pcbnew.F_SilkS):
        item = pcbnew.PCB_SHAPE(board, pcbnew.SHAPE_T_SEGMENT)
        item.SetStart(point(x1, y1))
        item.SetEnd(point(x2, y2))
        item.SetWidth(pcbnew.FromMM(0.2))
        item.SetLayer(layer)
        board.Add(item)

    for n, x in enumerate(STRIP_X, 1):
        text(x + 5.08, 11.5, "S0+")
        text(x, 11.5, "S0-")
        text(x - 5.08, 11.5, "SCR")
        text(x - 5.2, 14.4, f"CH {n}", 1.6, bold=True)
        text(x - 5.2, 16.6, f"J{n}")
    for left, right in ((2.5, STRIP_X[0] - 4), *((a + 4.9, b - 4) for a, b in zip(STRIP_X, STRIP_X[1:])), (STRIP_X[-1] + 4.9, 83.0), (96.0, WIDTH - 2.5)):
        line(left, BARRIER_Y, right, BARRIER_Y)
    for a, b in zip(STRIP_X, STRIP_X[1:]):
        text((a + b) / 2 + 0.4, BARRIER_Y - 1.3, "FIELD 12 V", 0.9)
        text((a + b) / 2 + 0.4, BARRIER_Y + 1.4, "LOGIC 3.3 V", 0.9)
    text(7.6, BARRIER_Y - 1.3, "SELV ONLY", 0.9, bold=True)
    text(7.6, BARRIER_Y + 1.4, "NO MAINS", 0.9, bold=True)
    text(26.5, 62.0, "S0 node", 2.4, bold=True)
    text(26.5, 65.4, f"revision {REVISION}", 1.4)
    text(26.5, 68.0, "Metering  CERN-OHL-W-2.0", 0.9)
    text(26.5, 69.8, "not for billing", 0.9)
    for x, y, content in ((11.2, 90.4, "+5V"), (16.28, 90.4, "GND"), (70.0, 90.5, "3V3"), (75.08, 90.5, "SDA"),
                          (80.16, 90.5, "SCL"), (85.24, 90.5, "GND"), (20.6, 93.6, "J51"), (90.6, 96.6, "J71"),
                          (23.5, 85.2, "+5V"), (29.0, 85.2, "GND"), (34.5, 85.2, "+3V3"), (84.0, 5.3, "+12V"), (96.0, 10.7, "0V iso"),
                          (94.4, 8.6, "12V ON"), (54.3, 86.7, "STATUS"), (60.45, 99.9, "BUTTON")):
        if content:
            text(x, y, content)
    for n, name in enumerate(("3V3", "5V", "RX2", "TX2", "GND")):
        text(24.0 + 2.54 * n, 95.0, name, 0.7)
    text(29.1, 93.3, "J61 UART 2")
    for n, name in enumerate(("3V3", "SCK", "MISO", "MOSI", "CS", "GND")):
        text(39.0 + 2.54 * n, 95.0, name, 0.7)
    text(45.4, 93.3, "J62 SPI")
    text(46.6, 70.2, "USB", 1.2, 90, True)
    text(101.2, 70.2, "ANTENNA: KEEP CLEAR", 0.9, 90)
    for n, x in enumerate(STRIP_X, 1):
        text(x - 4.5, 36.6, "PULSE", 0.7)
    text(WIDTH / 2, 20.0, "FIELD SIDE, floating 12 V", 1.5, layer=pcbnew.B_SilkS)
    line(2.5, BARRIER_Y, WIDTH - 2.5, BARRIER_Y, pcbnew.B_SilkS)
    text(WIDTH / 2, BARRIER_Y - 1.6, "isolation: nothing within 6 mm across this line", 1.0, layer=pcbnew.B_SilkS)
    text(WIDTH / 2, 45.0, "LOGIC SIDE", 1.5, layer=pcbnew.B_SilkS)
    text(26.0, 66.0, f"S0 node rev {REVISION}", 1.6, layer=pcbnew.B_SilkS)
    text(26.0, HEIGHT - 20.0, "SELV only. Not for billing.", 1.0, layer=pcbnew.B_SilkS)
