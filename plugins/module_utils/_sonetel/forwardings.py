# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Sonetel's phone numbers are made of and how they are read and written. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._engine.keys import Key
from .._engine.listing import Listing
from .._engine.plan import Current, Desired, Need, Plan, Step, place
from .._engine.resource import Resource
from .._engine.schema import UNKNOWN, Field, Table
from .._errors import Doubt, Problems, Rejected, leaving_doubt
from .._numbers.rules import NumberRules
from .api import Record, SonetelApi
from .destinations import TYPES, Destination, desired_destination, dials
from .directory import Directory

BUSINESS = "business"


def _renewal(record: Mapping[str, Any]) -> Any:
    plan = record.get("plan_details")
    mode = str(plan.get("next_renew_mode") or "") if isinstance(plan, Mapping) else ""
    return "never" if mode == "0" else mode or UNKNOWN


FORWARDING = Table(
    singular="forwarding",
    plural="forwardings",
    key="number",
    fields=(
        Field("number", read=lambda record: "+" + re.sub(r"\D", "", str(record["phnum"]))),
        Field(
            "destination",
            read=Destination.from_record,
            write=Destination.members,
            canonical=lambda destination: destination and destination.canonical(),
            shown=Destination.shown,
            dials=dials,
            may_be_empty=False,
        ),
        Field("package", read=lambda record: record.get("package"), write=lambda package: {"package": package}),
        Field("show", read=lambda record: record.get("show") or UNKNOWN, write=lambda show: {"show": show}),
        Field(
            "renewal",
            read=_renewal,
            write=lambda renewal: {"plan_details": {"next_renew_mode": "0" if renewal == "never" else renewal}},
        ),
    ),
    why_not_create=(
        "this number is not on the account; check it, or buy it in Sonetel's web app first (the collection never buys "
        "numbers)"
    ),
    why_not_delete="a number can only be cancelled in Sonetel's web app; the collection never does that",
)


class Forwardings(Resource):
    """The forwarding of an account's phone numbers (sonetel.md 4)."""

    table = FORWARDING
    # No rate limit is documented (sonetel.md 3.5); this stays below what a browser opens.
    workers = 8

    def __init__(self, api: SonetelApi, directory: Directory | None = None) -> None:
        self._api = api
        self._directory = directory or Directory(api)

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking Sonetel; what is wrong is added to the problems of *rules*."""
        found = []
        for index, item in enumerate(items):
            position = index if many else None
            where = place(FORWARDING, position, item["number"] if many else None)
            number = rules.number(f"{where}: number", item["number"])
            simple = ("package", "show", "renewal")
            values: dict[str, Any] = {"number": number, **{name: item[name] for name in simple if item.get(name)}}
            if item.get("destination"):
                destination = desired_destination(item["destination"], f"{where}: destination", rules)
                values["destination"] = destination
                if destination is not None and destination.canonical() == ("phone", number):
                    rules.problems.add(where, f"{number} would be forwarded to itself")
            if number is not None:
                found.append(Desired(Key(number), values, position))
        return found

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return the phone numbers in E.164."""
        return rules.numbers(option, keys)

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return all numbers of the account. Those that an incomplete list does not show are asked for one by one."""
        found = self._api.numbers().map(_current)
        if found.complete or desired is None:
            return found
        known = {item.key for item in found}
        missing = [item.key.first for item in desired if item.key not in known]
        return Listing([*found, *map(_current, self._singly(missing))], found.gap)

    def _singly(self, keys: Sequence[str]) -> list[Record]:
        records = []
        for key in keys:
            try:
                records.append(self._api.number(key[1:]))
            except Rejected:
                continue  # what a missing number answers is not documented: it is not known whether it is there
        return [record for record in records if record is not None]

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Return *desired* with ids in place of names. Asks for users or voice apps only if a destination needs it."""
        return [self._resolve(item, present.get(item.key), problems) for item in desired]

    def _resolve(self, item: Desired, present: Current | None, problems: Problems) -> Desired:
        destination: Destination | None = item.values.get("destination")
        if destination is None or present is None:
            return item
        is_user_id = destination.kind == "user" and "@" not in destination.to
        if is_user_id and destination == present.values["destination"]:
            return item
        where = f"{place(FORWARDING, item.position, item.key)}: destination"
        found = self._directory.resolve(destination, where, problems, present.values["destination"])
        needs = (Need("destination", found.new),) if found.new is not None else ()
        return replace(item, values={**item.values, "destination": found}, needs=needs)

    def arranged(self, plan: Plan) -> Plan:
        """Tell the directory which numbers no longer lead where they do, so that it may be deleted."""
        self._directory.redirected = {
            step.key.first: ((step.before or {}).get("destination"), (step.after or {}).get("destination"))
            for step in plan.changes
            if "destination" in step.changes
        }
        return plan

    def settle(self, step: Step) -> Step:
        """Put in the id of a voice app that was created meanwhile."""
        destination: Destination | None = (step.after or {}).get("destination")
        if destination is None or destination.new is None:
            return step
        return replace(step, after={**(step.after or {}), "destination": self._directory.settled(destination, None)})

    def refusal(self, step: Step) -> str:
        """Return why Sonetel will refuse a package or a destination (sonetel.md 4.1, 4.3 and 4.4)."""
        record = step.current.record if step.current else {}
        if "package" in step.changes and str(record.get("business_pkg_support")).casefold() not in ("yes", "true"):
            return (
                f"the business package cannot be bought for this number (it has package {record.get('package')}, and "
                f"Sonetel shows business_pkg_support: {record.get('business_pkg_support')}); leave package out"
            )
        destination = (step.after or {}).get("destination")
        if destination is None or "destination" not in step.changes:
            return ""
        if destination.kind == "phone" and not destination.canonical()[1].startswith("+"):
            return "destination.raw: a national spelling can be kept, but not written; use destination.phone"
        allowed = record.get("voiceapp_connect")
        if (
            destination.kind != "voiceapp"
            or "package" in step.changes
            or allowed is None
            or str(allowed).casefold() in ("yes", "true")
        ):
            return ""
        return (
            f"this number may not be connected to a voice app (Sonetel shows voiceapp_connect: {allowed}); buy it the "
            "business package with package: business, get Premium in Sonetel's web app, or choose another destination"
        )

    def update(self, step: Step) -> Record:
        """Set what differs. A package is bought first, by itself, because it decides what else is allowed."""
        rest = tuple(name for name in step.changes if name != "package")
        body = FORWARDING.body(step.after or {}, rest)
        if len(rest) == len(step.changes):
            return self._api.update_number(step.key.first[1:], body)
        record = self._api.buy_package(step.key.first[1:], BUSINESS)
        if not rest:
            return record
        with leaving_doubt(Doubt.OPEN):  # the package is bought by now: only reading tells what was done
            return self._api.update_number(step.key.first[1:], body)

    def look_up(self, step: Step) -> Record | None:
        """Read the one number again."""
        return self._api.number(step.key.first[1:])

    def warn_about(self, step: Step) -> str:
        """Warn of costs, and of a destination that the documents do not list as writable (sonetel.md 4.1)."""
        if "package" in step.changes:
            cost = "costs 4.99 USD a month, and can only be cancelled in Sonetel's web app"
            return f"{step.key}: the business package {cost}."
        destination = (step.after or {}).get("destination")
        if destination is None or destination.kind in TYPES or "destination" not in step.changes:
            return ""
        return f"{step.key}: it is not documented that Sonetel accepts connect_to_type {destination.kind!r}."

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* as the user would write them, named as far as the lists were read."""
        return _without_unset(FORWARDING.shown(self._named(values, ask=False)))

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `destination_id` where calls go to a team member or a voice app."""
        destination = values.get("destination")
        if destination is None or destination.kind not in ("user", "voiceapp"):
            return {}
        return {"destination_id": destination.to}

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return numbers as the plural module takes them, with names in place of ids, and nothing that is not set."""
        shown = (FORWARDING.shown(self._named(item.values, ask=True)) for item in found)
        return [FORWARDING.listed(_without_unset(item)) for item in shown]

    def _named(self, values: Mapping[str, Any], *, ask: bool) -> dict[str, Any]:
        if "destination" not in values:
            return dict(values)
        return {**values, "destination": self._directory.name(values.get("destination"), ask=ask)}


def _current(record: Record) -> Current:
    values = FORWARDING.read(record)
    return Current(Key(values["number"]), values, record)


def _without_unset(shown: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not set and what the option cannot say; that calls go nowhere is said all the same."""
    return {
        name: value
        for name, value in shown.items()
        if (value is not None or name == "destination") and (name != "package" or value == BUSINESS)
    }
