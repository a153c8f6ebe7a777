# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who names an extension: menus, rules, queues, sites, and the company (docs/providers/ringcentral-company.md 16)."""

from __future__ import annotations

from simulator.messages import Record


def found(state: Record, key: str) -> list[str]:
    """What names an extension, as short texts. Membership of a queue or a site is no such reference."""
    places = []
    company = state["company"]
    if any(rule.get("extension") == key for rule in company["answering_rules"].values()):
        places.append("rules of the company")
    if company["forward_all"]["extension"] == key:
        places.append("forward-all-calls")
    for other, extension in state["extensions"].items():
        if other != key and any(_named(part, key) for part in _parts(extension)):
            places.append(f"extension {extension['record'].get('extensionNumber', other)}")
    return places


def forget(state: Record, key: str) -> None:
    """Take every reference away: what led to the extension leads to voicemail, to the operator, or nowhere."""
    company = state["company"]
    for rule in company["answering_rules"].values():
        if rule.get("extension") == key:
            del rule["extension"]
            rule["callHandlingAction"] = "Operator"
    if company["forward_all"]["extension"] == key:
        company["forward_all"] |= {"extension": None, "enabled": False}
    for other, extension in state["extensions"].items():
        if other != key:
            _forget_in(extension, key, company["operator"])


def _parts(extension: Record) -> list[Record]:
    """The objects of an extension that may name others."""
    parts = [extension[name] for name in ("menu", "site") if extension[name] is not None]
    if extension["queue"] is not None:
        parts.append({"overflow": extension["queue"]["overflow"]})
    parts.extend(extension["answering_rules"].values())
    if extension["comm_handling"] is not None:
        parts.append(extension["comm_handling"])
    return parts


def _named(value: object, key: str) -> bool:
    """Whether a part names an extension, under whatever member."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name in ("extension", "transfer", "recipient", "operator", "top_menu") and item == key:
                return True
            if name == "extension" and isinstance(item, dict) and item.get("id") == key:
                return True
            if name == "items" and key in item:
                return True
            if name == "transfer" and isinstance(item, dict) and key in item.values():
                return True
            if _named(item, key):
                return True
    return isinstance(value, list) and any(_named(item, key) for item in value)


def _forget_in(extension: Record, key: str, operator: str) -> None:
    if extension["menu"] is not None:
        _drop_actions(extension["menu"], key)
    if extension["site"] is not None:
        site = extension["site"]
        _drop_actions(site["ivr"], key)
        if site["operator"] == key:
            site["operator"] = None
        if site["ivr"]["top_menu"] == key:
            site["ivr"]["top_menu"] = None
    if extension["queue"] is not None:
        overflow = extension["queue"]["overflow"]
        overflow["items"] = [item for item in overflow["items"] if item != key]
    instead = operator if extension["record"]["type"] == "Site" else None
    for rule in extension["answering_rules"].values():
        _forget_in_rule(rule, key, instead)


def _forget_in_rule(rule: Record, key: str, instead: str | None) -> None:
    """`instead`: where the calls of a site go to, which must go to an extension."""
    if rule.get("transfer") == key:
        del rule["transfer"]
        if instead is not None:
            rule["transfer"] = instead
        elif rule["callHandlingAction"] == "TransferToExtension":
            rule["callHandlingAction"] = "TakeMessagesOnly"
    if rule.get("voicemail", {}).get("recipient") == key:
        rule["voicemail"]["recipient"] = None
    if rule.get("missedCall", {}).get("extension") == key:
        rule["missedCall"] = {"actionType": "PlayGreetingAndDisconnect"}
    if "queue" in rule:
        _drop_transfers(rule["queue"], key)


def _drop_actions(holder: Record, key: str) -> None:
    holder["actions"] = [action for action in holder["actions"] if action.get("extension") != key]


def _drop_transfers(handling: Record, key: str) -> None:
    """An action of a queue that has lost its target takes messages or, for nobody answering, waits on."""
    members = {
        "HoldTimeExpiration": ("holdTimeExpirationAction", "Voicemail"),
        "MaxCallers": ("maxCallersAction", "Voicemail"),
        "NoAnswer": ("noAnswerAction", "WaitPrimaryMembers"),
    }
    for action in [name for name, target in handling["transfer"].items() if target == key]:
        del handling["transfer"][action]
        name, instead = members[action]
        if handling[name] == "TransferToExtension":
            handling[name] = instead
