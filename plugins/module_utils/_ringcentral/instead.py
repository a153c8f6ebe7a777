# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ringing a phone number in the place of a desk phone. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.package import Item

_LONGEST_LABEL = 60


def rings_instead(item: Item, path: tuple[Any, ...], number: str) -> tuple[Any, Mapping[str, Item]]:
    """Return the ring order with *number* in the place of the desk phone at *path*, and the forwarding number.

    Whatever rings must be listed. The desk phone's own entry stays: without a ring order it does nothing, and
    RingCentral may refuse to delete it.
    """
    option, place, devices, position = path
    step = item[option][place]
    # What has gone is None, and taken out by who asked for it, so that other paths still hold.
    left = [None if at == position else device for at, device in enumerate(step[devices])]
    numbers = [*step.get("phone_numbers", []), number]
    changed = {**step, devices: left, "phone_numbers": numbers}
    ring = [changed if at == place else other for at, other in enumerate(item[option])]
    label = f"Instead of {step[devices][position]}"[:_LONGEST_LABEL]
    return ring, {"forwarding_numbers": {"extension": item["extension"], "phone_number": number, "label": label}}
