# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Schedules of both back ends: what they may hold, and each in the other's form.

Facts: docs/providers/ringcentral.md 8 and 9.5.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, tzinfo
from itertools import pairwise

from simulator.messages import Record
from simulator.ringcentral import defaults
from simulator.ringcentral.answers import Failure, invalid

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MIDNIGHT = ("00:00", "24:00", "23:59")
_RANGES_A_DAY = 20
_MOST_RANGES = 1000
_DATE_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?"


def business_hours(schedule: object) -> Record:
    """The schedule of a business-hours body; {} is around the clock."""
    if not isinstance(schedule, dict):
        raise invalid("schedule")
    if not schedule:
        return {}
    ranges = weekly_ranges(schedule.get("weeklyRanges"))
    whole = all(
        any(item["from"] == "00:00" and item["to"] in _MIDNIGHT for item in ranges.get(day, ())) for day in DAYS
    )
    return {} if whole else {"weeklyRanges": ranges}


def weekly_ranges(value: object, name: str = "schedule.weeklyRanges") -> Record:
    """Ranges by weekday, hh:mm; days without any are left out."""
    if not isinstance(value, dict) or set(value) - set(DAYS):
        raise invalid(name)
    days = {day: _v1_ranges(value[day], f"{name}.{day}") for day in DAYS if value.get(day)}
    if not days:
        raise invalid(name)
    return days


def date_ranges(value: object, zone: tzinfo) -> list[Record]:
    """The date ranges of a rule; times without zone are in `zone`."""
    name = "schedule.ranges"
    if not isinstance(value, list) or not value:
        raise invalid(name)
    if len(value) > _MOST_RANGES:
        raise Failure(400, "AWR-126", "There are too many ranges.")
    for item in value:
        if not isinstance(item, dict):
            raise invalid(name)
        start, end = (_moment(item.get(key), f"{name}.{key}", zone) for key in ("from", "to"))
        if end <= start:
            raise invalid(name)
    return [{"from": item["from"], "to": item["to"]} for item in value]


def triggers(schedule: object, kinds: Collection[str], name: str) -> list[Record]:
    """The triggers of a v2 schedule, which must be of the given kinds."""
    items = schedule.get("triggers") if isinstance(schedule, dict) else None
    if not isinstance(items, list) or not items:
        raise invalid(f"{name}.triggers")
    return [_trigger(item, kinds, f"{name}.triggers") for item in items]


def conditions(hours: Record) -> list[Record]:
    """Business hours as the conditions of the state work-hours."""
    if not hours:
        return defaults.always()
    ranges = {
        day: [{"startTime": f"{item['from']}:00", "endTime": _v2_end(item["to"])} for item in items]
        for day, items in hours["weeklyRanges"].items()
    }
    return [{"type": "Schedule", "schedule": {"triggers": [{"triggerType": "Weekly", "ranges": ranges}]}}]


def hours_of(stated: list[Record]) -> Record:
    """The conditions of the state work-hours as business hours."""
    if is_always(stated):
        return {}
    days: Record = {}
    for trigger in stated[0]["schedule"]["triggers"]:
        for day, items in weekly(trigger)["ranges"].items():
            shown = [{"from": item["startTime"][:5], "to": item["endTime"][:5]} for item in items]
            days.setdefault(day, []).extend(shown)
    return {"weeklyRanges": {day: days[day] for day in DAYS if days.get(day)}}


def weekly(trigger: Record) -> Record:
    """A daily trigger as a weekly one; others as they are."""
    if trigger["triggerType"] != "Daily":
        return trigger
    times = {"startTime": trigger["startTime"], "endTime": trigger["endTime"]}
    return {"triggerType": "Weekly", "ranges": {day: [dict(times)] for day in DAYS}}


def is_always(stated: list[Record]) -> bool:
    """Whether conditions hold around the clock."""
    if not stated:
        return True

    def whole(item: Record) -> bool:
        return item["startTime"] == "00:00:00" and item["endTime"] in ("23:59:00", "23:59:59", "00:00:00")

    for trigger in stated[0]["schedule"]["triggers"]:
        if trigger["triggerType"] == "Range":
            return False
        days = weekly(trigger)["ranges"]
        if all(any(whole(item) for item in days.get(day, ())) for day in DAYS):
            return True
    return False


def _v1_ranges(value: object, name: str) -> list[Record]:
    if not isinstance(value, list):
        raise invalid(name)
    if len(value) > _RANGES_A_DAY:
        raise Failure(400, "AWR-177", "There are too many ranges in a day.")
    spans: list[tuple[str, str]] = []
    for item in value:
        if not isinstance(item, dict):
            raise invalid(name)
        start, end = item.get("from"), item.get("to")
        if not _is_time(start, r"([01]\d|2[0-3]):[0-5]\d") or not _is_time(end, r"([01]\d|2[0-3]):[0-5]\d|24:00"):
            raise invalid(name, f"{start}-{end}")
        spans.append((str(start), "24:00" if end == "00:00" else str(end)))
    _check_spans(spans, name)
    return [{"from": item["from"], "to": item["to"]} for item in value]


def _trigger(item: object, kinds: Collection[str], name: str) -> Record:
    if not isinstance(item, dict) or item.get("triggerType") not in kinds:
        raise invalid(f"{name}.triggerType", item.get("triggerType") if isinstance(item, dict) else None)
    kind = item["triggerType"]
    if kind == "Daily":
        return {"triggerType": kind, **_v2_ranges([item], name)[0]}
    ranges = item.get("ranges")
    if kind == "Weekly":
        if not isinstance(ranges, dict) or set(ranges) - set(DAYS) or not any(ranges.values()):
            raise invalid(f"{name}.ranges")
        days = {day: _v2_ranges(ranges[day], f"{name}.ranges.{day}") for day in DAYS if ranges.get(day)}
        return {"triggerType": kind, "ranges": days}
    if not isinstance(ranges, list) or not ranges or not all(isinstance(entry, dict) for entry in ranges):
        raise invalid(f"{name}.ranges")
    now = datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M:%S")
    shown = [
        {"startDateTime": entry.get("startDateTime", now), "endDateTime": entry.get("endDateTime")} for entry in ranges
    ]
    for entry in shown:
        start, end = (_moment(entry[key], f"{name}.ranges.{key}") for key in ("startDateTime", "endDateTime"))
        if end <= start:
            raise invalid(f"{name}.ranges", entry["endDateTime"])
    return {"triggerType": kind, "ranges": shown}


def _v2_ranges(value: object, name: str) -> list[Record]:
    if not isinstance(value, list) or len(value) > _RANGES_A_DAY:
        raise invalid(name)
    spans: list[tuple[str, str]] = []
    for item in value:
        if not isinstance(item, dict):
            raise invalid(name)
        for key in ("startTime", "endTime"):
            if not _is_time(item.get(key), r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d"):
                raise invalid(f"{name}.{key}", item.get(key))
        spans.append((item["startTime"], "24:00:00" if item["endTime"] == "00:00:00" else item["endTime"]))
    _check_spans(spans, name)
    return [{"startTime": item["startTime"], "endTime": item["endTime"]} for item in value]


def _check_spans(spans: list[tuple[str, str]], name: str) -> None:
    """Ranges end after they begin and do not overlap."""
    ordered = sorted(spans)
    for start, end in ordered:
        if end <= start:
            raise invalid(name, f"{start}-{end}")
    for (_start, end), (start, _end) in pairwise(ordered):
        if start < end:
            raise invalid(name, start)


def _is_time(value: object, pattern: str) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _moment(value: object, name: str, zone: tzinfo | None = None) -> datetime:
    if not isinstance(value, str) or not re.fullmatch(_DATE_TIME, value):
        raise invalid(name, value)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise invalid(name, value) from None
    return moment.astimezone() if moment.tzinfo or zone is None else moment.replace(tzinfo=zone)


def _v2_end(end: str) -> str:
    return "23:59:59" if end in _MIDNIGHT else f"{end}:00"
