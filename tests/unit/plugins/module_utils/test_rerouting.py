# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Re-routing and restoring without any account: what is written, and what is left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import MASK
from ansible_collections.office.telephony.plugins.module_utils._numbers.policy import Policy
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.plugins.module_utils._office import rerouting
from ansible_collections.office.telephony.plugins.module_utils._office.lists import UNKNOWN
from ansible_collections.office.telephony.plugins.module_utils._office.messages import restored_lines
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=timezone.utc)
LATER = NOW + timedelta(hours=1)
ONE, TWO = "+46846500412", "+46846500413"
HOME, AWAY, ELSEWHERE = {"phone": "+46701740605"}, {"phone": "+46701740606"}, {"phone": "+46701740607"}


def rules() -> NumberRules:
    return NumberRules.from_options({"region": "SE"}, print)


def read(*destinations: Any, **more: Any) -> dict[str, Any]:
    """What the account shows of two numbers."""
    items = [{"number": number, "destination": to} for number, to in zip((ONE, TWO), destinations, strict=False)]
    return {"sonetel": {"forwardings": {"items": items, **more}}}


def reroute(
    now: Mapping[str, Any], before: Any = None, others: Sequence[Any] = (), at: datetime = NOW, **target: Any
) -> rerouting.Rerouting:
    given = {"phone": AWAY["phone"], **target}
    return rerouting.reroute("here", before, now, given, rules(), at, others)


def restore(document: Any, now: Mapping[str, Any], *, overwrite: bool = False, **more: Any) -> rerouting.Restoring:
    return rerouting.restore(document, now, "SE", overwrite=overwrite, **more)


def written(plan: rerouting.Rerouting | rerouting.Restoring) -> dict[str, Any]:
    items = plan.lists.get("sonetel", {}).get("forwardings", [])
    return {item["number"]: item["destination"] for item in items}


@each(
    ("now", "irreversible", "moved"),
    [
        (HOME, False, True),
        # What it does cannot be written, or is not shown: it could not be restored.
        (None, False, False),
        (None, True, True),
    ],
)
def test_what_cannot_be_restored_is_left_alone_unless_that_is_allowed(
    now: Any, irreversible: bool, moved: bool
) -> None:
    plan = reroute(read(HOME, now), irreversible=irreversible)
    assert written(plan) == {ONE: AWAY, **({TWO: AWAY} if moved else {})}
    assert [entry["key"] for entry in plan.document["entries"]] == list(written(plan))
    assert bool(plan.warnings) is (now is None)


def test_a_mask_is_no_place_to_return_to() -> None:
    masked = {"voiceapp": MASK}
    assert reroute(read(HOME, masked), irreversible=True).document["entries"][1]["before"] == {}
    back = restore(reroute(read(HOME, masked), irreversible=True).document, read(AWAY, AWAY))
    assert written(back) == {ONE: HOME}


@each("spelling", [TWO, "08-465 004 13", "0846500413"])
def test_what_is_left_out_of_a_restore_is_not_written(spelling: str) -> None:
    document = reroute(read(HOME, HOME)).document
    named = rerouting.left_out(document, [spelling], rules())
    assert named == [TWO]
    plan = restore(document, read(AWAY, AWAY), leave_out=named)
    assert written(plan) == {ONE: HOME}
    # Neither counts it as restored.
    entries = rerouting.settled(document, [], named, LATER)["entries"]
    assert ["back" in entry for entry in entries] == [True, False]


@each(
    ("now", "overwrite", "back", "changed", "done"),
    [
        (AWAY, False, True, False, False),
        (HOME, False, False, False, True),
        (ELSEWHERE, False, False, True, False),
        (ELSEWHERE, True, True, False, False),
    ],
)
def test_what_somebody_changed_since_is_not_restored_without_being_asked(
    now: Any, overwrite: bool, back: bool, changed: bool, done: bool
) -> None:
    plan = restore(reroute(read(HOME, HOME)).document, read(AWAY, now), overwrite=overwrite)
    assert written(plan) == {ONE: HOME, **({TWO: HOME} if back else {})}
    assert [(item["key"], item["now"], item["before"]) for item in plan.changed] == (
        [(TWO, {"destination": ELSEWHERE}, {"destination": HOME})] if changed else []
    )
    assert plan.done == ([TWO] if done else [])


def test_what_was_restored_is_not_restored_again() -> None:
    document = reroute(read(HOME, HOME)).document
    undecided = [{"list": "sonetel.forwardings", "key": TWO}]
    document = rerouting.settled(document, undecided, [], LATER)
    assert [("back" in entry, "left" in entry) for entry in document["entries"]] == [(True, False), (False, True)]
    assert written(restore(document, read(AWAY, ELSEWHERE), overwrite=True)) == {TWO: HOME}
    assert list(rerouting.options_of(document)["sonetel"]["forwardings"]) == [{"number": TWO, "destination": HOME}]


def test_a_repeated_reroute_keeps_what_was_first() -> None:
    first = reroute(read(HOME, HOME), reason="Power cut", until="8h").document
    again = reroute(read(AWAY, ELSEWHERE), first, at=LATER)
    assert [entry["before"] for entry in again.document["entries"]] == [{"destination": HOME}] * 2
    assert [[other["now"] for other in entry["others"]] for entry in again.document["entries"]] == [
        [],
        [{"destination": ELSEWHERE}],
    ]
    assert (again.document["since"], again.document["until"], again.document["reason"]) == (
        first["since"],
        first["until"],
        "Power cut",
    )
    assert (again.anew, written(again)) == (False, {ONE: AWAY, TWO: AWAY})
    # The first document stays what it was: the file still holds it.
    assert first == reroute(read(HOME, HOME), reason="Power cut", until="8h").document


def test_another_destination_needs_to_be_asked_for() -> None:
    first = reroute(read(HOME, HOME)).document
    with pytest.raises(InputError, match="change_destination"):
        reroute(read(AWAY, AWAY), first, phone=ELSEWHERE["phone"])
    again = reroute(read(AWAY, AWAY), first, phone=ELSEWHERE["phone"], change=True, at=LATER)
    assert [target["to"]["phone"] for target in again.document["targets"]] == [AWAY["phone"], ELSEWHERE["phone"]]
    # Calls that still go to the first destination are ours to restore.
    assert written(restore(again.document, read(AWAY, ELSEWHERE))) == {ONE: HOME, TWO: HOME}


def test_a_reroute_after_a_restore_saves_what_is_there_then() -> None:
    document = rerouting.settled(reroute(read(HOME, HOME)).document, [], [], LATER)
    again = reroute(read(ELSEWHERE, HOME), document, at=LATER)
    assert again.anew
    assert [entry["before"]["destination"] for entry in again.document["entries"]] == [ELSEWHERE, HOME]
    assert again.document["since"] == rerouting.text_of(LATER)


def test_a_number_of_two_offices_goes_back_to_where_it_was_before_both() -> None:
    theirs = {**reroute(read(HOME)).document, "office": "there"}
    mine = reroute(read(AWAY), others=[theirs], phone=ELSEWHERE["phone"], at=LATER)
    (entry,) = mine.document["entries"]
    assert (entry["before"], entry["taken_from"]) == ({"destination": HOME}, "there")
    # The later one owns it.
    left = restore(theirs, read(ELSEWHERE), others=[mine.document])
    assert (written(left), left.changed) == ({}, [])
    assert "left to the restore of here" in left.warnings[0]
    assert written(restore(mine.document, read(ELSEWHERE), others=[theirs])) == {ONE: HOME}


@each(
    ("target", "words"),
    [
        ({"phone": ONE}, "is one of the re-routed numbers"),
        ({"phone": None}, "No destination is given"),
        ({"phone": "+4690012345678"}, "to:"),
        ({"settings": {"sonetel": {"forwarding": {}}}}, "is not a list of an office"),
    ],
)
def test_what_is_no_destination_is_refused(target: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        reroute(read(HOME, HOME), **target)


def test_nothing_to_reroute_is_refused() -> None:
    with pytest.raises(InputError, match="no phone numbers"):
        reroute({"sonetel": {"forwardings": {"items": []}}})


def test_an_incomplete_list_does_not_say_that_a_number_is_gone() -> None:
    document = reroute(read(HOME, HOME)).document
    for now, words in (
        (read(AWAY), "is not on the account any more"),
        (read(AWAY, incomplete=["It was cut."]), "It was cut."),
        ({}, "could not be read"),
    ):
        plan = restore(document, now)
        assert TWO not in written(plan)
        assert words in plan.warnings[-1]


def test_what_the_policy_forbids_may_return_and_nothing_else() -> None:
    costly, other = "+4690012345678", "+4690012345679"
    document = reroute(read(HOME, HOME)).document
    document["entries"][0]["before"] = {"destination": {"phone": costly}}
    policy = rerouting.policy_to_restore(document, Policy())
    assert policy != Policy()
    assert costly in repr(policy)
    assert other not in repr(policy)


def test_lists_while_rerouted_hold_what_was_set_last() -> None:
    document = reroute(read(HOME, HOME)).document
    document = rerouting.settled(document, [], [TWO], LATER)
    lists = {"sonetel": {"forwardings": [{"number": "0846500413", "destination": HOME}]}}
    merged = rerouting.lists_while_rerouted(lists, document, "SE")["sonetel"]["forwardings"]
    assert merged == [{"number": "0846500413", "destination": AWAY}]
    assert lists["sonetel"]["forwardings"][0]["destination"] == HOME


UNREAD = "+33261910001"


@each(("before", "assumed"), [({UNREAD: {"destination": UNKNOWN}}, True), ({}, False)])
def test_what_cannot_be_read_is_restored_to_what_the_file_says_and_that_is_noted(before: Any, assumed: bool) -> None:
    """Without a journal, nobody knows what SMS Partner's numbers do."""
    item = {"number": UNREAD, "state": "forward", "destination": "+33612345678"}
    now = {"smspartner": {"callforwards": {"items": [item], "before": before}}}
    plan = reroute(now)
    (entry,) = plan.document["entries"]
    assert (entry["assumed"], entry["before"]["destination"]) == (assumed, item["destination"])
    assert [each["destination"] for each in plan.lists["smspartner"]["callforwards"]] == [AWAY["phone"]]
    back = restore(plan.document, now)
    # What is not known to be right already is written to make sure.
    written = [each["destination"] for each in back.lists.get("smspartner", {}).get("callforwards", [])]
    assert written == ([item["destination"]] if assumed else [])
    assert back.done == ([] if assumed else [UNREAD])


@each(
    ("nouns", "words"),
    [
        ([], "nothing was restored to what it was before the re-route."),
        (["number"], "1 number was restored to what it was before the re-route."),
        (["number"] * 2, "2 numbers were restored to what they were before the re-route."),
    ],
)
def test_what_was_restored_is_counted(nouns: list[str], words: str) -> None:
    back = rerouting.Restoring({}, nouns=nouns)
    found = restored_lines("lyon", {"active": True}, back, [], timezone.utc, check_mode=False)
    assert found == [f"lyon: {words}"]
