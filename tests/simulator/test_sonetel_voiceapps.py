# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fidelity checklist docs/providers/sonetel.md 12.2: what is written on voice apps, prompts and users."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING, Any

import pytest

from simulator.sonetel import seed
from simulator.sonetel.tts import tone

if TYPE_CHECKING:
    from simulator.harness import Simulator
    from tests.simulator.conftest import Client

ACCOUNT = f"/account/{seed.ACCOUNT_ID}"
APPS = f"{ACCOUNT}/voiceapp"
USERS = f"{ACCOUNT}/user"
RECEPTION = f"{APPS}/VAq7k2m9x1za"
MAILBOX = f"{APPS}/VAm1b8c5d2ef"
PROMPTS = f"{RECEPTION}/prompt"
CALL = f"{USERS}/{seed.REGULAR_ID}/call"
BLANK = {"action": "", "to": "", "id": ""}
WAV = tone("fake", 1)


def wav_of_8_bit() -> bytes:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(8000)
        writer.writeframes(b"\x80" * 100)
    return stream.getvalue()


def test_row_25_a_new_ivr_has_defaults(admin: Client) -> None:
    created = admin.ok("POST", APPS, json={"app_type": "ivr", "play_menu": "yes", "name": "X"})
    app_id = created["app_id"]
    assert created == {
        "app_id": app_id,
        "name": "X",
        "app_type": "ivr",
        "shortcode": "*21*6",
        "sip_address": f"{app_id}@sonetel.net",
        "voice": "en",
        "play_welcome": "yes",
        "get_extension": "no",
        "play_menu": "yes",
        "menu": dict.fromkeys(seed.MENU_KEYS, BLANK),
        "tts_allowed": "yes",
    }
    assert admin.ok("GET", f"{APPS}/{app_id}") == created


def test_row_25_shortcodes_count_from_the_first(simulator: Simulator, admin: Client) -> None:
    empty = admin.with_token("tok-empty")
    path = f"/account/{seed.EMPTY_ACCOUNT_ID}/voiceapp"
    bodies = [{"app_type": kind, "name": "X"} for kind in ("ivr", "ivr", "mailbox", "mailbox")]
    codes = [empty.ok("POST", path, json=body)["shortcode"] for body in bodies]
    assert codes == ["*21", "*21*2", "*12", "*12*2"]


@pytest.mark.parametrize("digits", [3, 0])
def test_row_26_a_menu_on_creation(admin: Client, digits: int) -> None:
    menu = {f"digit_{digit}": {"action": "call", "to": "user", "id": seed.ADMIN_ID} for digit in range(digits)}
    created = admin.ok("POST", APPS, json={"app_type": "ivr", "name": "X", "menu": menu})
    assert created["menu"] == {**dict.fromkeys(seed.MENU_KEYS, BLANK), **menu}


@pytest.mark.parametrize("body", [{"name": "X"}, {"app_type": "ivr"}, {"app_type": "sysprompt", "name": "X"}])
def test_row_27_name_and_type_are_needed(admin: Client, body: dict[str, str]) -> None:
    before = admin.ok("GET", APPS)
    admin.failed("POST", APPS, json=body)
    assert admin.ok("GET", APPS) == before


def test_row_28_and_32_a_partial_put_keeps_the_rest_and_ignores_what_sonetel_sets(admin: Client) -> None:
    before = admin.ok("GET", MAILBOX)
    body = {"app_id": before["app_id"], "app_type": "mailbox", "name": before["name"], "voice": "spa"}
    ignored = {"shortcode": "*1", "sip_address": "x@y", "tts_allowed": "no"}
    assert admin.ok("PUT", MAILBOX, json={**body, **ignored}) == {**before, "voice": "spa"}


def test_row_30_a_blank_triple_clears_a_key(admin: Client) -> None:
    assert admin.ok("PUT", RECEPTION, json={"menu": {"digit_1": BLANK}})["menu"]["digit_1"] == BLANK


def test_row_31_a_final_action_needs_play_menu_no(admin: Client) -> None:
    final = {"action": "play", "to": "prompt", "id": admin.ok("GET", PROMPTS)[2]["prompt_id"]}
    admin.failed("PUT", RECEPTION, json={"final_action": final})
    shown = admin.ok("PUT", RECEPTION, json={"play_menu": "no", "final_action": final})
    assert (shown["play_menu"], shown["final_action"]) == ("no", final)


@pytest.mark.parametrize(
    "body",
    [
        {"menu": {"digit_10": BLANK}},
        {"menu": {"digit_1": {"action": "call", "to": "user", "id": "3999999999"}}},
        {"menu": {"digit_1": {"action": "connect", "to": "app", "id": "VAnone"}}},
        {"menu": {"digit_1": {"action": "play", "to": "prompt", "id": "PRnone"}}},
        {"menu": {"digit_1": {"action": "dance", "to": "user", "id": seed.ADMIN_ID}}},
        {"play_welcome": True},
        {"app_type": "mailbox"},
        {"name": ""},
    ],
)
def test_a_refused_put_changes_nothing(admin: Client, body: dict[str, Any]) -> None:
    before = admin.ok("GET", RECEPTION)
    admin.failed("PUT", RECEPTION, json={"voice": "swe", **body})
    assert admin.ok("GET", RECEPTION) == before


@pytest.mark.parametrize(
    ("kind", "target", "status"),
    [
        ("user", seed.ADMIN_ID, "success"),
        ("email", "a@example.org", "success"),
        ("user", "a@example.org", "failed"),
        ("email", seed.ADMIN_ID, "failed"),
    ],
)
def test_mailbox_delivery_is_a_pair(admin: Client, kind: str, target: str, status: str) -> None:
    answer = admin("PUT", MAILBOX, json={"deliver_to": kind, "deliver_to_details": target})
    assert answer.json()["status"] == status


def test_row_34_default_prompts(admin: Client) -> None:
    short, with_message = admin.ok("GET", PROMPTS), admin.ok("GET", f"{PROMPTS}?fields=message")
    assert [prompt["name"] for prompt in short] == list(seed.DEFAULT_PROMPTS)
    assert [prompt["record_id"] for prompt in short] == [str(number) for number in range(1001, 1009)]
    assert {prompt["type"] for prompt in short} == {"standard"}
    assert {prompt["exists"] for prompt in short} == {"yes"}
    assert {prompt["exists"] for prompt in with_message} == {True}
    assert "file_name" not in short[0]
    assert with_message[0]["file_name"] == ""
    assert with_message[0]["message_url"].endswith("/standard/en/sonetel/welcome.wav")


def test_row_35_36_and_38_a_custom_prompt_lives(admin: Client) -> None:
    created = admin.ok("POST", PROMPTS, params={"name": "Opening hours"}, json={"name": "Opening hours"})
    assert (created["type"], created["exists"], created["record_id"]) == ("custom", "no", "1030")
    entry = {"digit_7": {"action": "play", "to": "prompt", "id": created["prompt_id"]}}
    admin.failed("PUT", RECEPTION, json={"menu": entry})
    message = f"/prompt/{created['prompt_id']}/message"
    uploaded = admin.ok("POST", message, files={"file": ("hours.wav", WAV, "audio/wav")})
    assert (uploaded["file_name"], uploaded["file_details"], uploaded["exists"]) == ("hours.wav", "Uploaded", True)
    assert (uploaded["audio_length"], uploaded["size"]) == ("1", f"{len(WAV) / 1024:.2f}")
    again = admin.ok("POST", message, files={"file": ("other.wav", WAV, "audio/wav")})
    assert again["message_url"] != uploaded["message_url"]
    admin.ok("PUT", RECEPTION, json={"menu": entry})
    path = f"{PROMPTS}/{created['prompt_id']}"
    assert admin.ok("PUT", path, json={"name": "Hours"})["name"] == "Hours"
    assert admin.ok("DELETE", path) == "Prompt deleted successfully"
    assert len(admin.ok("GET", PROMPTS)) == 8


def test_row_38_short_path_and_standard_prompts(admin: Client) -> None:
    created = admin.ok("POST", PROMPTS, json={"name": "X"})
    admin.ok("DELETE", f"/prompt/{created['prompt_id']}")
    admin.failed("DELETE", f"/prompt/{admin.ok('GET', PROMPTS)[0]['prompt_id']}")
    assert len(admin.ok("GET", PROMPTS)) == 8


@pytest.mark.parametrize(
    "content",
    [b"", b"not a wav", wav_of_8_bit(), WAV + bytes(10 * 1024 * 1024)],
    ids=["empty", "text", "8 bit", "too large"],
)
def test_row_37_only_small_pcm_of_16_bit(admin: Client, content: bytes) -> None:
    prompt_id = admin.ok("GET", PROMPTS)[0]["prompt_id"]
    admin.failed("POST", f"/prompt/{prompt_id}/message", files={"file": ("x.wav", content, "audio/wav")})
    assert admin.ok("GET", f"{PROMPTS}/{prompt_id}?fields=message")["file_name"] == ""


def test_audio_arrives_as_it_was_sent(admin: Client) -> None:
    """A WAV may hold any bytes, line ends and dashes included."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(8000)
        writer.writeframes(b"\r\n--\r\n\r\r\n\n" * 50)
    prompt_id = admin.ok("GET", PROMPTS)[0]["prompt_id"]
    files = {"file": ("x.wav", stream.getvalue(), "audio/wav")}
    uploaded = admin.ok("POST", f"/prompt/{prompt_id}/message", files=files)
    assert uploaded["size"] == f"{len(stream.getvalue()) / 1024:.2f}"


def test_text_to_speech(admin: Client) -> None:
    voices = admin("GET", "/tts/prompt/voice").json()
    assert voices["statusCode"] == 200
    voice = voices["response"][0]
    body = {"text": "Good morning", "language": voice["language"], "voice": voice["voice"]}
    spoken = admin("POST", "/tts/prompt/convert", json=body).json()
    assert spoken["statusCode"] == 200
    with wave.open(io.BytesIO(admin.raw("GET", spoken["response"]).content)) as audio:
        assert audio.getsampwidth() == 2
    assert admin("POST", "/tts/prompt/convert", json=body).json() == spoken
    missing = admin("POST", "/tts/prompt/convert", json={**body, "language": ""})
    assert (missing.status_code, missing.json()["errors"]) == (400, ["language: may not be empty"])


def test_row_41_a_new_user(admin: Client) -> None:
    body = {"user_fname": "Eva", "user_lname": "Ek", "email": "eva.ek@example.org", "password": "fake-pass-1"}
    created = admin.ok("POST", USERS, json=body)
    assert (created["type"], created["email"]) == ("regular", "eva.ek@example.org")
    assert "password" not in created
    assert admin.ok("GET", f"{USERS}/{created['user_id']}") == created
    admin.failed("POST", USERS, json={**body, "email": "EVA.EK@example.org"})
    admin.failed("POST", USERS, json={**body, "email": "other@example.org", "password": "a%b%c%"})
    assert len(admin.ok("GET", USERS)) == 5


def test_row_42_call_settings_round_trip(admin: Client) -> None:
    settings = admin.ok("GET", CALL)
    assert settings == seed.call_settings()
    settings["incoming"]["first_action"] = {"action": "forward", "to": "phnum", "id": "+12025550144", "ring_time": "30"}
    settings["outgoing"]["show"] = "12025550123"
    assert admin.ok("POST", CALL, json=settings) == settings
    assert admin.ok("GET", CALL) == settings
    assert "call_settings" not in admin.ok("GET", f"{USERS}/{seed.REGULAR_ID}")


@pytest.mark.parametrize(
    ("side", "value"),
    [
        ("first_action", {"action": "ring", "to": "myphones", "ring_time": "4"}),
        ("first_action", {"action": "ring", "to": "myphones", "ring_time": "31"}),
        ("first_action", {"action": "ring", "to": "myphones", "ring_time": 20}),
        ("first_action", {"action": "ring", "to": "phone", "id": "nobody"}),
        ("first_action", {"action": "forward", "to": "user", "id": "3999999999"}),
        ("second_action", {"action": "forward", "to": "user", "id": seed.ADMIN_ID}),
        ("third_action", {"action": "disconnect"}),
        ("first_action", {"action": "ring", "to": "myphones", "show": "+46800000000"}),
    ],
)
def test_row_42_call_settings_refused(admin: Client, side: str, value: dict[str, Any]) -> None:
    admin.failed("POST", CALL, json={"incoming": {side: value}})
    assert admin.ok("GET", CALL) == seed.call_settings()


def test_row_42_a_regular_user_manages_his_own_settings_only(admin: Client) -> None:
    regular = admin.with_token("tok-regular")
    regular.ok("POST", CALL, json={"outgoing": {"show": "none"}})
    regular.failed("POST", f"{USERS}/{seed.ADMIN_ID}/call", json={"outgoing": {"show": "none"}})


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", APPS), ("PUT", RECEPTION), ("POST", PROMPTS), ("POST", USERS), ("POST", "/prompt/x/message")],
)
def test_row_43_a_regular_user_may_not_write(admin: Client, method: str, path: str) -> None:
    admin.with_token("tok-regular").failed(method, path, json={})
