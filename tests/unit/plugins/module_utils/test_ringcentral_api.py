# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's API class and its sessions, against answers that tests script."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import (
    AuthenticationError,
    Doubt,
    InputError,
    Rejected,
    UnreadableAnswer,
)
from ansible_collections.office.telephony.plugins.module_utils._http.auth import BearerClient
from ansible_collections.office.telephony.plugins.module_utils._http.client import HttpClient
from ansible_collections.office.telephony.plugins.module_utils._http.environment import Environment
from ansible_collections.office.telephony.plugins.module_utils._http.messages import Answer, Request
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import Secrets
from ansible_collections.office.telephony.plugins.module_utils._http.settings import Settings
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.api import RingCentralApi, connect
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.login import token_job
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import (
    Call,
    PretendedClock,
    Reply,
    answering,
    scripted,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

BASE = "/restapi/v1.0/account/~"
GONE = {"errors": [{"errorCode": "CMN-102", "message": "Resource is not found"}]}


class Client:
    """Gives the answers in turn, and fails on one request too many."""

    def __init__(self, *answers: tuple[int, Any]) -> None:
        self.left = list(answers)
        self.sent: list[Request] = []

    def option(self, name: str) -> str:
        return name

    def send(self, request: Request) -> Answer:
        self.sent.append(request)
        status, body = self.left.pop(0)
        return Answer(request, status, {}, b"" if body is None else json.dumps(body).encode())


def api_of(client: Client, gaps: list[str] | None = None) -> RingCentralApi:
    incomplete = ([] if gaps is None else gaps).append
    return RingCentralApi(cast(BearerClient, client), "https://host", "~", print, lambda s, r: None, incomplete)


def page(number: int, *ids: int, of: int = 1, total: int | None = None) -> dict[str, Any]:
    following = {"nextPage": {"uri": f"https://evil.example.org/x?page={number + 1}"}} if number < of else {}
    paging = {"page": number, "totalPages": of, **({} if total is None else {"totalElements": total})}
    return {"records": [{"id": key} for key in ids], "navigation": following, "paging": paging}


@each(
    ("pages", "found", "gap"),
    [
        ([page(1, 1, 2)], [1, 2], ""),
        ([page(1, 1, of=2), page(2, 2, of=2)], [1, 2], ""),
        ([page(1, 1, of=2, total=3), page(2, 2, of=2, total=3)] * 2, [1, 2], "ended after 2 of 3"),
        # What was wrong only while it was read is right the second time.
        ([page(1, 1, total=2), page(1, 1, 2, total=2)], [1, 2], ""),
        ([page(1, 1, 1, 2)] * 2, [1, 2], "changed while it was read"),
        ([page(1, 1, of=2, total=2), page(2, 2, of=2, total=3)] * 2, [1, 2], "changed while it was read"),
    ],
)
def test_lists_are_whole_or_say_that_they_are_not(pages: list[Any], found: list[int], gap: str) -> None:
    client, gaps = Client(*((200, document) for document in pages)), []
    listed = api_of(client, gaps).extensions()
    assert [record["id"] for record in listed] == found
    assert (gap in listed.gap) if gap else listed.complete
    assert bool(gaps) is bool(gap)
    assert client.left == []
    # Wherever an answer says that the next page is, the server stays the same.
    assert {request.url for request in client.sent} == {f"https://host{BASE}/extension"}


@each(
    "body", [{}, {"records": None}, {"records": [1]}, [], {"records": [], "navigation": {"nextPage": {"uri": ["x"]}}}]
)
def test_what_is_no_list(body: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        api_of(Client((200, body), (200, body))).extensions()


def test_pages_that_lead_back_to_each_other_end() -> None:
    again = {"records": [], "navigation": {"nextPage": {"uri": "https://host/x?page=1&perPage=1000"}}}
    with pytest.raises(UnreadableAnswer, match="lead back to each other"):
        api_of(Client(*[(200, again)] * 5)).extensions()


Call_ = Callable[[RingCentralApi], Any]


@each(
    ("call", "method", "repeatable"),
    [
        (lambda api: api.create_answering_rule("1", {}), "POST", False),
        (lambda api: api.create_interaction_rule("1", {}), "POST", False),
        (lambda api: api.write("POST", "site", "heavy", {}, member="id"), "POST", False),
        (lambda api: api.update_answering_rule("1", "5", {}), "PUT", False),
        (lambda api: api.answering_rule("1", "5"), "GET", True),
        (lambda api: api.read("site/5", "light"), "GET", True),
    ],
)
def test_no_write_is_sent_twice(call: Call_, method: str, repeatable: bool) -> None:
    client = Client((200, {"id": "5"}))
    call(api_of(client))
    assert [(sent.method, sent.may_repeat) for sent in client.sent] == [(method, repeatable)]
    assert client.sent[0].group


@each(
    ("call", "body", "doubt"),
    [
        (lambda api: api.create_answering_rule("1", {}), {}, Doubt.OPEN),
        (lambda api: api.update_answering_rule("1", "5", {}), {"id": "6"}, Doubt.OPEN),
        (lambda api: api.write("PUT", "x", "light", {}, member="id", key="5"), {"id": "6"}, Doubt.OPEN),
        (lambda api: api.write("PUT", "x", "light", {}), ["x"], Doubt.OPEN),
        (lambda api: api.update_state("1", "s", {}), {"id": "t"}, Doubt.OPEN),
        (lambda api: api.answering_rule("1", "5"), {"id": "6"}, Doubt.NONE),
        (lambda api: api.own_extension(), [], Doubt.NONE),
    ],
)
def test_an_answer_about_something_else_leaves_a_write_in_doubt(call: Call_, body: Any, doubt: Doubt) -> None:
    with pytest.raises(UnreadableAnswer) as raised:
        call(api_of(Client((200, body))))
    assert raised.value.doubt is doubt


def test_a_change_without_an_answer_is_read() -> None:
    client = Client((204, None), (200, {"id": "s"}))
    assert api_of(client).update_state("1", "s", {"enabled": True}) == {"id": "s"}
    assert [request.method for request in client.sent] == ["PATCH", "GET"]
    with pytest.raises(Rejected) as raised:
        api_of(Client((204, None), (404, GONE))).update_state("1", "s", {})
    assert raised.value.doubt is Doubt.OPEN


@each(
    ("status", "body", "gone"),
    [(404, GONE, True), (404, {}, False), (404, {"errors": [{"errorCode": "CMN-1"}]}, False), (403, GONE, False)],
)
def test_only_ringcentrals_own_words_say_that_something_is_not_there(status: int, body: Any, gone: bool) -> None:
    for call in (
        lambda api: api.answering_rule("1", "5"),
        lambda api: api.read_if_there("site/5", "light"),
    ):
        if gone:
            assert call(api_of(Client((status, body)))) is None
        else:
            with pytest.raises((Rejected, AuthenticationError)):
                call(api_of(Client((status, body))))


@each(("status", "body", "fine"), [(204, None, True), (404, GONE, True), (404, {}, False), (409, GONE, False)])
def test_what_is_gone_already_is_deleted(status: int, body: Any, fine: bool) -> None:
    api = api_of(Client((status, body)))
    if fine:
        api.remove("site/5", "light")
    else:
        with pytest.raises(Rejected):
            api.remove("site/5", "light")


# ---- sessions


OPTIONS: dict[str, Any] = {
    "client_id": "app",
    "client_secret": "fake-client-secret",
    "jwt": "fake-jwt",
    "access_token": None,
    "account_id": "~",
    "token_cache": True,
    "timeout": 30.0,
}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def environment(warn: Callable[[str], None] = print, *, check_mode: bool = False) -> Environment:
    secrets, clock = Secrets(), PretendedClock()
    http = HttpClient(Settings(check_mode=check_mode), secrets, clock=clock, uniform=lambda low, high: high)
    return Environment(http, secrets, clock, warn)


def options(server: Any, folder: Path, **more: Any) -> dict[str, Any]:
    return {**OPTIONS, "server_url": server.url, "cache_path": str(folder / "cache"), **more}


LOGIN = Reply(200, {"access_token": "session-1", "owner_id": "7", "expires_in": 3600})
ME = Reply(200, {"id": 7})


def test_tasks_share_one_login(tmp_path: Path) -> None:
    with scripted(LOGIN, ME, ME) as server:
        for _task in range(2):
            connect(options(server, tmp_path), environment()).own_extension()
    assert server.seen() == ["POST /restapi/oauth/token", *[f"GET {BASE}/extension/~"] * 2]
    assert b"assertion=fake-jwt" in server.calls[0].body


@each("more", [{"token_cache": False}, {"jwt": "another-jwt"}, {"client_secret": "another-secret"}])
def test_other_credentials_open_another_session(more: Any, tmp_path: Path) -> None:
    folder = tmp_path / "-".join(more)
    with scripted(LOGIN, ME, LOGIN, ME) as server:
        connect(options(server, folder), environment()).own_extension()
        connect(options(server, folder, **more), environment()).own_extension()


def test_a_login_whose_answer_is_lost_is_made_again_and_a_refused_one_is_not(tmp_path: Path) -> None:
    with scripted(Reply(cut=True), Reply(503), LOGIN, ME) as server:
        connect(options(server, tmp_path), environment()).own_extension()
    with scripted(Reply(400, {"error": "invalid_grant"})) as server, pytest.raises(AuthenticationError):
        connect(options(server, tmp_path), environment()).own_extension()


def test_a_ready_token_of_unknown_origin_is_introduced_once(tmp_path: Path) -> None:
    more = {"access_token": "ready", "client_id": None, "client_secret": None, "jwt": None}
    with scripted(ME, ME, ME) as server:
        for _task in range(2):
            connect(options(server, tmp_path, **more), environment()).own_extension()
    assert {call.headers["Authorization"] for call in server.calls} == {"Bearer ready"}


@each(
    ("status", "sent"),
    [
        (401, 1),
        # What else is wrong shows where it matters.
        (403, 2),
    ],
)
def test_a_ready_token_that_is_over_is_not_sent_again(status: int, sent: int, tmp_path: Path) -> None:
    more = {"access_token": f"ready-{status}", "client_id": None, "client_secret": None, "jwt": None}
    with (
        answering(lambda call: Reply(status, GONE)) as server,
        pytest.raises((AuthenticationError, Rejected)),
    ):
        connect(options(server, tmp_path, **more), environment()).own_extension()
    assert len(server.calls) == sent


def flags(*parameters: tuple[str, str]) -> dict[str, Any]:
    params = [{"name": name, "value": value} for name, value in parameters]
    return {"id": "NewCallHandlingAndForwarding", "available": True, "params": params}


@each(
    ("answer", "new"),
    [
        ((200, {"records": [flags(("isNewBackendAvailable", "true"))]}), True),
        ((200, flags(("isNewBackendAvailable", "true"))), True),
        ((200, {"records": [flags(("isNewBackendAvailable", "false"))]}), False),
        ((200, {"records": [flags(("isSomethingElse", "true"))]}), False),
        ((200, {"records": []}), False),
    ],
)
def test_which_call_handling_an_account_has(answer: tuple[int, Any], new: bool) -> None:
    """The feature counts as available in both cases; its parameter says which one it is."""
    client = Client(answer)
    api = api_of(client)
    assert (api.uses_new_call_handling(), api.uses_new_call_handling()) == (new, new)


@each("missing", ["client_id", "client_secret", "jwt"])
def test_a_login_needs_everything(missing: str, tmp_path: Path) -> None:
    given = {**OPTIONS, "server_url": "https://host", "cache_path": str(tmp_path / "cache"), missing: " "}
    with pytest.raises(InputError, match=f"{missing} is missing"):
        connect(given, environment())


@each(("check_mode", "alive", "revoked"), [(False, True, True), (True, True, False), (False, False, False)])
def test_a_session_is_ended_only_where_it_lives(check_mode: bool, alive: bool, revoked: bool, tmp_path: Path) -> None:
    def answer(call: Call) -> Reply:
        return ME if alive or call.path.endswith("/revoke") else Reply(401)

    with answering(answer) as server:
        given = options(server, tmp_path / f"{check_mode}{alive}", access_token="old", state="absent")
        warnings: list[str] = []
        result = token_job(given, environment(warnings.append, check_mode=check_mode), check_mode)
    # The client would refuse the request in check mode, which would be warned of.
    assert (result, warnings) == ({"changed": alive}, [])
    assert server.seen() == [f"GET {BASE}/extension/~", *(["POST /restapi/oauth/revoke"] if revoked else [])]
