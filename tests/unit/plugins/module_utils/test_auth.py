# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import (
    AuthenticationError,
    Doubt,
    InputError,
    TelephonyError,
    UnreadableAnswer,
)
from ansible_collections.office.telephony.plugins.module_utils._files.shared import SharedFolder
from ansible_collections.office.telephony.plugins.module_utils._http.auth import (
    BearerClient,
    OAuthEndpoint,
    Token,
    TokenCache,
    TokenSource,
    jwt_claims,
)
from ansible_collections.office.telephony.plugins.module_utils._http.client import HttpClient
from ansible_collections.office.telephony.plugins.module_utils._http.messages import Request
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import MASK, Secrets
from ansible_collections.office.telephony.plugins.module_utils._http.settings import Settings
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import (
    Call,
    PretendedClock,
    Reply,
    Stub,
    answering,
    scripted,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

PASSWORD: Mapping[str, str] = {"grant_type": "password", "username": "me", "password": "a&b+c%d"}
REFRESH: Mapping[str, str] = {"grant_type": "refresh_token", "refresh_token": "old-refresh"}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


def jwt(**claims: Any) -> str:
    parts = ({"alg": "RS256"}, claims)
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*encoded, "fake-signature"])


class Login:
    """Everything that a token source needs, at a server that tests script."""

    def __init__(
        self, server: Stub, *grants: Mapping[str, str], access_token: str | None = None, folder: Path | None = None
    ) -> None:
        self.clock = PretendedClock()
        self.secrets = Secrets()
        self.http = HttpClient(Settings(), self.secrets, clock=self.clock, uniform=lambda low, high: high)

        def explain(answer: Any) -> AuthenticationError:
            return AuthenticationError(f"Refused with {answer.status}.")

        endpoint = OAuthEndpoint(f"{server.url}/token", "client", "word", explain)
        cache = TokenCache(SharedFolder(folder).file("token", "1"), self.http) if folder else None
        self.source = TokenSource(self.http, self.secrets, self.clock, endpoint, list(grants), access_token, cache)
        self.client = BearerClient(self.http, self.source)
        self.url = f"{server.url}/api"

    def send(self, method: str = "GET") -> Any:
        return self.client.send(Request(method, self.url))


def bearers(server: Stub) -> list[str]:
    """Path and credentials of each request."""
    return [f"{call.path} {call.headers['Authorization']}" for call in server.calls]


NOW = PretendedClock().now


@each(
    ("token", "claims"),
    [
        (jwt(acc_id=1, exp=2.5), {"acc_id": 1, "exp": 2.5}),
        ("opaque", {}),
        ("a.b", {}),
        ("a.!!.c", {}),
        ("a.aGVsbG8.c", {}),
        ("a.WzFd.c", {}),
        ("a.\u00e9\u00e9\u00e9.c", {}),
    ],
)
def test_claims(token: str, claims: Any) -> None:
    assert jwt_claims(token) == claims


@each(
    ("expires", "logins"),
    [(NOW + 3600, 0), (NOW + 60, 0), (NOW + 59, 1), (NOW - 5, 1), (None, 0), ("soon", 0)],
)
def test_a_given_token_is_used_until_shortly_before_it_ends(expires: Any, logins: int) -> None:
    given = jwt(exp=expires)
    with scripted(*[Reply(200, {"access_token": "new"})] * logins, Reply()) as server:
        Login(server, PASSWORD, access_token=given).send()
    assert bearers(server)[-1] == f"/api Bearer {'new' if logins else given}"


@each(
    ("body", "expires_at"),
    [
        ({"access_token": jwt(exp=NOW + 100), "expires_in": 5}, NOW + 100),
        ({"access_token": "opaque", "expires_in": 5}, NOW + 5),
        ({"access_token": "opaque"}, None),
    ],
)
def test_when_a_new_token_ends(body: Any, expires_at: float | None) -> None:
    with scripted(Reply(200, body)) as server:
        assert Login(server, PASSWORD).source.current().expires_at == expires_at
    (call,) = server.calls
    assert call.headers["Authorization"] == "Basic " + base64.b64encode(b"client:word").decode()
    assert parse_qs(call.body.decode()) == {name: [value] for name, value in PASSWORD.items()}


def test_a_token_that_ends_within_the_run_is_replaced() -> None:
    replies = [Reply(200, {"access_token": "one", "expires_in": 100}), Reply(), Reply()]
    with scripted(*replies, Reply(200, {"access_token": "two"}), Reply()) as server:
        login = Login(server, PASSWORD)
        login.send()
        login.clock.now += 39
        login.send()
        login.clock.now += 2
        login.send()
    assert [text for text in bearers(server) if "/api" in text] == [
        "/api Bearer one",
        "/api Bearer one",
        "/api Bearer two",
    ]


def test_grants_are_tried_in_turn() -> None:
    with scripted(Reply(401), Reply(200, {"access_token": "new", "refresh_token": "newer"})) as server:
        token = Login(server, REFRESH, PASSWORD).source.current()
    assert [parse_qs(call.body.decode())["grant_type"] for call in server.calls] == [["refresh_token"], ["password"]]
    assert (token.access, token.refresh) == ("new", "newer")


@each(("answered", "kept"), [({}, "old-refresh"), ({"refresh_token": "newer"}, "newer")])
def test_a_refresh_token_stays_when_no_new_one_comes(answered: Any, kept: str) -> None:
    with scripted(Reply(200, {"access_token": "new", **answered})) as server:
        assert Login(server, REFRESH).source.current().refresh == kept


@each(
    ("reply", "kind", "words"),
    [
        (Reply(401), AuthenticationError, "Refused with 401."),
        (Reply(200, {}), AuthenticationError, "answered without a usable access token"),
        (Reply(200, []), AuthenticationError, "answered without a usable access token"),
        (Reply(200, {"access_token": 7}), AuthenticationError, "answered without a usable access token"),
        (Reply(200, b"<html>"), UnreadableAnswer, "an HTML page instead of JSON"),
    ],
)
def test_a_login_that_fails(reply: Reply, kind: type[Exception], words: str) -> None:
    with scripted(reply) as server, pytest.raises(kind, match=words):
        Login(server, PASSWORD).send()


@each("unclear", [Reply(cut=True), Reply(503), Reply(504), Reply(200, {"access_token": "new"}, missing=3)])
def test_a_login_without_a_clear_answer_is_made_again(unclear: Reply) -> None:
    with scripted(unclear, Reply(200, {"access_token": "new"})) as server:
        login = Login(server, PASSWORD)
        assert login.source.current() == Token("new")
    # Logging in changes nothing that the user manages.
    assert login.http.has_written is False


def test_a_refused_login_is_not_tried_again() -> None:
    with scripted(Reply(401)) as server:
        login = Login(server, PASSWORD)
        for _turn in range(3):
            with pytest.raises(AuthenticationError, match=r"Refused with 401\."):
                login.send()


@each("token", ["tök", "a\nb", "a\x00"])
def test_a_token_that_cannot_be_one(token: str) -> None:
    with scripted() as server, pytest.raises(InputError) as raised:
        Login(server, access_token=token)
    assert token not in str(raised.value)


def test_tokens_are_secrets_as_soon_as_they_are_known() -> None:
    with scripted(Reply(200, {"access_token": "new-token", "refresh_token": "new-refresh"})) as server:
        login = Login(server, PASSWORD, access_token=" given-token ")
        assert login.secrets.redact("given-token") == MASK
        login.source.renew(login.source.current())
    assert login.secrets.redact("new-token new-refresh") == f"{MASK} {MASK}"


def test_one_refusal_one_login_one_repetition() -> None:
    with scripted(Reply(401), Reply(200, {"access_token": "new"}), Reply(200, {"a": 1}), Reply()) as server:
        login = Login(server, PASSWORD, access_token="old")
        assert login.send("PUT").json() == {"a": 1}
        login.send()
    assert [text.replace("Y2xpZW50OndvcmQ=", "client") for text in bearers(server)] == [
        "/api Bearer old",
        "/token Basic client",
        "/api Bearer new",
        "/api Bearer new",
    ]


def test_a_refusal_without_credentials() -> None:
    with scripted(Reply(401)) as server, pytest.raises(AuthenticationError, match="expired, revoked or wrong"):
        Login(server, access_token="old").send()


def test_a_new_token_that_is_refused_too_is_not_renewed_again() -> None:
    with scripted(Reply(401), Reply(200, {"access_token": "new"}), Reply(401), Reply(401)) as server:
        login = Login(server, PASSWORD, access_token="old")
        for _turn in range(2):
            with pytest.raises(AuthenticationError, match="with a new access token as well"):
                login.send()


def test_each_end_of_a_session_is_worth_one_login() -> None:
    ends = [[Reply(401), Reply(200, {"access_token": f"new{turn}"}), Reply(), Reply()] for turn in range(3)]
    with scripted(*(reply for replies in ends for reply in replies)) as server:
        login = Login(server, PASSWORD, access_token="old")
        assert [login.send().status for _turn in range(6)] == [200] * 6
    assert server.seen().count("POST /token") == 3


def test_a_token_that_another_task_has_kept_may_have_ended_as_well(tmp_path: Path) -> None:
    (tmp_path / "token-1.json").write_text('{"access_token": "kept"}')
    tmp_path.chmod(0o700)
    with scripted(Reply(401), Reply(401), Reply(200, {"access_token": "new"}), Reply()) as server:
        login = Login(server, PASSWORD, access_token="old", folder=tmp_path)
        assert login.send().status == 200
    assert [text.split()[-1] for text in bearers(server) if "/api" in text] == ["old", "kept", "new"]


@pytest.mark.parametrize(
    "kept",
    [
        "", "[1]", '"x"', '{"access_token": 5}', '{"access_token": ""}', '{"access_token": "a\\nb"}', "[" * 99999,
        *('{"access_token": "x", "expires_at": ' + text + "}" for text in ('"y"', "true", "[]")),
        b"\xff\xfe",
    ],
)  # fmt: skip
def test_what_a_cache_holds_and_is_no_token_counts_as_nothing(tmp_path: Path, kept: str | bytes) -> None:
    (tmp_path / "token-1.json").write_bytes(kept if isinstance(kept, bytes) else kept.encode())
    tmp_path.chmod(0o700)
    with scripted(Reply(200, {"access_token": "new"})) as server:
        assert Login(server, PASSWORD, folder=tmp_path).source.current() == Token("new")


@each(
    "replies",
    [
        [Reply(401), Reply(401)],
        [Reply(401), Reply(200, {"access_token": "new"}), Reply(401)],
        [Reply(401), Reply(200, {"access_token": "new"}), Reply(501)],
    ],
)
def test_a_write_in_doubt_stays_in_doubt_through_a_renewal(replies: list[Reply]) -> None:
    with scripted(Reply(cut=True), *replies) as server, pytest.raises(TelephonyError) as raised:
        Login(server, PASSWORD, access_token="old").send("PUT")
    assert raised.value.doubt is Doubt.OPEN


def test_a_write_that_succeeds_after_a_renewal_keeps_its_doubt() -> None:
    replies = [Reply(cut=True), Reply(401), Reply(200, {"access_token": "new"}), Reply(400)]
    with scripted(*replies) as server:
        answer = Login(server, PASSWORD, access_token="old").send("PUT")
    assert (answer.status, answer.doubt) == (400, Doubt.OPEN)


def in_threads(count: int, job: Callable[[], Any]) -> list[Any]:
    """Run *job* in as many threads at once; return the results, exceptions included."""
    start = threading.Barrier(count, timeout=5)

    def run(_turn: int) -> Any:
        start.wait()
        try:
            return job()
        except AuthenticationError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@each("accepted", [True, False])
def test_all_threads_share_one_login(accepted: bool) -> None:
    def answer(call: Call) -> Reply:
        if call.path == "/token":
            return Reply(200, {"access_token": "new"}) if accepted else Reply(401)
        return Reply(200 if call.headers["Authorization"] == "Bearer new" else 401)

    with answering(answer) as server:
        login = Login(server, PASSWORD, access_token="old")
        results = in_threads(8, login.send)
    assert server.seen().count("POST /token") == 1
    if accepted:
        assert [result.status for result in results] == [200] * 8
    else:
        assert {str(result) for result in results} == {"Refused with 401."}
        assert len({id(result) for result in results}) == 8


def test_the_first_login_is_made_once_for_all_threads() -> None:
    with scripted(Reply(200, {"access_token": "new"})) as server:
        login = Login(server, PASSWORD)
        assert set(in_threads(8, login.source.current)) == {Token("new")}
