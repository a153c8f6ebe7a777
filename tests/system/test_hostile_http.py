# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The HTTP client alone against servers that break HTTP's rules: time, doubt, limits, and connections that are kept."""

from __future__ import annotations

import importlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import system_fonedynamics
import system_ringcentral
from system_hostile import MANNERS, Front, Reply, Seen
from system_support import PACKAGE, assert_clear

from simulator.harness import Simulator

BOUND = 5.0
DEADLINE = 0.4


class SleeplessClock:
    """Real time, in which nobody sleeps."""

    monotonic = staticmethod(time.monotonic)
    time = staticmethod(time.time)

    def sleep(self, seconds: float) -> None:
        """Do not."""


@pytest.fixture(scope="module")
def utils(collections_path: Path) -> Any:
    """The HTTP layer: its client, messages and secrets, and the errors that it raises."""
    modules = {"client": "_http.client", "messages": "_http.messages", "secrets": "_http.secrets", "errors": "_errors"}
    return SimpleNamespace(
        **{name: importlib.import_module(f"{PACKAGE}.module_utils.{module}") for name, module in modules.items()}
    )


def send(utils: Any, url: str, method: str = "PUT", **settings: Any) -> tuple[Any, Any]:
    """Send one request without repetitions; return the answer's JSON or the error, and the client."""
    rules = utils.messages.RetryRules(attempts=1)
    http = utils.client.HttpClient(
        utils.client.Settings(**settings), utils.secrets.Secrets(), rules=rules, clock=SleeplessClock()
    )
    try:
        return http.send(utils.messages.Request(method, url)).json(), http
    except utils.errors.TelephonyError as error:
        return error, http


@contextmanager
def at_once() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < BOUND


@pytest.mark.parametrize("manner", MANNERS)
def test_what_an_answer_raises_is_doubt_and_never_untouched(utils: Any, manner: str) -> None:
    with Front(plan=manner) as front, at_once():
        found, _http = send(utils, front.url, timeout=0.3 if MANNERS[manner].slow else BOUND)
    assert [seen.forwarded for seen in front.seen] == [MANNERS[manner].carried_out]
    if MANNERS[manner].usable:
        assert found == {}
    elif found != {}:
        assert MANNERS[manner].usable is not True
        doubt = utils.errors.Doubt
        assert found.doubt is (doubt.PENDING if MANNERS[manner].slow else doubt.OPEN)
        assert found.next_step


@pytest.mark.parametrize("manner", [name for name, manner in MANNERS.items() if manner.slow])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_deadline_holds_for_the_last_byte(utils: Any, method: str, manner: str) -> None:
    with Front(plan=manner) as front, at_once():
        front.patience = 2 * BOUND
        found, _http = send(utils, front.url, method, deadline=DEADLINE)
    assert isinstance(found, utils.errors.DeadlineExceeded)
    assert "deadline of 0.4 s" in found.message
    assert found.doubt is (utils.errors.Doubt.NONE if method == "GET" else utils.errors.Doubt.PENDING)


@pytest.mark.parametrize("manner", ["never_answers", "slow_status_line", "slow_headers"])
def test_a_proxy_that_takes_its_time(utils: Any, manner: str) -> None:
    with Front(plan=manner) as front, at_once():
        front.patience = 2 * BOUND
        found, _http = send(utils, "https://api.example.org/", deadline=DEADLINE, proxy=front.url)
    assert [seen.method for seen in front.seen] == ["CONNECT"]
    assert (found.kind, found.doubt) == ("deadline", utils.errors.Doubt.NONE)


def test_a_tls_handshake_that_does_not_come(utils: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, at_once():
        found, _http = send(utils, f"https://127.0.0.1:{listener.getsockname()[1]}/", deadline=DEADLINE)
    assert (found.kind, found.doubt) == ("deadline", utils.errors.Doubt.NONE)


@pytest.mark.parametrize("settings", [{"deadline": DEADLINE}, {"timeout": DEADLINE}])
def test_a_name_server_that_does_not_answer(utils: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments: release.wait(2 * BOUND))
    with at_once():
        found, _http = send(utils, "https://api.example.org/", **settings)
    release.set()
    assert (found.kind, found.doubt) == ("deadline" if "deadline" in settings else "connection", 0)


def test_a_server_that_does_not_read_a_large_request(utils: Any) -> None:
    """The time of an upload counts as well, and part of it may have arrived."""
    with socket.create_server(("127.0.0.1", 0)) as listener, at_once():
        http = utils.client.HttpClient(
            utils.client.Settings(deadline=DEADLINE), utils.secrets.Secrets(), clock=SleeplessClock()
        )
        files = {"file": ("a.wav", b"\0" * (16 << 20), "audio/wav")}
        request = utils.messages.Request("POST", f"http://127.0.0.1:{listener.getsockname()[1]}/", files=files)
        with pytest.raises(utils.errors.DeadlineExceeded) as raised:
            http.send(request)
    assert raised.value.doubt is utils.errors.Doubt.PENDING


@pytest.mark.parametrize("manner", ["two_answers", "garbage_after_body", "chunked_plus_length"])
def test_what_is_left_of_an_answer_is_no_answer_to_the_next_request(utils: Any, manner: str) -> None:
    with Front() as front:
        _found, http = send(utils, front.url)
        front.play(manner)
        request = utils.messages.Request("PUT", front.url)
        for name in ("first", "second", "third"):
            front.canned = Reply(body=json.dumps(name).encode())
            assert http.send(request).json() == name


def test_a_connection_is_kept_for_the_next_request(utils: Any) -> None:
    with Front() as front:
        _found, http = send(utils, front.url)
        for _each in range(5):
            http.send(utils.messages.Request("GET", front.url))
        assert len(front.connections) == 1


def page(records: list[Any], number: int) -> bytes:
    following = {"uri": f"https://elsewhere.example/x?page={number + 1}&perPage=1000"}
    return Reply(body=json.dumps({"records": records, "navigation": {"nextPage": following}}).encode()).whole()


@pytest.mark.parametrize(
    ("records", "words", "most"),
    [
        (lambda number: [{"id": 1, "phoneNumber": "+16505550100"}], "the same page twice", 2),
        (lambda number: [], "the same page twice", 2),
        (lambda number: [{"id": number, "phoneNumber": "+16505550100"}], "more than 1000 pages", 1001),
        (lambda number: [{"id": number}] * 30_000, "more than 100000 entries", 4),
    ],
)
def test_pages_without_end(simulator: Simulator, tmp_path: Path, records: Any, words: str, most: int) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o700)
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium"))})
    office = system_ringcentral.RingCentralOffice(simulator, folder)

    def plan(seen: Seen) -> str | bytes:
        if "/forwarding-number" not in seen.path:
            return "fine"
        number = int(parse_qs(urlsplit(seen.path).query)["page"][0])
        return page(records(number), number)

    with Front(simulator.url, plan) as front:
        office.options["server_url"] = front.through(simulator.ringcentral_server_url)
        result = office.apply([system_ringcentral.CELL], deadline=1e6)
    assert_clear(result, "forwarding-number", words, "server_url")
    assert result["changed"] is False
    assert len([seen for seen in front.seen if "/forwarding-number" in seen.path]) == most
    assert not [seen for seen in front.seen if seen.method == "POST" and "token" not in seen.path]


@pytest.mark.parametrize(
    "navigation",
    [[], "x", 7, {"nextPage": "x"}, {"nextPage": 7}, {"nextPage": {"uri": 7}}, {"nextPage": {"uri": "//["}}],
)
def test_a_next_page_that_is_none(simulator: Simulator, tmp_path: Path, navigation: Any) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o700)
    office = system_ringcentral.RingCentralOffice(simulator, folder)
    body = Reply(body=json.dumps({"records": [], "navigation": navigation}).encode()).whole()
    with Front(simulator.url, lambda seen: body if "/forwarding-number" in seen.path else "fine") as front:
        office.options["server_url"] = front.through(simulator.ringcentral_server_url)
        result = office.apply([system_ringcentral.CELL])
    if result.get("failed"):
        assert_clear(result)


@pytest.mark.parametrize("size", [200, 50])
def test_a_list_that_repeats_its_first_page(simulator: Simulator, size: int) -> None:
    """Fone Dynamics: Results_Skip is ignored, with a total that is never reached and without one."""
    account = system_fonedynamics.FoneDynamicsAccount(simulator)
    records = [{**account.stored()[system_fonedynamics.DESK], "Number": f"+6125550{n:04}"} for n in range(size)]
    shape = records if size == 200 else {"Numbers": records, "TotalCount": 1_000_000}
    body = Reply(body=json.dumps(shape).encode()).whole()
    with Front(simulator.url, lambda seen: body if "/Numbers?" in seen.path else "fine") as front:
        result = account.run(api_url=front.through(simulator.fonedynamics_api_url))
    assert_clear(result, "Numbers", "the same page twice", "api_url")
    assert len(front.seen) == 2
