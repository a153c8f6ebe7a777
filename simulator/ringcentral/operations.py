# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every method of every path, its rate-limit group, and who may use it (docs/providers/ringcentral.md 4.1)."""

from __future__ import annotations

import re

from simulator.ringcentral import (
    business_hours,
    call_flip,
    comm_rules,
    comm_states,
    company_rules,
    company_table,
    extensions,
    forwarding,
    forwarding_targets,
    routing_table,
)
from simulator.ringcentral.answers import Call, Failure, not_found
from simulator.ringcentral.call_handling import is_migrated
from simulator.ringcentral.defaults import GROUP_ACTIONS, NO_CALL_HANDLING
from simulator.ringcentral.group_rules import WITHOUT_CUSTOM_RULES
from simulator.ringcentral.paths import (
    ACCOUNT,
    ALWAYS,
    EDIT,
    EDIT_ACCOUNT,
    EXTENSION,
    EXTENSION_V2,
    HOURS_KIND,
    NEW_KIND,
    NUMBERS_KIND,
    ONE,
    READ,
    RULES_KIND,
    Operation,
    Rows,
)

PREFIX = "/ringcentral"
MEDIA_PREFIX = "/ringcentral-media"
"""What is played is fetched from a host of its own."""
_NUMBERS, _RULES, _HOURS = "/forwarding-number", "/answering-rule", "/business-hours"
_STATES, _STATE_RULES = "/comm-handling/states", "/comm-handling/voice/state-rules"
_INTERACTION_RULES, _TARGETS = "/comm-handling/voice/interaction-rules", "/comm-handling/voice/forwarding-targets"
_FLIP = "/call-flip-numbers"
_V2 = EXTENSION_V2
_READ_NUMBERS, _EDIT_NUMBERS = "ReadUserForwardingFlipNumbers", "EditUserForwardingFlipNumbers"
_EDIT_RULES = "EditUserAnsweringRules"
_READ_COMPANY, _EDIT_COMPANY = "ReadCompanyAnsweringRules", "EditCompanyAnsweringRules"

_TABLE: Rows = (
    ("GET", EXTENSION + _NUMBERS, forwarding.list_all, "light", READ, _READ_NUMBERS, NUMBERS_KIND),
    ("POST", EXTENSION + _NUMBERS, forwarding.create, "medium", EDIT, _EDIT_NUMBERS, NUMBERS_KIND),
    ("DELETE", EXTENSION + _NUMBERS, forwarding.delete_many, "medium", EDIT, _EDIT_NUMBERS, NUMBERS_KIND),
    ("GET", EXTENSION + _NUMBERS + ONE, forwarding.read, "light", READ, _READ_NUMBERS, NUMBERS_KIND),
    ("PUT", EXTENSION + _NUMBERS + ONE, forwarding.update, "medium", EDIT, _EDIT_NUMBERS, NUMBERS_KIND),
    ("DELETE", EXTENSION + _NUMBERS + ONE, forwarding.delete, "medium", EDIT, _EDIT_NUMBERS, NUMBERS_KIND),
    ("GET", EXTENSION + "/device", extensions.devices, "light", READ, "ReadUserDevices", ALWAYS),
    ("GET", EXTENSION + "/phone-number", extensions.phone_numbers, "light", READ, "ReadUserPhoneNumbers", ALWAYS),
    ("GET", EXTENSION + "/features", extensions.features, "medium", READ, "ReadExtensions", ALWAYS),
    ("GET", EXTENSION, extensions.read, "light", READ, "ReadExtensions", ALWAYS),
    ("GET", ACCOUNT + "/extension", extensions.list_all, "medium", READ, "ReadExtensions", ALWAYS),
    ("GET", ACCOUNT + _RULES, company_rules.list_all, "medium", READ, _READ_COMPANY, ALWAYS),
    ("POST", ACCOUNT + _RULES, company_rules.create, "medium", EDIT_ACCOUNT, _EDIT_COMPANY, ALWAYS),
    ("GET", ACCOUNT + _RULES + ONE, company_rules.read, "light", READ, _READ_COMPANY, ALWAYS),
    ("PUT", ACCOUNT + _RULES + ONE, company_rules.update, "medium", EDIT_ACCOUNT, _EDIT_COMPANY, ALWAYS),
    ("DELETE", ACCOUNT + _RULES + ONE, company_rules.delete, "medium", EDIT_ACCOUNT, _EDIT_COMPANY, ALWAYS),
    ("GET", EXTENSION + _HOURS, business_hours.read, "light", READ, "ReadExtensions", HOURS_KIND),
    ("PUT", EXTENSION + _HOURS, business_hours.update, "medium", EDIT, _EDIT_RULES, HOURS_KIND),
    ("GET", ACCOUNT + _HOURS, business_hours.read_company, "light", READ, _READ_COMPANY, ALWAYS),
    ("PUT", ACCOUNT + _HOURS, business_hours.update_company, "medium", EDIT, _EDIT_RULES, ALWAYS),
    ("GET", _V2 + _STATES, comm_states.list_all, "medium", READ, "", NEW_KIND),
    ("GET", _V2 + _STATES + ONE, comm_states.read, "medium", READ, "", NEW_KIND),
    ("PATCH", _V2 + _STATES + ONE, comm_states.update, "medium", EDIT, "", NEW_KIND),
    ("GET", _V2 + _STATE_RULES, comm_rules.list_state_rules, "medium", READ, "", NEW_KIND),
    ("GET", _V2 + _STATE_RULES + ONE, comm_rules.read_state_rule, "medium", READ, "", NEW_KIND),
    ("PATCH", _V2 + _STATE_RULES + ONE, comm_rules.update_state_rule, "medium", EDIT, "", NEW_KIND),
    ("GET", _V2 + _INTERACTION_RULES, comm_rules.list_interaction_rules, "medium", READ, "", NEW_KIND),
    ("POST", _V2 + _INTERACTION_RULES, comm_rules.create_interaction_rule, "medium", EDIT, "", NEW_KIND),
    ("GET", _V2 + _INTERACTION_RULES + ONE, comm_rules.read_interaction_rule, "medium", READ, "", NEW_KIND),
    ("PATCH", _V2 + _INTERACTION_RULES + ONE, comm_rules.update_interaction_rule, "medium", EDIT, "", NEW_KIND),
    ("DELETE", _V2 + _INTERACTION_RULES + ONE, comm_rules.delete_interaction_rule, "medium", EDIT, "", NEW_KIND),
    ("GET", _V2 + _TARGETS, forwarding_targets.list_all, "medium", READ, "", NEW_KIND),
    ("DELETE", _V2 + _TARGETS, forwarding_targets.delete, "medium", EDIT, "", NEW_KIND),
    ("GET", _V2 + _TARGETS + "/devices/([^/]+)/extensions", forwarding_targets.list_extensions_using_device, "medium",
     READ, "", NEW_KIND),
    ("GET", _V2 + _FLIP, call_flip.read, "light", READ, "", NEW_KIND),
    ("PUT", _V2 + _FLIP, call_flip.update, "medium", EDIT, "", NEW_KIND),
)  # fmt: skip
_OPERATIONS = tuple(Operation(*row) for row in (*_TABLE, *company_table.TABLE, *routing_table.TABLE))
_INCLUDED = {"EditAccounts": ("ReadAccounts", "EditExtensions")}


def find(method: str, path: str) -> tuple[Operation | None, tuple[str, ...]]:
    """The operation of a request and the ids in its path."""
    # Expressions are compiled when they are first needed, and kept by `re`: that saves time at the start.
    media = path.startswith(MEDIA_PREFIX)
    path = path.removeprefix(MEDIA_PREFIX if media else PREFIX)
    for operation in _OPERATIONS:
        if operation.method == method and (match := re.fullmatch(operation.path, path)):
            return (operation if media == operation.is_media else None), match.groups()
    return None, ()


def admit(operation: Operation, call: Call) -> None:
    """Find the account and the extension of the path, and check the permissions of app and user."""
    permissions = call.state["apps"][call.session["client_id"]]["permissions"]
    allowed = {*permissions, *(name for key in permissions for name in _INCLUDED.get(key, ()))}
    if operation.app_permission and operation.app_permission not in allowed:
        name = operation.app_permission
        message = f"In order to call this API endpoint, application needs to have [{name}] permission"
        raise Failure(403, "CMN-401", message, permissionName=name)
    if not operation.of_account:
        return
    if call.ids[0] not in ("~", call.state["account_id"]):
        raise not_found("accountId")
    owner = call.session["owner_id"]
    user = call.state["extensions"][owner]
    names = operation.user_permission.split("|")
    name = names[0]
    if name and not set(names) & set(user["permissions"]):
        message = f"In order to call this API endpoint, user needs to have [{name}] permission for requested resource."
        raise Failure(403, "CMN-408", message, permissionName=name)
    if not operation.of_extension:
        return
    call.extension_id = owner if call.ids[1] == "~" else call.ids[1]
    call.extension = call.state["extensions"].get(call.extension_id)
    if call.extension is None:
        raise not_found("extensionId")
    if call.extension_id != owner and user["scope"] == "self":
        members = {"permissionName": name} if name else {}
        raise Failure(403, "CMN-419", "User's permissions do not cover other extensions.", **members)
    if operation.kind != ALWAYS:
        _check_back_end(operation, call)


def _check_back_end(operation: Operation, call: Call) -> None:
    kind = call.extension["record"]["type"]
    # What a type of extension may not have is refused before anything else (ringcentral-company.md 3.3).
    if operation.kind == RULES_KIND and kind == "ParkLocation":
        raise Failure(400, "AWR-193", "Rules are not available for this type of extension.")
    if operation.kind == RULES_KIND and operation.method == "POST" and kind in WITHOUT_CUSTOM_RULES:
        raise Failure(400, "AWR-191", "Custom rules are not available for this type of extension.")
    if operation.kind in (RULES_KIND, HOURS_KIND) and kind in GROUP_ACTIONS:
        if call.switches["migrated"] == "yes" and call.switches["migrated_queue_rules"] == "closed":
            raise _closed()
        return
    if kind in NO_CALL_HANDLING:
        if kind in WITHOUT_CUSTOM_RULES and (operation.method, operation.kind) == ("PUT", HOURS_KIND):
            raise Failure(400, "AWR-192", "After hours are not available for this type of extension.")
        raise Failure(403, "CMN-403", "Operation is not available for this type of extension.")
    if not is_migrated(call):
        if operation.kind != NEW_KIND:
            return
        if call.switches["new_before_migration"] == "not_found":
            raise not_found("extensionId")
        raise Failure(403, "CMN-109", "Feature [NewCallHandlingAndForwarding] is not available.")
    closed = {
        NUMBERS_KIND: call.switches["migrated_forwarding_numbers"] == "closed",
        RULES_KIND: True,
        HOURS_KIND: call.switches["migrated_business_hours"] == "closed",
        NEW_KIND: False,
    }
    if closed[operation.kind]:
        raise _closed()


def _closed() -> Failure:
    return Failure(403, "CMN-468", "This API is not available with NewCallHandlingAndForwarding.")
