# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks that do not let the modules through: one clear sentence each; and TLS and proxies that do."""

from __future__ import annotations

import datetime
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from system_office import SonetelOffice
from system_support import PROXY_PASSWORD, Json, SkippingClock, assert_clear, texts_of

from simulator.harness import Simulator


class Relay(BaseHTTPRequestHandler):
    """Passes requests on to the simulator, as a proxy or as a TLS front end; `refusal` answers CONNECT."""

    protocol_version = "HTTP/1.1"
    target = ""
    refusal = 403
    seen: ClassVar[list[tuple[str, str | None]]]

    def relay(self) -> None:
        self.seen.append((self.path, self.headers.get("Proxy-Authorization")))
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urlsplit(self.path)
        connection = http.client.HTTPConnection(self.target, timeout=10)
        headers = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
        connection.request(self.command, parts.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers.get("Content-Type", ""))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        connection.close()

    do_GET = do_PUT = do_POST = relay

    def do_CONNECT(self) -> None:
        self.seen.append((self.path, self.headers.get("Proxy-Authorization")))
        self.send_error(self.refusal)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that keeps quiet about clients and targets that break off."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(handler: type[Relay], context: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address of a server on the loopback."""
    with Server(("127.0.0.1", 0), handler) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@pytest.fixture
def relay(simulator: Simulator) -> type[Relay]:
    return type("TestRelay", (Relay,), {"target": urlsplit(simulator.url).netloc, "seen": []})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a self-signed certificate for 127.0.0.1 and its key, made now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Loopback")])
    now = datetime.datetime.now(datetime.timezone.utc)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    path.write_bytes(
        built.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.fixture
def tls(relay: type[Relay], certificate: Path) -> Iterator[Json]:
    """Options that lead to the simulator over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(relay, context) as address:
        base = f"https://{address}"
        yield {"api_url": f"{base}/sonetel", "auth_url": f"{base}/sonetel-auth/oauth/token"}


def test_tls_with_an_unknown_certificate(simulator: Simulator, tls: Json) -> None:
    office = SonetelOffice(simulator, 2)
    result = office.run(**tls)
    assert_clear(result, "is not trusted", "self-signed certificate", "ca_path")
    assert result["api_calls"] == {"requests": 1, "retries": 0, "waited_seconds": 0}
    assert office.requests() == []


def test_tls_with_a_server_that_speaks_none(simulator: Simulator) -> None:
    urls: Json = {"auth_url": simulator.sonetel_auth_url.replace("http:", "https:")}
    result = SonetelOffice(simulator, 2).run(**urls)
    assert_clear(result, " failed: ", "uses TLS")
    assert "ca_path" not in result["msg"]


@pytest.mark.parametrize("way", ["ca_path", "variable", "off"])
def test_tls(simulator: Simulator, tls: Json, certificate: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    office = SonetelOffice(simulator, 4)
    ways: dict[str, Json] = {"ca_path": {"ca_path": str(certificate)}, "off": {"validate_certs": False}}
    if way == "variable":
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    result = office.run(**tls, **ways.get(way, {}))
    office.check_account(result)
    assert not result.get("failed")
    warned = [text for text in texts_of(result) if "validate_certs" in text]
    assert len(warned) == (1 if way == "off" else 0)


def test_tls_spoken_to_a_server_without(simulator: Simulator) -> None:
    office = SonetelOffice(simulator, 1)
    result = office.run(api_url=simulator.sonetel_api_url.replace("http:", "https:"))
    assert_clear(result, "TLS")


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_certificates_that_are_not_there(simulator: Simulator, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "/nowhere/ca.pem")
    result = SonetelOffice(simulator, 1).run()
    assert_clear(result, name, "/nowhere/ca.pem", "does not exist")


def test_a_file_without_certificates(simulator: Simulator, tls: Json, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")
    assert_clear(SonetelOffice(simulator, 1).run(**tls, ca_path=str(tmp_path / "empty.pem")), "TLS", "ca_path")


@pytest.mark.parametrize("by", ["option", "variable"])
@pytest.mark.parametrize(("status", "words"), [(403, "Forbidden"), (407, "Proxy Authentication Required")])
def test_a_proxy_that_refuses(
    simulator: Simulator,
    relay: type[Relay],
    by: str,
    status: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = SonetelOffice(simulator, 1)
    relay.refusal = status
    with serving(relay) as address:
        proxy = f"http://me:{PROXY_PASSWORD.replace('%', '%25').replace('@', '%40')}@{address}"
        if by == "variable":
            monkeypatch.setenv("HTTPS_PROXY", proxy)
        option: Json = {"proxy": proxy} if by == "option" else {}
        result = office.run(api_url="https://api.example.org", auth_url="https://auth.example.org/token", **option)
    assert_clear(result, "proxy", "auth.example.org", str(status), words)
    assert {path for path, credentials in relay.seen} == {"auth.example.org:443"}
    assert all(credentials for path, credentials in relay.seen)


def test_a_proxy_that_works(simulator: Simulator, relay: type[Relay]) -> None:
    office = SonetelOffice(simulator, 4)
    with serving(relay) as address:
        result = office.run(proxy=address)
    office.check_account(result)
    assert not result.get("failed")
    assert len(relay.seen) == len(office.requests()) == 8


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("option", ["api_url", "auth_url"])
def test_an_unreachable_host(simulator: Simulator, option: str) -> None:
    office = SonetelOffice(simulator, 1)
    clock = SkippingClock()
    port = closed_port()
    address: Json = {option: f"http://127.0.0.1:{port}/x"}
    result = office.run(clock=clock, **address)
    assert_clear(result, f"127.0.0.1:{port} could not be reached: Connection refused.", "Check")
    assert len(clock.naps) == 3


def test_a_host_that_does_not_exist(simulator: Simulator) -> None:
    result = SonetelOffice(simulator, 1).run(auth_url="https://sonetel.invalid/token")
    assert_clear(result, "sonetel.invalid could not be reached", "Check the API's URL")


def test_a_proxy_that_cannot_be_reached(simulator: Simulator) -> None:
    place = f"127.0.0.1:{closed_port()}"
    result = SonetelOffice(simulator, 1).run(proxy=f"http://me:{quote(PROXY_PASSWORD, safe='')}@{place}")
    assert_clear(result, f"The proxy {place} did not connect to 127.0.0.1:", "Connection refused", "and check proxy.")
    assert PROXY_PASSWORD not in str(result)


def test_a_connection_that_breaks_over_tls_after_a_write(simulator: Simulator, tls: Json, certificate: Path) -> None:
    """TLS trouble after a write was sent is no reason to say that it was not carried out."""
    office = SonetelOffice(simulator, 1, named=False)
    simulator.add_faults([{"provider": "sonetel", "method": "PUT", "kind": "drop_after", "times": 9}])
    result = office.run(**tls, ca_path=str(certificate))
    office.check_account(result)
    assert result["changed"] is True
