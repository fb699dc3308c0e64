#!/bin/bash
# SPDX-License-Identifier: CERN-OHL-W-2.0
# Checks everything in hardware/: rules, isolation, pins, parts, simulation, box, drawings, outputs; then that each check
# finds a planted fault (test-checks.sh). The last line is "N passed, N failed". Names select checks: check.sh erc drc
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)

missing=""
case "$(kicad-cli version 2>/dev/null)" in 9.*) ;; *) missing+=" KiCad-9" ;; esac
/usr/bin/python3 -c 'import pcbnew, numpy' 2>/dev/null || missing+=" pcbnew/numpy-for-/usr/bin/python3"
for tool in ngspice openscad; do command -v $tool >/dev/null || missing+=" $tool"; done
if [ -n "$missing" ]; then
  echo "hardware/check.sh: NOT CHECKED: missing:$missing. Run hardware/install-tools.sh as root." >&2
  echo "0 passed, 1 failed"
  exit 1
fi

if [ $# -gt 0 ]; then exec /usr/bin/python3 "$here/checks/run.py" "$@"; fi
log=$(mktemp); trap 'rm -f "$log"' EXIT
/usr/bin/python3 "$here/checks/run.py" | tee "$log"; checks=$(tail -1 "$log")
bash "$here/test-checks.sh" | tee "$log"; faults=$(tail -1 "$log")
sum() { echo "$checks $faults" | awk -v n="$1" '{ print $n + $(n + 4) }'; }
passed=$(sum 1); failed=$(sum 3)
case "$checks$faults" in *passed*failed*passed*failed*) ;; *) failed=$((failed + 1)) ;; esac
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
