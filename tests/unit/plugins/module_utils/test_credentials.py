# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials of every provider: who may see them, and that each is known as a secret before it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError, Rejected, TelephonyError
from ansible_collections.office.telephony.plugins.module_utils._fonedynamics import api as fonedynamics
from ansible_collections.office.telephony.plugins.module_utils._http.auth import BearerClient, Token, TokenSource
from ansible_collections.office.telephony.plugins.module_utils._http.client import HttpClient
from ansible_collections.office.telephony.plugins.module_utils._http.environment import Environment
from ansible_collections.office.telephony.plugins.module_utils._http.messages import Answer, Request
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import MASK, Secrets
from ansible_collections.office.telephony.plugins.module_utils._http.settings import Settings
from ansible_collections.office.telephony.plugins.module_utils._ringcentral import api as ringcentral
from ansible_collections.office.telephony.plugins.module_utils._smspartner import api as smspartner
from ansible_collections.office.telephony.plugins.module_utils._sonetel import api as sonetel
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import (
    PretendedClock,
    Reply,
    scripted,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def environment() -> Environment:
    secrets, clock = Secrets(), PretendedClock()
    return Environment(HttpClient(Settings(), secrets, clock=clock), secrets, clock, lambda text: None)


class Speaking:
    """Stands in for the bearer client: text to speech answers with *url*, which answers with *status* unless asked
    with the token."""

    def __init__(self, url: str, status: int) -> None:
        self.url, self.status = url, status
        self.seen: list[tuple[str, str]] = []

    def send_open(self, request: Request) -> Answer:
        self.seen.append(("open", request.url))
        return Answer(request, self.status, {}, b"audio" if self.status == 200 else b"{}")

    def send(self, request: Request) -> Answer:
        self.seen.append(("token", request.url))
        body = json.dumps({"response": self.url}).encode() if request.method == "POST" else b"audio"
        return Answer(request, 200, {}, body)

    def api(self) -> sonetel.SonetelApi:
        tokens = cast(TokenSource, None)
        return sonetel.SonetelApi(cast(BearerClient, self), tokens, "https://api.example.org", "1", print)


@each(
    ("url", "status", "with_token"),
    [
        ("https://api.example.org/audio?x=1", 401, True),
        ("https://api.example.org/audio", 403, True),
        ("https://files.sonetel.com/audio", 401, True),
        ("https://api.example.org/audio", 200, False),
        ("https://api.example.org/audio", 404, False),
        ("https://evilsonetel.com/audio", 401, False),
        ("https://sonetel.com.example.net/audio", 401, False),
        ("https://example.net/.sonetel.com", 403, False),
        ("https://storage.example.net/audio", 401, False),
    ],
)
def test_the_address_of_spoken_text_may_be_anybodys(url: str, status: int, with_token: bool) -> None:
    client = Speaking(url, status)
    if with_token or status == 200:
        assert client.api().speak("Hello", "en", "Joe") == b"audio"
    else:
        with pytest.raises(TelephonyError):
            client.api().speak("Hello", "en", "Joe")
    # It is always asked without the token first.
    assert client.seen[1:] == [("open", url), *([("token", url)] if with_token else [])]


@each("url", ["http://files.sonetel.com/audio", "http://api.example.org/audio", "ftp://files.sonetel.com/a", "//x/a"])
def test_spoken_text_that_would_come_unencrypted_is_not_asked_for(url: str) -> None:
    client = Speaking(url, 200)
    with pytest.raises(InputError, match="the address of the spoken text"):
        client.api().speak("Hello", "en", "Joe")
    assert len(client.seen) == 1


def test_an_open_request_has_no_credentials() -> None:
    with scripted(Reply(), Reply()) as server:
        around = environment()
        tokens = sonetel.token_source(
            {"access_token": "fake-ready-token", "client_id": "c", "auth_url": server.url}, around
        )
        client = BearerClient(around.http, tokens)
        client.send_open(Request("GET", server.url))
        client.send(Request("GET", server.url))
    assert [call.headers.get("Authorization") for call in server.calls] == [None, "Bearer fake-ready-token"]


TIMEOUTS = {"timeout": 30.0, "deadline": 900.0}
# By provider: how to connect, the option that is a URL, and options of which those with "fake" are secret.
PROVIDERS: dict[str, tuple[Any, str, Mapping[str, Any]]] = {
    "sonetel": (
        sonetel.connect,
        "api_url",
        {
            "username": "me",
            "password": "fake-sonetel-password",
            "refresh_token": "fake-sonetel-refresh",
            "client_secret": "fake-sonetel-client",
            "client_id": "c",
            "auth_url": "https://host/token",
            "account_id": "1",
        },
    ),
    "ringcentral": (
        ringcentral.connect,
        "server_url",
        {
            "client_id": "c",
            "client_secret": "fake-ringcentral-client",
            "jwt": "fake-ringcentral-jwt",
            "access_token": "fake-ringcentral-token",
            "token_cache": True,
        },
    ),
    "smspartner": (
        smspartner.connect,
        "api_url",
        {
            "api_key": "fake-smspartner-key",
            "on_conflict": "keep",
            "number_format": "e164",
            "check_credentials": False,
        },
    ),
    "fonedynamics": (fonedynamics.connect, "api_url", {"account_sid": "A1", "token": "fake-fonedynamics-token"}),
}


@each("provider", PROVIDERS)
def test_all_that_is_secret_is_known_before_anything_is_sent(provider: str, tmp_path: Path) -> None:
    connect, url, options = PROVIDERS[provider]
    around = environment()
    connect({**TIMEOUTS, **options, url: "https://host", "cache_path": str(tmp_path / provider)}, around)
    secret = [value for value in options.values() if isinstance(value, str) and "fake" in value]
    assert secret
    assert [around.secrets.redact(value) for value in secret] == [MASK] * len(secret)
    assert around.http.counters()["requests"] == 0


@each("provider", PROVIDERS)
@each("host", ["http://host", "http://10.0.0.1", "http://localhost.example.org", "http://127.0.0.1.example.org"])
def test_no_provider_is_spoken_to_unencrypted(provider: str, host: str, tmp_path: Path) -> None:
    connect, url, options = PROVIDERS[provider]
    with pytest.raises(InputError, match=f"{url} with http://.* would send credentials unencrypted"):
        connect({**TIMEOUTS, **options, url: host, "cache_path": str(tmp_path / provider)}, environment())


SESSION = "fake-run-time-token-4711"


@each("provider", ["sonetel", "ringcentral"])
def test_a_token_that_a_login_returned_is_masked_where_the_provider_repeats_it(provider: str, tmp_path: Path) -> None:
    said = {
        "sonetel": {"status": "failed", "response": {"code": "1", "detail": f"{SESSION} may not"}},
        "ringcentral": {"errors": [{"errorCode": "CMN-1", "message": f"{SESSION} may not"}]},
    }
    connect, url, options = PROVIDERS[provider]
    around = environment()
    login = Reply(200, {"access_token": SESSION, "owner_id": "7", "expires_in": 3600})
    with scripted(login, Reply(400, said[provider])) as server:
        given = {**TIMEOUTS, **options, "access_token": None, "refresh_token": None, url: server.url}
        given |= {"auth_url": f"{server.url}/token", "cache_path": str(tmp_path / provider)}
        api = connect(given, around)
        with pytest.raises(Rejected) as raised:
            api.users() if provider == "sonetel" else api.own_extension()
    assert SESSION in json.dumps(said[provider])
    assert around.secrets.redact(str(raised.value)).count(MASK) == 1
    assert SESSION not in around.secrets.redact(str(raised.value))


def test_a_token_of_another_task_is_a_secret_too_and_a_refresh_token_is_kept_nowhere(tmp_path: Path) -> None:
    connect, url, options = PROVIDERS["ringcentral"]
    login = Reply(200, {"access_token": SESSION, "refresh_token": "fake-refresh-4712", "owner_id": "7"})
    with scripted(login, Reply(200, {"id": 1})) as server:
        given = {**TIMEOUTS, **options, "access_token": None, url: server.url, "cache_path": str(tmp_path / "cache")}
        connect(given, environment()).own_extension()
    kept = "".join(file.read_text() for file in (tmp_path / "cache").iterdir())
    assert SESSION in kept
    assert "fake-refresh" not in kept
    assert not [secret for secret in options.values() if str(secret).startswith("fake") and str(secret) in kept]
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "cache").iterdir()} == {0o600}
    around = environment()
    source = connect(given, around)._client.token()
    assert source == Token(SESSION)
    assert around.secrets.redact(SESSION) == MASK
