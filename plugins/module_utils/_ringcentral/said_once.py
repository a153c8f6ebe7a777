# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What two lists of an office could set of the same extension or company: its hours, and rules by name.

Names are compared as the user wrote them; what they mean is compared again once the account was read. Private to the
collection.
"""

from __future__ import annotations

from collections.abc import Iterator

from .._engine.plan import Desired
from .call_extensions import COMPANY, is_company
from .call_forwarding.model import AFTER

Said = Iterator[tuple[str, str]]


def by_queue(item: Desired) -> Said:
    """Yield what a call queue sets; who sets one of its hours and the time after them sets both."""
    names = [name for name in ("hours", "after_hours") if item.values.get(name) is not None]
    if names and not item.absent:
        yield names[0], _hours(item)
        yield names[-1], _after(item)


def by_hours(item: Desired) -> Said:
    """Yield what hours set."""
    yield "schedule", _hours(item)


def by_rule(item: Desired) -> Said:
    """Yield what a rule of the company, of closing days or of a person sets; that of the hours is of no other list."""
    hours = item.values.get("hours")
    if hours is None:
        yield "", f"the rule {item.key[-1]!r} of {_whose(item)}"
    elif hours == AFTER:
        yield "", _after(item)


def by_forwarding(item: Desired) -> Said:
    """Yield what the call forwarding of an extension sets."""
    if item.values.get("schedule") is not None:
        yield "schedule", _hours(item)
    if item.key[-1] == AFTER:
        yield "", _after(item)


def _hours(item: Desired) -> str:
    return f"the hours of {_whose(item)}"


def _after(item: Desired) -> str:
    return f"what happens after the hours of {_whose(item)}"


def _whose(item: Desired) -> str:
    return COMPANY if is_company(item.key.first) else item.key.folded().first
