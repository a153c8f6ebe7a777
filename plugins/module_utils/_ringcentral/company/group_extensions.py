# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Message-only and announcement-only extensions. Facts: docs/providers/ringcentral-company.md 3.3.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.keys import Key
from ..._engine.plan import Current, Desired, Step
from ..._engine.schema import Table
from ..._errors import Problems
from ..._numbers.rules import NumberRules
from ..api import Record
from ..directory import Extension
from . import members
from .company import ANNOUNCEMENT, MAILBOX, RECIPIENTS
from .members import MEMBERS
from .options import ANNOUNCEMENT as ANNOUNCEMENT_ONLY
from .options import MESSAGE_ONLY
from .resource import ExtensionResource, field, label_of, reported, text_field

_TYPES = {MESSAGE_ONLY: MAILBOX, ANNOUNCEMENT_ONLY: ANNOUNCEMENT}
_KINDS = {kind: name for name, kind in _TYPES.items()}
_WORK = "business-hours-rule"

TABLE = Table(
    singular="group_extension",
    plural="group_extensions",
    key="extension",
    fields=(
        field("extension"),
        field("kind", needed_to_create=True),
        text_field("name", needed_to_create=True, may_be_empty=False),
        text_field("email", ignore_case=True, needed_to_create=True, may_be_empty=False),
        field("site", shown=label_of, may_be_empty=False),
        field("time_zone", may_be_empty=False),
        field("language", may_be_empty=False),
        field("voicemail_to", shown=label_of, may_be_empty=False),
        field("status"),
        reported("extension_id"),
    ),
    shell=("extension", "kind", *MEMBERS),
    deletes_last=True,
)


class GroupExtensions(ExtensionResource):
    """Extensions that only take a message, or only play an announcement."""

    table = TABLE
    kinds = tuple(_TYPES.values())
    called = "message-only or announcement-only extension"

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking RingCentral."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    def type_of(self, values: Mapping[str, Any]) -> str:
        """Return RingCentral's type of a new one."""
        return _TYPES.get(str(values.get("kind")), MAILBOX)

    def record_of(self, extension_id: str, names: Sequence[str]) -> Record:
        """Read the extension, and its rule where the recipient of messages is needed."""
        found = self._reported(self.api.extension(extension_id))
        if "voicemail_to" in names and found["kind"] == MESSAGE_ONLY:
            found["voicemail_to"] = self._recipient(self.api.read(_rule(extension_id), "light"))
        return found

    def _reported(self, record: Record) -> Record:
        return {**members.reported(record, self.company), "kind": _KINDS.get(str(record.get("type")))}

    def _recipient(self, rule: Record) -> Extension | None:
        key = ((rule.get("voicemail") or {}).get("recipient") or {}).get("id")
        return self.company.extension_of(key) if key else None

    def resolved(
        self, values: Mapping[str, Any], present: Current | None, where: str, problems: Problems
    ) -> dict[str, Any]:
        """Find the site and the recipient. What is not activated yet will be."""
        found = members.resolved(values, present, self.company, where, problems)
        kind = present.values["kind"] if present else values.get("kind")
        if present and values.get("kind") not in (None, kind):
            problems.add(
                f"{where}: kind", f"is {kind}, which cannot be changed; delete the extension, or use another number"
            )
        if values.get("voicemail_to"):
            place_of_it = f"{where}: voicemail_to"
            if kind != MESSAGE_ONLY:
                problems.add(place_of_it, "goes with kind: message_only")
            need = "a person or a message-only extension"
            to = self.company.find(values["voicemail_to"], place_of_it, problems, RECIPIENTS, need)
            found["voicemail_to"] = to
        if present is None or present.values["status"] == "NotActivated":
            found["status"] = members.ENABLED
        return found

    def create(self, step: Step) -> Record:
        """Create it with its number, which RingCentral refuses where it is taken."""
        after = step.after or {}
        body = {"type": self.type_of(after), "extensionNumber": step.key.first}
        body |= members.body_of(after, step.changes, self.company)
        with self.naming_who_has_it(step):
            record = self.api.write("POST", "extension", "medium", body, member="id")
        return self._reported(record)

    def update(self, step: Step) -> Record:
        """Write what differs: the extension's own members, its status, the recipient of its messages."""
        after, key = step.after or {}, self.id_of(step)
        found = dict(step.current.record) if step.current else {}
        body = members.body_of(after, step.changes, self.company)
        if body:
            found |= self._reported(self.api.write("PUT", f"extension/{key}", "medium", body, member="id", key=key))
        if "status" in step.changes:
            found |= self._reported(members.enable(self.api, key))
        if "voicemail_to" in step.changes:
            rule = {"voicemail": {"recipient": {"id": after["voicemail_to"].key}}}
            answer = self.api.write("PUT", _rule(key), "medium", rule, member="id", key=_WORK)
            found["voicemail_to"] = self._recipient(answer)
        return found


def _rule(extension_id: str) -> str:
    return f"extension/{extension_id}/answering-rule/{_WORK}"


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    _where, values = members.read_texts(TABLE, item, position, ("kind", *MEMBERS, "voicemail_to"), rules.problems)
    extension = values["extension"]
    return Desired(Key(extension), values, position, absent=item["state"] == "absent", unread=not extension)
