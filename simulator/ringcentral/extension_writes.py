# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Extensions of all types: create, update and delete (docs/providers/ringcentral-company.md 3)."""

from __future__ import annotations

import copy

from simulator.messages import Answer, Record
from simulator.ringcentral import account_numbers, defaults, extensions, queues, records, references, seed
from simulator.ringcentral.answers import Call, Failure, invalid, missing
from simulator.ringcentral.queue_settings import change_members

# IvrMenu and Site have paths of their own.
_TYPES = (
    "User",
    "VirtualUser",
    "DigitalUser",
    "FlexibleUser",
    "Department",
    "Announcement",
    "Voicemail",
    "SharedLinesGroup",
    "PagingOnly",
    "ParkLocation",
    "Limited",
)
_STATUSES = ("Enabled", "Disabled", "Frozen", "NotActivated")
_WIZARD_STATES = ("NotStarted", "Incomplete", "Completed")


def create(call: Call) -> Answer:
    """POST: 200 with the extension. Without a number it gets the next that is free."""
    body = call.body()
    kind = records.one_of(body.get("type", "User"), "type", _TYPES)
    if "contact" not in body:
        raise missing("contact.firstName")
    made = seed.extension(records.extension_number(call, body, kind), "", kind=kind, permissions=())
    record = made["record"]
    record["contact"] = records.contact(call, body["contact"], {}, kind, None)
    record["name"] = records.full_name(record["contact"])
    if kind not in defaults.NO_CALL_HANDLING:
        record["status"] = "NotActivated"
    elif kind == "Department":
        record["status"] = call.switches["new_queue_status"]
    if "site" in body:
        records.put_site(call, record, body["site"])
    record["regionalSettings"] = records.inherited_settings(call, record)
    _write(call, made, body, None)
    key = records.new_key(call)
    call.state["extensions"][key] = made
    return extensions.read(call.about(key))


def update(call: Call) -> Answer:
    """PUT: 200 with the extension; what the body leaves out stays."""
    body = call.body()
    changed = copy.deepcopy(call.extension)
    record = changed["record"]
    if "type" in body and body["type"] != record["type"]:
        raise invalid("type", body["type"])
    if "extensionNumber" in body:
        record["extensionNumber"] = records.extension_number(call, body, record["type"], call.extension_id)
    if "contact" in body:
        before = record.get("contact", {})
        record["contact"] = records.contact(call, body["contact"], before, record["type"], call.extension_id)
        record["name"] = records.full_name(record["contact"])
    if "site" in body:
        records.put_site(call, record, body["site"])
    _write(call, changed, body, call.extension["record"]["status"])
    call.state["extensions"][call.extension_id] = changed
    return extensions.read(call.about(call.extension_id))


def delete(call: Call) -> Answer:
    """DELETE: 204. Its numbers go to the company unless savePhoneNumbers is false."""
    keep_numbers = call.request.query.get("savePhoneNumbers") is None or call.flag("savePhoneNumbers")
    keep_lines = call.flag("savePhoneLines")
    if call.extension_id in (call.session["owner_id"], call.state["company"]["operator"]):
        raise Failure(403, "CMN-403", "One's own extension, and the operator's, can't be deleted.")
    if call.extension["record"]["type"] == "SharedLinesGroup" and call.extension["devices"] and not keep_lines:
        raise Failure(400, "JWS-1736", "The last device of a shared lines group can't be deleted.")
    remove(call, keep_numbers=keep_numbers)
    return Answer(204)


def remove(call: Call, *, keep_numbers: bool = True) -> None:
    """Take an extension out of the account, or refuse because others name it (switch delete_referenced)."""
    key = call.extension_id
    left = extensions.of_site(call.state, key)
    if left and call.switches["site_delete"] == "empty_only":
        raise Failure(403, "CMN-403", f"The site has {len(left)} extensions.")
    users = references.found(call.state, key)
    if users and call.switches["delete_referenced"] == "refused":
        raise invalid("extensionId", f"{key} is used by {users[0]}")
    if users and call.switches["delete_referenced"] == "done_cleaned":
        references.forget(call.state, key)
    for extension in call.state["extensions"].values():
        if extension["queue"] is not None and key in extension["queue"]["members"]:
            change_members(call, extension, [member for member in extension["queue"]["members"] if member != key])
        if extension["record"].get("site", {}).get("id") == key:
            del extension["record"]["site"]
    if keep_numbers:
        account_numbers.free(call, key)
    del call.state["extensions"][key]
    for session_id in [name for name, item in call.state["sessions"].items() if item["owner_id"] == key]:
        del call.state["sessions"][session_id]
    for token in [name for name, item in call.state["jwts"].items() if item["owner_id"] == key]:
        del call.state["jwts"][token]


def _write(call: Call, extension: Record, body: Record, before: str | None) -> None:
    """What both requests may set; `before` is the status until now."""
    record = extension["record"]
    if "hidden" in body:
        if record["type"] in defaults.NO_CALL_HANDLING:
            raise invalid("hidden")
        record["hidden"] = records.boolean(body["hidden"], "hidden")
    pin = body.get("ivrPin")
    if pin is not None and not (isinstance(pin, str) and pin.isdecimal()):
        raise invalid("ivrPin")
    if "regionalSettings" in body:
        settings = record.get("regionalSettings") or records.inherited_settings(call, record)
        record["regionalSettings"] = records.regional_settings(body["regionalSettings"], settings)
    if "setupWizardState" in body:
        record["setupWizardState"] = records.one_of(body["setupWizardState"], "setupWizardState", _WIZARD_STATES)
    if "callQueueInfo" in body:
        if extension["queue"] is None:
            raise invalid("callQueueInfo")
        extension["queue"]["service_level"] = queues.service_level(
            body["callQueueInfo"], extension["queue"]["service_level"], "callQueueInfo"
        )
    if "status" not in body:
        return
    status = records.one_of(body["status"], "status", _STATUSES)
    enabled = status == "Enabled" and before != "Enabled" and record["type"] in defaults.NO_CALL_HANDLING
    if enabled and pin is None and call.switches["enable_needs_pin"] == "yes":
        raise invalid("ivrPin")
    record["status"] = status
