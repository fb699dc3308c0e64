# SPDX-License-Identifier: CERN-OHL-W-2.0
"""Identifiers that depend on names only, so that a regenerated file differs only where the design differs."""
import uuid

_ROOT = uuid.uuid5(uuid.NAMESPACE_URL, "metering/hardware/s0node")


def make(*names):
    return str(uuid.uuid5(_ROOT, "/".join(str(name) for name in names)))
