# SPDX-License-Identifier: CERN-OHL-W-2.0
"""One schematic sheet under construction. Positions are in units of 2.54 mm from the sheet's corner, y downwards."""
import ids
import symbols
from parts import PARTS
from sexpr import Quoted, dump

GRID_MM = 2.54


def q(text):
    return Quoted(str(text))


def mm(value):
    return round(value * GRID_MM, 4)


def effects(size=1.27, justify=None, hide=False, bold=False, colour=None):
    font = ["font", ["size", size, size]]
    if bold:
        font.append(["bold", "yes"])
    if colour:
        font.append(["color", *colour])
    node = ["effects", font]
    if justify:
        node.append(["justify", *justify.split()])
    if hide:
        node.append(["hide", "yes"])
    return node


class Sheet:
    """`instances` are the (path, suffix) pairs of the sheet in the hierarchy; a sheet used once has one."""

    def __init__(self, name, title, paths, project, revision, date, paper="A4"):
        self.name, self.title, self.paths, self.project = name, title, paths, project
        self.revision, self.date, self.paper = revision, date, paper
        self.uuid = ids.make("sheet", name)
        self.embedded, self.items, self.placed = {}, [], {}
        self.counter = 0
        self.ends, self.touch = [], set()

    def _id(self, kind):
        self.counter += 1
        return ids.make(self.name, kind, self.counter)

    def symbol(self, lib_id, reference, value, x, y, rotation=0, mirror=None, unit=1, part=None,
               ref_at=None, value_at=None, hide_value=False, hide_ref=False, key=None):
        """`reference` may be a function of the channel number for a sheet that is used more than once."""
        if lib_id not in self.embedded:
            self.embedded[lib_id] = symbols.load(lib_id)
        refs = [reference(i) if callable(reference) else (reference, unit) for i in range(len(self.paths))]
        first_ref, first_unit = refs[0]
        identity = ids.make(self.name, "symbol", key or f"{first_ref}.{first_unit}")
        node = ["symbol", ["lib_id", q(lib_id)], ["at", mm(x), mm(y), rotation]]
        if mirror:
            node.append(["mirror", mirror])
        power = first_ref.startswith("#")
        node += [["unit", first_unit], ["exclude_from_sim", "no"],
                 ["in_bom", "no" if power or (part and PARTS[part].get("no_bom")) else "yes"],
                 ["on_board", "yes"], ["dnp", "no"], ["uuid", q(identity)]]
        spec = PARTS.get(part, {})
        ref_at = ref_at or (0, -1)
        value_at = value_at or (0, 1)

        def prop(name, text, offset, hide, size=1.27):
            dx, dy, *more = offset
            justify = more[0] if more else None
            if (rotation in (90, 180)) != (mirror == "y") and justify:
                justify = {"left": "right", "right": "left"}[justify]
            # The angle is relative to the symbol: a turned symbol needs 90 for a text that reads level.
            return ["property", q(name), q(text), ["at", mm(x + dx), mm(y + dy), 90 if rotation in (90, 270) else 0],
                    effects(size, justify, hide)]

        node.append(prop("Reference", first_ref, ref_at, power or hide_ref))
        node.append(prop("Value", value, value_at, hide_value))
        node.append(prop("Footprint", spec.get("footprint", ""), (0, 0), True))
        node.append(prop("Datasheet", "", (0, 0), True))
        node.append(prop("Description", spec.get("description", ""), (0, 0), True))
        for field in ("Manufacturer", "MPN", "Alternative", "Price EUR", "Fitted", "Evidence"):
            if field in spec:
                node.append(prop(field, spec[field], (0, 0), True))
        pin_map = symbols.pins(self.embedded[lib_id], first_unit)
        for number in pin_map:
            node.append(["pin", q(number), ["uuid", q(ids.make(identity, "pin", number))]])
        node.append(["instances", ["project", q(self.project),
                     *[["path", q(path), ["reference", q(ref)], ["unit", u]] for path, (ref, u) in zip(self.paths, refs)]]])
        self.items.append(node)
        places = {number: tuple(round(v / GRID_MM, 4) for v in symbols.place(
            (pin[0], pin[1]), (mm(x), mm(y)), rotation, mirror)) for number, pin in pin_map.items()}
        self.touch |= set(places.values())
        return places

    def power(self, net, x, y, rotation=0, lib=None):
        """A power symbol; `net` names the global net whatever symbol draws it."""
        lib = lib or {"GND": "GND", "+5V": "+5V", "+3V3": "+3V3", "+12V_ISO": "+12V", "GND_ISO": "GNDS"}[net]
        self.counter += 1
        below = lib.startswith("GND")
        turn = -1 if below else 1
        offset = {0: (0, -1.4 * turn if turn > 0 else 1.6), 90: (-2.2 * turn, 0), 180: (0, 1.4 * turn if turn > 0 else -1.6),
                  270: (2.2 * turn, 0)}[rotation]
        self.symbol("power:" + lib, f"#PWR_{self.name}_{self.counter:02d}", net, x, y, rotation, value_at=offset,
                    key=f"power{self.counter}")

    def flag(self, x, y, rotation=0):
        self.counter += 1
        self.symbol("power:PWR_FLAG", f"#FLG_{self.name}_{self.counter:02d}", "PWR_FLAG", x, y, rotation,
                    value_at=(0, -1.7 if rotation == 0 else 1.7), hide_value=True, key=f"flag{self.counter}")

    def wire(self, *points):
        """A run of straight wires through the points; junctions follow from where ends meet."""
        for (x1, y1), (x2, y2) in zip(points, points[1:]):
            assert x1 == x2 or y1 == y2, f"{self.name}: wire {x1},{y1} -> {x2},{y2} is not straight"
            if (x1, y1) == (x2, y2):
                continue
            self.ends.append(((x1, y1), (x2, y2)))

    def label(self, text, x, y, rotation=0, justify="left bottom"):
        self.items.append(["label", q(text), ["at", mm(x), mm(y), rotation], effects(1.27, justify),
                           ["uuid", q(self._id("label"))]])

    def hlabel(self, text, shape, x, y, rotation=0):
        self.items.append(["hierarchical_label", q(text), ["shape", shape], ["at", mm(x), mm(y), rotation],
                           effects(1.27, "right" if rotation == 180 else "left"), ["uuid", q(self._id("hlabel"))]])

    def no_connect(self, x, y):
        self.items.append(["no_connect", ["at", mm(x), mm(y)], ["uuid", q(self._id("nc"))]])

    def text(self, content, x, y, size=1.27, bold=False, colour=None, justify="left top"):
        self.items.append(["text", q(content), ["exclude_from_sim", "no"], ["at", mm(x), mm(y), 0],
                           effects(size, justify, bold=bold, colour=colour), ["uuid", q(self._id("text"))]])

    def line(self, points, width=0.25, kind="dash", colour=(150, 60, 60, 1)):
        self.items.append(["polyline", ["pts", *[["xy", mm(x), mm(y)] for x, y in points]],
                           ["stroke", ["width", width], ["type", kind], ["color", *colour]], ["uuid", q(self._id("line"))]])

    def box(self, x1, y1, x2, y2, kind="default", colour=(120, 120, 120, 1), fill=None):
        self.items.append(["rectangle", ["start", mm(x1), mm(y1)], ["end", mm(x2), mm(y2)],
                           ["stroke", ["width", 0.15], ["type", kind], ["color", *colour]],
                           ["fill", ["type", "color"], ["color", *fill]] if fill else ["fill", ["type", "none"]],
                           ["uuid", q(self._id("box"))]])

    def child(self, name, file, x, y, width, height, pin_list, page):
        """A sub-sheet symbol; pins are (name, shape, side, offset). Returns {pin: position}."""
        identity = ids.make("child", name)
        node = ["sheet", ["at", mm(x), mm(y)], ["size", mm(width), mm(height)], ["exclude_from_sim", "no"],
                ["in_bom", "yes"], ["on_board", "yes"], ["dnp", "no"], ["fields_autoplaced", "yes"],
                ["stroke", ["width", 0.2], ["type", "solid"]], ["fill", ["color", 245, 245, 235, 1]], ["uuid", q(identity)],
                ["property", q("Sheetname"), q(name), ["at", mm(x), mm(y - 0.25), 0], effects(1.5, "left bottom", bold=True)],
                ["property", q("Sheetfile"), q(file), ["at", mm(x), mm(y + height + 0.25), 0], effects(1.1, "left top")]]
        positions = {}
        for pin, shape, side, offset in pin_list:
            px, py = (x + width, y + offset) if side == "right" else (x, y + offset)
            node.append(["pin", q(pin), shape, ["at", mm(px), mm(py), 0 if side == "right" else 180],
                         ["uuid", q(ids.make(identity, "pin", pin))], effects(1.27, "right" if side == "right" else "left")])
            positions[pin] = (px, py)
        node.append(["instances", ["project", q(self.project), ["path", q("/" + self.uuid), ["page", q(page)]]]])
        self.items.append(node)
        return positions

    def _split(self):
        """Wires cut where another wire ends on them or a pin touches them: KiCad connects at ends only."""
        points = {point for ends in self.ends for point in ends} | self.touch
        pieces = []
        for (x1, y1), (x2, y2) in self.ends:
            inside = [(x, y) for x, y in points
                      if (x1 == x2 == x and min(y1, y2) < y < max(y1, y2)) or (y1 == y2 == y and min(x1, x2) < x < max(x1, x2))]
            run = sorted([(x1, y1), (x2, y2), *inside])
            pieces += list(zip(run, run[1:]))
        return sorted(set(pieces))

    def _junctions(self, pieces):
        counts = {}
        for piece in pieces:
            for point in piece:
                counts[point] = counts.get(point, 0) + 1
        return sorted(point for point, count in counts.items() if count + (point in self.touch) >= 3)

    def write(self, path):
        root = ["kicad_sch", ["version", 20250114], ["generator", q("eeschema")], ["generator_version", q("9.0")],
                ["uuid", q(self.uuid)], ["paper", q(self.paper)],
                ["title_block", ["title", q(self.title)], ["date", q(self.date)], ["rev", q(self.revision)],
                 ["company", q("Metering")], ["comment", 1, q("CERN-OHL-W-2.0")],
                 ["comment", 2, q("Designed and simulated, never built")]],
                ["lib_symbols", *[self.embedded[name] for name in sorted(self.embedded)]]]
        pieces = self._split()
        for x, y in self._junctions(pieces):
            root.append(["junction", ["at", mm(x), mm(y)], ["diameter", 0], ["color", 0, 0, 0, 0],
                         ["uuid", q(self._id("junction"))]])
        for (x1, y1), (x2, y2) in pieces:
            root.append(["wire", ["pts", ["xy", mm(x1), mm(y1)], ["xy", mm(x2), mm(y2)]],
                         ["stroke", ["width", 0], ["type", "default"]], ["uuid", q(self._id("wire"))]])
        root += self.items
        if self.name == "root":
            root.append(["sheet_instances", ["path", q("/"), ["page", q("1")]]])
        root.append(["embedded_fonts", "no"])
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(dump(root) + "\n")
