# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every method of every path, its rate-limit group, and who may use it (docs/providers/ringcentral.md 4.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from simulator.messages import Answer
from simulator.ringcentral import (
    answering_rules,
    business_hours,
    call_flip,
    comm_rules,
    comm_states,
    company_rules,
    extensions,
    forwarding,
    forwarding_targets,
)
from simulator.ringcentral.answers import Call, Failure, not_found
from simulator.ringcentral.call_handling import is_migrated
from simulator.ringcentral.defaults import NO_CALL_HANDLING

Handler = Callable[[Call], Answer]
PREFIX = "/ringcentral"
_A = r"/restapi/v1\.0/account/([^/]+)"
_X = rf"{_A}/extension/([^/]+)"
_V = r"/restapi/v2/accounts/([^/]+)/extensions/([^/]+)"
_ONE = "/([^/]+)"
_NUMBERS, _RULES, _HOURS = "/forwarding-number", "/answering-rule", "/business-hours"
_STATES, _STATE_RULES = "/comm-handling/states", "/comm-handling/voice/state-rules"
_INTERACTION_RULES, _TARGETS = "/comm-handling/voice/interaction-rules", "/comm-handling/voice/forwarding-targets"
_FLIP = "/call-flip-numbers"
_READ, _EDIT, _EDIT_ACCOUNT = "ReadAccounts", "EditExtensions", "EditAccounts"
_READ_NUMBERS, _EDIT_NUMBERS = "ReadUserForwardingFlipNumbers", "EditUserForwardingFlipNumbers"
_READ_RULES, _EDIT_RULES = "ReadUserAnsweringRules", "EditUserAnsweringRules"
_READ_COMPANY, _EDIT_COMPANY = "ReadCompanyAnsweringRules", "EditCompanyAnsweringRules"

# Which back end answers: how an account that is migrated, or one that is not, refuses the others (9.1, 11).
_ALWAYS, _NUMBERS_KIND, _RULES_KIND, _HOURS_KIND, _NEW_KIND = "", "numbers", "rules", "hours", "new"


@dataclass(frozen=True)
class Operation:
    """One method of one path, which is a regular expression. `user_permission` is empty where none is stated."""

    method: str
    path: str
    handler: Handler
    group: str
    app_permission: str
    user_permission: str
    kind: str

    @property
    def of_extension(self) -> bool:
        """Whether the path names an extension."""
        return self.path.startswith((_X, _V))


_TABLE: tuple[tuple[str, str, Handler, str, str, str, str], ...] = (
    ("GET", _X + _NUMBERS, forwarding.list_all, "light", _READ, _READ_NUMBERS, _NUMBERS_KIND),
    ("POST", _X + _NUMBERS, forwarding.create, "medium", _EDIT, _EDIT_NUMBERS, _NUMBERS_KIND),
    ("DELETE", _X + _NUMBERS, forwarding.delete_many, "medium", _EDIT, _EDIT_NUMBERS, _NUMBERS_KIND),
    ("GET", _X + _NUMBERS + _ONE, forwarding.read, "light", _READ, _READ_NUMBERS, _NUMBERS_KIND),
    ("PUT", _X + _NUMBERS + _ONE, forwarding.update, "medium", _EDIT, _EDIT_NUMBERS, _NUMBERS_KIND),
    ("DELETE", _X + _NUMBERS + _ONE, forwarding.delete, "medium", _EDIT, _EDIT_NUMBERS, _NUMBERS_KIND),
    ("GET", _X + "/device", extensions.devices, "light", _READ, "ReadUserDevices", _ALWAYS),
    ("GET", _X + "/phone-number", extensions.phone_numbers, "light", _READ, "ReadUserPhoneNumbers", _ALWAYS),
    ("GET", _X + "/features", extensions.features, "medium", _READ, "ReadExtensions", _ALWAYS),
    ("GET", _X, extensions.read, "light", _READ, "ReadExtensions", _ALWAYS),
    ("GET", _A + "/extension", extensions.list_all, "medium", _READ, "ReadExtensions", _ALWAYS),
    ("GET", _X + _RULES, answering_rules.list_all, "medium", _READ, _READ_RULES, _RULES_KIND),
    ("POST", _X + _RULES, answering_rules.create, "medium", _EDIT, _EDIT_RULES, _RULES_KIND),
    ("GET", _X + _RULES + _ONE, answering_rules.read, "light", _READ, _READ_RULES, _RULES_KIND),
    ("PUT", _X + _RULES + _ONE, answering_rules.update, "medium", _EDIT, _EDIT_RULES, _RULES_KIND),
    ("DELETE", _X + _RULES + _ONE, answering_rules.delete, "medium", _EDIT, _EDIT_RULES, _RULES_KIND),
    ("GET", _A + _RULES, company_rules.list_all, "medium", _READ, _READ_COMPANY, _ALWAYS),
    ("POST", _A + _RULES, company_rules.create, "medium", _EDIT_ACCOUNT, _EDIT_COMPANY, _ALWAYS),
    ("GET", _A + _RULES + _ONE, company_rules.read, "light", _READ, _READ_COMPANY, _ALWAYS),
    ("PUT", _A + _RULES + _ONE, company_rules.update, "medium", _EDIT_ACCOUNT, _EDIT_COMPANY, _ALWAYS),
    ("DELETE", _A + _RULES + _ONE, company_rules.delete, "medium", _EDIT_ACCOUNT, _EDIT_COMPANY, _ALWAYS),
    ("GET", _X + _HOURS, business_hours.read, "light", _READ, "ReadExtensions", _HOURS_KIND),
    ("PUT", _X + _HOURS, business_hours.update, "medium", _EDIT, _EDIT_RULES, _HOURS_KIND),
    ("GET", _A + _HOURS, business_hours.read_company, "light", _READ, _READ_COMPANY, _ALWAYS),
    ("PUT", _A + _HOURS, business_hours.update_company, "medium", _EDIT, _EDIT_RULES, _ALWAYS),
    ("GET", _V + _STATES, comm_states.list_all, "medium", _READ, "", _NEW_KIND),
    ("GET", _V + _STATES + _ONE, comm_states.read, "medium", _READ, "", _NEW_KIND),
    ("PATCH", _V + _STATES + _ONE, comm_states.update, "medium", _EDIT, "", _NEW_KIND),
    ("GET", _V + _STATE_RULES, comm_rules.list_state_rules, "medium", _READ, "", _NEW_KIND),
    ("GET", _V + _STATE_RULES + _ONE, comm_rules.read_state_rule, "medium", _READ, "", _NEW_KIND),
    ("PATCH", _V + _STATE_RULES + _ONE, comm_rules.update_state_rule, "medium", _EDIT, "", _NEW_KIND),
    ("GET", _V + _INTERACTION_RULES, comm_rules.list_interaction_rules, "medium", _READ, "", _NEW_KIND),
    ("POST", _V + _INTERACTION_RULES, comm_rules.create_interaction_rule, "medium", _EDIT, "", _NEW_KIND),
    ("GET", _V + _INTERACTION_RULES + _ONE, comm_rules.read_interaction_rule, "medium", _READ, "", _NEW_KIND),
    ("PATCH", _V + _INTERACTION_RULES + _ONE, comm_rules.update_interaction_rule, "medium", _EDIT, "", _NEW_KIND),
    ("DELETE", _V + _INTERACTION_RULES + _ONE, comm_rules.delete_interaction_rule, "medium", _EDIT, "", _NEW_KIND),
    ("GET", _V + _TARGETS, forwarding_targets.list_all, "medium", _READ, "", _NEW_KIND),
    ("DELETE", _V + _TARGETS, forwarding_targets.delete, "medium", _EDIT, "", _NEW_KIND),
    ("GET", _V + _TARGETS + "/devices/([^/]+)/extensions", forwarding_targets.list_extensions_using_device, "medium",
     _READ, "", _NEW_KIND),
    ("GET", _V + _FLIP, call_flip.read, "light", _READ, "", _NEW_KIND),
    ("PUT", _V + _FLIP, call_flip.update, "medium", _EDIT, "", _NEW_KIND),
)  # fmt: skip
_OPERATIONS = tuple(Operation(*row) for row in _TABLE)
_INCLUDED = {"EditAccounts": ("ReadAccounts", "EditExtensions")}


def find(method: str, path: str) -> tuple[Operation | None, tuple[str, ...]]:
    """The operation of a request and the ids in its path."""
    # Expressions are compiled when they are first needed, and kept by `re`: that saves time at the start.
    path = path.removeprefix(PREFIX)
    for operation in _OPERATIONS:
        if operation.method == method and (match := re.fullmatch(operation.path, path)):
            return operation, match.groups()
    return None, ()


def admit(operation: Operation, call: Call) -> None:
    """Find the account and the extension of the path, and check the permissions of app and user."""
    permissions = call.state["apps"][call.session["client_id"]]["permissions"]
    allowed = {*permissions, *(name for key in permissions for name in _INCLUDED.get(key, ()))}
    if operation.app_permission not in allowed:
        name = operation.app_permission
        message = f"In order to call this API endpoint, application needs to have [{name}] permission"
        raise Failure(403, "CMN-401", message, permissionName=name)
    if call.ids[0] not in ("~", call.state["account_id"]):
        raise not_found("accountId")
    owner = call.session["owner_id"]
    user = call.state["extensions"][owner]
    name = operation.user_permission
    if name and name not in user["permissions"]:
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
    if operation.kind != _ALWAYS:
        _check_back_end(operation, call)


def _check_back_end(operation: Operation, call: Call) -> None:
    if call.extension["record"]["type"] in NO_CALL_HANDLING:
        raise Failure(403, "CMN-403", "Operation is not available for this type of extension.")
    if not is_migrated(call):
        if operation.kind != _NEW_KIND:
            return
        if call.switches["new_before_migration"] == "not_found":
            raise not_found("extensionId")
        raise Failure(403, "CMN-109", "Feature [NewCallHandlingAndForwarding] is not available.")
    closed = {
        _NUMBERS_KIND: call.switches["migrated_forwarding_numbers"] == "closed",
        _RULES_KIND: True,
        _HOURS_KIND: call.switches["migrated_business_hours"] == "closed",
        _NEW_KIND: False,
    }
    if closed[operation.kind]:
        raise Failure(403, "CMN-468", "This API is not available with NewCallHandlingAndForwarding.")
