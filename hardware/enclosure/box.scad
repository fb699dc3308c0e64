// SPDX-License-Identifier: CERN-OHL-W-2.0
// Box of the S0 node: base with standoffs, lid, and the little cage of the T/RH sensor. Millimetres. Never printed.
//   openscad -D 'part="base"' -o base.stl box.scad        (part: base, lid, sensor)
// Each part declares how many openings go through it; hardware/check.sh counts them on the mesh.

part = "base";
revision = "A";
$fn = 24;

board = [104, 102];              // placement.py
holes = [[4.4, 4.4], [99.6, 4.4], [4.4, 97.6], [99.6, 97.6]];
clearance = 1.0;                 // around the board
wall = 2.4;
floor_z = 2.4;
standoff = 5.0;                  // under the board: solder joints, bent leads
board_z = floor_z + standoff + 1.6;
inside_h = 38;                   // DevKitC on its sockets, plus a plug from the side
inside = [board.x + 2 * clearance, board.y + 2 * clearance];
outer = [inside.x + 2 * wall, inside.y + 2 * wall, floor_z + inside_h];
origin = [wall + clearance, wall + clearance];

// y grows towards the sensor terminal as on the board, so the field terminals look out of the wall at y = 0.
s0_x = [17, 35, 53, 71];
slot = [15, 9];                  // cable slot of a terminal: width, height
vents = 8;
clip_holes = 2;

function at(p) = [origin.x + p.x, origin.y + p.y];

module rounded(size, r = 3) {
  translate([r, r, 0]) linear_extrude(size.z) offset(r) square([size.x - 2 * r, size.y - 2 * r]);
}

ear_x = [-3.5, outer.x + 3.5];
module ears(height) {
  for (x = [-7.5, outer.x - 1]) translate([x, outer.y / 2 - 4.5, 0]) cube([8.5, 9, height]);
}

module base() {
  // Openings: 4 slots for the meters, 2 for supply and sensor, 1 for USB, the vents of two walls, the clip's screw holes.
  echo("openings", "base", 4 + 2 + 1 + 2 * vents + clip_holes);
  difference() {
    union() {
      difference() {
        rounded(outer);
        translate([wall, wall, floor_z]) cube([inside.x, inside.y, inside_h + 1]);
      }
      for (h = holes) translate([at(h).x, at(h).y, floor_z - 0.1]) cylinder(d = 7, h = standoff + 0.1);
      // Ears outside the walls take the lid's screws: inside, a post would stand where the board goes.
      ears(outer.z);
    }
    for (h = holes) translate([at(h).x, at(h).y, floor_z + 0.6]) cylinder(d = 2.5, h = standoff + 1);
    for (x = ear_x) translate([x, outer.y / 2, outer.z - 15]) cylinder(d = 2.5, h = 20);
    for (x = s0_x) translate([origin.x + x - slot.x / 2, -1, board_z]) cube([slot.x, wall + 2, slot.y]);
    translate([origin.x + 8, outer.y - wall - 1, board_z]) cube([11, wall + 2, slot.y]);
    translate([origin.x + 67.5, outer.y - wall - 1, board_z]) cube([20.5, wall + 2, slot.y]);
    translate([-1, origin.y + 63, board_z + 7]) cube([wall + 2, 14, 10]);
    for (x = [-1, outer.x - wall - 1], n = [0 : vents - 1]) translate([x, origin.y + 8 + n * 5, 29]) cube([wall + 2, 3, 6]);
    for (y = [outer.y / 2 - 15, outer.y / 2 + 15]) translate([outer.x / 2, y, -1]) cylinder(d = 4.3, h = floor_z + 2);
  }
}

module lid() {
  // Openings: two screw holes, windows over the pulse LEDs, the 12 V LED, the status LED, the button, and 10 vents.
  echo("openings", "lid", 2 + 4 + 1 + 1 + 1 + 10);
  difference() {
    union() {
      rounded([outer.x, outer.y, 2]);
      ears(2);
      difference() {
        translate([wall + 0.3, wall + 0.3, 1.9]) cube([inside.x - 0.6, inside.y - 0.6, 3]);
        translate([wall + 2.3, wall + 2.3, 2]) cube([inside.x - 4.6, inside.y - 4.6, 4]);
      }
    }
    for (x = ear_x) translate([x, outer.y / 2, -1]) cylinder(d = 3.2, h = 4);
    // Seen from outside the lid is turned over: x runs the other way.
    for (x = s0_x) translate([outer.x - origin.x - (x - 4.5), origin.y + 39.3, -1]) cylinder(d = 3, h = 4);
    translate([outer.x - origin.x - 90, origin.y + 8.6, -1]) cylinder(d = 3, h = 4);
    translate([outer.x - origin.x - 54.3, origin.y + 88.4, -1]) cylinder(d = 3, h = 4);
    translate([outer.x - origin.x - 60.4, origin.y + 95.4, -1]) cylinder(d = 5, h = 4);
    for (n = [0 : 9]) translate([20 + n * 7, 62, -1]) cube([3, 14, 4]);
    translate([outer.x / 2, 56, 0.6]) rotate([180, 0, 0]) linear_extrude(1) text(str("TBTS - comptage  S0 node ", revision), size = 5, halign = "center");
  }
}

module sensor() {
  // An open cage: air through two walls and the floor, one hole for the lead.
  echo("openings", "sensor", 6 + 6 + 4 + 1);
  difference() {
    rounded([34, 30, 22], 2);
    translate([1.8, 1.8, 1.8]) cube([30.4, 26.4, 21]);
    for (y = [-1, 27.6], n = [0 : 5]) translate([4.5 + n * 4.5, y, 5]) cube([2.5, 3.4, 13]);
    for (n = [0 : 3]) translate([6 + n * 6.5, 6, -1]) cube([3, 18, 4]);
    translate([-1, 15, 8]) rotate([0, 90, 0]) cylinder(d = 5, h = 4);
  }
}

// What the base and the mounted board would share: nothing, or the board does not go in.
module fit() {
  intersection() {
    base();
    translate([origin.x, origin.y, floor_z + standoff + 0.05]) cube([board.x, board.y, inside_h]);
  }
}

if (part == "base") base();
else if (part == "fit") fit();
else if (part == "lid") lid();
else if (part == "sensor") sensor();
