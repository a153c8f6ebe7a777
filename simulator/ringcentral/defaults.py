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

# Types of extensions that are not people but have rules, always those of v1.0; the action of business hours by type.
GROUP_ACTIONS = {
    "Department": "AgentQueue",
    "Voicemail": "TakeMessagesOnly",
    "Announcement": "PlayAnnouncementOnly",
    "Site": "TransferToExtension",
}
# Types of extensions that have neither forwarding numbers nor states.
NO_CALL_HANDLING = (*GROUP_ACTIONS, "PagingOnly", "ParkLocation", "IvrMenu", "SharedLinesGroup", "Bot")
MAIN_SITE = "main-site"
TIME_ZONES = {
    "1": ("GMT", "Greenwich Mean Time", 0),
    "17": ("Europe/London", "London", 0),
    "20": ("Europe/Paris", "Paris", 60),
    "21": ("Europe/Berlin", "Berlin", 60),
    "22": ("Europe/Stockholm", "Stockholm", 60),
    "58": ("US/Pacific", "Pacific Time (US & Canada)", -480),
    "60": ("America/Los_Angeles", "Los Angeles", -480),
    "62": ("America/Denver", "Denver", -420),
    "63": ("America/Chicago", "Chicago", -360),
    "64": ("America/New_York", "New York", -300),
    "75": ("Australia/Sydney", "Sydney", 600),
    "81": ("Asia/Tokyo", "Tokyo", 540),
}
"""Time zones by id: name, description, and the minutes that they are ahead of UTC in winter."""
LANGUAGES = {
    "1033": ("English (United States)", "en-US"),
    "2057": ("English (United Kingdom)", "en-GB"),
    "1031": ("German (Germany)", "de-DE"),
    "1036": ("French (France)", "fr-FR"),
    "3082": ("Spanish (Spain)", "es-ES"),
}
"""Languages by id: name and locale."""


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


def group_rule(key: str, name: str, kind: str, *, action: str = "", transfer: str | None = None) -> Record:
    """A rule of an extension of a type in GROUP_ACTIONS as the state holds it.

    `transfer` is an extension's id. A voicemail without recipient is the extension's own.
    """
    rule: Record = {
        "id": key,
        "type": RULE_TYPES.get(key, "Custom"),
        "name": name,
        "enabled": True,
        "callHandlingAction": action or GROUP_ACTIONS[kind],
        "greetings": {},
    }
    if kind in ("Department", "Voicemail"):
        rule["voicemail"] = {"enabled": True, "recipient": None}
    if kind == "Department" and key == BUSINESS_HOURS:
        rule["queue"] = queue_handling()
    return rule if transfer is None else {**rule, "transfer": transfer}


def queue_handling() -> Record:
    """What a new queue does with its callers (docs/providers/ringcentral-company.md 6.3).

    `fixedOrderAgents` are members' ids in order; `transfer` and `unconditionalForwarding` are extensions' ids and
    numbers by the action that they belong to (HoldTimeExpiration, MaxCallers, NoAnswer). Times are in seconds.
    """
    return {
        "transferMode": "Rotating",
        "fixedOrderAgents": [],
        "agentTimeout": 20,
        "wrapUpTime": 15,
        "holdTime": 180,
        "holdTimeExpirationAction": "Voicemail",
        "maxCallers": 10,
        "maxCallersAction": "Voicemail",
        "noAnswerAction": "WaitPrimaryMembers",
        "transfer": {},
        "unconditionalForwarding": {},
        "holdAudioInterruptionMode": "Never",
        "holdAudioInterruptionPeriod": None,
    }


def queue(members: Iterable[str] = ()) -> Record:
    """What a queue has besides its rules; `members` are extensions' ids."""
    return {
        "members": list(members),
        "overflow": {"enabled": False, "items": []},
        "service_level": {
            "slaGoal": 80,
            "slaThresholdSeconds": 60,
            "includeAbandonedCalls": False,
            "abandonedThresholdSeconds": 15,
        },
        "editable_member_status": True,
        "alert_timer": 30,
    }


def menu() -> Record:
    """What a new IVR menu has: it says nothing and knows no key.

    `prompt` is {mode: TextToSpeech, text, language} or {mode: Audio, audio}, where language and audio are ids, or null.
    An action is {input, action} with `extension` (an id) or `phoneNumber`.
    """
    return {"prompt": None, "actions": [], "repeat": 3}


def site() -> Record:
    """What a new site has besides its rules; `operator` and `top_menu` are extensions' ids."""
    return {
        "caller_id_name": None,
        "business_address": None,
        "operator": None,
        "site_access": "Unlimited",
        "accessible_sites": [],
        "code": None,
        "ivr": {"top_menu": None, "actions": [], "repeat": 3},
    }


def time_zone(key: str) -> Record:
    """A time zone of the dictionary, without its address."""
    name, description, bias = TIME_ZONES[key]
    return {"id": key, "name": name, "description": description, "bias": str(bias)}


def language(key: str) -> Record:
    """A language, without its address."""
    name, locale = LANGUAGES[key]
    return {"id": key, "name": name, "localeCode": locale}


def regional_settings(zone: str, spoken: str = "1033") -> Record:
    """The regional settings of an account, a site or an extension; `zone` and `spoken` are ids."""
    return {
        "timezone": time_zone(zone),
        "homeCountry": {"id": "1", "name": "United States", "isoCode": "US", "callingCode": "1"},
        "language": language(spoken),
        "greetingLanguage": language(spoken),
        "formattingLocale": language(spoken),
        "timeFormat": "12h",
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
