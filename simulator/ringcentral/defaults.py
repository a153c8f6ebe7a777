# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call handling as it is before anybody changed it: rules of both back ends, and the greetings that they name."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.messages import Record

# Preset greetings by type: id and name; the first is the default.
PRESETS: dict[str, dict[str, str]] = {
    "Voicemail": {"590080": "No One Available", "65792": "Default"},
    "Introductory": {"66301": "None", "66048": "Default"},
    "ConnectingAudio": {"66310": "Acoustic", "66304": "Ring Tones"},
    "ConnectingMessage": {"68867": "Default", "66305": "None"},
    "Announcement": {"66816": "Default", "66560": "Office closed"},
}
BUSINESS_HOURS, AFTER_HOURS = "business-hours-rule", "after-hours-rule"
RULE_TYPES = {BUSINESS_HOURS: "BusinessHours", AFTER_HOURS: "AfterHours"}
RINGS = 4
SECONDS_PER_RING = 5

# Types of extensions that have neither forwarding numbers nor rules.
NO_CALL_HANDLING = (
    "Announcement",
    "Voicemail",
    "PagingOnly",
    "ParkLocation",
    "IvrMenu",
    "SharedLinesGroup",
    "Bot",
    "Site",
)


def forwarding(steps: Iterable[Iterable[str]] = ()) -> Record:
    """Settings of ForwardCalls; `steps` are forwarding numbers' ids, those of one step ring together."""
    return {
        "notifyMySoftPhones": True,
        "notifyAdminSoftPhones": False,
        "softPhonesRingCount": RINGS,
        "softPhonesAlwaysRing": True,
        "softPhonesPositionTop": True,
        "ringingMode": "Sequentially",
        "rules": [{"ringCount": RINGS, "forwardingNumbers": list(step)} for step in steps],
    }


def answering_rule(
    key: str, name: str, *, action: str = "ForwardCalls", steps: Iterable[Iterable[str]] = (), since: int
) -> Record:
    """A rule of an extension as the state holds it.

    `since`: the state's next id when it was last written. A voicemail without recipient is the extension's own.
    """
    return {
        "id": key,
        "type": RULE_TYPES.get(key, "Custom"),
        "name": name,
        "enabled": True,
        "callHandlingAction": action,
        "forwarding": forwarding(steps),
        "voicemail": {"enabled": True, "recipient": None},
        "greetings": {},
        "screening": "Off",
        "since": since,
    }


def company_rule(key: str, name: str) -> Record:
    """A rule of the company as the state holds it."""
    return {
        "id": key,
        "type": RULE_TYPES.get(key, "Custom"),
        "name": name,
        "enabled": True,
        "callHandlingAction": "Operator",
        "greetings": {},
    }


def greeting(kind: str, custom: str | None = None) -> Record:
    """A greeting of the new call handling."""
    preset = {"id": next(iter(PRESETS[kind]))}
    if custom is None:
        return {"effectiveGreetingType": "Preset", "preset": preset}
    return {"effectiveGreetingType": "Custom", "preset": preset, "custom": {"id": custom}}


def greeting_actions() -> list[Record]:
    """What a ringing rule plays and asks when nobody chose anything."""
    return [
        {"type": "PlayWelcomePromptAction", "greeting": greeting("Introductory"), "enabled": False},
        {
            "type": "ScreeningAction",
            "screening": "NoCallerId",
            "screeningResult": "AskToAnswer",
            "enabled": False,
        },
        {"type": "PlayConnectingMessageAction", "greeting": greeting("ConnectingMessage"), "enabled": False},
        {"type": "PlayConnectingPromptAction", "greeting": greeting("ConnectingAudio"), "enabled": False},
    ]


def app_target(kind: str) -> Record:
    """One's own apps as a ring target; `kind` is AllDesktop or AllMobile."""
    return {
        "type": f"{kind}RingTarget",
        "name": {"AllDesktop": "My desktop", "AllMobile": "My mobile apps"}[kind],
    }


def app_groups(enabled: bool, rings: int = RINGS) -> list[Record]:
    """The two groups that every ringing rule has."""
    return [
        {
            "type": "RingGroupAction",
            "enabled": enabled,
            "targets": [app_target(kind)],
            "duration": rings * SECONDS_PER_RING,
        }
        for kind in ("AllDesktop", "AllMobile")
    ]


def voicemail_target() -> Record:
    """One's own voicemail."""
    return {
        "type": "VoiceMailTerminatingTarget",
        "name": "Voicemail",
        "prompt": {"greeting": greeting("Voicemail")},
    }


def announcement_target(dispatching_type: str, custom: str | None = None) -> Record:
    """An announcement, after which the call ends."""
    return {
        "type": "PlayAnnouncementTerminatingTarget",
        "name": "PlayAnnouncement",
        "prompt": {"greeting": greeting("Announcement", custom)},
        "dispatchingType": dispatching_type,
    }


def terminate_rule() -> Record:
    """The dispatching of forward-all-calls and dnd, and of after-hours when it is made."""
    action = {
        "type": "TerminatingAction",
        "targets": [voicemail_target(), announcement_target("Terminating")],
        "terminatingTargetType": "VoiceMailTerminatingTarget",
    }
    return {"type": "Terminate", "actions": [action]}


def always() -> list[Record]:
    """The conditions of a state that holds around the clock."""
    trigger = {"triggerType": "Daily", "startTime": "00:00:00", "endTime": "23:59:59"}
    return [{"type": "Schedule", "schedule": {"triggers": [trigger]}}]
