# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people read of a change: one line for each thing that differs, in the words of an office file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible_collections.office.telephony.plugins.module_utils._engine.apply import Status
from ansible_collections.office.telephony.plugins.module_utils._engine.plan import Action
from ansible_collections.office.telephony.plugins.module_utils._office.changes import Change, details, said, spelled
from ansible_collections.office.telephony.plugins.module_utils._office.messages import brief_of, failure, summary
from ansible_collections.office.telephony.plugins.module_utils._office.providers import PROVIDERS
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

ANNA, ERIK = {"user": "anna@example.org"}, {"user": "erik@example.org"}


def change(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    action: Action = Action.UPDATE,
    status: Status = Status.APPLIED,
    **more: str,
) -> Change:
    kind = {"list": "voiceapps", "key": "Reception", "noun": "menu", **more}
    return Change(PROVIDERS["sonetel"], before=before, after=after, action=action, status=status, **kind)


@each(
    ("before", "after", "lines"),
    [
        ({"destination": ANNA}, {"destination": ERIK}, ["anna@example.org -> erik@example.org"]),
        (
            {"destination": {"phone": "+46701740605"}},
            {"destination": {"voiceapp": "Brevlåda"}},
            ['+46 70 174 06 05 -> voiceapp "Brevlåda"'],
        ),
        (
            {"menu": [{"key": "1", **ANNA}, {"key": "2", **ANNA}, {"key": "3", "voiceapp": "Kö"}]},
            {"menu": [{"key": "1", **ANNA}, {"key": "2", **ERIK}, {"key": "4", "hang_up": True}]},
            [
                "key 2: anna@example.org -> erik@example.org",
                'key 3: voiceapp "Kö" -> nothing',
                "key 4: nothing -> hang up",
            ],
        ),
        (
            {"schedule": {"monday": ["09:00-17:00"], "friday": ["09:00-17:00"]}},
            {"schedule": {"monday": ["09:00-17:00"], "friday": []}},
            ["schedule.friday: 09:00-17:00 -> nothing"],
        ),
        ({"enabled": True, "label": "a"}, {"enabled": False, "label": ""}, ["enabled: yes -> no", "label: a -> "]),
        # Nothing was known of it, so that only what is written can be shown.
        ({}, {"state": "off"}, ["state: nothing -> off"]),
        ({"state": "unknown"}, {"state": "off"}, ["state: unknown -> off"]),
        (None, {"name": "x"}, []),
        ({"name": "x"}, None, []),
    ],
)
def test_what_differs_is_one_line_each(before: Any, after: Any, lines: list[str]) -> None:
    assert list(details(change(before, after))) == lines


def test_deletions_are_called_deletions() -> None:
    changes = [
        change(None, {"name": "Natt"}, Action.CREATE, Status.PLANNED, key="Natt", noun="mailbox"),
        change({"name": "Reception"}, None, Action.DELETE, Status.PLANNED),
        change({"type": "menu"}, {"type": "mailbox"}, Action.REPLACE, Status.PLANNED, key="Kö"),
    ]
    first, *lines = summary("lund", changes, {"Sonetel": 4}, check_mode=True, cost="7 API calls")
    assert first.startswith("lund: would create 1, DELETE 2 (Sonetel: 1 mailbox, 2 menus); 4 are right already")
    assert "nothing" not in first
    assert brief_of(changes, check_mode=True)["text"] == "Sonetel: 1 mailbox, 2 menus; DELETE 2"
    assert [" ".join(line.split()) for line in lines] == [
        'create mailbox "Natt"',
        'DELETE menu "Reception"',
        'REPLACE menu "Kö" type: menu -> mailbox',
    ]


@each(("right", "words"), [(0, None), (1, "1 is right already"), (2, "2 are right already")])
def test_how_many_are_right_already(right: int, words: str | None) -> None:
    first, *_lines = summary("lund", [change(ANNA, ERIK)], {"Sonetel": right}, check_mode=False, cost="1 API call")
    assert (f"; {words};" in first) if words else ("already" not in first)


def test_a_blind_write_is_reported_as_one() -> None:
    _first, line = summary(
        "lund", [change({}, {}, Action.CONFIRM)], {"Sonetel": 0}, check_mode=False, cost="1 API call"
    )
    assert "is written again, because it cannot be read" in line


def test_no_more_than_forty_items_are_listed() -> None:
    changes = [change({"a": 1}, {"a": 2}, key=f"App {place}") for place in range(45)]
    lines = summary("lund", changes, {}, check_mode=False, cost="")
    assert len(lines) == 42
    assert lines[-1] == "  and 5 more"


def test_a_failure_counts_each_status_under_its_own_name() -> None:
    changes = [
        change({"a": 1}, {"a": 2}, status=status, key=status.value, error="it broke" if status is Status.FAILED else "")
        for status in (Status.APPLIED, Status.PARTLY, Status.FAILED, Status.UNKNOWN, Status.NOT_TRIED)
    ]
    changes.append(change({"a": 1}, {"a": 2}, status=Status.NOT_TRIED, error="it broke"))
    lines = failure("lund", changes, ["Sonetel: the connection broke"], check_mode=False, lost=["Sonetel"])
    counted = "1 in part, 1 failed, 1 may or may not have been made, 2 not tried"
    assert lines[0] == f"lund: 1 of 6 changes were made, {counted}; Sonetel failed. Run again to finish."
    assert [line.split()[0] for line in lines[1:7]] == ["done", "PARTLY", "FAILED", "UNKNOWN", "not", "not"]
    assert "it broke" in lines[3]
    # Once is enough.
    assert lines[6].endswith("because of what failed")
    assert lines[-1].strip() == "Sonetel: the connection broke"


def test_a_preview_that_failed_has_made_nothing() -> None:
    lines = failure("lund", [change({"a": 1}, {"a": 2}, status=Status.PLANNED)], ["it broke"], check_mode=True)
    assert lines[0] == "lund: not everything could be planned; so far 1 change would be made."
    assert " ".join(lines[1].split()) == 'would do menu "Reception"'


@each(
    ("key", "text"),
    [("+46846500412", "+46 8 465 004 12"), ("Växel", '"Växel"'), ("101 / work", "101 / work"), ("A 1", "A 1")],
)
def test_keys_are_spelled_for_people(key: str, text: str) -> None:
    assert spelled(key) == text


def test_values_are_said_in_words() -> None:
    assert said([{"apps": "mobile", "always": True}, {"phone_numbers": ["+12025550171"], "seconds": 20}]) == (
        "apps mobile, always, then phone_numbers +1 202 555 0171, seconds 20"
    )
    assert said({"user": "a@example.org", "phone": None}) == "a@example.org"


def test_names_stay_on_their_line() -> None:
    """Whatever somebody has called a thing, a terminal does not obey it."""
    name = "Main\n\x1b[2J\u2028changed 0"
    for text in (spelled(name), said(name), said({"voiceapp": name}), said({"user": name}), said([{"label": name}])):
        assert text.isprintable()
