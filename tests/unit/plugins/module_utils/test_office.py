# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An office's variables as YAML: read back as they are, and never taken for a template."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
import yaml

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._files.yaml_lines import scalar
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.plugins.module_utils._office.lists import TABLES, OfficeList, same
from ansible_collections.office.telephony.plugins.module_utils._office.people import search
from ansible_collections.office.telephony.plugins.module_utils._office.rerouting import expiry, reroute, restore
from ansible_collections.office.telephony.plugins.module_utils._office.variables import host_variables
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=timezone.utc)


@each(
    "value",
    [
        "Main menu", "Växel Stockholm", "yes", "off", "Null", "1300", "+46701740606", " x", "x ", "a: b", "a #b", "- a",
        "", "0.5", "2026-01-01", "😀\n", "Öppning (natt)",
        "quote \" and ' and \\", "line\nbreak", "%x", "@x", "*x", "[x]", "tab\t", "\u2028",
        None, True, 7, 1.5,
    ],
)  # fmt: skip
def test_a_value_is_read_back_as_it_is(value: Any) -> None:
    assert yaml.safe_load(f"x: {scalar(value)}") == {"x": value}
    assert yaml.safe_load(f"x: [{scalar(value)}]") == {"x": [value]}


@each("value", ["Hello {{ name }}", "{% if %}", "{# x #}"])
def test_what_looks_like_a_template_is_no_template(value: str) -> None:
    assert scalar(value).startswith("!unsafe ")


@each(
    ("one", "other", "expected"),
    [
        ({"phone": "070-174 06 06"}, {"phone": "+46701740606"}, True),
        ({"phone": "+46701740606", "sip": None}, {"phone": "+46701740606"}, True),
        ({"sip": "sip:A@b.org"}, {"sip": "a@B.org"}, True),
        ({"phone": "+46701740606"}, {"phone": "+46701740607"}, False),
        ({"phone": "+46701740606"}, {"user": "+46701740606"}, False),
        ({"menu": [{"key": "1"}]}, {"menu": [{"key": "1"}, {"key": "2"}]}, False),
        (True, True, True),
        ("off", False, False),
    ],
)
def test_what_means_the_same(one: Any, other: Any, expected: bool) -> None:
    assert same(one, other, "SE") is same(other, one, "SE") is expected


@each(
    ("text", "expected"),
    [
        ("90m", "2026-11-21T09:30:00Z"),
        ("8h", "2026-11-21T16:00:00Z"),
        ("2 d", "2026-11-23T08:00:00Z"),
        ("2026-11-21T18:00:00+01:00", "2026-11-21T17:00:00Z"),
        ("2026-11-21T18:00:00Z", "2026-11-21T18:00:00Z"),
        ("2026-11-21 18:00:00+01:00", "2026-11-21T17:00:00Z"),
        (" 8h ", "2026-11-21T16:00:00Z"),
        ("3650d", "2036-11-18T08:00:00Z"),
    ],
)
def test_a_time_limit(text: str, expected: str) -> None:
    assert expiry(text, NOW) == expected


@each(
    ("text", "words"),
    [
        ("0h", "ends immediately. Give a longer one"),
        ("000m", "ends immediately"),
        ("soon", "'soon' is not a time limit. Write a duration in whole numbers"),
        ("", "is not a time limit"),
        ("8", "is not a time limit"),
        ("1080", "is not a time limit"),
        ("-1h", "is not a time limit"),
        ("+1h", "is not a time limit"),
        ("1.5h", "is not a time limit"),
        ("1,5h", "is not a time limit"),
        ("1e3h", "is not a time limit"),
        ("8h 30m", "is not a time limit"),
        ("\u0663h", "is not a time limit"),
        ("8y", "is not a time limit"),
        ("inf", "is not a time limit"),
        ("2026-11-21", "is not a time limit"),
        ("2026-11-21T18:00:00", "is not a time limit"),
        ("18:00", "is not a time limit"),
        ("2026-13-41T18:00:00Z", "is not a time limit"),
        ("10000-01-01T00:00:00Z", "is not a time limit"),
        ("0000-01-01T00:00:00Z", "is not a time limit"),
        ("2026-11-21T08:00:00Z", "has already passed"),
        ("2026-11-21T09:00:00+01:00", "has already passed"),
        ("0001-01-01T00:00:00Z", "has already passed"),
        ("9999999d", "'9999999d' is more than 10 years away, or not a time. Give a shorter one"),
        ("3651d", "is more than 10 years away"),
        ("99999999999999999999w", "is more than 10 years away"),
        ("9999-12-31T23:59:59Z", "is more than 10 years away"),
        ("9999-12-31T23:59:59-12:00", "is more than 10 years away"),
        ("0001-01-01T00:00:00+12:00", "is more than 10 years away, or not a time"),
        ("9" * 5000 + "d", "The time limit '" + "9" * 40 + r"\.\.\.' is too long"),
        ("x" * 5000, "'" + "x" * 40 + r"\.\.\.' is not a time limit"),
        ("8h\x1b[31m", r"'8h\\x1b\[31m' is not a time limit"),
    ],
)
def test_what_is_no_time_limit(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as failure:
        expiry(text, NOW)
    assert len(str(failure.value)) < 300
    assert str(failure.value).isprintable()


@each("table", tuple(TABLES.values()))
def test_the_table_holds_together(table: OfficeList) -> None:
    if table.away:
        away = table.away.to("+46701740606", {})
        # What cannot lead to a phone number says what one can do about it.
        assert table.away.options[0] in away or table.away.advice
        assert set(away) <= set(table.away.options)
        assert not set(table.keys) & set(table.away.options)
    assert all(
        any(other.provider == table.provider and other.name == name for other in TABLES.values())
        for name, option in table.expects.values()
    )


GAP = "Sonetel shows only the first of 2 pages of its phonenumbersubscription list."


RULES = NumberRules.from_options({}, print)


def test_an_office_is_not_said_to_be_whole_where_a_list_is_not() -> None:
    item = {"number": "+46846500412", "destination": {"phone": "+46701740605"}}
    read = {"sonetel": {"forwardings": {"items": [item], "incomplete": [GAP]}}}
    text, _lists, left_out = host_variables(read, {}, None, RULES)
    assert f"# {GAP}" in text
    assert [reported for reported in left_out if GAP in reported]
    with pytest.raises(InputError, match="first of 2 pages"):
        host_variables(read, {}, ["+46846500499"], RULES)
    plan = reroute("nord", None, read, {"phone": "+46701740606", "settings": {}}, RULES, NOW)
    assert [reported for reported in plan.warnings if GAP in reported]
    back = restore(
        plan.document, {"sonetel": {"forwardings": {"items": [], "incomplete": [GAP]}}}, None, overwrite=True
    )
    assert [reported for reported in back.warnings if GAP in reported]
    assert not [reported for reported in back.warnings if "not on the account" in reported]
    assert [
        reported for reported in search(read, {"email": "anna@example.org"}, None, RULES).unsearched if GAP in reported
    ]


_NUMBER = "+46846500412"
_WHERE = "sonetel.forwardings: +46846500412: destination.phone: 117948807 is not text: was this 0701740607 without"


@each(
    ("provider", "name", "item", "said"),
    [
        ("sonetel", "forwardings", {"number": _NUMBER, "destination": {"phone": 117948807}}, _WHERE),
        ("ringcentral", "call_forwardings", {"extension": 101, "hours": "work"}, "extension: 101 is not text"),
        (
            "ringcentral",
            "call_forwardings",
            {"extension": "101", "hours": "work", "ring": [{"devices": [5]}]},
            "ring[0].devices[0]: 5 is not text",
        ),
        (
            "ringcentral",
            "call_forwardings",
            {"extension": "101", "hours": "work", "then": {"mailbox": 101}},
            "then.mailbox: 101 is not text",
        ),
        # Seconds are a number, and so are the ids of RingCentral's own objects.
        (
            "ringcentral",
            "call_forwardings",
            {"extension": "101", "hours": "work", "ring": [{"seconds": 20, "raw": [{"extension": {"id": 400000002}}]}]},
            "",
        ),
    ],
)
def test_a_person_is_not_overlooked_in_what_yaml_made_a_number(
    provider: str, name: str, item: dict[str, Any], said: str
) -> None:
    rules = NumberRules.from_options({"region": "SE"}, lambda text: None)
    read = {provider: {name: {"items": [item]}}}
    person = {"email": "anna@example.org", "phones": ["0701740607"], "extension": None}
    if not said:
        assert search(read, person, None, rules).places == []
        return
    with pytest.raises(InputError) as refused:
        search(read, person, None, rules)
    assert said in str(refused.value)


def test_who_is_named_is_found_also_where_no_call_goes() -> None:
    """After hours that never come, and what a co-worker's desk phone is called; whose an extension is, is known."""
    people = [
        {"extension": "101", "extension_id": "1", "name": "Anna", "email": "anna@example.org"},
        {"extension": "102", "extension_id": "2", "name": "Ben", "email": "ben@example.org"},
    ]
    lent = {"extension": "101", "device": "Desk", "device_extension": "102"}
    always = {"extension": "101", "hours": "work", "schedule": {"always": True}, "ring": [{"devices": ["Desk"]}]}
    after = {"extension": "101", "hours": "after", "ring": [], "then": {"voicemail": True, "mailbox": "102"}}
    own = {"extension": "102", "hours": "work", "ring": [{"apps": ["mobile"]}], "then": {"voicemail": True}}
    accounts = {
        "ringcentral": {
            "forwarding_numbers": {"items": [lent], "people": people},
            "call_forwardings": {"items": [always, after, own]},
        }
    }
    rules = NumberRules.from_options({"region": "US"}, print)
    ben = {"email": "Ben@example.org"}
    found = search(accounts, ben, None, rules)
    assert [(place["key"], place["option"]) for place in found.places] == [
        ("101 / work", "ring[0].devices[0]"),
        ("101 / after", "then.mailbox"),
    ]
    assert [item["key"] for item in found.own] == ["101 / Desk", "102 / work"]
    # In a file nothing holds the address, and the accounts know whose the extension is.
    file = {"ringcentral": {"call_forwardings": {"items": [{**after, "then": {"extension": "102"}}]}}}
    assert search(file, ben, None, rules).places == []
    assert [place["option"] for place in search(file, ben, None, rules, accounts).places] == ["then.extension"]


def test_a_defect_of_the_call_model_leaves_what_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any) -> None:
        raise KeyError("x")

    monkeypatch.setattr(f"{search.__module__}.compiled", broken)
    item = {"number": _NUMBER, "destination": {"user": "anna@example.org"}}
    found = search({"sonetel": {"forwardings": {"items": [item]}}}, {"email": "anna@example.org"}, None, RULES)
    assert [place["option"] for place in found.places] == ["destination.user"]
    assert "because of KeyError: 'x'" in " ".join(found.unsearched)
