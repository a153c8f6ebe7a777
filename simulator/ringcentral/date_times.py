# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Date ranges of rules on the owner's clocks (docs/providers/ringcentral-company.md 9).

A time without zone is on the clocks of the rule's owner: the company, or the extension. Whatever form it comes back
in (switch range_zone), it is the same instant.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from simulator.messages import Record
from simulator.ringcentral.answers import Call


def zone_of(call: Call) -> tzinfo:
    """The zone of the extension that the request is about, else that of the company."""
    own = call.extension["record"].get("regionalSettings", {}) if call.extension else {}
    settings = own if own.get("timezone") else call.state["company"]["regional_settings"]
    return ZoneInfo(settings["timezone"]["name"])


def moment(text: str, zone: tzinfo) -> datetime:
    """The instant that a text means. Raises ValueError where it is none."""
    written = datetime.fromisoformat(text)
    return (written if written.tzinfo else written.replace(tzinfo=zone)).astimezone(UTC)


def shown_ranges(call: Call, ranges: Iterable[Record]) -> list[Record]:
    """Ranges as answers have them."""
    form, zone = call.switches["range_zone"], zone_of(call)
    if form == "kept":
        return [dict(item) for item in ranges]

    def shown(text: str) -> str:
        instant = moment(text, zone)
        if form == "utc":
            return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
        return instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S")

    return [{name: shown(text) for name, text in item.items()} for item in ranges]


def shown_schedule(call: Call, schedule: Record) -> Record:
    """The schedule of a custom rule as answers have it."""
    return {"ranges": shown_ranges(call, schedule["ranges"])} if "ranges" in schedule else schedule
