# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever a client sends, the provider answers, and a failed operation changes nothing."""

from __future__ import annotations

import copy
import json
import os

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.messages import parse_request
from simulator.sonetel import PROVIDER, seed
from simulator.sonetel.switches import SWITCHES

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner))
APPS = st.fixed_dictionaries({"app_type": st.sampled_from(["ivr", "mailbox"]), "app_id": st.just("VAq7k2m9x1za")})
TARGETS = APPS | st.sampled_from(["", "3000000012", "+12025550199", "sip:a@sip.example.org", "VAq7k2m9x1za"])
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "action": st.sampled_from(["call", "connect", "play", "disconnect", "forward", "ring", ""]) | JSON,
        "to": st.sampled_from(["user", "phnum", "other", "csg", "app", "prompt", "voiceapp", "myphones"]) | JSON,
        "id": st.sampled_from(["3000000012", "+12025550199", "VAq7k2m9x1za", "PRnone"]) | JSON,
    },
)
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "connect_to_type": st.sampled_from(["user", "phnum", "sip", "app", "csg", "nowhere"]) | JSON,
        "connect_to": TARGETS | JSON,
        "package": st.sampled_from(["business", "standard"]) | JSON,
        "show": st.sampled_from(["caller", "called"]) | JSON,
        "plan_details": st.fixed_dictionaries({"next_renew_mode": st.sampled_from(["1y", "0"]) | JSON}) | JSON,
        "phnum": st.sampled_from(["12025550190", "12025550191"]) | JSON,
        "language": JSON,
        "timezone_details": JSON,
        "app_type": st.sampled_from(["ivr", "mailbox"]) | JSON,
        "name": st.just("X") | JSON,
        "play_menu": st.sampled_from(["yes", "no"]) | JSON,
        "menu": st.dictionaries(st.sampled_from(seed.MENU_KEYS), ENTRIES | JSON, max_size=3) | JSON,
        "final_action": ENTRIES | JSON,
        "deliver_to": st.sampled_from(["user", "email"]) | JSON,
        "deliver_to_details": st.sampled_from([seed.ADMIN_ID, "a@example.org"]) | JSON,
        "incoming": st.dictionaries(st.sampled_from(["first_action", "second_action"]), ENTRIES | JSON) | JSON,
        "outgoing": JSON,
        "user_fname": st.just("A") | JSON,
        "user_lname": st.just("B") | JSON,
        "email": st.sampled_from(["new@example.org", seed.REGULAR_EMAIL]) | JSON,
        "password": st.just("fake-pass") | JSON,
        "text": st.just("Good morning") | JSON,
        "voice": st.just("en-GB-Neural2-A") | JSON,
    },
)
POSITIONS = st.fixed_dictionaries({switch.name: st.sampled_from(switch.values) for switch in SWITCHES})
ACCOUNT = f"/sonetel/account/{seed.ACCOUNT_ID}"
PATHS = [
    ("PUT", f"{ACCOUNT}/phonenumbersubscription/12025550123"),
    ("PUT", f"{ACCOUNT}/phonenumbersubscription/12025550124"),
    ("POST", f"{ACCOUNT}/phonenumbersubscription"),
    ("PUT", ACCOUNT),
    ("POST", f"{ACCOUNT}/voiceapp"),
    ("PUT", f"{ACCOUNT}/voiceapp/VAq7k2m9x1za"),
    ("PUT", f"{ACCOUNT}/voiceapp/VAm1b8c5d2ef"),
    ("POST", f"{ACCOUNT}/voiceapp/VAq7k2m9x1za/prompt"),
    ("POST", f"{ACCOUNT}/user"),
    ("POST", f"{ACCOUNT}/user/{seed.REGULAR_ID}/call"),
    ("POST", "/sonetel/tts/prompt/convert"),
]


def test_every_body_is_answered_and_a_failure_changes_nothing() -> None:
    taken: list[bool] = []

    @settings(max_examples=int(os.environ.get("FUZZ", "200")), deadline=None, database=None, derandomize=True)
    @given(operation=st.sampled_from(PATHS), body=BODIES | JSON, positions=POSITIONS)
    def play(operation: tuple[str, str], body: object, positions: dict[str, str | int]) -> None:
        taken.append(is_taken(operation, body, positions))

    play()
    assert sum(taken) > len(taken) / 10


def is_taken(operation: tuple[str, str], body: object, positions: dict[str, str | int]) -> bool:
    """Send *body*; return whether the operation was carried out."""
    state = seed.default_state()
    state["access_tokens"]["tok"] = seed.access_token()
    before = copy.deepcopy(state)
    method, path = operation
    headers = [(b"authorization", b"Bearer tok"), (b"content-type", b"application/json")]
    answer = PROVIDER.handle(parse_request(method, path, b"", headers, json.dumps(body).encode()), state, positions)
    document = json.loads(answer.body)
    refused = answer.status != 200 or (isinstance(document, dict) and document.get("status") == "failed")
    assert state == before or not refused
    PROVIDER.check_state(state)
    assert json.loads(json.dumps(state)) == state
    return not refused
