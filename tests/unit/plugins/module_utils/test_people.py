# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody leaves: where they are reached, and what of the successor takes their place."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._engine.yaml_text import problems
from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.plugins.module_utils._office.people import Person, search
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

ANNA = {"email": "anna@example.org", "phones": ["+46701740605"], "extension": None}
BEN: dict[str, Any] = {"email": "Ben@example.org", "phones": ["+46701740606"], "extension": None}
NUMBER = "+46846500412"
PEOPLE = [
    {"extension": "101", "extension_id": "1", "name": "Anna", "email": "anna@example.org"},
    {"extension": "102", "extension_id": "2", "name": "Ben", "email": "ben@example.org"},
    {"extension": "103", "extension_id": "3", "name": "Cleo", "email": "cleo@example.org"},
]


def rules() -> NumberRules:
    return NumberRules.from_options({"region": "SE"}, print)


def sonetel(**destinations: Any) -> dict[str, Any]:
    items = [{"number": f"+{number[1:]}", "destination": to} for number, to in destinations.items()]
    return {"sonetel": {"forwardings": {"items": items}}}


def ringcentral(*calls: dict[str, Any], people: Any = None, numbers: Any = ()) -> dict[str, Any]:
    return {
        "ringcentral": {
            "forwarding_numbers": {"items": list(numbers), "people": PEOPLE if people is None else people},
            "call_forwardings": {"items": list(calls)},
        }
    }


@each(
    ("destination", "after"),
    [
        ({"user": "Anna@Example.org"}, {"user": "ben@example.org"}),
        ({"phone": "070-174 06 05"}, {"phone": "+46701740606"}),
        ({"user": "cleo@example.org"}, None),
        ({"phone": "+46701740607"}, None),
    ],
)
def test_a_successor_takes_exactly_the_places_of_the_person(destination: Any, after: Any) -> None:
    read = sonetel(n46846500412=destination, n46846500413={"phone": "+46701740609"})
    found = search(read, ANNA, BEN, rules())
    written = found.lists.get("sonetel", {}).get("forwardings", [])
    assert [(item["number"], item["destination"]) for item in written] == ([(NUMBER, after)] if after else [])
    assert len(found.places) == len(written)
    # Without a successor nothing is written.
    alone = search(read, ANNA, None, rules())
    assert (alone.places, alone.lists) == (found.places, {})


def test_an_extension_gives_way_to_that_of_the_successor() -> None:
    call = {"extension": "103", "hours": "work", "ring": [{"extensions": ["101", "102"], "seconds": 20}]}
    after = {"extension": "103", "hours": "after", "ring": [], "then": {"extension": "101"}}
    found = search(ringcentral(call, after), ANNA, BEN, rules())
    assert [(place["key"], place["option"]) for place in found.places] == [
        ("103 / work", "ring[0].extensions[0]"),
        ("103 / after", "then.extension"),
    ]
    items = found.lists["ringcentral"]["call_forwardings"]
    # The successor rang there already, and rings once.
    assert items[0]["ring"] == [{"extensions": ["102"], "seconds": 20}]
    assert items[1]["then"] == {"extension": "102"}


def test_the_persons_own_settings_are_left_alone() -> None:
    own = {"extension": "101", "hours": "work", "ring": [{"phone_numbers": ["+46701740605"], "seconds": 20}]}
    found = search(ringcentral(own), {**ANNA, "phones": []}, BEN, rules())
    assert [item["key"] for item in found.own] == ["101 / work"]
    assert (found.places, found.lists) == ([], {})


def test_the_persons_own_desk_phone_is_no_place_at_which_they_are_reached_by_others() -> None:
    phones = [{"extension": "101", "device": "Desk"}, {"extension": "103", "device": "Desk", "device_extension": "101"}]
    calls = [
        {"extension": key, "hours": "work", "ring": [{"devices": ["Desk"], "seconds": 20}]} for key in ("101", "103")
    ]
    found = search(ringcentral(*calls, numbers=phones), {**ANNA, "phones": []}, None, rules())
    assert [(place["key"], place["option"]) for place in found.places] == [("103 / work", "ring[0].devices[0]")]


@each(
    ("successor", "people", "words"),
    [
        # Two extensions of the successor: nobody chooses one by chance.
        (BEN, [*PEOPLE, {**PEOPLE[1], "extension": "104", "extension_id": "4"}], "2 extensions .*102, 104"),
        ({"email": "dan@example.org", "phones": []}, PEOPLE, "extension, but the successor has nothing of the kind"),
        ({"email": None, "phones": ["+46701740606"]}, PEOPLE, "Add the successor's extension"),
    ],
)
def test_an_unclear_successor_is_refused(successor: Any, people: Any, words: str) -> None:
    call = {"extension": "103", "hours": "after", "ring": [], "then": {"extension": "101"}}
    with pytest.raises(InputError, match=words):
        search(ringcentral(call, people=people), ANNA, successor, rules())


@each(
    ("successor", "words"),
    [
        ({"email": "ben@example.org", "phones": []}, "phone number, but the successor has nothing of the kind"),
        ({"email": None, "phones": ["+469001234567"]}, "premium-rate"),
        ({"email": None, "phones": ["112"]}, r"successor.phones\[0\]"),
    ],
)
def test_a_successor_whose_phone_cannot_take_calls_is_refused(successor: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        search(sonetel(n46846500412={"phone": "+46701740605"}), ANNA, successor, rules())


def test_how_a_person_is_given() -> None:
    """A form of AWX has one phone on each line; what YAML reads as a number is refused at its place."""
    phones = Person.SPEC.options["phones"]
    assert (phones["type"], phones["type"]("070-174 06 05\n\n070-174 06 06")) == (
        "list",
        ["070-174 06 05", "070-174 06 06"],
    )
    assert [place for place, _text in problems(Person.SPEC.options, {"phones": ["+46701740605", 46701740606]})] == [
        "phones[1]"
    ]


def test_nobody_is_searched_for_without_anything_known() -> None:
    with pytest.raises(InputError, match="Nothing is known about the person"):
        search(sonetel(n46846500412={"user": "x@example.org"}), {"email": None, "phones": []}, None, rules())


def test_a_listed_number_becomes_the_successors_or_goes() -> None:
    def listed(extension: str, number: str) -> dict[str, Any]:
        return {"extension": extension, "phone_number": number, "type": "Other", "label": "Cell"}

    anna, ben = "+46701740605", "+46701740606"
    read = ringcentral(numbers=[listed("103", anna), listed("102", anna), listed("102", ben)])
    found = search(read, ANNA, BEN, rules())
    items = found.lists["ringcentral"]["forwarding_numbers"]
    assert [(item["extension"], item["phone_number"]) for item in items] == [("103", ben), ("102", anna)]
    assert (items[0]["previous_phone_number"], items[1]["state"]) == (anna, "absent")


def test_who_is_notified_of_messages_is_reported_and_not_changed() -> None:
    read = sonetel(n46846500412={"phone": "+46701740609"})
    read["sonetel"]["forwardings"]["notified"] = [
        {"key": NUMBER, "where": "e-mail", "value": "anna@example.org"},
        {"key": NUMBER, "where": "e-mail", "value": "cleo@example.org"},
    ]
    found = search(read, ANNA, BEN, rules())
    assert [(item["key"], item["value"]) for item in found.notified] == [(NUMBER, "anna@example.org")]
    assert found.lists == {}
