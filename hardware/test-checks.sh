#!/bin/bash
# SPDX-License-Identifier: CERN-OHL-W-2.0
# Plants one fault at a time in a copy of hardware/ and asks that the right check finds it, by its own words.
# The last line is "N passed, N failed".
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
passed=0; failed=0

# fault NAME CHECK "WORDS IN THE FINDING": the commands on standard input plant the fault; $H is the copy.
fault() {
  local name=$1 check=$2 words=$3 H="$work/hardware" said
  rm -rf "$work/hardware" "$work/firmware"
  mkdir "$H" && (cd "$here" && tar cf - --exclude=./out --exclude=__pycache__ .) | tar xf - -C "$H"
  [ -d "$here/../firmware" ] && (cd "$here/.." && find firmware -name BoardPins.cs -print0 | tar cf - --null -T -) | tar xf - -C "$work"
  export H; bash -e || { echo "FAIL planted: $name: the fault could not be planted"; failed=$((failed + 1)); return; }
  said=$(SEED=1 RUNS=1 /usr/bin/python3 "$here/checks/run.py" --root "$H" --repository "$work" "$check" 2>&1)
  if grep -q "^FAIL" <<< "$said" && grep -qE -- "$words" <<< "$said"; then
    passed=$((passed + 1)); echo "ok   planted: $name: found by $check"
  else
    failed=$((failed + 1)); echo "FAIL planted: $name: not found by $check; it said: $(head -1 <<< "$said")"
  fi
}
# Replaces exactly one thing, or fails: a fault that is not there proves nothing.
swap='import sys; p, a, b = sys.argv[1:]; t = open(p, encoding="utf-8").read(); assert a in t, a; open(p, "w", encoding="utf-8").write(t.replace(a, b, 1))'
export swap
redraw='cd "$H/board/gen" && KICAD9_SYMBOL_DIR=/usr/share/kicad/symbols PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 schematic.py'
export redraw

fault "open pin: nothing on R14's lower end" erc "pin_not_connected" <<'X'
/usr/bin/python3 -c "$swap" "$H/board/gen/schematic.py" 's.wire(r4["2"], (50, 28))' 'pass'
eval "$redraw"
X
fault "wrong net: SDA and SCL swapped at the memory, board as before" drc "schematic parity" <<'X'
/usr/bin/python3 -c "$swap" "$H/board/gen/schematic.py" 's.wire(u["5"], (39, u["5"][1]), (39, sda))' 's.wire(u["5"], (39, u["5"][1]), (39, scl))'
/usr/bin/python3 -c "$swap" "$H/board/gen/schematic.py" 's.wire(u["6"], (41, u["6"][1]), (41, scl))' 's.wire(u["6"], (41, u["6"][1]), (41, sda))'
eval "$redraw"
X
fault "isolation: rule lowered to 5 mm" isolation "at least 6.0 mm" <<'X'
/usr/bin/python3 -c "$swap" "$H/board/s0node.kicad_dru" 'min 6mm' 'min 5mm'
X
fault "isolation: a logic track 5 mm from the field side" isolation "nearer than 6.0 mm" <<'X'
cd "$H/board" && /usr/bin/python3 - <<'P'
import pcbnew
board = pcbnew.LoadBoard("s0node.kicad_pcb")
edge = pcbnew.ToMM(min(pad.GetPosition().y for pad in board.FindFootprintByReference("U11").Pads())) + 1.0
track = pcbnew.PCB_TRACK(board)
track.SetStart(pcbnew.VECTOR2I(pcbnew.FromMM(60), pcbnew.FromMM(edge + 5.12)))
track.SetEnd(pcbnew.VECTOR2I(pcbnew.FromMM(70), pcbnew.FromMM(edge + 5.12)))
track.SetWidth(pcbnew.FromMM(0.25))
track.SetNet(board.FindNet("GND"))
board.Add(track)
import shutil
shutil.copy("s0node.kicad_pro", "kept")
pcbnew.SaveBoard("s0node.kicad_pcb", board)
shutil.move("kept", "s0node.kicad_pro")
P
X
fault "isolation: a field net left out of its class" isolation "differ by" <<'X'
cd "$H/board/gen" && /usr/bin/python3 -c "$swap" project.py '"/Channel ?/LED_A", ' '' && /usr/bin/python3 project.py
X
fault "unconnected: a track taken away" drc "unconnected items" <<'X'
cd "$H/board" && /usr/bin/python3 - <<'P'
import pcbnew, shutil
board = pcbnew.LoadBoard("s0node.kicad_pcb")
for track in [t for t in board.GetTracks() if t.GetNetname() == "/CH1"]:
    board.Delete(track)
shutil.copy("s0node.kicad_pro", "kept")
pcbnew.SaveBoard("s0node.kicad_pcb", board)
shutil.move("kept", "s0node.kicad_pro")
P
X
fault "sheet edited by hand" schematic "differs from what" <<'X'
/usr/bin/python3 -c "$swap" "$H/board/power.kicad_sch" '1000u 10V' '100u 10V'
X
fault "parts list: a line without part number" bom "MPN is empty" <<'X'
/usr/bin/python3 -c "$swap" "$H/board/bom.csv" 'LTV-817S-TA1-C' ''
X
fault "parts list: a line without alternative" bom "Alternative is empty" <<'X'
/usr/bin/python3 -c "$swap" "$H/board/offboard.csv" 'Phoenix Contact STEP-PS/1AC/5DC/2' ''
X
fault "GPIO swapped in pinmap.json" pins "says IO35" <<'X'
/usr/bin/python3 -c "$swap" "$H/board/pinmap.json" '34,35' '35,34'
X
fault "GPIO swapped in the firmware" firmware "pinmap.json says" <<'X'
file=$(find "$H/../firmware" -name BoardPins.cs | head -1)
sed -i -e 's/\b34\b/@@/; s/\b35\b/34/; s/@@/35/' "$file"; grep -q '3[45]' "$file"
X
fault "filter: 22 nF instead of 220 nF" simulation "counted" <<'X'
/usr/bin/python3 -c "$swap" "$H/board/gen/schematic.py" '"220n X7R"' '"22n X7R"'
eval "$redraw"
X
fault "loop: 560 ohm across the coupler's diode" simulation "leakage 2.00 mA" <<'X'
/usr/bin/python3 -c "$swap" "$H/board/gen/schematic.py" '"330R 1%"' '"560R 1%"'
eval "$redraw"
X
fault "box: a hole too many in the wall" enclosure "a hole too many" <<'X'
/usr/bin/python3 -c "$swap" "$H/enclosure/box.scad" 'for (x = s0_x) translate([origin.x + x - slot.x / 2, -1, board_z])' 'translate([40, -1, 30]) cube([4, 10, 4]); for (x = s0_x) translate([origin.x + x - slot.x / 2, -1, board_z])'
X
fault "box: a post where the board goes" enclosure "does not go in" <<'X'
/usr/bin/python3 -c "$swap" "$H/enclosure/box.scad" 'ears(outer.z);' 'ears(outer.z); translate([wall - 0.1, 50, floor_z - 0.1]) cube([7, 7, 30]);'
X
fault "box: a surface that is not closed" enclosure "hole in its surface|not manifold|ended with" <<'X'
cat >> "$H/enclosure/box.scad" <<'S'
module base() { echo("openings", "base", 0); polyhedron(points = [[0,0,0],[9,0,0],[0,9,0],[0,0,9]], faces = [[0,1,2],[0,3,1],[0,2,3]]); }
S
X
fault "outputs: a changed drill file" fabrication "are not those of" <<'X'
sed -i '/drl/s/^..../0000/' "$H/board/fabrication.sha256"
X
fault "meter without a source" wiring "Source is empty|differs" <<'X'
/usr/bin/python3 -c "$swap" "$H/wiring/meters.csv" "manufacturer's data sheet (read)" ""
X
fault "revision letters that differ" pages "revision" <<'X'
/usr/bin/python3 -c "$swap" "$H/CHANGELOG.md" '## Revision A' '## Revision B'
X
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
