# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call queues. Facts: docs/providers/ringcentral-company.md 3 and 6. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._engine.plan import Current, Desired, Step
from ..._errors import Problems
from ..._numbers.rules import NumberRules
from ..api import Record
from ..call_forwarding.backend import in_turn
from ..directory import Extension
from . import members
from .company import QUEUE
from .destinations import RAW, VOICEMAIL, Destination
from .queue_desired import NO_WAIT, TABLE, read_entry, resolved
from .queue_parts import QueueParts
from .queue_rules import WITH_OVERFLOW
from .resource import ExtensionResource


class CallQueues(ExtensionResource):
    """Call queues with their members, what callers hear, and where calls go that nobody takes."""

    table = TABLE
    kinds = (QUEUE,)
    called = "call queue"

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking RingCentral."""
        return [read_entry(item, index if many else None, rules) for index, item in enumerate(items)]

    def type_of(self, values: Mapping[str, Any]) -> str:
        """Return RingCentral's type of a queue."""
        return QUEUE

    def record_of(self, extension_id: str, names: Sequence[str]) -> Record:
        """Read the queue; what is wanted that nobody sets, shows that all of it is wanted."""
        as_far_as_it_matters = "extension_id" in names and not self.company.every_reference
        return self._parts(extension_id).read(names, as_far_as_it_matters)

    def resolved(
        self, values: Mapping[str, Any], present: Current | None, where: str, problems: Problems
    ) -> dict[str, Any]:
        """Find what the queue refers to. What is not activated yet will be."""
        return resolved(values, present, where, self.company, problems)

    def warn_about(self, step: Step) -> str:
        """Return what does not do what it seems to."""
        after, found = step.after or {}, []
        if "max_wait" in step.changes and after["max_wait"] == NO_WAIT:
            found.append(f"max_wait: {NO_WAIT} means that callers do not wait at all.")
        waits = after.get("on_no_answer")
        if "overflow" in step.changes and after["overflow"] and waits is not None and waits.to != WITH_OVERFLOW:
            found.append(f"overflow has no effect without on_no_answer: {{wait: {WITH_OVERFLOW}}}.")
        return f"{self.called} {step.key}: {' '.join(found)}" if found else ""

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return queues as the plural module takes them, without where calls go that no option can say."""
        known = [replace(item, values={name: to for name, to in item.values.items() if not _raw(to)}) for item in found]
        return super().export(known)

    def remarks(self, found: Sequence[Current]) -> Iterator[str]:
        """Yield where callers end whom nobody takes: calls get lost there most of all."""
        for item in found:
            values = item.values
            called = f"Call queue {item.key} ({values['name']})"
            if values["status"] != members.ENABLED:
                yield f"{called} is not switched on: RingCentral says {values['status']}."
            if values["members"] is not None and not values["members"].everybody:
                yield f"{called} has no members."
            to = values["on_max_wait"]
            if to is not None and to.kind == VOICEMAIL:
                yield (
                    f"{called}: callers wait for at most {values['max_wait']} seconds, then they leave a message for "
                    f"{values['voicemail_to'].label}; {_helpers(values['overflow'])}."
                )

    def create(self, step: Step) -> Record:
        """Create it with its number, which RingCentral refuses where it is taken."""
        body = {"type": QUEUE, "extensionNumber": step.key.first}
        body |= members.body_of(step.after or {}, step.changes, self.company)
        with self.naming_who_has_it(step):
            record = self.api.write("POST", "extension", "medium", body, member="id")
        return members.reported(record, self.company)

    def update(self, step: Step) -> Record:
        """Write the parts that differ, one after the other."""
        record = dict(step.current.record) if step.current else {}
        parts = self._parts(self.id_of(step), step.key.first)
        writes = parts.writes(step.before or {}, step.after or {}, step.changes)
        return _as_chosen(in_turn({"raw": {}, **record}, writes), step)

    def look_up(self, step: Step) -> Record | None:
        """Read it again, also what was known of it before."""
        known = [name for name, value in (step.before or {}).items() if value is not None and name != "extension_id"]
        names = (*step.changes, *(name for name in known if name not in step.changes))
        record = super().look_up(replace(step, changes=names))
        return None if record is None else _as_chosen(record, step)

    def _parts(self, extension_id: str, label: str = "") -> QueueParts:
        return QueueParts(self.company, extension_id, label or self.company.extension_of(extension_id).label)


def _raw(value: Any) -> bool:
    return isinstance(value, Destination) and value.kind == RAW


def _helpers(overflow: Sequence[Extension] | None) -> str:
    if not overflow:
        return "no other queue helps out"
    return f"the members of {' and '.join(item.label for item in overflow)} help out"


def _as_chosen(record: Record, step: Step) -> Record:
    """Return *record* in the words of the step, which may leave open what is played.

    Of greetings it has those only that the step sets, where it was not known which others are played.
    """
    after, found = step.after or {}, dict(record)
    desired, present = after.get("after_hours"), record.get("after_hours")
    if desired is not None and present is not None and desired.over(present) == present:
        found["after_hours"] = desired
    played = record.get("greetings")
    if played is not None and after.get("greetings") and (step.before or {}).get("greetings") is None:
        found["greetings"] = {slot: played[slot] for slot in after["greetings"] if slot in played}
    return found
