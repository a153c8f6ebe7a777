# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Offices small enough that what a caller meets can be worked out by hand, and one line that says what was met."""

from __future__ import annotations

from typing import Any

from simulator.calls import play
from simulator.fonedynamics import seed as fonedynamics_seed
from simulator.messages import Record
from simulator.ringcentral import defaults
from simulator.ringcentral import seed as ringcentral_seed
from simulator.smspartner import seed as smspartner_seed
from simulator.sonetel import seed

FRIDAY = "2026-12-04T10:00:00-05:00"
SATURDAY = "2026-12-05T10:00:00-05:00"
NEW_YORK = {"regionalSettings": {"timezone": {"name": "America/New_York"}}}

ANNA, ERIK = "anna@example.org", "erik@example.org"
IDS = {ANNA: "3000000012", ERIK: "3000000014"}
MOBILES = {ANNA: "+46701740605", ERIK: "+46701740606"}
DESKS = {email: f"{key}@sip.example.org" for email, key in IDS.items()}
OUTSIDE = "+46701740699"


def met(state: Record, call: Record, switches: Record | None = None, at: str = FRIDAY) -> str:
    """How a call ends, where, and after how many seconds."""
    return line(play(state, switches or {}, {"at": at, **call}))


def line(result: Record) -> str:
    reached = result["reached"]
    where = [] if reached is None else [reached["kind"], reached["name"]]
    return " ".join([result["ends"], *where, f"{result['seconds']}s"])


# Sonetel


def ring(to: str = "myphones", ring_time: str | None = "20", **others: str) -> Record:
    return {"action": "ring", "to": to, **others, **({"ring_time": ring_time} if ring_time else {})}


def forward(to: str, target: str = "", **others: str) -> Record:
    return {"action": "forward", "to": to, **({"id": target} if target else {}), **others}


def entry(to: str, target: str) -> Record:
    return {"action": {"app": "connect", "prompt": "play"}.get(to, "call"), "to": to, "id": target}


def menu(name: str, *, timeout: Record | None = None, **keys: Any) -> Record:
    """A menu; `key_1` and so on are entries, everything else members of the voice app."""
    entries = {f"digit_{key[4:]}": keys.pop(key) for key in list(keys) if key.startswith("key_")}
    blank = {key: dict(seed.BLANK_ENTRY) for key in seed.MENU_KEYS}
    whole = {**blank, **entries, **({"timeout": timeout} if timeout else {})}
    return seed.voiceapp(name, app_id=f"VA{name}", menu=whole, **keys)


def announcement(name: str, final_action: Record | None = None, **others: Any) -> Record:
    app = seed.voiceapp(name, app_id=f"VA{name}", play_menu="no", **others)
    return app if final_action is None else {**app, "final_action": final_action}


def mailbox(name: str) -> Record:
    return seed.voiceapp(name, "mailbox", app_id=f"VA{name}")


def person(email: str, first: Record | None = None, second: Record | None = None, **others: Any) -> Record:
    """A user with a mobile and a SIP phone."""
    actions = {"first_action": first, "second_action": second}
    settings = {"incoming": {name: action for name, action in actions.items() if action is not None}}
    name = email.partition("@")[0].capitalize()
    return seed.user(IDS[email], email, name, "X", mobile=MOBILES[email], **{"call_settings": settings, **others})


def sonetel(*things: Record, **numbers: Any) -> Record:
    """A state; `n12` is the number +46846500412: a voice app's name, a user's e-mail, a SIP address or a number."""
    users = [thing for thing in things if "user_id" in thing]
    apps = [thing for thing in things if "app_id" in thing]
    records = [seed.number(f"468465004{key[1:]}", **_destination(value)) for key, value in numbers.items()]
    return {
        "sonetel": {"accounts": {seed.ACCOUNT_ID: seed.account("1", "X", users=users, numbers=records, voiceapps=apps)}}
    }


def _destination(value: Any) -> Record:
    if isinstance(value, dict):
        return value
    if value in IDS:
        return {"connect_to_type": "user", "connect_to": IDS[value]}
    if "@" in value:
        return {"connect_to_type": "sip", "connect_to": value}
    if value.lstrip("+").isdecimal():
        return {"connect_to_type": "phnum", "connect_to": value}
    return {"connect_to_type": "app", "connect_to": {"app_type": "ivr", "app_id": f"VA{value}"}}


def n(key: str, **call: Any) -> Record:
    """A call to +468465004KEY."""
    return {"number": f"+468465004{key}", **call}


# RingCentral: 101 works nine to five in New York and has a desk phone; 102 has another one.

ADA, BEN = "400000002", "400000003"
MOBILE, HOME = "+16505550120", "+16505550121"
ADAS_PHONE, BENS_PHONE = "+16505550111", "+16505550112"
ADAS_APPS = "ringcentral:101:apps"


def ringcentral(
    work: Record | None = None, after: Record | None = None, custom: tuple[Record, ...] = (), **ben: Any
) -> Record:
    """A state in which 101 has these members of its rules; `ben`: members of the record of 102."""
    state = ringcentral_seed.default_state()
    ada = state["extensions"][ADA]
    ada["record"].update(NEW_YORK)
    state["extensions"][BEN]["record"].update(ben)
    ada["forwarding_numbers"] |= {
        "500000002": ringcentral_seed.forwarding_number("500000002", MOBILE, "Mobile", "Mobile"),
        "500000003": ringcentral_seed.forwarding_number("500000003", HOME, "Home", "Home"),
        "500000004": {
            **ringcentral_seed.forwarding_number("500000004", BENS_PHONE, "Yealink T54W", "PhoneLine"),
            "device": {"id": ringcentral_seed.CO_WORKER_PHONE},
        },
    }
    rules = {key: rule for key, rule in ada["answering_rules"].items() if rule["type"] != "Custom"}
    rules[defaults.BUSINESS_HOURS].update(work or {})
    rules[defaults.AFTER_HOURS].update(after or {})
    ada["answering_rules"] = rules | {rule["id"]: rule for rule in custom}
    return {"ringcentral": state}


def rule(key: str, name: str, action: str = "TakeMessagesOnly", **members: Any) -> Record:
    return {**defaults.answering_rule(key, name, action=action, since=0), **members}


def rings(*steps: tuple[int, list[str]], **settings: Any) -> Record:
    """Settings of ForwardCalls: steps of ring counts and what rings."""
    keys = {ADAS_PHONE: "500000001", MOBILE: "500000002", HOME: "500000003", BENS_PHONE: "500000004"}
    return {
        **defaults.forwarding(),
        "rules": [
            {"ringCount": count, "forwardingNumbers": [keys[phone] for phone in phones]} for count, phones in steps
        ],
        **settings,
    }


def migrated(state: Record, **rules: Record) -> Record:
    """The state with the new call handling of 101, made of nothing but these dispatchings of states and rules."""
    hours = {
        day: [{"startTime": "09:00:00", "endTime": "17:00:00"}] for day in ringcentral_seed.OFFICE_HOURS["weeklyRanges"]
    }
    schedule = {"type": "Schedule", "schedule": {"triggers": [{"triggerType": "Weekly", "ranges": hours}]}}
    state["ringcentral"]["extensions"][ADA]["comm_handling"] = {
        "states": {
            "forward-all-calls": {"enabled": False, "conditions": defaults.always()},
            "dnd": {"enabled": False, "conditions": []},
            "work-hours": {"enabled": True, "conditions": [schedule]},
        },
        "rules": {
            "forward-all-calls": terminate("extension", BEN),
            "dnd": defaults.terminate_rule(),
            "work-hours": defaults.terminate_rule(),
            "after-hours": defaults.terminate_rule(),
            **{key.replace("_", "-"): value for key, value in rules.items()},
        },
        "interaction_rules": {},
    }
    return state


def group(seconds: int, *targets: Record, **members: Any) -> Record:
    return {"type": "RingGroupAction", "enabled": True, "targets": list(targets), "duration": seconds, **members}


def terminate(kind: str, target: str = "") -> Record:
    """A dispatching that ends calls at once at an extension, a number or an announcement."""
    return {"type": "Terminate", "actions": [ending("Terminating", kind, target)]}


def ending(dispatching_type: str, kind: str = "voicemail", target: str = "") -> Record:
    """The action that ends calls."""
    kinds: dict[str, Record] = {
        "voicemail": {"type": "VoiceMailTerminatingTarget"},
        "extension": {"type": "ExtensionTerminatingTarget", "extension": {"id": target}},
        "number": {"type": "PhoneNumberTerminatingTarget", "destination": {"phoneNumber": target}},
        "announcement": {"type": "PlayAnnouncementTerminatingTarget"},
    }
    found = kinds[kind]
    member = {"Ringing": "ringingTargetType", "Terminating": "terminatingTargetType"}[dispatching_type]
    targets: list[Record] = [{"type": "VoiceMailTerminatingTarget"}]
    if kind != "voicemail":
        targets.append({**found, "dispatchingType": dispatching_type})
    return {"type": "TerminatingAction", "targets": targets, member: found["type"]}


def ada(**call: Any) -> Record:
    return {"extension": {"ringcentral": "101"}, **call}


# The others


def smspartner(**numbers: Record) -> Record:
    """A state; `n1` is the number +33261910001."""
    state = smspartner_seed.default_state()
    state["accounts"][smspartner_seed.API_KEY]["numbers"] = {
        f"3326191000{key[1:]}": value for key, value in numbers.items()
    }
    return {"smspartner": state}


def fonedynamics(**numbers: Any) -> Record:
    """A state; `n1` is the number +61255500101 with these members."""
    return fonedynamics_seed.state_of(
        [
            fonedynamics_seed.number(f"6125550010{key[1:]}", **{"capabilities": ("Voice",), **value})
            for key, value in numbers.items()
        ]
    )
