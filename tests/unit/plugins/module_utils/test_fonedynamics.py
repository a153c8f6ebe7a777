# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fone Dynamics' fields: what is compared, what is sent, and that applying a plan leaves nothing to plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._engine.keys import Key
from ansible_collections.office.telephony.plugins.module_utils._engine.plan import Current
from ansible_collections.office.telephony.plugins.module_utils._engine.reconcile import (
    carry_out,
    plan_for,
    read_desired,
)
from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._fonedynamics.calls import unclear_numbers
from ansible_collections.office.telephony.plugins.module_utils._fonedynamics.fields import MEMBERS, NUMBER, body, lack
from ansible_collections.office.telephony.plugins.module_utils._fonedynamics.numbers import Numbers
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

Json = dict[str, Any]


class FakeApi:
    """An account in memory that keeps what is set as it was sent; *unset* is what it shows for nothing."""

    def __init__(self, records: Mapping[str, Json], unset: Any) -> None:
        self.records = {digits: dict(record) for digits, record in records.items()}
        self.unset = unset
        self.sent: list[Json] = []
        self.warned: list[str] = []

    def warn(self, text: str) -> None:
        self.warned.append(text)

    def numbers(self, until: Any = None) -> list[Json]:
        return [self._shown(digits) for digits in self.records]

    def number(self, digits: str) -> Json:
        return self._shown(digits)

    def configure(self, digits: str, members: Json) -> Json:
        assert members
        assert all(isinstance(value, str) for value in members.values())
        self.sent.append(members)
        self.records[digits].update(members)
        return self._shown(digits)

    def flows(self, property_sid: str) -> list[Json]:
        return [{"ConfigId": f"flow-{name}", "Name": name} for name in ("Main menu", "After hours")]

    def addresses(self) -> list[Json]:
        return [{"AddressSid": f"AD-{name}", "Friendly": name} for name in ("Sydney", "Perth")]

    def _shown(self, digits: str) -> Json:
        stored = {name: value for name, value in self.records[digits].items() if value}
        if self.unset != "absent":
            stored = {**dict.fromkeys(MEMBERS.values(), self.unset), **stored}
        return {"Number": f"+{digits}", "PropertySid": "PR", **stored}


PHONES = ("+61491570156", "0491 570 157", "02 5550 0999")
URLS = ("https://a.example.org", "https://b.example.org/?x=1")
TEXTS = ("", "a", " b ", "Ü & ?")
METHODS = ("GET", "POST")
WISH = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.sampled_from(TEXTS) for name in MEMBERS if name.startswith(("friendly", "attribution"))},
        "address": st.sampled_from(("Sydney", "AD-Perth")),
        "routing_method": st.sampled_from(("endpoint", "flow")),
        "endpoint_number": st.sampled_from(PHONES),
        "flow": st.sampled_from(("Main menu", "flow-After hours")),
        "recording": st.sampled_from(("off", "call")),
        "send_sms_from": st.sampled_from(("", "Office 1", "0491 570 158")),
        "send_sms_to": st.sampled_from(("", *PHONES)),
        "send_email_from": st.sampled_from(("", "a@EXAMPLE.org", "a@example.org")),
        "send_email_to": st.sampled_from(("", "B@example.org", "b@example.org")),
        "webhook_url": st.sampled_from(("", *URLS)),
        "webhook_method": st.sampled_from(METHODS),
        "delivery_receipt_webhook_url": st.sampled_from(("", *URLS)),
        "delivery_receipt_webhook_method": st.sampled_from(METHODS),
    },
)
RECORD = st.fixed_dictionaries(
    {},
    optional={
        **{member: st.sampled_from(TEXTS) for member in MEMBERS.values() if member.startswith(("Friendly", "Attr"))},
        "AddressSid": st.sampled_from(("AD-Sydney", "AD-gone")),
        "RoutingMethod": st.sampled_from(("Endpoint", "endpoint", "FLOW", "Application")),
        "EndpointNumber": st.sampled_from(("+61491570156", "61491570156")),
        "Flow": st.sampled_from(("flow-Main menu", "flow-gone")),
        "Recording": st.sampled_from(("Off", "CALL", "Other")),
        "SendSmsTo": st.sampled_from(("+61491570156", "61 491 570 157")),
        "SendEmailFrom": st.sampled_from(("a@example.org", "A@example.org")),
        "WebHookUrl": st.sampled_from(URLS),
        "WebHookMethod": st.sampled_from(("get", "POST")),
    },
)


def rules() -> NumberRules:
    return NumberRules.from_options({"region": "AU"}, lambda text: None)


def run(api: FakeApi, entries: list[Json], *, check: bool = False) -> Json:
    desired = read_desired(Numbers, entries, rules(), True)
    target = Numbers(api)  # type: ignore[arg-type]
    return carry_out(target, plan_for(target, desired), check_mode=check, many=True)


def test_applying_leaves_nothing_to_plan() -> None:
    applied: list[bool] = []

    @given(
        records=st.lists(RECORD, min_size=1, max_size=3),
        entries=st.lists(WISH, min_size=1, max_size=3),
        unset=st.sampled_from(("absent", None, "")),
    )
    def play(records: list[Json], entries: list[Json], unset: Any) -> None:
        applied.append(is_applied(records, entries, unset))

    play()
    assert sum(applied) > len(applied) / 10


def is_applied(records: list[Json], entries: list[Json], unset: Any) -> bool:
    """Apply *entries*, and then once more; return whether they were accepted."""
    digits = [f"6125550010{index}" for index in range(len(records))]
    api = FakeApi(dict(zip(digits, records, strict=True)), unset)
    listed = [{"number": f"+{key}", **entry} for key, entry in zip(digits, entries, strict=False)]
    try:
        predicted = run(api, listed, check=True)
    except InputError:
        assert not api.sent
        return False
    assert not api.sent
    applied = run(api, listed)
    assert "failed" not in applied
    assert not api.warned
    assert len(api.sent) == applied["plan"]["update"]
    assert [predicted[name] for name in ("plan", "diff", "numbers")] == [
        applied[name] for name in ("plan", "diff", "numbers")
    ]
    again = run(api, listed)
    assert (again["changed"], again["plan"]["update"], len(api.sent)) == (False, 0, applied["plan"]["update"])
    target = Numbers(api)  # type: ignore[arg-type]
    assert run(api, target.export(target.read()))["changed"] is False
    return True


@each(
    ("member", "stored", "name", "value"),
    [
        ("EndpointNumber", "61491570156", "endpoint_number", "+61491570156"),
        ("SendSmsFrom", "Office 1", "send_sms_from", "Office 1"),
        ("SendSmsFrom", "61 491 570 156", "send_sms_from", "+61491570156"),
        ("SendSmsFrom", "office 1", "send_sms_from", "office 1"),
        ("RoutingMethod", "FLOW", "routing_method", "flow"),
        ("WebHookMethod", "Post", "webhook_method", "POST"),
        ("Friendly", " a ", "friendly_name", "a"),
        *[(member, nothing, name, None) for name, member in MEMBERS.items() for nothing in (None, "")],
    ],
)
def test_what_is_read(member: str, stored: Any, name: str, value: Any) -> None:
    assert NUMBER.read({"Number": "61255500101", member: stored})[name] == value


@each(
    ("name", "one", "other", "equal"),
    [
        ("send_email_to", "a@EXAMPLE.org", "a@example.org", True),
        ("send_email_to", "A@example.org", "a@example.org", False),
        ("webhook_url", "https://a.example.org", "https://a.example.org/", False),
        ("send_sms_from", "Office", "office", False),
        ("flow", "a", "A", False),
    ],
)
def test_what_is_equal(name: str, one: str, other: str, equal: bool) -> None:
    assert (not NUMBER.differences({name: one}, {name: other})) is equal


@each(
    ("after", "changes", "given", "sent"),
    [
        ({"recording": "off"}, ("recording",), {}, {"Recording": "Off"}),
        ({"send_sms_to": None}, ("send_sms_to",), {}, {"SendSmsTo": ""}),
        (
            {"routing_method": "endpoint", "endpoint_number": "+61491570156"},
            ("routing_method",),
            {},
            {"RoutingMethod": "Endpoint", "EndpointNumber": "+61491570156"},
        ),
        (
            {"routing_method": "flow", "flow": "f", "endpoint_number": "+61491570156"},
            ("flow",),
            {"endpoint_number": "+61491570156"},
            {"Flow": "f", "EndpointNumber": "+61491570156"},
        ),
        (
            {"routing_method": "flow", "flow": "f", "endpoint_number": "+61491570156", "recording": "call"},
            ("recording",),
            {"endpoint_number": "+61491570156"},
            {"Recording": "Call"},
        ),
        (
            {"webhook_url": "https://a", "webhook_method": "GET"},
            ("webhook_method",),
            {},
            {"WebHookUrl": "https://a", "WebHookMethod": "GET"},
        ),
        ({"webhook_url": "https://a", "webhook_method": "GET"}, ("webhook_url",), {}, {"WebHookUrl": "https://a"}),
    ],
)
def test_what_is_sent(after: Json, changes: tuple[str, ...], given: Json, sent: Json) -> None:
    assert body(after, changes, given) == sent


@each(
    ("after", "changes", "given", "words"),
    [
        ({"routing_method": "flow", "flow": None}, ("routing_method",), {}, "needs flow"),
        ({"routing_method": "application", "flow": "f"}, ("flow",), {}, "while routing_method is application"),
        ({"routing_method": "flow", "flow": "f"}, ("endpoint_number",), {"routing_method": "flow"}, ""),
        ({"routing_method": "endpoint", "endpoint_number": "+1"}, ("endpoint_number",), {}, ""),
        ({"delivery_receipt_webhook_url": None}, ("delivery_receipt_webhook_method",), {}, "no effect without"),
    ],
)
def test_what_would_have_no_effect(after: Json, changes: tuple[str, ...], given: Json, words: str) -> None:
    found = lack(after, changes, given)
    assert words in found
    assert bool(found) is bool(words)


@each(
    ("status", "unclear"),
    [("Active", False), ("active", False), ("", False), (None, False), ("Suspended", True), ("Porting", True)],
)
def test_of_a_number_that_is_not_active_it_is_not_known_where_calls_go(status: str | None, unclear: bool) -> None:
    record = {"Number": "61255500101", **({} if status is None else {"Status": status})}
    (found,) = unclear_numbers([Current(Key("+61255500101"), {}, record)]).values()
    words = f"what happens to calls to a number whose status is {status}"
    assert found == ([{"number": "61255500101", "words": words}] if unclear else [])
