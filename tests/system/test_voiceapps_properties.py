# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever voice apps become whatever others: what was predicted is done, and then nothing is left to do."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from system_support import FUZZ, Json
from system_voiceapps import DEFAULTS, VoiceappsAccount

from simulator.harness import Simulator
from simulator.sonetel import seed

NAMES = ("A", "B", "C", "D")
KEYS = ("1", "2", "3", "0", "timeout")


def entries(names: tuple[str, ...]) -> st.SearchStrategy[Json]:
    return st.one_of(
        st.sampled_from(names).map(lambda name: {"voiceapp": name}),
        st.sampled_from(["Main menu", "Voice Mail"]).map(lambda name: {"voiceapp": name}),
        st.just({"user": seed.REGULAR_EMAIL}),
        st.just({"phone": "070-174 06 06"}),
        st.just({"sip": "desk@pbx.example.org"}),
        st.just({"team": "4000000001"}),
        st.just({"hang_up": True}),
        st.just({"raw": {"action": "call", "to": "csg", "id": "7"}}),
    )


@st.composite
def offices(draw: st.DrawFn) -> Json:
    """Up to four voice apps that refer to each other at will, and to prompts of their own."""
    names = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)))
    apps, prompts = [], []
    for name in names:
        kind = draw(st.sampled_from(["menu", "menu", "announcement", "mailbox"]))
        app: Json = {"name": f"{kind[:4]} {name}", "type": kind, "voice": draw(st.sampled_from(["en", "swe"]))}
        apps.append(app)
    called = tuple(app["name"] for app in apps)
    for app in apps:
        if app["type"] == "mailbox":
            app["deliver_to"] = draw(st.sampled_from([{"email": "a@example.org"}, {"user": seed.REGULAR_EMAIL}]))
            continue
        plays: list[Json] = [{"prompt": "Welcome"}]
        if draw(st.booleans()):
            prompts.append(
                {"voiceapp": app["name"], "name": "Own", "text": draw(st.sampled_from("xy")), "language": "en_GB"}
            )
            plays.append({"prompt": "Own"})
        targets = entries(called) | st.sampled_from(plays)
        if app["type"] == "announcement":
            app["final_action"] = draw(targets)
        else:
            keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4))
            app["menu"] = [{"key": key, **draw(targets)} for key in keys]
    return {"voiceapps": apps, "prompts": prompts}


@settings(
    max_examples=FUZZ or 25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=offices(), second=offices(), switches=st.fixed_dictionaries({
    "menu_write": st.sampled_from(["merge", "replace"]),
    "delete_used_app": st.sampled_from(["accepted", "failed"]),
    "final_hang_up": st.sampled_from(["disconnect", "blank"]),
    "blank_entry": st.sampled_from(["triple", "null", "absent"]),
}))  # fmt: skip
def test_from_any_office_to_any_other(
    simulator: Simulator, first: Json, second: Json, switches: dict[str, Any]
) -> None:
    simulator.reset()
    account = VoiceappsAccount(simulator)
    simulator.set_switches({"sonetel": switches})
    assert account.run(**first).get("msg") is None
    entry = {**second, "prune": True, "max_deletions": 4}
    predicted = account.run(**entry, check=True)
    result = account.run(**entry)
    assert (result.get("msg"), result["plan"], result["diff"]) == (None, predicted["plan"], predicted["diff"])
    assert sorted(account.apps()) == sorted([*DEFAULTS, *(app["name"] for app in second["voiceapps"])])
    account.log()
    again = account.run(**entry)
    assert (again["changed"], account.writes()) == (False, [])
