# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets in whatever spelling, texts that act on nothing, and libraries that keep quiet."""

from __future__ import annotations

import base64
import html
import json
import logging
import re
import time
import warnings
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
import urllib3
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError, Problems, TelephonyError
from ansible_collections.office.telephony.plugins.module_utils._http.auth import KeyClient
from ansible_collections.office.telephony.plugins.module_utils._http.client import HttpClient
from ansible_collections.office.telephony.plugins.module_utils._http.messages import Answer, Request
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import MASK, Secrets
from ansible_collections.office.telephony.plugins.module_utils._http.settings import Settings
from ansible_collections.office.telephony.plugins.module_utils._texts import printable
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import (
    PretendedClock,
    Reply,
    scripted,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each


def _each(form: str) -> Callable[[str], str]:
    return lambda text: "".join(form % ord(character) for character in text)


def _utf16(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02X}" for at in range(0, len(units), 2))


LAYERS: list[Callable[[str], str]] = [
    str,
    lambda text: quote(text, safe=""),
    quote_plus,
    lambda text: re.sub("%..", lambda found: found.group().lower(), quote(text)),
    lambda text: json.dumps(text)[1:-1],
    lambda text: json.dumps(text, ensure_ascii=False)[1:-1].replace("/", "\\/"),
    html.escape,
    lambda text: repr(text)[1:-1],
    lambda text: repr(text.encode())[2:-1],
    _utf16,
    _each("&#%d;"),
    _each("&#x%X;"),
]
SECRETS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("%\\&/+ ;'\"=#äÅ😀"),
    min_size=4, max_size=20,
).filter(lambda text: len(text.strip()) > 3 and text == text.strip())  # fmt: skip


@given(SECRETS, st.lists(st.sampled_from(LAYERS), min_size=1, max_size=2))
@example("%2f%2f", LAYERS[4:6])
@example("a&amp;b", [html.escape, html.escape])
@example("\\u0041\\", LAYERS[4:6])
@example("&copy\\n%41", [LAYERS[1], html.escape])
def test_a_secret_is_masked_in_every_combination_of_spellings(secret: str, layers: list[Callable[[str], str]]) -> None:
    secrets, spelled = Secrets(), secret
    secrets.add(secret)
    for layer in layers:
        spelled = layer(spelled)
    assert secrets.redact(f"said: {spelled} -") == f"said: {MASK} -"


@given(
    SECRETS,
    st.binary(max_size=5),
    st.binary(max_size=5),
    st.sampled_from([base64.b64encode, base64.urlsafe_b64encode]),
)
@example("fake??word", b"", b"", base64.urlsafe_b64encode)
@example("fake>>word", b"", b"", base64.urlsafe_b64encode)
def test_a_secret_inside_of_base64_is_masked(
    secret: str, before: bytes, after: bytes, encode: Callable[[bytes], bytes]
) -> None:
    secrets = Secrets()
    secrets.add(secret)
    text = encode(before + secret.encode() + after).decode()
    for spelled in (text, json.dumps(text).replace("/", "\\/"), quote(text, safe="")):
        assert MASK in secrets.redact(f"Basic {spelled}")


def test_basic_credentials_are_masked_whole_and_announced() -> None:
    announced: list[str] = []
    secrets = Secrets(announced.append)
    secrets.add_basic("me", "fäke-password")
    encoded = base64.b64encode("me:fäke-password".encode()).decode()
    assert secrets.redact(f"Basic {encoded}, {quote(encoded)}.") == f"Basic {MASK}, {MASK}."
    assert encoded in announced


def test_what_a_request_is_authorized_with_is_a_secret() -> None:
    secrets = Secrets()
    with scripted(Reply(200, {})) as server:
        http = HttpClient(Settings(), secrets, clock=PretendedClock())
        http.send(Request("GET", server.url + "/", basic=("id", "fake-client-secret")))
        sent = server.calls[0].headers["Authorization"]
    assert secrets.redact(sent) == f"Basic {MASK}"


@each("secret", ["a\udce9c", "fake-w\udce9rd-of-somebody"])
def test_a_secret_of_bytes_that_are_no_text_is_masked(secret: str) -> None:
    """Python reads such bytes of an environment variable as half a character."""
    secrets = Secrets()
    secrets.add(secret)
    assert secrets.redact(f"said: {secret}.") == f"said: {MASK}."


@each("short", ["a", " ", "ab", " b ", "\t", "é", ""])
def test_what_is_too_short_is_not_masked(short: str) -> None:
    announced: list[str] = []
    secrets = Secrets(announced.append)
    secrets.add(short)
    text = "a cab in a bar, é\t"
    assert (secrets.redact(text), announced) == (text, [])


def test_texts_that_look_like_nothing_but_escapes_take_no_time() -> None:
    secrets = Secrets()
    secrets.add("fake\\secret", "%fake", "&fake;")
    started = time.process_time()
    for text in (
        "\\" * 2000,
        "%25" * 2000,
        "&amp;" * 2000,
        "%5C" * 2000,
        "&#x26;" * 1000,
        "&" * 5000,
        "&" + "a" * 5000,
    ):
        secrets.redact(text)
    assert time.process_time() - started < 30


def test_an_excerpt_is_masked_before_it_is_cut() -> None:
    secrets = Secrets()
    secrets.add("fake-secret-of-some-length")
    body = f"{'x' * 190}fake-secret-of-some-length".encode()
    answer = Answer(Request("GET", "https://host/"), 200, {}, body, redact=secrets.redact)
    assert answer.excerpt() == "x" * 190 + MASK
    assert answer.excerpt(12, "at the end: fake-secret-of-some-length") == "at the end: "
    assert answer.excerpt(20, "one\ntwo\x1b[2J") == "one\\ntwo\\x1b[2J"


ACTING = (
    "\x00\x07\x08\x1b\x7f\x9b\x9d\r\n\x85\u2028\u2029\u202a\u202e\u2066\u2069\u200e\u061c\ufeff\u200b\ud800\U000e0041"
)


@each("character", ACTING)
def test_an_error_shows_no_character_that_acts(character: str) -> None:
    bad = f"a{character}b"
    errors = [
        TelephonyError(bad, next_step=bad, code=bad, request=bad, listed=[bad]),
        TelephonyError("fine"),
        TelephonyError("fine"),
    ]
    errors[1].message += bad
    errors[2].next_step = bad
    problems = Problems()
    problems.add("one", bad)
    problems.add("two", bad)
    with pytest.raises(InputError) as raised:
        problems.raise_if_any()
    for error in (*errors, raised.value):
        texts = [str(error), *(text for text in error.failure().values() if isinstance(text, str))]
        assert not [text for text in texts if character in text.replace("\n  - ", "")]
        assert any("a\\" in text for text in texts)


def test_what_people_write_is_left_alone() -> None:
    text = "Zoë\u00a0: « n° 5 » 日本語 👨\u200d👩 \u067e\u200c\u067e \\x1b"
    assert printable(text) == text


def test_a_key_is_in_the_url_only_where_there_is_no_body() -> None:
    secrets = Secrets()
    with scripted(*[Reply(200, {})] * 4) as server:
        client = KeyClient(
            HttpClient(Settings(), secrets, clock=PretendedClock()), secrets, "apiKey", "fake-key-of-somebody"
        )
        for method in ("POST", "PUT", "DELETE", "GET"):
            client.send(Request(method, f"{server.url}/x", repeatable=True))
        assert [call.method for call in server.calls if "fake-key" in call.path] == ["GET"]


def test_libraries_are_quiet_during_requests_and_nobody_else_ever(caplog: pytest.LogCaptureFixture) -> None:
    own, library, late = (logging.getLogger(name) for name in ("ansible", "urllib3.connectionpool", "urllib3.late"))

    class Talking(PretendedClock):
        def monotonic(self) -> float:
            # It is asked during the request as well.
            own.warning("own word")
            return super().monotonic()

    caplog.set_level(logging.DEBUG)
    with scripted(Reply(200, {}, {"no": "colon"})) as server:
        library.warning("before")
        http = HttpClient(Settings(), Secrets(), clock=Talking())
        http.send(Request("GET", f"{server.url}/?apiKey=fake-key"))
        late.warning("after")
    names = [record.name for record in caplog.records]
    assert [record.message for record in caplog.records if record.name.startswith("urllib3")] == ["before", "after"]
    assert "ansible" in names
    assert library.level == logging.NOTSET


def test_warnings_of_libraries_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    logging.captureWarnings(True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            HttpClient(Settings(validate_certs=False), Secrets(), clock=PretendedClock())
            warnings.warn("host", urllib3.exceptions.InsecureRequestWarning, stacklevel=1)
            warnings.warn("of somebody else", UserWarning, stacklevel=1)
    finally:
        logging.captureWarnings(False)
    assert [record.name for record in caplog.records] == ["py.warnings"]
    assert "of somebody else" in caplog.text
