# SPDX-License-Identifier: CERN-OHL-W-2.0
"""The project file: net classes, their patterns, the rules of the board house. And the two library tables."""
import fnmatch
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
BOARD = os.path.dirname(HERE)
ISO_PATTERNS = ["*_ISO", "/Channel ?/S0_?", "/Channel ?/LED_A", "*(PS51-NC-Pad?)", "*(D53-A)"]
POWER_PATTERNS = ["+5V", "+3V3", "/Power/VIN", "*(J51-Pin_1)"]


def is_field_net(net):
    """Whether a net belongs to the floating field side."""
    return any(fnmatch.fnmatchcase(net, pattern) for pattern in ISO_PATTERNS)


def net_class(name, track, clearance, priority):
    return {"name": name, "priority": priority, "clearance": clearance, "track_width": track, "via_diameter": 0.8, "via_drill": 0.4,
            "microvia_diameter": 0.3, "microvia_drill": 0.1, "diff_pair_gap": 0.25, "diff_pair_via_gap": 0.25,
            "diff_pair_width": 0.2, "wire_width": 6, "bus_width": 12, "line_style": 0,
            "pcb_color": "rgba(0, 0, 0, 0.000)", "schematic_color": "rgba(0, 0, 0, 0.000)"}


def content():
    return {
        "board": {"design_settings": {
            "defaults": {"zones": {"min_clearance": 0.3}},
            "rules": {"min_clearance": 0.2, "min_track_width": 0.2, "min_via_diameter": 0.6, "min_via_annular_width": 0.15,
                      "min_through_hole_diameter": 0.3, "min_hole_clearance": 0.25, "min_hole_to_hole": 0.3,
                      "min_copper_edge_clearance": 0.4, "min_silk_clearance": 0.0, "min_text_height": 0.7,
                      "min_text_thickness": 0.1, "min_resolved_spokes": 1},
            "rule_severities": {"lib_footprint_issues": "ignore", "lib_footprint_mismatch": "ignore",
                                "silk_overlap": "warning", "silk_over_copper": "ignore", "silk_edge_clearance": "warning"}}},
        "erc": {"rule_severities": {"single_global_label": "error", "lib_symbol_issues": "error",
                                    "lib_symbol_mismatch": "warning"}},
        "meta": {"filename": "s0node.kicad_pro", "version": 3},
        "net_settings": {
            "classes": [net_class("Default", 0.25, 0.2, 2147483647), net_class("Iso", 0.5, 0.3, 0),
                        net_class("Power", 0.6, 0.25, 1)],
            "meta": {"version": 4},
            "netclass_assignments": None,
            "netclass_patterns": [{"netclass": "Iso", "pattern": pattern} for pattern in ISO_PATTERNS] +
                                 [{"netclass": "Power", "pattern": pattern} for pattern in POWER_PATTERNS]},
        "pcbnew": {"page_layout_descr_file": ""}, "schematic": {"page_layout_descr_file": "", "meta": {"version": 1}},
        "sheets": [], "text_variables": {"REVISION": "A"}}


def write(folder=BOARD):
    with open(os.path.join(folder, "s0node.kicad_pro"), "w", encoding="utf-8") as stream:
        json.dump(content(), stream, indent=2)
        stream.write("\n")
    for kind, file in (("sym", "metering.kicad_sym"), ("fp", "metering.pretty")):
        with open(os.path.join(folder, f"{kind}-lib-table"), "w", encoding="utf-8") as stream:
            stream.write(f'({kind}_lib_table\n  (version 7)\n  (lib (name "metering")(type "KiCad")'
                         f'(uri "${{KIPRJMOD}}/lib/{file}")(options "")(descr "Parts of this board only"))\n)\n')


if __name__ == "__main__":
    write()
