# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A hostile server repeats each credential in each spelling in each place that an answer has; nobody gets to see it.

Looked at is all that a task leaves: its result, its warnings, what it prints, and a log of everything at its most
talkative level.
"""

from __future__ import annotations

import base64
import contextlib
import html
import http.client
import importlib
import io
import json
import logging
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import quote, quote_plus

import pytest
from system_support import FUZZ, PACKAGE, Json, SkippingClock, run_module

SECRET = 'Fake"quote/slash&1%everywhere'
OBTAINED = "Fake/login'token+2=everywhere"
PROXY_SECRET = "Fake;proxy/3&everywhere"


def _escaped(form: str) -> Callable[[str], str]:
    return lambda text: "".join(form % ord(character) for character in text)


def _lower(text: str) -> str:
    return re.sub("%..", lambda found: found.group().lower(), quote(text, safe=""))


def _in_base64(before: str) -> Callable[[str], str]:
    return lambda text: base64.b64encode(f"{before}{text}".encode()).decode()


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "url": lambda text: quote(text, safe=""),
    "form": quote_plus,
    "url in lower case": _lower,
    "url twice": lambda text: quote(quote(text, safe=""), safe=""),
    "json": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "json numbers": _escaped("\\u%04x"),
    "json numbers in upper case": _escaped("\\u%04X"),
    "html": html.escape,
    "html of json": lambda text: html.escape(json.dumps(text)),
    "html numbers": _escaped("&#%d;"),
    "html hexadecimal": _escaped("&#x%x;"),
    "python": repr,
    "base64": _in_base64(""),
    "base64 in the middle": _in_base64("me:"),
    "base64 for urls": lambda text: base64.urlsafe_b64encode(f"u{text}".encode()).decode(),
}

# How the server answers, with the text that it repeats. What it sends is bytes, as some of it is not HTTP.
Reply = Callable[[str], bytes]


def _answer(status: str, body: str, *headers: str) -> bytes:
    content = body.encode()
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode("latin-1", "replace") + content


def _refusal(status: int) -> Reply:
    """What the providers' errors look like, all in one."""

    def reply(echo: str) -> bytes:
        said = f"no, not with {echo} here"
        body = {
            "status": "failed", "response": {"code": "E1", "detail": said}, "success": False, "code": 13,
            "message": said, "errorCode": "CMN-101", "errors": [{"errorCode": "CMN-101", "message": said}],
            "error": "invalid_grant", "error_description": said,
            "ResponseStatus": {"ErrorCode": "X", "Message": said, "Errors": [{"FieldName": echo}]},
        }  # fmt: skip
        return _answer(f"{status} No", json.dumps(body), "Content-Type: application/json")

    return reply


REPLIES: dict[str, Reply] = {
    **{f"HTTP {status}": _refusal(status) for status in (200, 400, 401, 403, 404, 409, 422, 429, 500, 503)},
    "malformed JSON": lambda echo: _answer("200 OK", '{"cut": "' + echo),
    "plain text": lambda echo: _answer("403 No", f"x {echo}", f"Content-Type: text/{echo}"),
    "title": lambda echo: _answer("200 OK", f"<html><title>Gateway of {echo}</title></html>", "Content-Type: x"),
    "long title": lambda echo: _answer("200 OK", f"<html><title>{'x' * 70}{echo}</title></html>"),
    "long text": lambda echo: _answer("200 OK", json.dumps({"success": False, "message": f"{'x' * 190}{echo}"})),
    "redirect": lambda echo: _answer("302 Found", "", f"Location: https://{echo}/?key={echo}"),
    "malformed redirect": lambda echo: _answer("302 Found", "", f"Location: https://[{echo}"),
    "header": lambda echo: _answer("200 OK", "-", f"Content-Type: {echo}", f"X-Rate-Limit-Group: {echo}"),
    "malformed header": lambda echo: _answer("200 OK", "-", f"no colon {echo}", f"Retry-After: {echo}"),
    "reason": lambda echo: _answer(f"500 {echo}", ""),
    "no HTTP": lambda echo: f"{echo}\r\n\r\n".encode(),
    "malformed status": lambda echo: f"HTTP/1.1 {echo}\r\n\r\n".encode(),
    "two lengths": lambda echo: _answer("200 OK", "-", f"Content-Length: 7{echo}"),
    "chunk": lambda echo: f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{echo}\r\n".encode(),
    "cut off": lambda echo: _answer("200 OK", f"{echo}{'x' * 99}")[:-50],
}


class Hostile:
    """A server on the loopback that accepts each login, if it is to, and answers everything else with `reply`."""

    def __init__(self) -> None:
        self.reply: bytes = b""
        self.token: str | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection = self._listening.accept()[0]
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(5)
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        first = stream.readline()
        length = 0
        while (line := stream.readline()) not in (b"\r\n", b""):
            name, _colon, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        stream.read(length)
        if self.token is not None and b"token" in first:
            login = json.dumps({"access_token": self.token, "expires_in": 3600, "owner_id": "1"})
            connection.sendall(_answer("200 OK", login))
        else:
            connection.sendall(self.reply)
        connection.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._listening.close()


@pytest.fixture(scope="module")
def hostile() -> Iterator[Hostile]:
    server = Hostile()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def _talkative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything is logged, the standard library shows each request, and no folder is shared with anybody."""
    root = logging.getLogger()
    handler = logging.FileHandler(tmp_path / "log")
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    monkeypatch.setattr(http.client.HTTPConnection, "debuglevel", 1)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    yield
    root.setLevel(before)
    root.removeHandler(handler)
    handler.close()


# Provider, the option that holds the secret (or the login that brings it), and the other options.
CASES: dict[str, tuple[str, str | None, Json]] = {
    "sonetel password": ("sonetel", "password", {"username": "me@example.org"}),
    "sonetel client_secret": ("sonetel", "client_secret", {"username": "me", "password": "Fake&wrong+7%sure"}),
    "sonetel access_token": ("sonetel", "access_token", {"account_id": "1"}),
    "sonetel login": ("sonetel", None, {"username": "me@example.org", "password": "Fake&wrong+7%sure"}),
    "ringcentral client_secret": ("ringcentral", "client_secret", {"client_id": "app", "jwt": "Fake&wrong+7%sure"}),
    "ringcentral jwt": ("ringcentral", "jwt", {"client_id": "app", "client_secret": "Fake&wrong+7%sure"}),
    "ringcentral access_token": ("ringcentral", "access_token", {}),
    "ringcentral login": (
        "ringcentral", None, {"client_id": "app", "client_secret": "Fake&wrong+7%sure", "jwt": "Fake&other+1%sure"},
    ),
    "smspartner api_key": ("smspartner", "api_key", {}),
    "fonedynamics token": ("fonedynamics", "token", {"account_sid": "AC1"}),
}  # fmt: skip


def options_of(provider: str, url: str, folder: Path) -> tuple[str, Json]:
    """The module that asks a provider, and its options."""
    if provider == "sonetel":
        return "sonetel_forwarding_info", {"api_url": url, "auth_url": f"{url}/token"}
    if provider == "ringcentral":
        return "ringcentral_forwarding_number_info", {
            "server_url": url, "extensions": ["101"], "cache_path": str(folder),
        }  # fmt: skip
    if provider == "smspartner":
        number = {"number": "+33261910001", "state": "forward", "destination": "+33353010001"}
        return "smspartner_callforward", {"api_url": url, "check_credentials": True, **number}
    return "fonedynamics_number_info", {"api_url": url}


def left_by(module: str, options: Json, folder: Path) -> list[str]:
    """Everything that a task leaves, in each form in which somebody may read it."""
    log = folder / "log"
    log.write_text("")
    with contextlib.redirect_stderr(io.StringIO()) as errors:
        result = run_module(module, {**options, "deadline": 60, "timeout": 5}, clock=SkippingClock())
    assert result.get("failed") is True, sorted(result)
    printed = result.pop("printed")
    return [printed, *_texts(result), errors.getvalue(), log.read_text(errors="replace")]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def shows(texts: list[str], secret: str, echo: str) -> bool:
    """Whether a text holds the secret, what the server made of it, or a half of either."""
    parts = {part for whole in (secret, echo) for part in (whole, whole[: len(whole) // 2], whole[len(whole) // 2 :])}
    core = base64.b64encode(secret.encode()).decode()[:12]
    return any(part in text for text in texts for part in {*parts, core})


@pytest.mark.parametrize("kind", [*REPLIES])
@pytest.mark.parametrize("case", [*CASES])
def test_what_a_server_repeats(hostile: Hostile, tmp_path: Path, case: str, kind: str) -> None:
    provider, option, more = CASES[case]
    secret = SECRET if option else OBTAINED
    shown = []
    # In a short run every fourth spelling, another one in each place, so that any two of the three have met.
    turn, step = [*CASES].index(case) + [*REPLIES].index(kind), 1 if FUZZ else 4
    for name, spell in [*SPELLINGS.items()][turn % step :: step]:
        echo = spell(secret)
        hostile.reply = REPLIES[kind](echo)
        # A refused login is another way than a refused request.
        for token in (None, OBTAINED) if option else (OBTAINED,):
            hostile.token = token
            folder = tmp_path / f"cache-{name}-{token is None}"
            module, options = options_of(provider, f"http://{hostile.address}", folder)
            given = {**options, **more, **({option: secret} if option else {})}
            if shows(left_by(module, given, tmp_path), secret, echo):
                shown.append((name, token is None))
            if option in ("access_token", "api_key", "token"):
                break  # they do not log in
    assert shown == []


@pytest.mark.parametrize("kind", [*REPLIES])
@pytest.mark.parametrize(
    "case", ["sonetel password", "ringcentral access_token", "smspartner api_key", "fonedynamics token"]
)
def test_no_character_of_a_server_acts_on_a_terminal(hostile: Hostile, tmp_path: Path, case: str, kind: str) -> None:
    acting = "\x00\x07\x08\x1b\x7f\x9b\x85\u2028\u2029\u202e\u2066"
    provider, option, more = CASES[case]
    hostile.token, hostile.reply = OBTAINED, REPLIES[kind](f"a\x1b]0;title\x07b\x1b[2J\nfatal: {acting}")
    module, options = options_of(provider, f"http://{hostile.address}", tmp_path / "cache")
    texts = left_by(module, {**options, **more, str(option): SECRET}, tmp_path)
    assert not [text for text in texts if set(acting) & set(text)]
    assert not [text for text in texts if "\nfatal" in text]


@pytest.mark.parametrize("by", ["option", "variable"])
@pytest.mark.parametrize("provider", ["sonetel", "ringcentral", "smspartner", "fonedynamics"])
def test_what_a_proxy_repeats(
    hostile: Hostile, tmp_path: Path, provider: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile.token = None
    case = next(case for case, (of, _option, _more) in CASES.items() if of == provider)
    _provider, option, more = CASES[case]
    proxy = f"http://me:{quote(PROXY_SECRET, safe='')}@{hostile.address}"
    if by == "variable":
        monkeypatch.setenv("HTTPS_PROXY", proxy)
    shown = []
    kinds = ("HTTP 403", "reason", "malformed header", "malformed status", "no HTTP", "redirect")
    for turn, (name, spell) in enumerate(SPELLINGS.items()):
        for kind in kinds if FUZZ else kinds[turn % 2 :: 2]:
            echo = spell(PROXY_SECRET)
            hostile.reply = REPLIES[kind](echo)
            module, options = options_of(provider, "https://api.example.org", tmp_path / f"cache-{name}-{kind}")
            given = {**options, **more, str(option): SECRET, **({"proxy": proxy} if by == "option" else {})}
            if shows(left_by(module, given, tmp_path), PROXY_SECRET, echo):
                shown.append((name, kind))
    assert shown == []


@pytest.mark.parametrize("case", [*CASES])
def test_what_a_defect_repeats(hostile: Hostile, tmp_path: Path, case: str) -> None:
    """Even a traceback of ours, for whose text nobody has planned, holds no secret and acts on no terminal."""
    provider, option, more = CASES[case]
    secret, hostile.token = (SECRET if option else OBTAINED), OBTAINED
    hostile.reply = REPLIES["HTTP 400"]("nothing")
    exchange = importlib.import_module(f"{PACKAGE}.module_utils._http.messages")
    whole = exchange.Answer.json_or_none
    for name, spell in SPELLINGS.items():
        echo = spell(secret)

        def broken(answer: Any, echo: str = echo) -> Any:
            if answer.status >= 400:
                raise RuntimeError(f"\x1b]0;broken\x07 {echo}")
            return whole(answer)

        module, options = options_of(provider, f"http://{hostile.address}", tmp_path / f"cache-{name}")
        given = {**options, **more, **({option: secret} if option else {})}
        with mock.patch.object(exchange.Answer, "json_or_none", broken):
            texts = left_by(module, given, tmp_path)
        assert any("RuntimeError" in text for text in texts)
        assert not shows(texts, secret, echo), name
        assert not any("\x1b" in text or "\x07" in text for text in texts)


@pytest.mark.parametrize(
    "kept",
    # Named, because the names of cases are printed.
    [
        pytest.param(f'{{"access_token": "{OBTAINED}', id="cut"),
        pytest.param(json.dumps({"access_token": f"{OBTAINED}\n"}), id="with a line break"),
    ],
)
def test_what_a_broken_cache_holds(hostile: Hostile, tmp_path: Path, kept: str) -> None:
    hostile.token, hostile.reply = None, REPLIES["HTTP 400"]("nothing")
    _provider, option, more = CASES["ringcentral jwt"]
    module, options = options_of("ringcentral", f"http://{hostile.address}", tmp_path / "cache")
    given = {**options, **more, str(option): SECRET}
    left_by(module, given, tmp_path)
    files = list((tmp_path / "cache").iterdir())
    assert files
    for file in files:
        file.write_text(kept)
        assert not shows(left_by(module, given, tmp_path), OBTAINED, kept)


@pytest.mark.parametrize("value", ["a", "e ", " ", "no", "+"])
def test_a_short_secret_garbles_no_message_and_is_not_shown(hostile: Hostile, tmp_path: Path, value: str) -> None:
    hostile.token, hostile.reply = None, REPLIES["HTTP 401"]("nothing")
    module, options = options_of("sonetel", f"http://{hostile.address}", tmp_path)
    result = run_module(module, {**options, "username": "me", "password": value}, clock=SkippingClock())
    assert result["msg"].startswith("Sonetel does not accept the login")
    assert "*" not in result["msg"]
    shown = result.get("invocation", {}).get("module_args", {})
    assert shown.get("password", "********") == "********"


@pytest.mark.parametrize("option", ["api_url", "auth_url", "server_url", "proxy", "variable"])
@pytest.mark.parametrize(
    "url",
    [
        "https://me:{}@host.example", "https://me:{}", "https://host.example:{}/", "me:{}@host.example",
        "//me:{}@host.example", "https:/me:{}@host.example", "https://me:p@{}@host.example:1",
        "https://me:p#{}@host.example:1", "https://me:p?{}@host.example:1", "https://me:p/{}@host.example:1",
        "https://me:1/{}@host.example:1", "https://me:[{}@host.example", "https://me: {}@host.example",
        "https://me:\\{}@host.example:x", "https://host.example\\@{}",
    ],
)  # fmt: skip
def test_a_password_in_a_malformed_url(
    hostile: Hostile, tmp_path: Path, option: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is neither shown nor looked up."""
    word = "fakeword"
    value = url.format(word)
    if option in ("proxy", "variable") and value in (f"https://me:{word}@host.example", f"me:{word}@host.example"):
        pytest.skip("that is a well-formed proxy")
    hostile.token, hostile.reply = None, REPLIES["HTTP 400"]("nothing")
    provider = "ringcentral" if option == "server_url" else "sonetel"
    module, options = options_of(provider, "https://api.example.org", tmp_path / "cache")
    credentials = CASES["ringcentral jwt" if provider == "ringcentral" else "sonetel password"]
    given = {**options, **credentials[2], str(credentials[1]): SECRET}
    if option == "variable":
        monkeypatch.setenv("HTTPS_PROXY", value)
    else:
        given[option] = value
    with mock.patch.object(socket, "getaddrinfo", side_effect=AssertionError("looked up")):
        result = run_module(module, given, clock=SkippingClock())
    assert result["failure"]["kind"] == "input", result["msg"]
    assert word not in result["msg"]
    assert "looked up" not in result["msg"]
    named = "HTTPS_PROXY" if option == "variable" else option
    assert result["msg"].startswith(named)
    if option in ("proxy", "variable") and "@" in value:
        assert "percent-encode" in result["msg"]
