# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Monte-Carlo of the pulse input with the values that the schematic has; hardware/sim holds model and bounds."""
import os
import random
import sys

from tools import CheckError


def pulse_input(tree):
    """Counted pulses, width, delay and loop current within bounds, for all four channels' values."""
    sys.path.insert(0, tree.path("sim"))
    import pulse_input as model
    runs = int(os.environ.get("RUNS", "4"))  # 4: 240 runs of ngspice; the planted faults need fewer
    seed = os.environ.get("SEED") or str(random.SystemRandom().randrange(10 ** 6))
    values = [model.values_of(tree.netlist_file(), channel) for channel in (1, 2, 3, 4)]
    if any(v != values[0] for v in values):
        raise CheckError("the four channels do not have the same values")
    results = model.simulate(values[0], [(kind, count * runs) for kind, count in model.PLAN], seed)
    faults, lines = model.judge(results)
    if faults:
        raise CheckError(f"seed {seed}: {faults[0]} ({len(faults)} faults; again with SEED={seed})")
    return f"seed {seed}, {len(results)} runs\n         " + "\n         ".join(lines)
