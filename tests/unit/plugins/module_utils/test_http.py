# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import threading
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
import urllib3

from ansible_collections.office.telephony.plugins.module_utils._errors import (
    CheckModeViolation,
    ConnectionFailed,
    DeadlineExceeded,
    Doubt,
    InputError,
    RateLimited,
    ServerFailed,
    TelephonyError,
    UnreadableAnswer,
)
from ansible_collections.office.telephony.plugins.module_utils._http.client import USER_AGENT, HttpClient
from ansible_collections.office.telephony.plugins.module_utils._http.messages import Answer, Request, RetryRules
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import MASK, Secrets
from ansible_collections.office.telephony.plugins.module_utils._http.settings import Settings
from ansible_collections.office.telephony.plugins.module_utils._http.urls import check_url, host_of, proxy_url
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import (
    Call,
    PretendedClock,
    Reply,
    answering,
    scripted,
    stalling,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

HALF = 0.5


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def client(clock: PretendedClock | None = None, **options: Any) -> HttpClient:
    """A client whose jitter is always half of what it may be."""
    how = {name: options.pop(name) for name in ("rules", "on_wait") if name in options}
    clock = clock or PretendedClock()
    return HttpClient(Settings(**options), Secrets(), clock=clock, uniform=lambda low, high: high * HALF, **how)


@each(
    ("request_of", "method", "path", "headers", "body"),
    [
        ({"method": "GET", "params": {"q": "a b&c"}}, "GET", "/x?q=a+b%26c", {"Accept": "application/json"}, b""),
        ({"method": "PUT", "json": {"a": "é"}}, "PUT", "/x", {"Content-Type": "application/json"}, b'{"a": "\\u00e9"}'),
        (
            {"method": "POST", "form": {"password": "a&b+c%d é"}},
            "POST",
            "/x",
            {"Content-Type": "application/x-www-form-urlencoded"},
            b"password=a%26b%2Bc%25d+%C3%A9",
        ),
        ({"method": "GET", "basic": ("mé", "b:c")}, "GET", "/x", {"Authorization": "Basic bcOpOmI6Yw=="}, b""),
        (
            {"method": "DELETE", "headers": {"X-Own": "1"}},
            "DELETE",
            "/x",
            {"X-Own": "1", "User-Agent": USER_AGENT},
            b"",
        ),
    ],
)
def test_what_is_sent(request_of: Any, method: str, path: str, headers: dict[str, str], body: bytes) -> None:
    with scripted(Reply(200, {"fine": True})) as server:
        answer = client().send(Request(url=f"{server.url}/x", **request_of))
    (call,) = server.calls
    assert (call.method, call.path, call.body) == (method, path, body)
    assert {name: call.headers.get(name) for name in headers} == headers
    assert (answer.status, answer.json(), answer.doubt) == (200, {"fine": True}, Doubt.NONE)


def test_a_netrc_file_does_not_replace_the_credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password other\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with scripted(Reply(), Reply()) as server:
        http = client()
        http.send(Request("GET", server.url, headers={"Authorization": "Bearer own"}))
        http.send(Request("GET", server.url))
    assert [call.headers.get("Authorization") for call in server.calls] == ["Bearer own", None]


FOUR = RetryRules().attempts


@each(
    ("method", "options", "reply", "attempts", "kind", "doubt"),
    [
        ("GET", {}, Reply(500), FOUR, ServerFailed, Doubt.NONE),
        ("PUT", {}, Reply(502), FOUR, ServerFailed, Doubt.OPEN),
        ("PUT", {}, Reply(504), FOUR, ServerFailed, Doubt.PENDING),
        ("DELETE", {}, Reply(503), FOUR, ServerFailed, Doubt.OPEN),
        ("POST", {}, Reply(503), 1, ServerFailed, Doubt.OPEN),
        ("PATCH", {}, Reply(500), 1, ServerFailed, Doubt.OPEN),
        ("POST", {"repeatable": True, "reading": True}, Reply(500), FOUR, ServerFailed, Doubt.NONE),
        ("PUT", {"repeatable": False}, Reply(500), 1, ServerFailed, Doubt.OPEN),
        ("POST", {"repeat_on": frozenset({503})}, Reply(503), FOUR, ServerFailed, Doubt.OPEN),
        ("POST", {"repeat_on": frozenset({503})}, Reply(500), 1, ServerFailed, Doubt.OPEN),
        ("GET", {}, Reply(501), 1, ServerFailed, Doubt.NONE),
        ("POST", {}, Reply(429), FOUR, RateLimited, Doubt.NONE),
        ("POST", {"rules": RetryRules(refusals=2)}, Reply(429), 2, RateLimited, Doubt.NONE),
        ("GET", {}, Reply(cut=True), FOUR, ConnectionFailed, Doubt.NONE),
        ("PUT", {}, Reply(cut=True), FOUR, ConnectionFailed, Doubt.OPEN),
        ("POST", {}, Reply(cut=True), 1, ConnectionFailed, Doubt.OPEN),
        ("GET", {}, Reply(200, {"a": 1}, missing=5), FOUR, ConnectionFailed, Doubt.NONE),
        ("PUT", {}, Reply(200, {"a": 1}, missing=5), FOUR, ConnectionFailed, Doubt.OPEN),
        ("GET", {}, Reply(302, headers={"Location": "https://other.example/"}), 1, ConnectionFailed, Doubt.NONE),
    ],
)
def test_what_is_repeated_and_what_is_in_doubt(
    method: str, options: Any, reply: Reply, attempts: int, kind: type[TelephonyError], doubt: Doubt
) -> None:
    http = client()
    with scripted(*[reply] * attempts) as server, pytest.raises(kind) as raised:
        http.send(Request(method, f"{server.url}/x?key=secret", **options))
    assert server.seen() == [f"{method} /x?key=secret"] * attempts
    assert raised.value.doubt is doubt
    assert (http.counters()["requests"], http.counters()["retries"]) == (attempts, attempts - 1)
    assert "secret" not in f"{raised.value}{raised.value.failure()}"
    assert raised.value.next_step


@each("status", [200, 204, 400, 401, 404, 409, 422])
def test_an_answer_is_handed_over_with_the_doubt_of_the_attempts_before(status: int) -> None:
    with scripted(Reply(cut=True), Reply(429), Reply(status)) as server:
        answer = client().send(Request("PUT", server.url))
    assert (answer.status, answer.doubt) == (status, Doubt.OPEN)


@each(
    ("value", "wait"),
    [
        ("7", 7.25),
        ("2.5", 2.75),
        ("0", 0.25),
        ("-3", 0.25),
        (formatdate(1_800_000_010, usegmt=True), 10.25),
        (formatdate(1_700_000_000, usegmt=True), 0.25),
        ("soon", 0.25),
        ("", 0.25),
        ("nan", 0.25),
    ],
)
def test_retry_after(value: str, wait: float) -> None:
    clock = PretendedClock()
    http = client(clock)
    with scripted(Reply(503, headers={"Retry-After": value}), Reply()) as server:
        http.send(Request("GET", server.url))
    assert clock.naps == [pytest.approx(wait)]
    assert http.counters() == {"requests": 2, "retries": 1, "waited_seconds": pytest.approx(wait)}


def test_full_jitter_between_nothing_and_a_growing_ceiling() -> None:
    asked: list[tuple[float, float]] = []

    def uniform(low: float, high: float) -> float:
        asked.append((low, high))
        return high

    rules = RetryRules(attempts=6, first_wait=0.5, longest_wait=3.0)
    clock = PretendedClock()
    http = HttpClient(Settings(), Secrets(), rules=rules, clock=clock, uniform=uniform)
    with scripted(*[Reply(500)] * 6) as server, pytest.raises(ServerFailed):
        http.send(Request("GET", server.url))
    assert asked == [(0.0, 0.5), (0.0, 1.0), (0.0, 2.0), (0.0, 3.0), (0.0, 3.0)]
    assert clock.naps == [high for low, high in asked]


@each(("value", "deadline"), [("1000", 900), ("inf", 900), ("2", 2)])
def test_a_wait_beyond_the_deadline_is_refused(value: str, deadline: float) -> None:
    clock = PretendedClock()
    http = client(clock, deadline=deadline)
    with scripted(Reply(429, headers={"Retry-After": value})) as server, pytest.raises(DeadlineExceeded) as raised:
        http.send(Request("PUT", server.url))
    assert clock.naps == []
    assert (raised.value.status, raised.value.doubt, raised.value.systemic) == (429, Doubt.NONE, True)


def test_a_pause_is_counted_and_kept_within_the_deadline() -> None:
    clock = PretendedClock()
    http = client(clock, deadline=10)
    http.pause(4, "for a test")
    assert (clock.naps, http.counters()["waited_seconds"]) == ([4], 4)
    with pytest.raises(DeadlineExceeded, match="for a test"):
        http.pause(6, "for a test")
    assert clock.naps == [4]


@each(("body", "document"), [(b'{"a": 1}', {"a": 1}), (b"<html>", None)])
def test_a_server_error_keeps_what_it_says(body: bytes, document: Any) -> None:
    with scripted(Reply(500, body)) as server, pytest.raises(ServerFailed) as raised:
        client().send(Request("POST", server.url))
    assert raised.value.document == document


def test_nothing_is_sent_after_the_deadline() -> None:
    clock = PretendedClock()
    http = client(clock, deadline=10)
    clock.now += 10
    with scripted() as server, pytest.raises(DeadlineExceeded):
        http.send(Request("GET", server.url))
    assert http.counters()["requests"] == 0


def test_a_wait_that_the_provider_asks_for_holds_for_all_threads() -> None:
    clock = PretendedClock()
    reported: list[float] = []
    http = client(clock, on_wait=lambda seconds, reason: reported.append(seconds))
    order: list[str] = []

    def other() -> None:
        clock.on_sleep = lambda: None
        http.send(Request("GET", f"{server.url}/other"))
        order.append("other")

    def while_waiting() -> None:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()

    clock.on_sleep = while_waiting
    with scripted(Reply(429, headers={"Retry-After": "50"}), Reply(), Reply()) as server:
        http.send(Request("GET", f"{server.url}/first"))
    assert server.seen() == ["GET /first", "GET /other", "GET /first"]
    assert clock.naps == reported == [50.25, 50.25]
    assert order == ["other"]


@each("method", ["PUT", "POST", "PATCH", "DELETE"])
def test_check_mode_sends_no_write(method: str) -> None:
    http = client(check_mode=True)
    with scripted() as server, pytest.raises(CheckModeViolation):
        http.send(Request(method, server.url))
    assert (http.has_written, http.counters()["requests"]) == (False, 0)


def test_an_answer_that_ends_early_is_noticed_where_urllib3_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first major version lets such answers pass."""
    urlopen = urllib3.HTTPConnectionPool.urlopen

    def lenient(*arguments: Any, **options: Any) -> Any:
        return urlopen(*arguments, **options, enforce_content_length=False)

    monkeypatch.setattr(urllib3.HTTPConnectionPool, "urlopen", lenient)
    with scripted(Reply(200, [1], missing=5), Reply(200, [1, 2])) as server:
        assert client().send(Request("GET", server.url)).json() == [1, 2]


def test_check_mode_reads_and_logs_in() -> None:
    http = client(check_mode=True)
    with scripted(Reply(), Reply()) as server:
        http.send(Request("GET", server.url))
        http.send(Request("POST", server.url, reading=True))
    assert http.has_written is False


def test_that_something_was_written_is_remembered_even_when_it_failed() -> None:
    http = client()
    with scripted(Reply(500)) as server, pytest.raises(ServerFailed):
        http.send(Request("POST", server.url))
    assert http.has_written is True


def test_that_something_was_written_is_not_forgotten_by_what_is_read_later() -> None:
    http = client()
    with scripted(Reply(), Reply(), Reply()) as server:
        http.send(Request("GET", server.url))
        assert http.has_written is False
        http.send(Request("PUT", server.url))
        http.send(Request("GET", server.url))
    assert http.has_written is True


@each(
    ("replies", "doubt"),
    [
        ([Reply(cut=True), Reply(200, b"<html>")], Doubt.OPEN),
        ([Reply(504), Reply(200, b"<html>")], Doubt.PENDING),
        ([Reply(cut=True), Reply(400, b"<html>")], Doubt.OPEN),
        ([Reply(504), Reply(400, b"<html>")], Doubt.PENDING),
        ([Reply(400, b"<html>")], Doubt.NONE),
    ],
)
def test_an_answer_that_cannot_be_read_keeps_the_doubt_of_the_attempts_before(
    replies: list[Reply], doubt: Doubt
) -> None:
    with scripted(*replies) as server:
        answer = client().send(Request("PUT", server.url))
    with pytest.raises(UnreadableAnswer) as raised:
        answer.json()
    assert raised.value.doubt is doubt


@each("beginning", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"])
@each("method", ["GET", "PUT"])
def test_the_deadline_holds_while_an_answer_is_read(beginning: bytes, method: str) -> None:
    """The time-out of a request, which is longer, is cut to what is left."""
    with stalling(beginning) as url:
        http = HttpClient(Settings(timeout=5.0, deadline=0.2), Secrets())
        with pytest.raises(DeadlineExceeded) as raised:
            http.send(Request(method, url))
    assert raised.value.doubt is (Doubt.PENDING if method == "PUT" else Doubt.NONE)
    assert http.counters()["requests"] == 1


def test_a_server_that_is_not_there_is_tried_again_for_any_method() -> None:
    with scripted() as server:
        pass
    http = client(timeout=1)
    with pytest.raises(
        ConnectionFailed, match=r"127\.0\.0\.1:\d+ could not be reached: Connection refused\."
    ) as raised:
        http.send(Request("POST", server.url))
    assert (http.counters()["requests"], raised.value.doubt) == (FOUR, Doubt.NONE)


@each(
    ("connection", "given", "words"),
    [
        ("", {}, "Check the API's URL in the options, and the network."),
        ("office_sonetel_connection", {}, "Check the API's URL in office_sonetel_connection, and the network."),
        ("", {"proxy": "PROXY"}, "The proxy 127.0.0.1:PORT did not connect to host: Connection refused. Check that "),
        ("sonetel_connection", {"proxy": "PROXY"}, "and check sonetel_connection.proxy."),
        ("", {"deadline": 0.001}, "Raise deadline, or run again"),
        ("office_sonetel_connection", {"deadline": 0.001}, "Raise office_sonetel_connection.deadline, or run again"),
    ],
)
def test_advice_names_what_this_user_can_change(connection: str, given: dict[str, Any], words: str) -> None:
    with scripted() as server:
        pass
    place = server.url.split("/")[2]
    url = "http://host/" if "proxy" in given else server.url
    settings = {**given, "proxy": f"http://me:fake-word@{place}"} if "proxy" in given else given
    with pytest.raises((ConnectionFailed, DeadlineExceeded)) as raised:
        client(connection=connection, **settings).send(Request("GET", url))
    assert words.replace("PORT", place.split(":")[1]) in str(raised.value)
    assert "fake-word" not in str(raised.value)


def test_an_answer_that_does_not_come_in_time_may_be_carried_out_later() -> None:
    release = threading.Event()

    def answer(call: Call) -> Reply:
        release.wait(5)
        return Reply()

    with answering(answer) as server:
        http = client(timeout=0.05, rules=RetryRules(attempts=2))
        with pytest.raises(ConnectionFailed, match=r"no answer within 0\.05 s") as raised:
            http.send(Request("PUT", server.url))
        release.set()
    assert (raised.value.doubt, http.counters()["requests"]) == (Doubt.PENDING, 2)


@each(
    ("body", "headers", "words"),
    [
        (b"", {}, "an empty body"),
        (b" \n", {}, "an empty body"),
        (b"<!DOCTYPE html><title> Log in </title>", {}, "an HTML page titled 'Log in'"),
        (b"<HTML><body>Please stand by", {}, "an HTML page"),
        (b"oops", {"Content-Type": "text/plain"}, "4 bytes of text/plain"),
        (b'{"a":', {}, "5 bytes of unknown content"),
        (b"\xff\xfe\x00", {}, "3 bytes of unknown content"),
    ],
)
def test_a_body_that_is_not_json(body: bytes, headers: dict[str, str], words: str) -> None:
    for method, doubt in (("GET", Doubt.NONE), ("PUT", Doubt.OPEN)):
        answer = Answer(Request(method, "https://host/x?key=secret"), 200, headers, body)
        with pytest.raises(UnreadableAnswer) as raised:
            answer.json()
        assert raised.value.message == f"{method} https://host/x answered HTTP 200 with {words} instead of JSON."
        assert raised.value.doubt is doubt
        assert answer.json_or_none() is None


def test_secrets_in_what_a_library_says_are_masked() -> None:
    secrets = Secrets()
    secrets.add("fake-host-secret")
    http = HttpClient(Settings(), secrets, clock=PretendedClock(), uniform=lambda low, high: 0.0)
    with pytest.raises(ConnectionFailed) as raised:
        http.send(Request("GET", "https://127.0.0.1:1/", headers={"X": "fake-host-secret\n"}))
    assert "fake-host-secret" not in str(raised.value)


def test_the_password_of_a_proxy_is_a_secret_as_it_stands_and_decoded() -> None:
    secrets = Secrets()
    HttpClient(Settings(proxy="http://me:a%40b%25c@127.0.0.1:1"), secrets, clock=PretendedClock())
    assert secrets.redact("a%40b%25c and a@b%c") == f"{MASK} and {MASK}"


@each(
    ("url", "cleaned"),
    [
        ("https://public-api.sonetel.com/", "https://public-api.sonetel.com"),
        ("HTTPS://host/a/", "HTTPS://host/a"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_good_urls(url: str, cleaned: str) -> None:
    assert check_url("api_url", url) == cleaned


@each(
    ("url", "words"),
    [
        ("", "not a URL"),
        ("host/path", "not a URL"),
        ("ftp://host/", "not a URL"),
        ("https://", "not a URL"),
        ("https://[::1", "not a URL"),
        ("https://host:port/", "not a URL"),
        ("https://host:99999/", "not a URL"),
        ("http://host/", "unencrypted"),
        ("http://localhost.example.org/", "unencrypted"),
        ("http://10.0.0.1/", "unencrypted"),
        ("https://me@host/", "user name"),
        ("https://me:word@host/", "password"),
    ],
)
def test_bad_urls(url: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as raised:
        check_url("api_url", url)
    assert "word@" not in str(raised.value)


@each(
    ("proxy", "url"),
    [("proxy:3128", "http://proxy:3128"), ("http://a:b@p:1", "http://a:b@p:1"), ("socks5h://p:1", "socks5h://p:1")],
)
def test_proxies(proxy: str, url: str) -> None:
    assert proxy_url(proxy) == url
    assert host_of(url) in ("proxy:3128", "p:1")


@each("proxy", ["http://", "http://me:fake-word@[::1", "http://me:fake-word@p:x", ":3128"])
def test_bad_proxies_are_refused_without_naming_them(proxy: str) -> None:
    with pytest.raises(InputError, match="proxy is not ") as raised:
        proxy_url(proxy)
    assert "fake-word" not in str(raised.value)


@each(
    "proxy",
    [
        "me:fake@word@p:1", "me:fake#word@p:1", "me:fake?word@p:1", "me:fake/word@p:1", "http://me:1/word@p:1",
        "http://me:fake word@p:1", "http://me:fake\\word@p:1", "http://me:fake[word@p:1", "http://me:fake<word@p:1",
        "http://me:fake\nword@p:1", "http://me:fake://word@p:1", "http://@word@p", "http://p:1/word",
    ],
)  # fmt: skip
def test_logins_of_proxies_must_be_percent_encoded(proxy: str) -> None:
    with pytest.raises(InputError, match="percent-encode") as raised:
        proxy_url(proxy, "HTTPS_PROXY")
    assert "word@" not in str(raised.value)
    assert str(raised.value).startswith("HTTPS_PROXY")


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_judged_like_the_option(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "http://me:fake#word@proxy.invalid:1")
    http = HttpClient(Settings(), Secrets(), clock=PretendedClock())
    with pytest.raises(InputError, match=f"^{name} ") as raised:
        http.send(Request("GET", "https://host.invalid/"))
    assert "word" not in str(raised.value).replace("password", "")
    assert http.counters()["requests"] == 0
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with scripted(Reply(200, {})) as server:
        assert HttpClient(Settings(), Secrets(), clock=PretendedClock()).send(Request("GET", server.url)).status == 200


def test_only_links_may_have_a_query() -> None:
    link = "https://host/audio?signature=a@b"
    assert check_url("link", link, query=True) == link
    for url in ("https://host/?key=fakeword", "https://host/#fakeword", "https://host/x?", link):
        with pytest.raises(InputError) as raised:
            check_url("api_url", url)
        assert "fakeword" not in str(raised.value)


OPTIONS = {"timeout": 30.0, "deadline": 900.0, "validate_certs": True}


@each(
    ("options", "words"),
    [
        ({"timeout": 0.0}, "timeout must be greater than 0 seconds, not 0"),
        ({"deadline": -1.5}, "deadline must be greater than 0 seconds, not -1.5"),
        ({"ca_path": "/nowhere"}, "ca_path '/nowhere' does not exist"),
    ],
)
def test_settings_refuse(options: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        Settings.from_options({**OPTIONS, **options}, False)


def test_settings_take_certificates_from_the_option_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = {}
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "ca_path"):
        paths[name] = str(tmp_path / name)
        Path(paths[name]).touch()
    monkeypatch.setenv("CURL_CA_BUNDLE", paths["CURL_CA_BUNDLE"])
    assert Settings.from_options(OPTIONS, False).ca_path == paths["CURL_CA_BUNDLE"]
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", paths["REQUESTS_CA_BUNDLE"])
    assert Settings.from_options(OPTIONS, False).ca_path == paths["REQUESTS_CA_BUNDLE"]
    assert Settings.from_options({**OPTIONS, "ca_path": paths["ca_path"]}, False).ca_path == paths["ca_path"]
    assert Settings.from_options({**OPTIONS, "validate_certs": False}, True).ca_path is None
