#!/usr/bin/python3
# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Monte-Carlo simulation of the pulse input in ngspice: are all pulses counted, none invented, how wide, how late?

The values of R1..R5, C1, C2 come from the schematic's netlist, so a wrong part in the drawing fails here. Spread: 1 % on
resistors, -15/+10 % on capacitors (tolerance and temperature of X7R), supply 10.8..13.5 V, output drop 0.3, 0.9 or 2.5 V,
leakage 0..2 mA (IEC 62053-31 class A), cable 16 ohm and 10 nF (100 m), 230 V 50 Hz coupled into one conductor by 3 nF,
transfer ratio 25 %..400 % (a quarter of the worst rank after ageing, to the best when new), LED drop and its temperature,
Schmitt levels of the 74HC14 at 3.3 V. Bounce lasts 4.8 ms after BOTH edges (the standard allows 5 ms), in 20 us..2.5 ms steps.
The Schmitt trigger and the counting are done on the filtered voltage after the run."""
import argparse
import concurrent.futures
import os
import random
import re
import subprocess
import tempfile
import xml.etree.ElementTree as xml

VDD = 3.3
BOUNCE_MS = 4.8
# Bounds that the check enforces; the README of this folder gives what was measured.
WIDTH_MIN_MS, DELAY_MAX_MS, LOOP_MAX_MA = 20.0, 17.0, 15.0


def ohm_or_farad(text):
    number, unit, rest = re.match(r"([\d.]+)\s*([numkRM]?)(\d*)", text).groups()
    if unit and rest:
        number += "." + rest
    return float(number) * {"n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "R": 1.0, "M": 1e6, "": 1.0}[unit]


def values_of(netlist, channel=1):
    """{'R1': ohms, ... 'C2': farads} of one channel, from the netlist (kicadxml)."""
    refs = {comp.get("ref"): comp.findtext("value") for comp in xml.parse(netlist).getroot().iter("comp")}
    return {name: ohm_or_farad(refs[f"{name[0]}{channel}{name[1]}"]) for name in ("R1", "R2", "R3", "R4", "R5", "C1", "C2")}


def bounced(rng, edges, bounce_ms=BOUNCE_MS):
    """Contact state over time: [(ms, closed)], each edge followed by chatter that ends in the new state."""
    points = []
    for at, state in edges:
        points.append((at, state))
        t, now = at, state
        while True:
            t += rng.uniform(0.02, 2.5)
            if t >= at + bounce_ms:
                break
            now = not now
            points.append((t, now))
        if now != state:
            points.append((at + bounce_ms, state))
    return points


def scenario(kind, rng):
    """Edges without and with bounce, the true pulses [(close, open)] in ms, and the length of the run in ms."""
    edges, pulses, t = [], [], 20.0 + rng.uniform(0, 20)
    if kind in ("30/30", "100/200"):
        on, off = (30, 30) if kind == "30/30" else (100, 200)
        for _ in range(6 if on == 30 else 3):
            edges += [(t, True), (t + on, False)]
            pulses.append((t, t + on))
            t += on + off
        return bounced(rng, edges), pulses, t + 20
    if kind == "chatter":
        points = []
        for _ in range(6):
            state, end = True, t + BOUNCE_MS
            while t < end:
                points.append((t, state))
                state = not state
                t += rng.uniform(0.02, 2.5)
            points.append((min(t, end), False))
            t = end + 40 + rng.uniform(0, 10)
        return points, [], t
    if kind == "drop-out":
        for _ in range(3):
            gap = t + rng.uniform(25, 70)
            edges += [(t, True), (gap, False), (gap + 4.5, True), (t + 100, False)]
            pulses.append((t, t + 100))
            t += 200
        return edges, pulses, t + 10
    raise ValueError(kind)


def deck(values, points, end_ms, rng, data_file):
    r = lambda name: values[name] * rng.uniform(0.99, 1.01)
    c = lambda name: values[name] * rng.uniform(0.85, 1.10)
    supply, drop, leak = rng.uniform(10.8, 13.5), rng.choice((0.3, 0.9, 2.5)), rng.choice((0.0, 0.15e-3, 2e-3))
    ratio = 10 ** rng.uniform(-0.602, 0.602)
    led_is = 3.2e-12 * 10 ** rng.uniform(-0.5, 0.5)
    pwl, level, last = ["0 0"], 0, 0.0
    for at, state in points:
        at = max(at, last + 0.002)
        pwl += [f"{at:.4f}m {level}", f"{at + 0.001:.4f}m {int(state)}"]
        level, last = int(state), at + 0.001
    body = f"""* S0 pulse input
V1 vp gi {supply:.4f}
R1 vp s0p {r('R1'):.3f}
Rw1 s0p cp 8
Cw cp cn 10n
Rw2 cn s0n 8
S1 cp x ctl 0 contact
Vdrop x cn {drop}
Ileak cp cn {leak}
Vctl ctl 0 pwl({' '.join(pwl)})
.model contact sw(vt=0.5 vh=0.1 ron=1 roff=10meg)
Cmains mains cp 3n
Vmains mains 0 sin(0 325 50 0 0 {rng.uniform(0, 360):.1f})
Cbar gi 0 100p
Rbar gi 0 1g
R2 s0n a {r('R2'):.3f}
R3 a gi {r('R3'):.3f}
C1 a gi {c('C1'):.4e}
Vs a d 0
D1 d gi led
.model led d(is={led_is:.3e} n=2 rs=2)
B1 col 0 i = {ratio:.4f}*i(Vs)*tanh(v(col)/0.1)
Cp col 0 1n
R4 vdd col {r('R4'):.3f}
R5 col filt {r('R5'):.3f}
C2 filt 0 {c('C2'):.4e}
Vdd vdd 0 {VDD}
.options reltol=2e-3 method=gear
.ic v(filt)={VDD}
.control
set wr_singlescale
tran 0.1m {end_ms:.2f}m 0 0.25m
wrdata {data_file} v(filt) i(V1)
quit
.endc
.end
"""
    return body, dict(supply=supply, drop=drop, leak=leak, ratio=ratio)


def count(rows, rising, falling):
    """Output pulses [(start, end)] of the inverting Schmitt trigger: high while its input is below VT-, until above VT+."""
    high, start, out = False, None, []
    for t, v, _ in rows:
        if not high and v < falling:
            high, start = True, t
        elif high and v > rising:
            high = False
            out.append((start, t))
    if high:
        out.append((start, rows[-1][0]))
    return out


def run_one(job):
    values, kind, seed = job
    rng = random.Random(seed)
    points, pulses, end = scenario(kind, rng)
    with tempfile.TemporaryDirectory() as folder:
        data, path = os.path.join(folder, "out.txt"), os.path.join(folder, "deck.cir")
        text, drawn = deck(values, points, end, rng, data)
        rising, falling = rng.uniform(1.5, 2.2), rng.uniform(0.8, 1.4)
        with open(path, "w", encoding="ascii") as stream:
            stream.write(text)
        done = subprocess.run(["ngspice", "-b", path], capture_output=True, text=True, timeout=120)
        if not os.path.exists(data):
            raise RuntimeError("ngspice gave no result:\n" + (done.stderr or done.stdout)[-800:])
        rows = [tuple(map(float, line.split()[:3])) for line in open(data, encoding="ascii") if line.strip()]
    found = count([(t * 1e3, v, i) for t, v, i in rows], rising, falling)
    widths = [b - a for a, b in found]
    delays = [a - p[0] for (a, _), p in zip(found, pulses)] + [b - p[1] for (_, b), p in zip(found, pulses)] if len(found) == len(pulses) else []
    return dict(kind=kind, seed=seed, expected=len(pulses), counted=len(found), width=min(widths, default=None),
                delay=max(delays, default=None), loop=max(-row[2] for row in rows) * 1e3, **drawn)


def simulate(values, plan, seed, workers=2):
    jobs = [(values, kind, f"{seed}/{kind}/{n}") for kind, runs in plan for n in range(runs)]
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run_one, jobs))


def judge(results):
    """Sentences about what is out of bounds; empty when all is well. And the summary lines."""
    faults, lines = [], []
    for kind in dict.fromkeys(r["kind"] for r in results):
        group = [r for r in results if r["kind"] == kind]
        expected, counted = sum(r["expected"] for r in group), sum(r["counted"] for r in group)
        wrong = [r for r in group if r["expected"] != r["counted"]]
        widths = [r["width"] for r in group if r["width"] is not None]
        delays = [r["delay"] for r in group if r["delay"] is not None]
        lines.append(f"{kind}: {counted} of {expected} pulses in {len(group)} runs, {len(wrong)} wrong" +
                     (f", narrowest {min(widths):.1f} ms, latest {max(delays):.1f} ms" if widths and delays else ""))
        for r in wrong[:3]:
            faults.append(f"{kind}: {r['counted']} counted, {r['expected']} true (seed {r['seed']}, leakage {r['leak'] * 1e3:.2f} mA, "
                          f"transfer ratio {r['ratio'] * 100:.0f} %)")
        if kind == "30/30" and widths and min(widths) < WIDTH_MIN_MS:
            faults.append(f"{kind}: a pulse of {min(widths):.1f} ms, bound {WIDTH_MIN_MS} ms")
        if kind != "drop-out" and delays and max(delays) > DELAY_MAX_MS:
            faults.append(f"{kind}: {max(delays):.1f} ms late, bound {DELAY_MAX_MS} ms")
    loop = max(r["loop"] for r in results)
    lines.append(f"loop current at most {loop:.1f} mA")
    if loop > LOOP_MAX_MA:
        faults.append(f"loop current {loop:.1f} mA, bound {LOOP_MAX_MA} mA")
    return faults, lines


PLAN = (("30/30", 30), ("100/200", 10), ("chatter", 12), ("drop-out", 8))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("netlist", help="kicad-cli sch export netlist --format kicadxml")
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--runs", type=float, default=1.0, help="multiplies the number of runs")
    parser.add_argument("--set", action="append", default=[], metavar="R3=560", help="another value, to see what it does")
    options = parser.parse_args()
    values = values_of(options.netlist)
    for item in options.set:
        name, value = item.split("=")
        values[name] = ohm_or_farad(value)
    plan = [(kind, max(1, round(runs * options.runs))) for kind, runs in PLAN]
    faults, lines = judge(simulate(values, plan, options.seed))
    print(f"seed {options.seed}, values {values}")
    print("\n".join(lines + [f"FAULT {fault}" for fault in faults]))
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
