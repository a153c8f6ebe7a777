# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a complete state of the provider looks like (README.md, "State")."""

from __future__ import annotations

from simulator.messages import BadInput, Record
from simulator.ringcentral.defaults import AFTER_HOURS, BUSINESS_HOURS, GROUP_ACTIONS, MAIN_SITE, NO_CALL_HANDLING

_TOP = {
    "account_id": str,
    "apps": dict,
    "company": dict,
    "extensions": dict,
    "features": dict,
    "jwts": dict,
    "next_id": int,
    "sessions": dict,
}
_APP = {"secret": str, "jwt_grant": bool, "refresh_tokens": bool, "permissions": list}
_JWT = {"owner_id": str, "apps": list, "expires_at": (int, float, type(None))}
_SESSION = {"client_id": str, "owner_id": str, "access": dict, "refresh": dict, "used_at": (int, float, type(None))}
_EXTENSION = {
    "record": dict,
    "permissions": list,
    "scope": str,
    "forwarding_numbers": dict,
    "devices": dict,
    "phone_numbers": list,
    "late": (dict, type(None)),
    "business_hours": dict,
    "answering_rules": dict,
    "comm_handling": (dict, type(None)),
    "queue_agent": bool,
    "late_calls": (dict, type(None)),
    "queue": (dict, type(None)),
    "menu": (dict, type(None)),
    "site": (dict, type(None)),
    "settings": dict,
}
_COMPANY = {
    "name": str,
    "regional_settings": dict,
    "operator": str,
    "business_hours": dict,
    "answering_rules": dict,
    "forward_all": dict,
    "phone_numbers": list,
    "prompts": dict,
    "greetings": dict,
}
_FORWARD_ALL = {"enabled": bool, "ranges": list, "extension": (str, type(None))}
_PROMPT = {"id": str, "filename": str, "contentType": str, "content": str}
_QUEUE = {
    "members": list,
    "overflow": dict,
    "service_level": dict,
    "editable_member_status": bool,
    "alert_timer": int,
}
_MENU = {"prompt": (dict, type(None)), "actions": list, "repeat": int}
_SITE = {
    "caller_id_name": (str, type(None)),
    "business_address": (dict, type(None)),
    "operator": (str, type(None)),
    "site_access": str,
    "accessible_sites": list,
    "code": (str, type(None)),
    "ivr": dict,
}
_IVR = {"top_menu": (str, type(None)), "actions": list, "repeat": int}
# The member that only extensions of this type have.
_PARTS: dict[str, tuple[str, Record]] = {
    "Department": ("queue", _QUEUE),
    "IvrMenu": ("menu", _MENU),
    "Site": ("site", _SITE),
}
_RULE = {
    "id": str,
    "type": str,
    "name": str,
    "enabled": bool,
    "callHandlingAction": str,
    "greetings": dict,
}
_USER_RULE = {"forwarding": dict, "voicemail": dict, "screening": str, "since": int}
_COMM_HANDLING = {"states": dict, "rules": dict, "interaction_rules": dict}


def check_state(state: Record) -> None:
    """Raise BadInput with the place of the first thing that handlers could not work with."""
    _members("ringcentral", state, _TOP)
    for name in ("InternationalCalling", "EditExternalForwarding"):
        if not isinstance(state["features"].get(name), bool):
            raise BadInput(f"ringcentral.features.{name}: true or false is expected")
    _members("ringcentral.company", state["company"], _COMPANY)
    _check_rules("ringcentral.company", state["company"], _RULE)
    if state["company"]["operator"] not in state["extensions"]:
        raise BadInput("ringcentral.company.operator: an extension's id is expected")
    _members("ringcentral.company.forward_all", state["company"]["forward_all"], _FORWARD_ALL)
    for key, prompt in state["company"]["prompts"].items():
        _members(f"ringcentral.company.prompts.{key}", prompt, _PROMPT)
    for client_id, app in state["apps"].items():
        _members(f"ringcentral.apps.{client_id}", app, _APP)
    # Tokens are not named in messages: they are secrets.
    for grant in state["jwts"].values():
        _members("ringcentral.jwts.*", grant, _JWT)
        _owner("ringcentral.jwts.*", grant, state)
    for session_id, session in state["sessions"].items():
        _members(f"ringcentral.sessions.{session_id}", session, _SESSION)
        _owner(f"ringcentral.sessions.{session_id}", session, state)
    for extension_id, extension in state["extensions"].items():
        if not extension_id.isdecimal():
            raise BadInput(f"ringcentral.extensions.{extension_id}: ids have digits only")
        _check_extension(f"ringcentral.extensions.{extension_id}", extension)
        _check_parts(f"ringcentral.extensions.{extension_id}", extension, state["extensions"])


def _check_extension(where: str, extension: Record) -> None:
    _members(where, extension, _EXTENSION)
    if extension["scope"] not in ("account", "self"):
        raise BadInput(f"{where}.scope: 'account' or 'self' is expected")
    for name in ("name", "type", "status"):
        if not isinstance(extension["record"].get(name), str):
            raise BadInput(f"{where}.record.{name}: a string is expected")
    for kind, names in (("forwarding_numbers", ("label", "type")), ("devices", ("name", "type"))):
        for key, record in extension[kind].items():
            texts = ("id", *names)
            if not isinstance(record, dict) or not all(isinstance(record.get(name), str) for name in texts):
                raise BadInput(f"{where}.{kind}.{key}: an object with the strings {list(texts)} is expected")
            if record["id"] != key:
                raise BadInput(f"{where}.{kind}.{key}.id: {key!r} is expected")

    _check_call_handling(where, extension)


def _check_parts(where: str, extension: Record, extensions: Record) -> None:
    """What extensions have that are not people."""
    kind = extension["record"]["type"]
    for owner, (name, members) in _PARTS.items():
        if (kind == owner) != (extension[name] is not None):
            raise BadInput(f"{where}.{name}: only, and every, extension of the type {owner} has it")
        if kind == owner:
            _members(f"{where}.{name}", extension[name], members)
            _check_record(where, extension["record"])
    if kind == "Site":
        _members(f"{where}.site.ivr", extension["site"]["ivr"], _IVR)
    if kind == "Department":
        unknown = set(extension["queue"]["members"]) - set(extensions)
        if unknown:
            raise BadInput(f"{where}.queue.members: there is no extension {min(unknown)!r}")
    site = extension["record"].get("site", {}).get("id", MAIN_SITE)
    if site != MAIN_SITE and extensions.get(site, {}).get("site") is None:
        raise BadInput(f"{where}.record.site: there is no site {site!r}")


def _check_record(where: str, record: Record) -> None:
    """What lists of queues, menus and sites show of the record."""
    if not isinstance(record.get("extensionNumber"), str):
        raise BadInput(f"{where}.record.extensionNumber: a string is expected")
    if not isinstance(record.get("contact"), dict):
        raise BadInput(f"{where}.record.contact: an object is expected")
    if record["type"] == "Site" and not isinstance(record.get("regionalSettings"), dict):
        raise BadInput(f"{where}.record.regionalSettings: an object is expected")


def _check_call_handling(where: str, extension: Record) -> None:
    kind = extension["record"]["type"]
    _check_rules(where, extension, _RULE if kind in GROUP_ACTIONS else {**_RULE, **_USER_RULE})
    has_rules = kind not in NO_CALL_HANDLING or kind in GROUP_ACTIONS
    if has_rules != (BUSINESS_HOURS in extension["answering_rules"]):
        wanted = "is expected" if has_rules else "is not expected for this type of extension"
        raise BadInput(f"{where}.answering_rules: {BUSINESS_HOURS} {wanted}")
    for key, rule in extension["answering_rules"].items():
        for step in rule.get("forwarding", {}).get("rules", ()):
            unknown = set(step["forwardingNumbers"]) - set(extension["forwarding_numbers"])
            if unknown:
                raise BadInput(f"{where}.answering_rules.{key}: there is no forwarding number {min(unknown)!r}")
    if extension["comm_handling"] is not None:
        _members(f"{where}.comm_handling", extension["comm_handling"], _COMM_HANDLING)


def _check_rules(where: str, holder: Record, kinds: Record) -> None:
    rules = holder["answering_rules"]
    if bool(holder["business_hours"]) != (AFTER_HOURS in rules):
        raise BadInput(f"{where}: {AFTER_HOURS} and business_hours that are not around the clock go together")
    for key, rule in rules.items():
        if not isinstance(rule, dict) or rule.get("id") != key:
            raise BadInput(f"{where}.answering_rules.{key}: an object with this id is expected")
        _members(f"{where}.answering_rules.{key}", {name: rule.get(name) for name in kinds}, kinds)


def _owner(where: str, record: Record, state: Record) -> None:
    if record["owner_id"] not in state["extensions"]:
        raise BadInput(f"{where}.owner_id: there is no extension {record['owner_id']!r}")


def _members(where: str, record: object, kinds: Record) -> None:
    if not isinstance(record, dict):
        raise BadInput(f"{where}: an object is expected")
    if set(record) != set(kinds):
        raise BadInput(f"{where}: exactly the keys {sorted(kinds)} are expected, not {sorted(record)}")
    for name, kind in kinds.items():
        if not isinstance(record[name], kind) or (isinstance(record[name], bool) and kind is not bool):
            raise BadInput(f"{where}.{name}: the wrong kind of value")
