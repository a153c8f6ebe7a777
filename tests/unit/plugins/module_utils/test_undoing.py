# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an undo plans for an item that the run created: only what is as the run left it may be deleted."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from ansible_collections.office.telephony.plugins.module_utils._office.record import document_of
from ansible_collections.office.telephony.plugins.module_utils._office.undoing import plan_undo
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

BOX = {"name": "Box", "type": "mailbox", "deliver_to": {"email": "a@example.org"}}
CREATED: dict[str, Any] = {
    "provider": "sonetel", "account": "a", "list": "voiceapps", "key": "Box", "noun": "mailbox", "action": "create",
    "status": "applied", "options": {"name": "Box"}, "before": None, "after": BOX, "unknown": [],
}  # fmt: skip
OTHER = {**BOX, "deliver_to": {"email": "b@example.org"}}


@each(
    ("items", "incomplete", "how", "planned"),
    [
        ([BOX], None, {"deletes": True}, "deletions"),
        ([BOX], None, {}, "kept"),
        ([OTHER], None, {"deletes": True}, "changed"),
        ([OTHER], None, {"deletes": True, "overwrite": True}, "deletions"),
        ([], None, {"deletes": True}, "done"),
        # It may exist all the same.
        ([], ["The list ended after 1 of 2."], {"deletes": True}, "notes"),
    ],
)
def test_what_becomes_of_an_item_that_the_run_created(
    items: list[dict[str, Any]], incomplete: list[str] | None, how: dict[str, bool], planned: str
) -> None:
    when = datetime(2026, 11, 29, 10, 15, tzinfo=timezone.utc)
    document = document_of("here", "onboard", when, {}, "digest", [CREATED], complete=True, undoes=None)
    part = {"items": items, **({"incomplete": incomplete} if incomplete else {})}
    back = plan_undo(
        document, [CREATED], {"sonetel": {"voiceapps": part}}, "SE", **{"overwrite": False, "deletes": False, **how}
    )
    found = {name: getattr(back, name) for name in ("deletions", "kept", "changed", "done", "notes")}
    assert [name for name, entries in found.items() if entries] == [planned]
    assert bool(back.lists) is (planned == "deletions")
    if planned == "notes":
        assert "Box" in back.notes[0]
        assert "The list ended after 1 of 2." in back.notes[0]
