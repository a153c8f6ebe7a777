# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading and writing the parts of a call queue. Facts: docs/providers/ringcentral-company.md 6.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from ..._engine.schema import UNKNOWN
from ..._errors import Interrupted, Rejected, TelephonyError
from ..api import Record
from ..call_forwarding.model import WORK
from ..directory import Extension
from . import members, queue_members, queue_rules
from .company import QUEUE, Company
from .hours import RULE_IDS, read_after_hours, read_hours, read_rule, write_after_hours, write_hours, write_rule
from .members import MEMBERS
from .options import FIXED_ORDER, LONGEST_IDLE, SIMULTANEOUS
from .owners import Owner
from .queue_desired import MOST_AT_ONCE
from .queue_members import Members

_WORK_RULE = RULE_IDS[WORK]
# Refusals of members that are about whom, and not about the order in which they ring.
_ABOUT_MEMBERS = ("EXT-401", "EXT-405", "CMN-102")
# What a record keeps of RingCentral's own, by part.
RAW = "raw"

Write = tuple[str, Callable[[Record], Record]]


class QueueParts:
    """One queue: its extension, its own settings, members, rule, overflow and hours.

    Records hold what the fields hold, and below `raw` what RingCentral said.
    """

    def __init__(self, company: Company, key: str, label: str) -> None:
        self._company = company
        self._api = company.api
        self._own = Extension(key, label, QUEUE)
        self._owner = Owner(QUEUE, self._own)

    def read(self, names: Collection[str], everything: bool) -> Record:
        """Return the fields *names* at least, with as few requests as possible, all Light but overflow.

        *everything*: they are all wanted as far as they matter.
        """
        wanted = set(names)
        record = self._extension(self._api.extension(self._own.key), {})
        if "editable_member_status" in wanted:
            record = self._settings(self._api.read(self._path(), "light"), record)
        if wanted & {*queue_rules.FIELDS, "members"}:
            record = self._rule(self._read_rule(), record)
        if wanted & {"ring", "members"}:
            record = self._members(queue_members.read(self._api, self._own.key), record)
        to = record.get("on_no_answer")
        helps = to is not None and to.to == queue_rules.WITH_OVERFLOW
        # Reading it is Heavy, and without that wait it has no effect (ringcentral-company.md 6.4).
        if "overflow" in wanted and (helps or not everything):
            record = self._overflow(self._api.read(self._overflow_path(), "heavy"), record)
        if wanted & {"hours", "after_hours"}:
            record["hours"] = read_hours(self._company, self._owner)
            if "after_hours" in wanted and not record["hours"].always:
                record["after_hours"] = read_after_hours(self._company, self._owner)
        return record

    def writes(self, before: Mapping[str, Any], after: Mapping[str, Any], changes: Collection[str]) -> list[Write]:
        """Return what sets the fields *changes* to those of *after*, in order; each takes and returns the record."""
        found: list[Write] = []
        if set(MEMBERS) & set(changes):
            body = members.body_of(after, changes, self._company)
            path = f"extension/{self._own.key}"

            def settings(record: Record) -> Record:
                answer = self._api.write("PUT", path, "medium", body, member="id", key=self._own.key)
                return self._extension(answer, record)

            found.append((f"{' and '.join(name for name in MEMBERS if name in changes)}", settings))
        if "status" in changes:
            found.append(("status", lambda record: self._extension(members.enable(self._api, self._own.key), record)))
        if "editable_member_status" in changes:
            editable = {"editableMemberStatus": after["editable_member_status"]}

            def own_settings(record: Record) -> Record:
                return self._settings(self._api.write("PUT", self._path(), "light", editable), record)

            found.append(("editable_member_status", own_settings))
        found += self._handling(before, after, changes)
        if "overflow" in changes:
            items = [{"id": item.key} for item in after["overflow"]]

            def overflow(record: Record) -> Record:
                body = {"enabled": bool(items), "items": items}
                return self._overflow(self._api.write("PUT", self._overflow_path(), "heavy", body), record)

            found.append(("overflow", overflow))
        if "hours" in changes:
            found.append(("hours", lambda record: self._write_hours(record, after)))
        if "after_hours" in changes:
            found.append(("after_hours", lambda record: self._write_after_hours(record, after)))
        return found

    def _handling(self, before: Mapping[str, Any], after: Mapping[str, Any], changes: Collection[str]) -> list[Write]:
        """Return the writes of members and rule: a fixed order must have exactly the members (AWR-148)."""
        found: list[Write] = []
        ring = after.get("ring")
        if "members" in changes:
            found.append(("members", lambda record: self._write_members(record, before, after)))
        ordered = ring == FIXED_ORDER and "members" in changes
        if ordered or queue_rules.FIELDS & set(changes):
            rule = ("handling of calls", lambda record: self._write_rule(record, after, changes))
            # No order is left that the members could contradict.
            first = "ring" in changes and ring == LONGEST_IDLE
            found.insert(0 if first else len(found), rule)
        return found

    def _write_members(self, record: Record, before: Mapping[str, Any], after: Mapping[str, Any]) -> Record:
        record = self._with_rule(record)
        everybody: Members = after["members"]
        present: Members | None = before.get("members")
        former = present.everybody if present else ()
        many = record["ring"] == SIMULTANEOUS and len(everybody.everybody) > MOST_AT_ONCE
        if not many:
            try:
                return self._assigned(record, everybody, former)
            except Rejected as error:
                about_order = record["ring"] == FIXED_ORDER and error.status == 400
                if error.doubt or not about_order or error.code in _ABOUT_MEMBERS:
                    raise
        return self._assigned_apart(record, everybody, former)

    def _assigned(self, record: Record, everybody: Members, former: Collection[Extension]) -> Record:
        present, _sent = queue_members.assign(self._api, self._own.key, everybody, former)
        return self._members(present, record)

    def _assigned_apart(self, record: Record, everybody: Members, former: Collection[Extension]) -> Record:
        """Change members while the queue rings in no order; the write of the rule that follows gives it one again."""
        rule = record[RAW]["rule"]
        body = queue_rules.body_of(rule, {"ring": LONGEST_IDLE}, ("ring",), self._company)
        apart = self._put_rule(record, body)
        try:
            return self._assigned(apart, everybody, former)
        except TelephonyError as error:
            if error.doubt:
                raise
            try:
                self._put_rule(apart, queue_rules.body_of(rule, {}, (), self._company))
            except TelephonyError:
                text = f"Its members could not be changed, and it now rings {LONGEST_IDLE}. {error.message}"
                raise Interrupted(text, apart, next_step=f"Set ring to {record['ring']} and run again.") from error
            raise

    def _write_rule(self, record: Record, after: Mapping[str, Any], changes: Collection[str]) -> Record:
        record = self._with_rule(record)
        ring = after.get("ring") or record["ring"]
        order = None
        if ring == FIXED_ORDER and "members" in changes:
            order = after["members"].everybody
        elif ring == FIXED_ORDER:
            # Somebody may have left the queue but not its order.
            present = queue_members.read(self._api, self._own.key)
            order = Members.rung(present, queue_rules.order_in(record[RAW]["rule"])).everybody
        set_again = {*changes, "ring"} if after.get("ring") else changes
        body = queue_rules.body_of(record[RAW]["rule"], after, set_again, self._company, order)
        return self._put_rule(record, body)

    def _write_hours(self, record: Record, after: Mapping[str, Any]) -> Record:
        found = write_hours(self._company, self._owner, after["hours"], record.get("hours"))
        # The rule of after hours goes with them.
        return {**record, "hours": found, "after_hours": None if found.always else record.get("after_hours")}

    def _write_after_hours(self, record: Record, after: Mapping[str, Any]) -> Record:
        found = write_after_hours(self._company, self._owner, after["after_hours"])
        return {**record, "after_hours": found}

    def _put_rule(self, record: Record, body: Record) -> Record:
        record = self._rule(write_rule(self._company, self._owner, _WORK_RULE, body), record)
        known = record.get("members")
        return record if known is None else self._members(known.everybody, record)

    def _with_rule(self, record: Record) -> Record:
        return record if "rule" in record[RAW] else self._rule(self._read_rule(), record)

    def _read_rule(self) -> Record:
        return read_rule(self._company, self._owner, _WORK_RULE) or {}

    def _extension(self, answer: Record, record: Record) -> Record:
        return _with_raw({**record, **members.reported(answer, self._company)}, "extension", answer)

    def _settings(self, answer: Record, record: Record) -> Record:
        found = {"editable_member_status": answer.get("editableMemberStatus", UNKNOWN)}
        return _with_raw({**record, **found}, "queue", answer)

    def _rule(self, answer: Record, record: Record) -> Record:
        found = queue_rules.fields_of(answer, self._own, self._company)
        return _with_raw({**record, **found}, "rule", answer)

    def _members(self, everybody: Collection[Extension], record: Record) -> Record:
        present = list(everybody)
        in_order = record["ring"] == FIXED_ORDER
        order = queue_rules.order_in(record[RAW]["rule"])
        return {**record, "members": Members.rung(present, order) if in_order else Members.of(present)}

    def _overflow(self, answer: Record, record: Record) -> Record:
        items = answer.get("items") or [] if answer.get("enabled") else []
        found = tuple(self._company.extension_of(item.get("id")) for item in items)
        return _with_raw({**record, "overflow": found}, "overflow", answer)

    def _path(self) -> str:
        return f"call-queues/{self._own.key}"

    def _overflow_path(self) -> str:
        return f"extension/{self._own.key}/overflow-settings"


def _with_raw(record: Record, part: str, answer: Record) -> Record:
    return {**record, RAW: {**record.get(RAW, {}), part: answer}}
