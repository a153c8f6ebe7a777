# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What calls to RingCentral's extensions meet, by hand from docs/providers/ringcentral.md."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from ansible_collections.office.telephony.plugins.module_utils._calls.circumstances import Circumstances
from ansible_collections.office.telephony.plugins.module_utils._calls.compiling import compiled
from ansible_collections.office.telephony.plugins.module_utils._calls.names import Names
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
    Draft,
    GoTo,
    Graph,
    Level,
    Node,
    To,
    targets,
)
from ansible_collections.office.telephony.plugins.module_utils._calls.routes import Call, Ends, Route, follow
from ansible_collections.office.telephony.plugins.module_utils._calls.times import Moment
from ansible_collections.office.telephony.plugins.module_utils._calls.world import World
from ansible_collections.office.telephony.plugins.module_utils._engine.listing import Listing
from ansible_collections.office.telephony.plugins.module_utils._errors import Problems, Rejected
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.account import RINGCENTRAL
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.conditions import (
    conditions_of_interaction,
    conditions_of_rule,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.model import Schedule
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.resource import (
    CallForwardings,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.custom_rules import rules_before
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.forwarding_numbers.desired import read_entry
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.forwarding_numbers.resource import (
    ForwardingNumbers,
)

ROOT = Path(__file__).parents[4]
NEW_YORK, STOCKHOLM = "America/New_York", "Europe/Stockholm"
WEEK = {"monday": ["09:00-12:00", "13:00-23:59"], "tuesday": ["00:00-17:00"], "friday": ["09:00-15:00"]}
MOBILE, RECEPTION, HOME = "+12025550171", "+12025550173", "+12025550172"
VOICEMAIL = {"voicemail": True}
NOT_RUNG: dict[str, Any] = {"ring": [], "then": VOICEMAIL}
AFTER = {"extension": "101", "hours": "after", **NOT_RUNG}
CALLER, OTHER = "+46701740606", "+46701740605"

Items = Sequence[Mapping[str, Any]]


def work(ring: Any = None, then: Any = None, schedule: Any = None, **more: Any) -> dict[str, Any]:
    """Return the work hours of extension 101, around the clock unless a schedule is given."""
    ring = [{"phone_numbers": [MOBILE]}] if ring is None else ring
    hours = {"always": True} if schedule is None else schedule
    return {"extension": "101", "hours": "work", "schedule": hours, "ring": ring, "then": then or VOICEMAIL, **more}


def compile_lists(lists: Mapping[str, Any], *, whole: bool = True, **draft: Any) -> Graph:
    """Compile *lists*: what the account holds, custom rules read, unless they say otherwise."""
    known = {"custom_rules": [], "extensions": [{"extension": "101", "time_zone": NEW_YORK}]} if whole else {}
    given = {"region": "US", "whole": whole, **draft}
    return compiled(RINGCENTRAL, {**known, **lists}, Draft("ringcentral", **given))


def account(*hours: Mapping[str, Any], **lists: Any) -> Graph:
    return compile_lists({"call_forwardings": list(hours), **lists})


def moment(text: str, zone: str = NEW_YORK) -> Moment:
    """Return a moment of an ordinary week (`mon 10:00`), else the one of a date."""
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    dated = text[:3] not in days
    iso = text if dated else f"2026-11-{2 + days.index(text[:3]):02} {text[4:]}"
    return Moment(datetime.fromisoformat(iso).replace(tzinfo=ZoneInfo(zone)), dated)


def routes(
    graph: Graph, extension: str = "101", at: str = "mon 10:00", caller: str = "", silent: Iterable[str] = ()
) -> list[Route]:
    names = tuple(silent)

    def nobody(node: Node) -> bool:
        return any(name in node.key for name in names)

    (start,) = graph.dialled("ringcentral", extension)
    when = moment(at)
    call = Call(start.key, when, caller, circumstances=Circumstances(unanswered=nobody))
    return follow(World(graph, when), call, Names(graph))


def ends(graph: Graph, extension: str = "101", at: str = "mon 10:00", caller: str = "", silent: Any = ()) -> str:
    """Return who may take a call, after how many seconds, and how sure that is; `silent`: parts of keys, "" for all."""
    found = routes(graph, extension, at, caller, (silent,) if isinstance(silent, str) else silent)
    return " or ".join(dict.fromkeys(map(_end, found)))


def _end(route: Route) -> str:
    if route.end is Ends.UNKNOWN:
        return f"? {route.why}"
    reached = route.reached.removeprefix("ringcentral/extensions/").removeprefix("number/") or route.end.value
    seconds = f" after {route.seconds}" if route.seconds else ""
    return f"{reached}{seconds}{'' if route.level is Level.DOCUMENTED else ' (' + route.level.value + ')'}"


APPS = {"apps": ["desktop", "mobile"]}
IN_ORDER = [{**APPS, "always": True}, {"phone_numbers": ["(202) 555-0171"]}, {"phone_numbers": [HOME], "seconds": 30}]


@pytest.mark.parametrize(
    ("item", "silent", "expected"),
    [
        (work(), (), MOBILE),
        (work(), "", "101/voicemail after 20"),
        (work(IN_ORDER, ring_mode="in_order"), (), f"{MOBILE} or 101/apps/desktop or 101/apps/mobile"),
        (work(IN_ORDER, ring_mode="in_order"), MOBILE, "101/apps/desktop or 101/apps/mobile"),
        (work(IN_ORDER, ring_mode="in_order"), ("apps", MOBILE), f"{HOME} after 20"),
        (work(IN_ORDER, ring_mode="in_order"), "", "101/voicemail after 50"),
        (work([{**APPS, "seconds": 15}, IN_ORDER[1]], ring_mode="in_order"), "apps", f"{MOBILE} after 15"),
        # At once: everything rings from the beginning; how long is documented only where all steps are alike.
        (work(IN_ORDER[1:], ring_mode="at_once"), MOBILE, HOME),
        (work(IN_ORDER[1:], ring_mode="at_once"), "", "101/voicemail"),
        (work([IN_ORDER[1], {"phone_numbers": [HOME]}], ring_mode="at_once"), "", "101/voicemail after 20"),
        # How long apps ring by themselves that always ring is not documented.
        (work([IN_ORDER[0]]), "", "101/voicemail"),
        (work([]), "", "101/voicemail"),
        (work([], {"voicemail": True, "mailbox": "102"}), "", "102/voicemail"),
        (work([], {"phone_number": "(202) 555-0173"}), (), RECEPTION),
        (work([], {"phone_number": RECEPTION}), "", "? what happens when +1 202 555 0173 does not answer"),
        (work([], {"announcement": True}), (), "hang_up"),
        (work([], {"announcement": True, "greeting": "custom:7"}), (), "hang_up"),
        # What is left out stands as somebody has set it.
        ({**work(), "ring": None}, (), "? what rings at extension 101 in its work hours"),
        ({**work(), "then": None}, "", "? where calls go that nobody answers at extension 101 in its work hours"),
        ({**work(), "schedule": None}, (), "? when the work hours of extension 101 are"),
        (work(IN_ORDER), (), "? whether the phones of extension 101 ring in order or at once in its work hours"),
        (work([{"phone_numbers": ["nonsense"]}]), (), "? which phone 'nonsense' is"),
        # RingCentral's own form of targets.
        (work([{"raw": [{"type": "PhoneNumberRingTarget", "destination": {"phoneNumber": HOME}}]}]), (), HOME),
        (work([{"raw": [{"type": "DeviceRingTarget", "device": {"id": "80"}}]}]), (), "101/devices/80"),
        (work([{"raw": [{"type": "CloudConnectorRingTarget"}]}]), (), "? what a CloudConnectorRingTarget rings"),
        (
            work([{"raw": [{"type": "CoworkerAppsRingTarget", "extension": {"id": 400000003}}]}]),
            (),
            "400000003/apps/desktop or 400000003/apps/mobile",
        ),
    ],
)
def test_what_rings_and_what_comes_then(item: Mapping[str, Any], silent: Any, expected: str) -> None:
    assert ends(account(item), silent=silent) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("mon 08:59", "101/voicemail"),
        ("mon 09:00", MOBILE),
        ("mon 12:00", "101/voicemail"),
        ("mon 23:59", MOBILE),
        ("tue 00:00", MOBILE),
        ("tue 17:00", "101/voicemail"),
        ("fri 14:59", MOBILE),
        ("sat 10:00", "101/voicemail"),
    ],
)
def test_hours_are_those_of_the_extensions_own_clock(at: str, expected: str) -> None:
    lists = {"call_forwardings": [work(schedule=WEEK), AFTER]}
    assert ends(compile_lists(lists, zone=STOCKHOLM), at=at) == expected
    # Where the extension's zone was not read, it is assumed to be the office's.
    mine = {**lists, "extensions": []}
    assert ends(compile_lists(mine, zone=NEW_YORK), at=at) == f"{expected} (assumed)"


def test_hours_that_nobody_knows() -> None:
    nowhere = {"extensions": []}
    asked = "? in which time zone the work hours of extension 101 are"
    assert ends(account(work(schedule=WEEK), AFTER, **nowhere)) == asked
    assert ends(account(work(), **nowhere)) == MOBILE
    assert ends(account(work(schedule=WEEK)), at="sat 10:00") == "? what extension 101 does after hours"
    assert ends(account(AFTER)) == "? when the work hours of extension 101 are"
    assert ends(account(work(schedule={"monday": ["9-17"]}), AFTER)) == "? when the work hours of extension 101 are"
    odd = {"extension": "101", "time_zone": NEW_YORK, "unclear": {"after": "what a switched-off rule does"}}
    graph = account(work(schedule=WEEK), AFTER, extensions=[odd])
    assert [ends(graph, at=at) for at in ("mon 10:00", "sat 10:00")] == [MOBILE, "? what a switched-off rule does"]


def test_another_extensions_own_settings_go_on() -> None:
    ben = {"extension": "102", "hours": "work", "schedule": {"always": True}, "ring": [{"devices": ["Yealink"]}]}
    graph = account(work(then={"extension": "ben@example.org"}), {**ben, "then": {"extension": "101"}}, **PEOPLE)
    assert ends(graph, silent=MOBILE) == "102/devices/Yealink after 20"
    assert ends(graph, silent="") == "loop after 40"


BEN = {"extension": "102", "time_zone": NEW_YORK}
PEOPLE: dict[str, Any] = {
    "people": [
        {"extension": "101", "extension_id": "400000002", "name": "Ada Reyes", "email": "ada@example.org"},
        {"extension": "102", "extension_id": "400000003", "name": "Ben Ökafor", "email": "Ben@example.org"},
        {"extension": "103", "extension_id": "400000004", "name": "Cleo Marsh", "status": "Disabled"},
    ],
    "groups": [
        {"extension": "301", "extension_id": "400000006", "name": "Closed", "type": "Announcement"},
        {"extension": "302", "extension_id": "400000007", "name": "Messages", "type": "Voicemail"},
        {"extension": "303", "extension_id": "400000008", "name": "Sales", "type": "Department"},
    ],
}


@pytest.mark.parametrize("text", ["102", "400000003", " ben@EXAMPLE.org", "Ben O\u0308kafor "])
def test_extensions_are_found_by_what_users_call_them(text: str) -> None:
    ben = {"extension": text, "hours": "work", "schedule": {"always": True}, "ring": [{"phone_numbers": [HOME]}]}
    graph = account(work([], {"extension": text}), {**ben, "then": VOICEMAIL}, **PEOPLE)
    assert ends(graph) == ends(graph, "102") == HOME


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("102", "? what extension 102 does with calls, because that was not read"),
        ("103", "? what happens to calls for extension 103, which is not enabled"),
        ("301", "hang_up (assumed)"),
        ("302", "302"),
        ("303", '? what the call queue "Sales" does with calls, because that was not read'),
        ("304", "nowhere"),
    ],
)
def test_extensions_that_nothing_was_read_of(text: str, expected: str) -> None:
    assert ends(account(work([], {"extension": text}), **PEOPLE)) == expected


def test_what_was_not_read_is_not_missing() -> None:
    item = work([], {"extension": "304"})
    assert ends(account(item)).startswith("? ")
    assert ends(compile_lists({"call_forwardings": [item], **PEOPLE}, whole=False)).startswith("? ")


def test_a_co_workers_phones_ring_without_their_forwarding() -> None:
    item = work([{"extensions": ["102"], "seconds": 10}])
    own = {"forwarding_numbers": [{"extension": "102", "device": "Yealink", "type": "PhoneLine"}]}
    assert ends(account(item, **PEOPLE, **own)) == "102/devices/Yealink"
    assert ends(account(item, **PEOPLE, **own), silent="102") == "101/voicemail after 10"
    assert ends(account(item, **PEOPLE)) == "102#phones (assumed)"
    # Whether apps ring for a co-worker is not documented; it matters where only they would be answered.
    asked = "? whether the apps of extension 102 ring for a co-worker"
    assert ends(account(item, **PEOPLE, **own), silent="Yealink") == asked
    none = account(item, **PEOPLE, extensions=[{"extension": "101", "time_zone": NEW_YORK}, {**BEN, "devices": []}])
    assert [ends(none), ends(none, silent="apps")] == [asked, "101/voicemail after 10"]
    together = work([{"extensions": ["102"], "phone_numbers": [MOBILE]}])
    assert ends(account(together, **PEOPLE, **own)) == f"{MOBILE} or 102/devices/Yealink"
    assert ends(account(together, **PEOPLE, **own), silent="Yealink") == f"{MOBILE} or {asked}"
    assert ends(account(work([{"extensions": ["103"]}]), **PEOPLE)) == "101/voicemail after 20"


@pytest.mark.parametrize("device", ["Yealink T54W", "80"])
def test_whose_a_desk_phone_is(device: str) -> None:
    lent = {"extension": "101", "device": device, "device_extension": "ben@example.org"}
    (route,) = routes(account(work([{"devices": [device]}]), **PEOPLE, forwarding_numbers=[lent]))
    assert route.reached == f"ringcentral/extensions/102/devices/{device}"
    known = {**BEN, "devices": [{"device": "80", "name": "Yealink T54W"}]}
    graph = account(work([{"devices": ["80"]}]), **PEOPLE, extensions=[known])
    assert ends(graph) == "102/devices/Yealink T54W"
    assert Names(graph).label_of("ringcentral/extensions/102/devices/Yealink T54W") == "Ben Ökafor's Yealink T54W"


def custom(name: str = "Friends", **more: Any) -> dict[str, Any]:
    return {"extension": "101", "name": name, "ring": [], "then": {"phone_number": HOME}, **more}


@pytest.mark.parametrize(
    ("rule", "at", "caller", "expected"),
    [
        (custom(callers=[CALLER]), "mon 10:00", CALLER, HOME),
        (custom(callers=[CALLER]), "mon 10:00", OTHER, MOBILE),
        (custom(callers=[CALLER]), "mon 10:00", "", MOBILE),
        # Calls from outside never come from an extension.
        (custom(callers=["102"]), "mon 10:00", "", MOBILE),
        (
            custom(callers=["Anonymous"]),
            "mon 10:00",
            OTHER,
            '? when the custom rule "Friends" of extension 101 applies',
        ),
        (custom(called_numbers=["+16505550111"]), "mon 10:00", "", MOBILE),
        # All conditions hold together.
        (custom(callers=[CALLER], schedule={"monday": ["10:00-11:00"]}), "mon 10:00", CALLER, HOME),
        (custom(callers=[CALLER], schedule={"monday": ["10:00-11:00"]}), "mon 11:00", CALLER, MOBILE),
        (custom(callers=[CALLER], hours="after"), "mon 12:30", CALLER, HOME),
        (custom(callers=[CALLER], hours="after"), "mon 11:00", CALLER, MOBILE),
        (custom(hours="work", schedule={"monday": ["11:00-14:00"]}), "mon 11:30", "", HOME),
        (custom(hours="work", schedule={"monday": ["11:00-14:00"]}), "mon 12:30", "", "101/voicemail"),
        (custom(callers=[CALLER], ring=[{"phone_numbers": [RECEPTION]}]), "mon 10:00", CALLER, RECEPTION),
        # A range that names no zone is in the extension's or in UTC; only what both have in common is certain.
        (custom(ranges=[("2026-12-24T00:00:00", "2026-12-26T00:00:00")]), "2026-12-25 12:00", "", HOME),
        (custom(ranges=[("2026-12-24T00:00:00", "2026-12-26T00:00:00")]), "2026-12-23 18:00", "", "101/voicemail"),
        (
            custom(ranges=[("2026-12-24T00:00:00", "2026-12-26T00:00:00")]),
            "2026-12-23 19:00",
            "",
            '? when the custom rule "Friends" of extension 101 applies',
        ),
        # So is one that names a zone which may be ignored.
        (custom(ranges=[("2026-12-24T00:00:00.00Z", "2026-12-26T00:00:00+0000")]), "2026-12-25 12:00", "", HOME),
        (custom(ranges=[("2026-12-24T00:00:00-05:00", "2026-12-26T00:00:00-0500")]), "2026-12-24 00:00", "", HOME),
        (
            custom(ranges=[("2026-12-24T00:00:00Z", "2026-12-26T00:00:00Z")]),
            "2026-12-25 23:00",
            "",
            '? when the custom rule "Friends" of extension 101 applies',
        ),
        (
            custom(ranges=[("soon", "later")]),
            "mon 10:00",
            "",
            '? when the custom rule "Friends" of extension 101 applies',
        ),
        # What cannot be read of a rule.
        (custom(), "mon 10:00", "", '? when the custom rule "Friends" of extension 101 applies'),
        (
            custom(callers=[CALLER], other_condition="agent"),
            "mon 10:00",
            CALLER,
            '? when the custom rule "Friends" of extension 101 applies',
        ),
        (custom(callers=[CALLER], other_condition="agent"), "mon 10:00", OTHER, MOBILE),
        (
            custom(callers=[CALLER], ring=None),
            "mon 10:00",
            CALLER,
            '? what rings at extension 101 by the custom rule "Friends"',
        ),
    ],
)
def test_custom_rules_come_first(rule: Mapping[str, Any], at: str, caller: str, expected: str) -> None:
    ranges = [{"from": start, "to": end} for start, end in rule.get("ranges", ())]
    graph = account(work(schedule=WEEK), AFTER, custom_rules=[{**rule, "ranges": ranges}])
    assert ends(graph, at=at, caller=caller) == expected


def test_which_of_two_custom_rules_wins_is_not_known() -> None:
    rules = [custom("One", callers=[CALLER, OTHER]), custom("Two", callers=[CALLER], then=VOICEMAIL)]
    graph = account(work(), custom_rules=rules)
    unknown = "? which of the rules of extension 101 that apply takes the call"
    assert [ends(graph, caller=caller) for caller in (CALLER, OTHER, "")] == [unknown, HOME, MOBILE]
    same = account(work(), custom_rules=[rules[0], custom("Two", callers=[CALLER])])
    assert ends(same, caller=CALLER) == HOME
    alike = account(work(), custom_rules=[custom("One", callers=[CALLER], ring=None), custom("One", callers=[OTHER])])
    assert ends(alike, caller=OTHER) == HOME


def test_all_calls_are_sent_away() -> None:
    everything = {"extension": "101", "hours": "all", "enabled": True, "then": {"phone_number": RECEPTION}}
    assert ends(account(work(schedule=WEEK), AFTER, everything), at="sat 10:00") == RECEPTION
    assert ends(account(work(), {**everything, "enabled": False})) == MOBILE
    asked = "? when extension 101 forwards all of its calls"
    assert ends(account(work(), {**everything, "enabled": None})) == asked
    # Whether that comes before custom rules is not documented.
    graph = account(work(), everything, custom_rules=[custom(callers=[CALLER])])
    asked = "? which of the rules of extension 101 that apply takes the call"
    assert [ends(graph, caller=caller) for caller in (CALLER, OTHER)] == [asked, RECEPTION]


def test_an_offices_file_says_what_it_manages() -> None:
    lists = {"call_forwardings": [work(schedule=WEEK), AFTER]}
    draft: dict[str, Any] = {"whole": False, "office": "washington", "variable": "office_ringcentral"}
    graph = compile_lists(lists, zone=NEW_YORK, **draft)
    (route,) = routes(graph)
    assert (route.reached, route.level) == (f"number/{MOBILE}", Level.ASSUMED)
    places = {to.key: to.place for node in graph.nodes.values() for to in targets(node)}
    mobile, mailbox = places[f"number/{MOBILE}"], places["ringcentral/extensions/101/voicemail"]
    assert mobile.at == f"ringcentral/call_forwardings/101/work/ring/{MOBILE}"
    assert mobile.path == "office_ringcentral.call_forwardings[0].ring[0].phone_numbers[0]"
    assert mailbox.path.endswith("call_forwardings[1].then")
    # Custom rules that were read, and all hours, leave nothing to assume but the zone.
    left_alone = compile_lists({"call_forwardings": [{**work(), "then": None}]}, **draft)
    words = "where calls go that nobody answers at extension 101 in its work hours"
    assert ends(left_alone, silent="") == f"? {words}, because the office's file leaves it alone"
    off = {"extension": "101", "hours": "all", "enabled": False}
    given = {"call_forwardings": [work(), off], "custom_rules": []}
    assert ends(compile_lists(given, whole=False)) == MOBILE


class Api:
    """One extension of a legacy account, whose after hours are switched off."""

    def __init__(self, devices: Exception | None = None) -> None:
        self.refusal = devices
        self.warned: list[str] = []
        self.warn = self.warned.append

    def uses_new_call_handling(self) -> bool:
        return False

    def extensions(self, number: str | None = None) -> Listing[Any]:
        contact = {"email": "ada@example.org"}
        ada = {"id": 400000002, "extensionNumber": "101", "type": "User", "name": "Ada Reyes", "contact": contact}
        sales = {"id": 400000008, "extensionNumber": "303", "type": "Department", "name": "Sales", "status": "Disabled"}
        return Listing([ada, sales])

    def extension(self, key: str) -> dict[str, Any]:
        return {"id": 400000002, "regionalSettings": {"timezone": {"id": "58", "name": NEW_YORK}}}

    def devices(self, key: str) -> Listing[Any]:
        if self.refusal:
            raise self.refusal
        return Listing([{"id": "80", "name": "Yealink", "type": "HardPhone"}, {"id": "81", "type": "SoftPhone"}])

    def direct_numbers(self, key: str) -> Listing[Any]:
        if self.refusal:
            raise self.refusal
        return Listing([{"id": 90, "phoneNumber": "+16505550111", "usageType": "DirectNumber"}])

    def business_hours(self, key: str) -> dict[str, Any]:
        return {"schedule": {"weeklyRanges": {"monday": [{"from": "09:00", "to": "17:00"}]}}}

    def answering_rule(self, key: str, rule: str) -> dict[str, Any]:
        off = rule.startswith("after")
        return {"id": rule, "enabled": not off, "callHandlingAction": "TakeMessagesOnly"}

    def custom_rules(self, key: str) -> Listing[Any]:
        voicemail = {"enabled": False}
        rule = {"type": "Custom", "name": "Nuisance", "callers": [{"callerId": "16505550160"}]}
        return Listing([{**rule, "callHandlingAction": "TakeMessagesOnly", "voicemail": voicemail}])


def test_what_calls_depend_on_besides_is_read() -> None:
    forwardings = CallForwardings(Api())  # type: ignore[arg-type]
    found = forwardings.pick(None, print)
    (rule,) = rules_before(forwardings, found)
    # What taking messages does while voicemail is off is not documented.
    assert rule == {"extension": "101", "name": "Nuisance", "enabled": True, "callers": ["+16505550160"], "ring": []}
    (detail,) = forwardings.extension_details(found)
    unclear = {"after": "what extension 101 does in hours whose rule is switched off"}
    phones = [{"device": "80", "name": "Yealink"}]
    numbers = ["+16505550111"]
    assert detail == {
        "extension": "101",
        "time_zone": NEW_YORK,
        "unclear": unclear,
        "forwards_all": False,
        "devices": phones,
        "numbers": numbers,
    }
    graph = account(*forwardings.export(found), custom_rules=[rule], extensions=[detail])
    assert [ends(graph, at=at) for at in ("mon 10:00", "sat 10:00")] == ["101/voicemail", f"? {unclear['after']}"]
    assert graph.nodes["number/+16505550111"].does == GoTo(To("ringcentral/extensions/101"))
    assert ends(graph, caller="+16505550160").startswith("? where calls go that nobody answers")


def test_devices_and_numbers_that_may_not_be_read_are_not_known() -> None:
    forwardings = CallForwardings(Api(Rejected("No.", status=403)))  # type: ignore[arg-type]
    (detail,) = forwardings.extension_details(forwardings.pick(["101"], print))
    assert not {"devices", "numbers"} & set(detail)
    forwardings = CallForwardings(Api(Rejected("No.", status=400)))  # type: ignore[arg-type]
    with pytest.raises(Rejected):
        forwardings.extension_details(forwardings.pick(["101"], print))


def test_whose_the_extensions_are() -> None:
    numbers = ForwardingNumbers(Api())  # type: ignore[arg-type]
    assert "groups" not in numbers.everybody()
    numbers.locate(
        [read_entry({"extension": "Ada Reyes", "device": "80"}, 0, NumberRules.from_options({}, print))], Problems()
    )
    everybody = numbers.everybody()
    assert [person["extension"] for person in everybody["people"]] == ["101"]
    sales = {"extension": "303", "extension_id": "400000008", "type": "Department", "name": "Sales"}
    assert everybody["groups"] == [{**sales, "status": "Disabled"}]


def test_how_custom_rules_are_read() -> None:
    week = {"weeklyRanges": {"monday": [{"from": "09:00", "to": "17:00"}]}}
    caller = {"callerId": "46843216868", "name": "Somebody"}
    legacy = {"callers": [caller, {"callerId": "102"}], "schedule": week}
    monday = {"schedule": Schedule.of({"monday": [("09:00", "17:00")]})}
    assert conditions_of_rule(legacy) == {"callers": ["+46843216868", "102"], **monday}
    dates = {"ranges": [{"from": "2026-12-24T00:00:00", "to": "2026-12-25T00:00:00"}]}
    assert conditions_of_rule({"schedule": dates, "calledNumbers": [{"phoneNumber": "+16505550111"}]}) == {
        "called_numbers": ["+16505550111"],
        **dates,
    }
    assert conditions_of_rule({"schedule": {"ref": "AfterHours"}}) == {"hours": "after"}
    new = [
        {"type": "Interaction", "from": [{"phoneNumber": CALLER}], "to": []},
        {"type": "State", "state": {"id": "work-hours"}},
        {
            "type": "Schedule",
            "schedule": {
                "triggers": [
                    {"triggerType": "Weekly", "ranges": {"monday": [{"startTime": "09:00:00", "endTime": "17:00:00"}]}},
                    {"triggerType": "Range", "ranges": [{"startDateTime": "2026-12-24T00:00:00", "endDateTime": "x"}]},
                ]
            },
        },
    ]
    found = {"callers": [CALLER], "hours": "work", **monday, "ranges": [{"from": "2026-12-24T00:00:00", "to": "x"}]}
    assert conditions_of_interaction(new) == found
    assert conditions_of_interaction([{"type": "State", "state": {"id": "agent"}}]) == {"other_condition": "agent"}
    assert "other_condition" in conditions_of_interaction([new[0], new[0]])


def test_a_thousand_extensions_are_compiled_in_no_time() -> None:
    items = [
        {**item, "extension": str(number), "then": {"extension": str(number + 1)}}
        for number in range(10000, 11000)
        for item in (work(IN_ORDER, schedule=WEEK, ring_mode="in_order"), AFTER)
    ]
    start = time.process_time()
    graph = compile_lists({"call_forwardings": items}, zone=NEW_YORK)
    assert len(graph.nodes) > 2000
    assert time.process_time() - start < 1


def test_the_office_in_the_examples(examples: Mapping[str, Any]) -> None:
    """Apps ring all the while, then the mobile, then reception with Ben's phone; after hours Ben's extension."""
    lists = examples["office_ringcentral"]
    graph = compile_lists(lists, whole=False, zone=NEW_YORK, office="washington", variable="office_ringcentral")
    apps = "101/apps/desktop (assumed) or 101/apps/mobile (assumed)"
    silent = ("apps", MOBILE)
    assert ends(graph, at="fri 14:00") == f"{MOBILE} (assumed) or {apps}"
    reception = f"{RECEPTION} after 15 (assumed) or 102/devices/Yealink T54W after 15 (assumed)"
    assert ends(graph, at="mon 16:59", silent=silent) == reception
    assert ends(graph, at="mon 16:59", silent="") == "101/voicemail after 30 (assumed)"
    assert ends(graph, at="fri 15:00", silent=MOBILE) == f"{HOME} (assumed)"
    assert ends(graph, at="sat 10:00", silent="").startswith("? ")


@pytest.fixture
def examples() -> Any:
    return yaml.safe_load((ROOT / "examples/inventory/host_vars/washington.yml").read_text())
