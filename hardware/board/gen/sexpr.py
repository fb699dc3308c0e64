# SPDX-License-Identifier: CERN-OHL-W-2.0
"""KiCad's S-expressions: parse to nested lists, write back in KiCad's own layout (tabs, one list a line)."""
import re

_TOKEN = re.compile(r'\(|\)|"(?:\\.|[^"\\])*"|[^\s()"]+')


class Quoted(str):
    """A string that stands between quotation marks in the file."""


def parse(text):
    stack, current = [], []
    for match in _TOKEN.finditer(text):
        token = match.group(0)
        if token == "(":
            stack.append(current)
            current = []
        elif token == ")":
            done, current = current, stack.pop()
            current.append(done)
        elif token[0] == '"':
            current.append(Quoted(token[1:-1].replace('\\"', '"').replace("\\n", "\n").replace("\\\\", "\\")))
        else:
            current.append(token)
    return current[0]


def number(value):
    """A coordinate as KiCad writes it: at most 6 decimals, no trailing zeros, never minus zero."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def atom(value):
    if isinstance(value, Quoted):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, (int, float)):
        return number(value)
    return str(value)


def dump(node, depth=0):
    pad = "\t" * depth
    if not any(isinstance(item, list) for item in node):
        return pad + "(" + " ".join(atom(item) for item in node) + ")"
    head, rest = [], list(node)
    while rest and not isinstance(rest[0], list):
        head.append(atom(rest.pop(0)))
    lines = [pad + "(" + " ".join(head)]
    for item in rest:
        lines.append(dump(item, depth + 1) if isinstance(item, list) else "\t" * (depth + 1) + atom(item))
    return "\n".join(lines) + "\n" + pad + ")"


def find(node, key):
    return next((item for item in node if isinstance(item, list) and item and item[0] == key), None)


def find_all(node, key):
    return [item for item in node if isinstance(item, list) and item and item[0] == key]
