# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._errors import (
    AuthenticationError,
    Doubt,
    InputError,
    Rejected,
    TelephonyError,
    UnreadableAnswer,
)
from ansible_collections.office.telephony.plugins.module_utils._http.auth import BearerClient, Token, TokenSource
from ansible_collections.office.telephony.plugins.module_utils._http.client import HttpClient
from ansible_collections.office.telephony.plugins.module_utils._http.environment import Environment
from ansible_collections.office.telephony.plugins.module_utils._http.messages import Answer, Request
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import Secrets
from ansible_collections.office.telephony.plugins.module_utils._http.settings import Settings
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.plugins.module_utils._sonetel.api import SonetelApi, identity, token_source
from ansible_collections.office.telephony.plugins.module_utils._sonetel.audio import AudioError, check_wav
from ansible_collections.office.telephony.plugins.module_utils._sonetel.destinations import (
    Destination,
    canonical_phone,
    canonical_sip,
    desired_destination,
)
from ansible_collections.office.telephony.plugins.module_utils._sonetel.forwardings import FORWARDING
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import (
    PretendedClock,
    Reply,
    scripted,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

ACCOUNT = "301234567"
BASE = f"https://host/account/{ACCOUNT}"
NUMBER = {"phnum": "12025550123", "status": "active", "connect_to_type": "user", "connect_to": "3000000012"}
FAILED = {"resource": "x", "status": "failed", "response": {"code": "19990000", "detail": "It is not valid"}}


class Client:
    """Stands in for the bearer client: gives the answers in turn, and fails on one request too many."""

    def __init__(self, *answers: tuple[int, Any]) -> None:
        self.left = list(answers)
        self.seen: list[str] = []

    def option(self, name: str) -> str:
        return name

    def send(self, request: Request) -> Answer:
        self.seen.append(f"{request.method} {request.url}")
        status, body = self.left.pop(0)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Answer(request, status, {}, content)


class Tokens:
    def current(self) -> Token:
        return Token("opaque")


def api_of(client: Client, account_id: str | None = ACCOUNT, warnings: list[str] | None = None) -> SonetelApi:
    warn = ([] if warnings is None else warnings).append
    return SonetelApi(cast(BearerClient, client), cast(TokenSource, Tokens()), "https://host", account_id, warn)


def enveloped(response: Any, **members: Any) -> dict[str, Any]:
    return {"resource": None, "status": "success", "response": response, **members}


@each(
    ("body", "found"),
    [
        (enveloped([NUMBER]), [NUMBER]),
        (enveloped(NUMBER), [NUMBER]),
        ([NUMBER, NUMBER], [NUMBER, NUMBER]),
        (NUMBER, [NUMBER]),
        (enveloped([]), []),
        (enveloped("No entries found"), []),
        (enveloped(" NO ENTRIES FOUND "), []),
        (enveloped(None), []),
        ([], []),
        ("No entries found", []),
        (None, []),
    ],
)
def test_every_form_of_a_list(body: Any, found: list[Any]) -> None:
    client = Client((200, body))
    assert api_of(client).numbers() == found
    assert client.seen == [f"GET {BASE}/phonenumbersubscription"]


@each("body", [enveloped("something else"), enveloped([1]), 7, True, enveloped([{}]), {"phnum": ""}])
def test_what_is_no_list(body: Any) -> None:
    with pytest.raises(UnreadableAnswer, match="list"):
        api_of(Client((200, body))).numbers()


@each(
    ("metadata", "warned"),
    [({"page_count": "1"}, 0), ({"page_count": 1}, 0), ({}, 0), (None, 0), ("x", 0), ({"page_count": "2"}, 1)],
)
def test_pages_that_are_not_seen(metadata: Any, warned: int) -> None:
    warnings: list[str] = []
    api_of(Client((200, enveloped([NUMBER], page_metadata=metadata))), warnings=warnings).numbers()
    assert len(warnings) == warned
    assert all("first of 2 pages of its phonenumbersubscription list" in text for text in warnings)


@each(
    ("metadata", "complete"),
    [
        ({"page_count": None, "count": None, "next": None}, True),
        ({"page_count": "1", "count": "1", "next": "NA"}, True),
        ({"page_count": "0", "count": "0", "next": ""}, True),
        ({"count": "many"}, True),
        ({"page_count": "2"}, False),
        ({"page_count": "some"}, False),
        ({"page_count": "1", "next": "https://elsewhere/2"}, False),
        ({"page_count": "1", "count": 126}, False),
    ],
)
def test_what_says_that_a_list_is_incomplete(metadata: Any, complete: bool) -> None:
    warnings: list[str] = []
    found = api_of(Client((200, enveloped([NUMBER], page_metadata=metadata))), warnings=warnings).numbers()
    assert (found.complete, len(warnings)) == (complete, int(not complete))
    assert found.map(len).gap == found.gap


KEYS = {**NUMBER, "app_id": "x", "prompt_id": "y", "user_id": "z"}


@each("kind", ["numbers", "users", "voiceapps", "prompts"])
@each("body", [{}, {"error": "try again"}, [{"name": "Reception"}], [KEYS, {}], {"a": {"b": 1}}])
def test_objects_of_something_else_are_no_list(kind: str, body: Any) -> None:
    """An account on which nothing has a name would look as if all could be created."""
    api = api_of(Client((200, body)))
    with pytest.raises(UnreadableAnswer, match="without"):
        api.prompts("VA1") if kind == "prompts" else getattr(api, kind)()


@each("member", ["number", "voiceapp"])
def test_an_incomplete_list_does_not_tell_that_something_is_gone(member: str) -> None:
    answers = [(404, b""), (200, enveloped([KEYS], page_metadata={"page_count": "2"}))]
    with pytest.raises(Rejected, match="404"):
        getattr(api_of(Client(*answers)), member)("999")
    if member == "voiceapp":
        with pytest.raises(Rejected, match="404"):
            api_of(Client(*answers)).delete_voiceapp("999")
        with pytest.raises(Rejected, match="404"):
            api_of(Client(*answers)).delete_prompt("999", "1")


@each("body", [enveloped(NUMBER), enveloped([NUMBER]), NUMBER, [NUMBER]])
def test_every_form_of_one_number(body: Any) -> None:
    client = Client((200, body), (200, body))
    assert api_of(client).number("12025550123") == NUMBER
    assert api_of(client).update_number("12025550123", {"a": 1}) == NUMBER
    assert client.seen == [f"{method} {BASE}/phonenumbersubscription/12025550123" for method in ("GET", "PUT")]


@each(
    ("answers", "found"),
    [
        ([(200, enveloped(None))], None),
        ([(200, FAILED), (200, enveloped([NUMBER]))], NUMBER),
        (
            [(404, b"<html>"), (200, enveloped([{**NUMBER, "phnum": "+1 202 555 0123"}]))],
            {**NUMBER, "phnum": "+1 202 555 0123"},
        ),
        ([(404, b""), (200, enveloped("No entries found"))], None),
    ],
)
def test_only_the_list_tells_that_a_number_is_not_there(answers: Any, found: Any) -> None:
    client = Client(*answers)
    assert api_of(client).number("12025550123") == found
    assert client.left == []


@each("body", [enveloped([]), enveloped([NUMBER, NUMBER]), enveloped("done"), {}, enveloped({}), 7])
def test_an_answer_to_a_write_without_the_number_leaves_doubt(body: Any) -> None:
    with pytest.raises(UnreadableAnswer, match="without the requested object") as raised:
        api_of(Client((200, body))).update_number("1", {})
    assert raised.value.doubt is Doubt.OPEN


@each(
    ("status", "body", "kind", "words"),
    [
        (200, FAILED, Rejected, r"refused by Sonetel: It is not valid \(code 19990000\)\. Check the value"),
        (400, FAILED, Rejected, "It is not valid"),
        (200, {"status": "FAILED", "response": "No such thing"}, Rejected, "No such thing"),
        (200, {"status": "failed"}, Rejected, "HTTP 200"),
        (400, {"error": "bad", "error_description": "Too bad"}, Rejected, "Too bad"),
        (404, b"<html>gone</html>", Rejected, "HTTP 404. Check api_url and account_id"),
        (405, b"", Rejected, "HTTP 405"),
        (403, b"", AuthenticationError, "HTTP 403. Use an administrator's login"),
        (200, b"<html>", UnreadableAnswer, "an HTML page instead of JSON"),
    ],
)
def test_every_form_of_a_refusal(status: int, body: Any, kind: type[TelephonyError], words: str) -> None:
    with pytest.raises(kind, match=words) as raised:
        api_of(Client((status, body))).update_number("12025550123", {})
    assert raised.value.status == status


def test_the_account_id_is_asked_for_when_nothing_tells_it() -> None:
    client = Client((200, enveloped({"account_id": 42})), (200, enveloped([])), (200, enveloped([])))
    api = api_of(client, None)
    api.users()
    api.voiceapps()
    assert client.seen == [
        "GET https://host/account/",
        "GET https://host/account/42/user",
        "GET https://host/account/42/voiceapp",
    ]


def test_an_account_id_cannot_change_the_path() -> None:
    client = Client((200, []))
    api_of(client, "../1?x").users()
    assert client.seen == ["GET https://host/account/..%2F1%3Fx/user"]


LOGIN = {"auth_url": "https://auth/token", "client_id": "c"}


@each(
    ("options", "words"),
    [
        ({"username": "me"}, "password is missing.*SONETEL_PASSWORD"),
        ({"password": "fake-word"}, "username is missing.*SONETEL_USERNAME"),
        ({"username": "", "password": ""}, "no Sonetel credentials"),
        ({"access_token": "t", "auth_url": "http://far/token"}, "auth_url .* unencrypted"),
    ],
)
def test_credentials_that_do_not_suffice(options: Mapping[str, Any], words: str) -> None:
    secrets, clock = Secrets(), PretendedClock()
    environment = Environment(HttpClient(Settings(), secrets, clock=clock), secrets, clock, print)
    with pytest.raises(InputError, match=words):
        token_source({**LOGIN, **options}, environment)


def test_line_breaks_around_credentials_are_none_of_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    secrets, clock = Secrets(), PretendedClock()
    environment = Environment(HttpClient(Settings(), secrets, clock=clock), secrets, clock, print)
    pasted = {
        "username": " me\n",
        "password": " fake-word \n",
        "refresh_token": "fake-refresh\n",
        "client_secret": "s\n",
    }
    with scripted(Reply(401), Reply(200, {"access_token": "new"})) as server:
        options = {**LOGIN, **pasted, "access_token": None, "auth_url": f"{server.url}/token", "client_id": "c"}
        token_source(options, environment).current()
    forms = [parse_qs(call.body.decode()) for call in server.calls]
    assert [forms[0]["refresh_token"], forms[1]["username"], forms[1]["password"]] == [
        ["fake-refresh"], ["me"], [" fake-word "],
    ]  # fmt: skip
    assert base64.b64decode(server.calls[0].headers["Authorization"].split()[1]) == b"c:s"


def test_identity() -> None:
    assert identity(Token("opaque", expires_at=5)) == {"account_id": None, "user_id": None, "expires_at": 5}
    claims = "e30.eyJhY2NfaWQiOiAxLCAidXNlcl9pZCI6ICIyIn0.x"
    assert identity(Token(claims)) == {"account_id": "1", "user_id": "2", "expires_at": None}


@each(
    ("stored", "canonical"),
    [
        ("+46701234567", "+46701234567"),
        ("46701234567", "+46701234567"),
        ("0046701234567", "+46701234567"),
        ("+46 70-123 (45) 67", "+46701234567"),
        ("0701234567", "0701234567"),
        ("anonymous", "anonymous"),
        ("", ""),
    ],
)
def test_canonical_phone(stored: str, canonical: str) -> None:
    assert canonical_phone(stored) == canonical
    assert canonical_phone(canonical) == canonical


@each(
    ("address", "canonical"),
    [
        ("sip:Anna@PBX.Example.org:5060", "Anna@pbx.example.org:5060"),
        ("SIPS:anna@pbx", "anna@pbx"),
        (" a@b@C ", "a@b@c"),
        ("a@[::FFFF]", "a@[::ffff]"),
    ],
)
def test_canonical_sip(address: str, canonical: str) -> None:
    assert canonical_sip(address) == canonical
    assert canonical_sip(canonical) == canonical


@each(
    ("kind", "to", "destination", "canonical"),
    [
        ("phnum", "0046701234567", Destination("phone", "0046701234567"), ("phone", "+46701234567")),
        ("sip", "SIP:a@B", Destination("sip", "SIP:a@B"), ("sip", "a@b")),
        ("user", 3000000012, Destination("user", "3000000012"), ("user", "3000000012")),
        ("app", {"app_type": "ivr", "app_id": "VA1"}, Destination("voiceapp", "VA1"), ("voiceapp", "VA1")),
        ("app", "VA1", Destination("voiceapp", "VA1"), ("voiceapp", "VA1")),
        ("csg", "7", Destination("csg", "7"), ("csg", "7")),
        ("nowhere", "", None, None),
        (None, None, None, None),
        ("", "", None, None),
    ],
)
def test_stored_destinations(kind: Any, to: Any, destination: Destination | None, canonical: Any) -> None:
    found = Destination.from_record({"connect_to_type": kind, "connect_to": to})
    assert found == destination
    assert (found.canonical() if found else None) == canonical


def rules() -> NumberRules:
    return NumberRules.from_options({"region": "SE"}, lambda text: None)


@each(
    ("option", "members"),
    [
        ({"phone": "070-123 45 67"}, {"connect_to_type": "phnum", "connect_to": "+46701234567"}),
        ({"sip": "sip:Anna@PBX.org"}, {"connect_to_type": "sip", "connect_to": "Anna@pbx.org"}),
        ({"user": " a@b.org "}, {"connect_to_type": "user", "connect_to": "a@b.org"}),
        ({"raw": {"connect_to_type": "csg", "connect_to": "7"}}, {"connect_to_type": "csg", "connect_to": "7"}),
        (
            {"raw": {"connect_to_type": "phnum", "connect_to": "0046701234567"}},
            {"connect_to_type": "phnum", "connect_to": "+46701234567"},
        ),
        (
            {"raw": {"connect_to_type": "app", "connect_to": "VA1"}},
            {"connect_to_type": "app", "connect_to": {"app_type": None, "app_id": "VA1"}},
        ),
        ({"raw": {"connect_to_type": "sip", "connect_to": "sip:a@B"}}, {"connect_to_type": "sip", "connect_to": "a@b"}),
    ],
)
def test_desired_destinations(option: Any, members: Any) -> None:
    every: dict[str, Any] = dict.fromkeys(("phone", "sip", "user", "voiceapp", "raw"))
    found = desired_destination({**every, **option}, "here: destination", rules())
    assert found is not None
    assert found.members() == members


@each(
    ("option", "words"),
    [
        ({}, "here: destination: nothing is set; set one of phone, sip, user, voiceapp, raw"),
        ({"user": "  "}, "here: destination.user: is empty"),
        ({"sip": "anna"}, "here: destination.sip: 'anna' is not a SIP address"),
        ({"sip": "a@b;c"}, "not a SIP address"),
        ({"phone": "112"}, "here: destination.phone: '112'"),
    ],
)
def test_refused_destinations(option: Any, words: str) -> None:
    found = rules()
    every: dict[str, Any] = dict.fromkeys(("phone", "sip", "user", "voiceapp", "raw"))
    assert desired_destination({**every, **option}, "here: destination", found) is None
    with pytest.raises(InputError, match=words):
        found.problems.raise_if_any()


DIGITS = st.text("0123456789", min_size=8, max_size=12)
MOBILE = st.text("0123456789", min_size=7, max_size=7)
STORED = st.one_of(
    st.tuples(st.just("phnum"), st.builds("{}4670{}".format, st.sampled_from(["", "+", "00", "0"]), MOBILE)),
    st.tuples(st.just("sip"), st.from_regex(r"\A(sip:)?[a-zA-Z0-9.]{1,8}@[a-zA-Z0-9.]{1,9}(:[0-9]{4})?\Z")),
    st.tuples(st.sampled_from(["user", "csg"]), DIGITS),
    st.tuples(st.just("app"), st.builds(lambda app: {"app_type": "ivr", "app_id": f"VA{app}"}, DIGITS)),
)


@settings(database=None, derandomize=True)
@given(STORED)
def test_what_is_shown_means_what_is_stored(stored: tuple[str, Any]) -> None:
    """Applying to an account what was read from it changes nothing, in whatever spelling it is stored."""
    kind, to = stored
    record = {"phnum": "12025550123", "connect_to_type": kind, "connect_to": to}
    present = FORWARDING.read(record)
    option = FORWARDING.shown(present)["destination"]
    every: dict[str, Any] = dict.fromkeys(("phone", "sip", "user", "voiceapp", "raw"))
    desired = desired_destination({**every, **option}, "here: destination", rules())
    assert desired is not None
    assert FORWARDING.differences({"destination": desired}, present) == ()
    written = Destination.from_record(desired.members())
    assert written is not None
    assert written.canonical() == desired.canonical()


def test_a_recording_that_does_not_say_how_it_is_made_is_refused_in_words() -> None:
    def wav(*chunks: bytes) -> bytes:
        return b"RIFF\0\0\0\0WAVE" + b"".join(chunks)

    layout = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    sound = b"data" + struct.pack("<I", 2) + b"\0\0"
    check_wav(wav(layout, sound), "x.wav")
    for content, words in (
        (wav(sound), "does not describe its audio format"),
        (wav(layout), "contains no sound"),
        (wav(), "does not describe its audio format"),
        (b"", "is not a WAV file"),
    ):
        with pytest.raises(AudioError, match=words):
            check_wav(content, "x.wav")
