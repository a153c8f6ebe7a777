# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compares the collection's call model with the simulator's player of calls, which share no code.

The player plays a call in every position of every switch that it meets. Where all of them end alike, the model has to
say the same; where two differ, it has to say that it does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from system_judged_companies import Company
from system_judged_offices import Office
from system_support import Json, run_module

from simulator.calls import every_play
from simulator.fonedynamics import seed as fonedynamics_seed
from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral_seed
from simulator.smspartner import seed as smspartner_seed
from simulator.sonetel import seed as sonetel_seed

# How a call ends: the word for it, and what it reached in a form that both have.
End = tuple[str, str]
PROVIDERS = ("sonetel", "ringcentral", "smspartner", "fonedynamics")
# Of these, the place says nothing more.
_BARE = ("hang_up", "nowhere", "loop", "repeats", "unanswered", "unknown")
# What the model does not know for a reason of its own: no list of the collection shows it.
_UNSEEN = ("whose the internal number is",)


def connections(simulator: Simulator) -> Json:
    """Options that reach all accounts of the simulator."""
    return {
        "sonetel_connection": {
            "username": sonetel_seed.ADMIN_EMAIL,
            "password": sonetel_seed.ADMIN_PASSWORD,
            "api_url": simulator.sonetel_api_url,
            "auth_url": simulator.sonetel_auth_url,
        },
        "ringcentral_connection": {
            "client_id": ringcentral_seed.CLIENT_ID,
            "client_secret": ringcentral_seed.CLIENT_SECRET,
            "jwt": ringcentral_seed.JWT,
            "server_url": simulator.ringcentral_server_url,
        },
        "smspartner_connection": {"api_key": smspartner_seed.API_KEY, "api_url": simulator.smspartner_api_url},
        "fonedynamics_connection": {
            "account_sid": fonedynamics_seed.ACCOUNT_SID,
            "token": fonedynamics_seed.TOKEN,
            "api_url": simulator.fonedynamics_api_url,
        },
    }


def modelled(simulator: Simulator, office: Office, calls: Sequence[Json]) -> Json:
    """What the module that follows calls says of a random office's accounts."""
    simulator.reset()
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
    simulator.set_switches(office.positions)
    simulator.put_state(office.state)
    options = {
        "office": "judged",
        "region": "SE",
        "timezone": office.zone,
        "providers": list(PROVIDERS),
        "people": office.people,
        "calls": calls,
        **office.believed,
        **connections(simulator),
    }
    result = run_module("office_calls", options)
    assert not result.get("failed"), result["msg"]
    return result


def as_played(call: Json) -> Json:
    """A call of the module in the player's form; its time is a date in a zone."""
    found: Json = {name: call[name] for name in ("press", "from", "busy", "voicemail_answers") if name in call}
    found["extension" if isinstance(call["dial"], dict) else "number"] = call["dial"]
    if "unanswered" in call:
        found["unanswered"] = "all" if call["unanswered"] == ["all"] else call["unanswered"]
    if "full" in call:
        found["full"] = "all" if call["full"] == ["all"] else [f"ringcentral:{queue}" for queue in call["full"]]
    return {**found, "at": call["at"]["time"].replace(" ", "T"), "zone": call["at"]["zone"]}


class Judge:
    """Compares the two, call by call. *figures* counts what was met."""

    def __init__(self) -> None:
        self.figures: Counter[str] = Counter()

    def disagreement(self, office: Office | Company, call: Json, answer: Json) -> str:
        """Where model and player disagree about a call, "" where they do not. *answer*: what the module says of it."""
        plays = every_play(office.state, as_played(call), office.positions)
        (moment,) = answer["moments"]
        if moment["why"]:
            return f"the model cannot play it: {moment['why']}"
        routes = moment["routes"]
        theirs, mine = {end_of_play(play) for play in plays}, {end_of_route(route) for route in routes}
        unknown = sorted({route["unknown"] for route in routes if route["ends"] == "unknown"})
        self.figures["calls"] += 1
        if len(theirs) > 1 or next(iter(theirs))[0] in ("unknown", "unanswered"):
            self.figures["open"] += 1
            return "" if unknown or theirs == mine else f"players: {sorted(theirs)}, but the model: {sorted(mine)}"
        end = next(iter(theirs))
        self.figures[end[0]] += 1
        why = self._careful(plays, unknown, among=end in mine)
        if why:
            self.figures[why] += 1
            return ""
        if end not in mine or unknown:
            return f"players agree: {end}, but the model: {sorted(mine)} {unknown}"
        self.figures["sure"] += 1
        return _in_detail(plays, [route for route in routes if end_of_route(route) == end])

    @staticmethod
    def _careful(plays: Sequence[Json], unknown: Sequence[str], *, among: bool) -> str:
        """Why the model may say less than the players, who agree, "" for no reason."""
        if not unknown:
            return ""
        if among:
            # Of what rings at the same time, the player lets people answer before machines.
            return "unknown who is first"
        if (
            len({tuple((step["at"]["id"], step["does"], step["seconds"]) for step in play["steps"]) for play in plays})
            > 1
        ):
            return "unknown, alike by chance"
        return "unknown, unseen" if any(word in text for text in unknown for word in _UNSEEN) else ""


def _in_detail(plays: Sequence[Json], routes: Sequence[Json]) -> str:
    times = {play["seconds"] for play in plays}
    # After how many rounds a circle is noticed says nothing.
    for route in () if plays[0]["ends"] in ("loop", "repeats") else routes:
        vague = route["plus"] and route["seconds"] <= min(times)
        if not vague and {route["seconds"]} != times:
            return f"players take {sorted(times)} s, the model {route['seconds']} {route['plus']}"
    theirs = {"".join(play["not_pressed"]) for play in plays}
    mine = {"".join(key for key in route["not_pressed"] if key != "wait") for route in routes}
    return "" if theirs == mine else f"players do not press {theirs}, the model {mine}"


def end_of_play(play: Json) -> End:
    """How the player says that a call ends."""
    ends, reached = play["ends"], play["reached"]
    return (ends, "") if ends in _BARE else (ends, _reached(reached))


def _reached(reached: Mapping[str, Any]) -> str:
    provider, kind, name = reached["provider"], reached["kind"], reached["name"]
    if kind == "operator_voicemail":
        return f"operator {name}"
    if person := reached.get("person"):
        return f"ringcentral/{person.partition(':')[2]}" if person.startswith("ringcentral:") else f"sonetel/{person}"
    if kind in ("phone", "sip"):
        return f"number/{name}" if kind == "phone" else f"sip/{name}"
    if kind == "mailbox":
        return f"box/{name}"
    return f"flow/{reached['id']}" if kind == "flow" else f"voicemail/{provider}/{name}"


def end_of_route(route: Json) -> End:
    """How the module says that a call ends."""
    ends = route["ends"]
    if ends in _BARE:
        return ends, ""
    key = route["steps"][-1]["at"]
    provider, *rest = key.split("/")
    if ends == "outside":
        return ends, key if route["reached"] else f"operator {rest[0]}"
    if ends == "flow":
        return ends, f"flow/{rest[-1]}"
    who = rest[1].partition("#")[0]
    if rest[0] == "voiceapps":
        return ends, f"box/{who}"
    return ends, f"{provider}/{who}" if ends == "person" else f"voicemail/{provider}/{who}"
