# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Sonetel's records show and lists do not hold, and what makes calls unclear. Private to the collection.

Facts: docs/providers/sonetel.md 4.4, 5.5.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._engine.plan import Current
from .entries import entry_from_record

NUMBERS, ENDINGS = "unclear_numbers", "unclear_endings"


def unclear_numbers(numbers: Sequence[Current]) -> dict[str, list[dict[str, str]]]:
    """Return the numbers of which it is not known what they do, each with what is not known."""
    found = ((str(item.record.get("phnum")), _unclear(item.record)) for item in numbers)
    return {NUMBERS: [{"number": f"+{number}", "words": words} for number, words in found if words]}


def _unclear(record: Mapping[str, Any]) -> str:
    if record.get("rule_set_id"):
        return "what the number's rule set does, which Sonetel does not show"
    if str(record.get("status") or "active") != "active":
        return f"what happens to calls to a number whose status is {record['status']}"
    return ""


def unclear_endings(voiceapps: Sequence[Current]) -> dict[str, list[dict[str, str]]]:
    """Return the announcements with a blank final action, which may be how hanging up is written, or nothing at all."""
    records = (item.record for item in voiceapps if "final_action" in item.record)
    blank = (record for record in records if entry_from_record(record["final_action"]) is None)
    return {ENDINGS: [{"app_id": str(record.get("app_id"))} for record in blank]}
