# SPDX-License-Identifier: CERN-OHL-W-2.0
"""pinmap.json against the schematic and against the firmware's constants: a swapped GPIO counts the wrong meter."""
import json
import os
import re
import sys

from tools import CheckError

FIRMWARE = os.path.join("firmware", "Metering.Firmware.Device", "BoardPins.cs")
KEYS = {"led": "/Processor/LED", "button": "/Processor/BUTTON", "powerFail": "/PFAIL", "sda": "/SDA", "scl": "/SCL",
        "uart2Rx": "/Processor/RX2", "uart2Tx": "/Processor/TX2"}
# Constant in the firmware -> entry of pinmap.json. Other spellings of the same word are accepted in upper or lower case.
CONSTANTS = {"Channel1": ("channels", 0), "Channel2": ("channels", 1), "Channel3": ("channels", 2), "Channel4": ("channels", 3),
             "StatusLed": "led", "Button": "button", "PowerFail": "powerFail", "I2cData": "sda", "I2cClock": "scl"}


def _load(tree):
    pinmap = json.loads(tree.read("board", "pinmap.json"))
    used = pinmap["channels"] + [pinmap[key] for key in KEYS]
    if len(pinmap["channels"]) != 4 or len(set(used)) != len(used):
        raise CheckError(f"board/pinmap.json: four channels and no GPIO twice are wanted, found {used}")
    return pinmap


def schematic_pins(tree):
    """Each GPIO of pinmap.json sits on the net of its function."""
    pinmap = _load(tree)
    sys.path.insert(0, os.path.join(tree.board, "gen"))
    import devkit
    names = {number: name for number, name, _, _ in devkit.PINS}
    on_net = {}
    for net, nodes in tree.nets().items():
        for ref, pin in nodes:
            if ref == "A1":
                on_net.setdefault(net, []).append(names[pin])
    # Follow each channel from its terminal: coupler, filter, gate, series resistor.
    wanted = {f"/CH{n + 1}": gpio for n, gpio in enumerate(pinmap["channels"])}
    wanted.update({net: pinmap[key] for key, net in KEYS.items()})
    nets = tree.nets()
    for net, gpio in wanted.items():
        if on_net.get(net) != [f"IO{gpio}"]:
            raise CheckError(f"net {net} is on {on_net.get(net)} of the DevKitC; board/pinmap.json says IO{gpio}")
    gates = {"1": "2", "3": "4", "5": "6", "9": "8"}
    for n in (1, 2, 3, 4):
        gate_in = [pin for ref, pin in nets[f"/Channel {n}/FILT"] if ref == "U61"]
        gate_out = [pin for ref, pin in nets[f"/Channel {n}/GATE"] if ref == "U61"]
        if len(gate_in) != 1 or gate_out != [gates.get(gate_in[0])] or (f"R{n}6", "2") not in nets[f"/CH{n}"]:
            raise CheckError(f"channel {n} does not run from its filter through one gate of U61 and R{n}6 to /CH{n}")
        if (f"J{n}", "1") not in nets[f"/Channel {n}/S0_P"] or (f"J{n}", "2") not in nets[f"/Channel {n}/S0_N"]:
            raise CheckError(f"terminal J{n}: pin 1 must be S0+ and pin 2 S0-")
    return ", ".join(f"{net.rsplit('/', 1)[-1]} IO{gpio}" for net, gpio in wanted.items())


def firmware_pins(tree):
    """The constants of the firmware are those of pinmap.json."""
    pinmap = _load(tree)
    path = os.path.join(tree.repository, FIRMWARE)
    if not os.path.exists(path):
        raise CheckError(f"{FIRMWARE} is missing: nothing says that the firmware counts on these pins")
    with open(path, encoding="utf-8") as stream:
        constants = {name.lower(): int(value) for name, value in re.findall(r"\bconst\s+int\s+(\w+)\s*=\s*(\d+)\s*;", stream.read())}
    for name, entry in CONSTANTS.items():
        wanted = pinmap[entry[0]][entry[1]] if isinstance(entry, tuple) else pinmap[entry]
        found = constants.get(name.lower())
        if found is None:
            raise CheckError(f"{FIRMWARE} has no constant {name}; it has {sorted(constants)}")
        if found != wanted:
            raise CheckError(f"{FIRMWARE}: {name} = {found}; board/pinmap.json says {wanted}")
    return f"{len(CONSTANTS)} constants"
