#!/usr/bin/python3
# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Runs the checks of the hardware folder and ends with "N passed, N failed". Names on the command line select checks."""
import argparse
import os
import sys
import time

sys.dont_write_bytecode = True

import bom
import documents
import electrical
import enclosure
import fabrication
import pinmap
import simulation
from tools import CheckError, Tree

CHECKS = {
    "schematic": electrical.schematic_is_generated, "erc": electrical.erc, "drc": electrical.drc, "isolation": electrical.isolation,
    "pins": pinmap.schematic_pins, "firmware": pinmap.firmware_pins, "bom": bom.bom, "simulation": simulation.pulse_input,
    "enclosure": enclosure.enclosure, "wiring": documents.wiring, "pages": documents.pages, "board": electrical.board_is_generated,
    "fabrication": fabrication.fabrication,
}


def main():
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", default=here, help="hardware folder to check (default: the one of this file)")
    parser.add_argument("--repository", default=os.path.dirname(here), help="where firmware/ is")
    parser.add_argument("checks", nargs="*", help=f"of {', '.join(CHECKS)} (default: all)")
    options = parser.parse_args()
    passed = failed = 0
    for name in options.checks or CHECKS:
        start = time.monotonic()
        try:
            detail, word = CHECKS[name](Tree(options.root, options.repository)), "ok  "
            passed += 1
        except CheckError as fault:
            detail, word = fault, "FAIL"
            failed += 1
        except Exception as fault:  # A check that breaks has not passed.
            detail, word = f"{type(fault).__name__}: {fault}", "FAIL"
            failed += 1
        print(f"{word} {name:<11} {time.monotonic() - start:5.1f} s  {detail}", flush=True)
    print(f"{passed} passed, {failed} failed")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
