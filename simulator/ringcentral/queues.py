# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call queues: the record, members and overflow (docs/providers/ringcentral-company.md 6)."""

from __future__ import annotations

import copy

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import defaults, records
from simulator.ringcentral.answers import Call, Failure, invalid, not_found, page_of, unknown
from simulator.ringcentral.queue_settings import change_members

_STATUSES = ("Enabled", "Disabled", "NotActivated", "Unassigned")
_ALERT_TIMERS = (5, 10, 15, 20, 30, 45, 60, 120, 180, 240, 300, 360, 420, 480, 540, 600)
_PERCENT, _SECONDS = range(101), range(100000)
_SERVICE_LEVEL = {"slaGoal": _PERCENT, "slaThresholdSeconds": _SECONDS, "abandonedThresholdSeconds": _SECONDS}


def list_all(call: Call) -> Answer:
    """GET the list; the filter is memberExtensionId."""
    member = call.request.query.get("memberExtensionId")
    keys = [
        key
        for key, extension in call.state["extensions"].items()
        if extension["queue"] is not None and (member is None or member in extension["queue"]["members"])
    ]
    return page_of(
        call, f"{call.account_uri}/call-queues", [{"id": key} for key in keys], lambda r: _row(call, r["id"])
    )


def read(call: Call) -> Answer:
    """GET one."""
    return json_answer(_shown(call, _found(call)))


def update(call: Call) -> Answer:
    """PUT one: 200 with the queue; what the body leaves out stays."""
    key, body = _found(call), call.body()
    changed = copy.deepcopy(call.state["extensions"][key])
    record, queue = changed["record"], changed["queue"]
    if "extensionNumber" in body:
        record["extensionNumber"] = records.extension_number(call, body, record["type"], key)
    if "name" in body:
        record["name"] = record["contact"]["firstName"] = records.label(body["name"], "name")
    if "status" in body:
        record["status"] = records.one_of(body["status"], "status", _STATUSES)
    if "site" in body:
        records.put_site(call, record, body["site"])
    if "serviceLevelSettings" in body:
        settings = service_level(body["serviceLevelSettings"], queue["service_level"], "serviceLevelSettings")
        queue["service_level"] = settings
    if "editableMemberStatus" in body:
        queue["editable_member_status"] = records.boolean(body["editableMemberStatus"], "editableMemberStatus")
    if "alertTimer" in body:
        queue["alert_timer"] = records.integer(body["alertTimer"], "alertTimer", _ALERT_TIMERS)
    call.state["extensions"][key] = changed
    return json_answer(_shown(call, key))


def service_level(value: object, before: Record, name: str) -> Record:
    """Settings of the service level with what the body says of them."""
    if not isinstance(value, dict):
        raise invalid(name)
    settings = dict(before)
    for member, allowed in _SERVICE_LEVEL.items():
        if member in value:
            settings[member] = records.integer(value[member], f"{name}.{member}", allowed)
    if "includeAbandonedCalls" in value:
        member = "includeAbandonedCalls"
        settings[member] = records.boolean(value[member], f"{name}.{member}")
    return settings


def list_members(call: Call) -> Answer:
    """GET the members of one; the ids are integers."""
    key = _found(call)
    rows = [{"id": member} for member in call.state["extensions"][key]["queue"]["members"]]

    def show(row: Record) -> Record:
        record = call.state["extensions"][row["id"]]["record"]
        uri = f"{call.account_uri}/extension/{row['id']}"
        return {"uri": uri, "id": int(row["id"]), "extensionNumber": record.get("extensionNumber", "")}

    return page_of(call, f"{call.account_uri}/call-queues/{key}/members", rows, show)


def assign(call: Call) -> Answer:
    """POST members to add and to remove: 204."""
    key, body = _found(call), call.body()
    added, removed = (_ids(body, name) for name in ("addedExtensionIds", "removedExtensionIds"))
    if set(added) & set(removed):
        raise Failure(400, "EXT-401", "An extension is in both lists.")
    for name, ids in (("addedExtensionIds", added), ("removedExtensionIds", removed)):
        for member in ids:
            extension = call.state["extensions"].get(member)
            if extension is None:
                raise unknown(name)
            if extension["record"]["type"] in defaults.NO_CALL_HANDLING:
                raise Failure(400, "EXT-405", f"Extension [{member}] cannot be included into call queue.")
    members = call.state["extensions"][key]["queue"]["members"]
    repeated = [member for member in added if member in members] + [item for item in removed if item not in members]
    if repeated and call.switches["bulk_assign_repeat"] == "refused":
        raise invalid("addedExtensionIds" if repeated[0] in added else "removedExtensionIds", repeated[0])
    kept = [member for member in members if member not in removed]
    change_members(call, call.state["extensions"][key], list(dict.fromkeys([*kept, *added])))
    return Answer(204)


def put_of_member(call: Call) -> Answer:
    """PUT the queues of a person, all of them: 200 with the list."""
    wanted = []
    if call.extension["record"]["type"] in defaults.NO_CALL_HANDLING:
        raise Failure(403, "CMN-403", "Operation is not available for this type of extension.")
    for item in records.objects(call.body(), "records"):
        key = records.extension_of(call, item, "records", ("Department",))
        if key not in wanted:
            wanted.append(key)
    for key, extension in call.state["extensions"].items():
        if extension["queue"] is None:
            continue
        members = [member for member in extension["queue"]["members"] if member != call.extension_id]
        if key in wanted:
            members = extension["queue"]["members"]
            members = members if call.extension_id in members else [*members, call.extension_id]
        if members != extension["queue"]["members"]:
            change_members(call, extension, members)
    rows = [{"id": key, "name": call.state["extensions"][key]["record"]["name"]} for key in wanted]
    return json_answer({"records": rows})


def read_overflow(call: Call) -> Answer:
    """GET which queues help out."""
    return json_answer(_overflow(call, _own_queue(call)))


def update_overflow(call: Call) -> Answer:
    """PUT which queues help out, and whether: 200 with both."""
    queue, body = _own_queue(call), call.body()
    changed = dict(queue["overflow"])
    if "enabled" in body:
        changed["enabled"] = records.boolean(body["enabled"], "enabled")
    if "items" in body:
        items = [records.extension_of(call, item, "items", ("Department",)) for item in records.objects(body, "items")]
        if call.extension_id in items or len(set(items)) < len(items):
            raise invalid("items.id")
        changed["items"] = items
    queue["overflow"] = changed
    return json_answer(_overflow(call, queue))


def _own_queue(call: Call) -> Record:
    queue: Record | None = call.extension["queue"]
    if queue is None:
        raise not_found("callQueueId")
    return queue


def _overflow(call: Call, queue: Record) -> Record:
    items = [_row(call, key) for key in queue["overflow"]["items"] if key in call.state["extensions"]]
    return {"enabled": queue["overflow"]["enabled"], "items": items, "subType": "Unknown"}


def _found(call: Call) -> str:
    key = call.ids[1]
    if key not in call.state["extensions"] or call.state["extensions"][key]["queue"] is None:
        raise not_found("groupId")
    return key


def _ids(body: Record, name: str) -> list[str]:
    ids = body.get(name, [])
    if not isinstance(ids, list) or not all(isinstance(item, str) for item in ids):
        raise invalid(name)
    return ids


def _row(call: Call, key: str) -> Record:
    record = call.state["extensions"][key]["record"]
    shown = {
        "uri": f"{call.account_uri}/call-queues/{key}",
        "id": key,
        "extensionNumber": record["extensionNumber"],
        "name": record["name"],
        # A queue cannot be frozen: that is what people are.
        "status": "Disabled" if record["status"] == "Frozen" else record["status"],
        "subType": "Unknown",
    }
    if call.switches["sites_feature"] == "on":
        shown["site"] = records.site_of(call, record)
    return shown


def _shown(call: Call, key: str) -> Record:
    queue = call.state["extensions"][key]["queue"]
    return {
        **_row(call, key),
        "serviceLevelSettings": queue["service_level"],
        "editableMemberStatus": queue["editable_member_status"],
        "alertTimer": queue["alert_timer"],
    }
