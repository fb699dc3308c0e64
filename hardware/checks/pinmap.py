# SPDX-License-Identifier: CERN-OHL-W-2.0
"""pinmap.json against the schematic and against the firmware's constants: a swapped GPIO counts the wrong meter."""
import json
import os
import re
import sys

from tools import CheckError

KEYS = {"led": "/Processor/LED", "button": "/Processor/BUTTON", "powerFail": "/PFAIL", "sda": "/SDA", "scl": "/SCL",
        "uart2Rx": "/Processor/RX2", "uart2Tx": "/Processor/TX2"}
# What the firmware may call the entries of pinmap.json: constants, or assignments to the fields of its pin record.
NAMES = {"led": ("StatusLed", "Led", "LedPin"), "button": ("Button", "ButtonPin"), "powerFail": ("PowerFail", "PowerFailPin"),
         "sda": ("Sda", "SdaPin", "I2cData", "I2cSda"), "scl": ("Scl", "SclPin", "I2cClock", "I2cScl")}

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


def _firmware_files(tree):
    for folder, folders, files in os.walk(os.path.join(tree.repository, "firmware")):
        folders[:] = sorted(f for f in folders if f not in ("bin", "obj", "artifacts"))
        if "BoardPins.cs" in files:
            yield os.path.join(folder, "BoardPins.cs")


def _entries(text):
    """{name in lower case: number} of constants and assignments, and the list of pulse pins."""
    text = re.sub(r"//[^\n]*", "", text)
    named = {name.lower(): int(value) for name, value in re.findall(r"\b(?:const\s+int\s+|\w+\.)(\w+)\s*=\s*(\d+)\s*;", text)}
    listed = re.search(r"Pulse\w*\s*=\s*(?:new\s+int\[\]\s*)?\{([\d,\s]+)\}", text)
    channels = [int(n) for n in listed.group(1).split(",")] if listed else [named.get(f"channel{n}") for n in (1, 2, 3, 4)]
    return named, channels


def firmware_pins(tree):
    """Every BoardPins.cs of the firmware says what pinmap.json says."""
    pinmap, files, compared = _load(tree), list(_firmware_files(tree)), 0
    for path in files:
        where = os.path.relpath(path, tree.repository)
        with open(path, encoding="utf-8-sig") as stream:
            named, channels = _entries(stream.read())
        if channels != [None] * 4:
            if channels != pinmap["channels"]:
                raise CheckError(f"{where}: the channels are on {channels}; board/pinmap.json says {pinmap['channels']}")
            compared += 4
        for key, names in NAMES.items():
            for name in names:
                if name.lower() in named:
                    if named[name.lower()] != pinmap[key]:
                        raise CheckError(f"{where}: {name} = {named[name.lower()]}; board/pinmap.json says {key} = {pinmap[key]}")
                    compared += 1
    if compared < 4 + len(NAMES):
        raise CheckError(f"{len(files)} BoardPins.cs under firmware/ with {compared} pins that can be compared; at least {4 + len(NAMES)} are wanted")
    return f"{compared} pins in {', '.join(os.path.relpath(f, tree.repository) for f in files)}"
