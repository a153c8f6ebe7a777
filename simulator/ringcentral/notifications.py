# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where an extension's messages are notified of (docs/providers/ringcentral-company.md 12).

Kept in the extension's `settings` as `notifications`, in the form of answers.
"""

from __future__ import annotations

import copy

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral.answers import Call, Failure, invalid

_KINDS = ("voicemails", "inboundFaxes", "outboundFaxes", "inboundTexts", "missedCalls", "callNotes")
_LISTS = ("emailAddresses", "smsEmailAddresses", "smsPhoneNumbers")
_ADVANCED_LISTS = ("advancedEmailAddresses", "advancedSmsEmailAddresses", "advancedSmsPhoneNumbers")
_WITH_ATTACHMENT = ("voicemails", "inboundFaxes")
_MOST_SMS_NUMBERS = 10
_BY_EMAIL = ("voicemails", "inboundFaxes")


def read(call: Call) -> Answer:
    """GET the settings."""
    return json_answer(_shown(call, _settings(call)))


def update(call: Call) -> Answer:
    """PUT the settings. Managers are notified unless the body says otherwise, whatever was set before."""
    body = call.body()
    merges = call.switches["notification_put"] == "merge"
    changed = copy.deepcopy(_settings(call)) if merges else _new(call)
    for name in _LISTS:
        if name in body:
            changed[name] = _texts(name, body[name])
    if len(changed["smsPhoneNumbers"]) > _MOST_SMS_NUMBERS:
        raise invalid("smsPhoneNumbers")
    if "advancedMode" in body:
        changed["advancedMode"] = _flag("advancedMode", body["advancedMode"])
    for kind in _KINDS:
        if kind in body:
            changed[kind] = {**changed[kind], **_kind(kind, body[kind])}
    if _has_managers(call):
        changed["includeManagers"] = _flag("includeManagers", body.get("includeManagers", True))
        if not changed["includeManagers"] and not changed["emailAddresses"]:
            raise invalid("emailAddresses")
    if changed["advancedMode"]:
        for kind in _KINDS:
            if changed[kind]["notifyByEmail"] and not changed[kind]["advancedEmailAddresses"]:
                raise invalid(f"{kind}.advancedEmailAddresses")
    call.extension["settings"]["notifications"] = changed
    return json_answer(_shown(call, changed))


def _has_managers(call: Call) -> bool:
    return bool(call.extension["record"]["type"] == "Department")


def _new(call: Call) -> Record:
    settings: Record = {name: list[str]() for name in _LISTS}
    settings["advancedMode"] = False
    for kind in _KINDS:
        settings[kind] = {"notifyByEmail": kind in _BY_EMAIL, "notifyBySms": False, "advancedEmailAddresses": []}
        if kind in _WITH_ATTACHMENT:
            settings[kind] |= {"includeAttachment": False, "markAsRead": False}
    return {**settings, "includeManagers": True} if _has_managers(call) else settings


def _settings(call: Call) -> Record:
    settings: Record = call.extension["settings"].get("notifications", _new(call))
    return settings


def _kind(kind: str, value: object) -> Record:
    if not isinstance(value, dict):
        raise invalid(kind)
    parsed: Record = {}
    for name, item in value.items():
        if name in _ADVANCED_LISTS:
            parsed[name] = _texts(f"{kind}.{name}", item)
        elif name in ("notifyByEmail", "notifyBySms", "includeAttachment", "markAsRead", "includeTranscription"):
            parsed[name] = _flag(f"{kind}.{name}", item)
    if parsed.get("includeTranscription"):
        raise Failure(403, "CMN-109", "Feature [VoicemailToText] is not available.")
    return parsed


def _texts(name: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise invalid(name)
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise invalid(name, value)
    return value


def _shown(call: Call, settings: Record) -> Record:
    own = call.extension["record"]
    email = own.get("contact", {}).get("email")
    recipient = {
        "extensionId": call.extension_id,
        "fullName": own["name"],
        **({"extensionNumber": own["extensionNumber"]} if own.get("extensionNumber") else {}),
        "status": own["status"],
        "emailAddresses": [email] if email else [],
        "permission": "FullAccess",
    }
    # The vendor describes a list of at least one number.
    shown = {name: value for name, value in settings.items() if value or name != "smsPhoneNumbers"}
    return {"uri": f"{call.extension_uri}/notification-settings", **shown, "emailRecipients": [recipient]}
