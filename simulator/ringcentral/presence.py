# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Presence of people, and which queues they take calls of (docs/providers/ringcentral-company.md 6.2 and 12).

Kept in the extension's `settings`: `presence` in the form of answers, and `queues_off`, ids of queues.
"""

from __future__ import annotations

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import defaults
from simulator.ringcentral.answers import Call, Failure, invalid, not_found

_ALL_CALLS, _NO_CALLS = "TakeAllCalls", "DoNotAcceptAnyCalls"
_DND = (_ALL_CALLS, "DoNotAcceptDepartmentCalls", "TakeDepartmentCallsOnly", _NO_CALLS)
_CHOICES = {
    "userStatus": ("Offline", "Busy", "Available"),
    "dndStatus": _DND,
    "dndStatusPersonal": (_ALL_CALLS, _NO_CALLS),
    "callerIdVisibility": ("All", "None", "PermittedUsers"),
}
_FLAGS = ("acceptCallQueueCalls", "allowSeeMyPresence", "ringOnMonitoredCall", "pickUpCallsOnHold")
_LONGEST_MESSAGE = 75


def read(call: Call) -> Answer:
    """GET the presence of a person."""
    _check_person(call)
    return json_answer(_shown(call))


def update(call: Call) -> Answer:
    """PUT the presence: what is left out stays."""
    _check_person(call)
    body = call.body()
    for name in _other_members(call):
        if name in body:
            raise invalid(name, body[name])
    changed = dict(_settings(call))
    for name, choices in _CHOICES.items():
        if name in body:
            if body[name] not in choices:
                raise invalid(name, body[name])
            changed[name] = body[name]
    for name in _FLAGS:
        if name in body:
            changed[name] = _flag(name, body[name])
    if "message" in body:
        if not isinstance(body["message"], str) or len(body["message"]) > _LONGEST_MESSAGE:
            raise invalid("message")
        changed["message"] = body["message"]
    call.extension["settings"]["presence"] = changed
    return json_answer(_shown(call))


def read_queue(call: Call) -> Answer:
    """GET which members of a queue take its calls."""
    queue = _queue(call, call.ids[-1])
    return json_answer({"records": [_member(call, call.ids[-1], key) for key in queue["queue"]["members"]]})


def update_queue(call: Call) -> Answer:
    """PUT which members of a queue take its calls; members that are left out stay as they are."""
    key = call.ids[-1]
    queue = _queue(call, key)
    for item in _records(call, "member", "acceptCurrentQueueCalls"):
        if item["key"] not in queue["queue"]["members"]:
            raise invalid("records.member.id", item["key"])
        _check_editable(call, queue, item["key"])
        _set(call, item["key"], key, accepts=item["accepts"])
    return read_queue(call)


def read_extension(call: Call) -> Answer:
    """GET of which queues a person takes the calls."""
    return json_answer({"records": [_queue_of(call, key) for key in _queues(call)]})


def update_extension(call: Call) -> Answer:
    """PUT of which queues a person takes the calls; queues that are left out stay as they are."""
    for item in _records(call, "callQueue", "acceptCalls"):
        if item["key"] not in _queues(call):
            raise invalid("records.callQueue.id", item["key"])
        _check_editable(call, call.state["extensions"][item["key"]], call.extension_id)
        _set(call, call.extension_id, item["key"], accepts=item["accepts"])
    return read_extension(call)


def _check_person(call: Call) -> None:
    record = call.extension["record"]
    if record["type"] in defaults.NO_CALL_HANDLING:
        raise Failure(403, "PRS-106", "Presence is not available for this type of extension.")
    if record["status"] != "Enabled":
        raise Failure(403, "PRS-105", "Presence is not available for extensions that are not enabled.")


def _other_members(call: Call) -> tuple[str, ...]:
    """Members of the other call handling than the account's."""
    return ("dndStatus",) if call.switches["migrated"] == "yes" else ("dndStatusPersonal", "acceptCallQueueCalls")


def _settings(call: Call) -> Record:
    new = {
        "userStatus": "Available",
        "dndStatus": _ALL_CALLS,
        "dndStatusPersonal": _ALL_CALLS,
        "acceptCallQueueCalls": True,
        "allowSeeMyPresence": True,
        "ringOnMonitoredCall": False,
        "pickUpCallsOnHold": False,
        "callerIdVisibility": "All",
    }
    return {**new, **call.extension["settings"].get("presence", {})}


def _shown(call: Call) -> Record:
    settings = _settings(call)
    record = call.extension["record"]
    extension = {"id": int(call.extension_id), "uri": call.extension_uri}
    if record.get("extensionNumber"):
        extension["extensionNumber"] = record["extensionNumber"]
    hidden = _other_members(call)
    return {
        "uri": f"{call.extension_uri}/presence",
        "extension": extension,
        **{name: value for name, value in settings.items() if name not in hidden},
        "presenceStatus": settings["userStatus"],
        "telephonyStatus": "NoCall",
    }


def _queue(call: Call, key: str) -> Record:
    queue: Record = call.state["extensions"].get(key, {})
    if not queue or queue["queue"] is None:
        raise not_found("groupId")
    return queue


def _queues(call: Call) -> list[str]:
    extensions = call.state["extensions"].items()
    return [key for key, item in extensions if item["queue"] and call.extension_id in item["queue"]["members"]]


def _accepts(call: Call, person: str, queue: str) -> bool:
    return queue not in call.state["extensions"][person]["settings"].get("queues_off", ())


def _set(call: Call, person: str, queue: str, *, accepts: bool) -> None:
    settings = call.state["extensions"][person]["settings"]
    others = [key for key in settings.get("queues_off", ()) if key != queue]
    settings["queues_off"] = others if accepts else [*others, queue]


def _check_editable(call: Call, queue: Record, person: str) -> None:
    if person == call.session["owner_id"] and not queue["queue"]["editable_member_status"]:
        raise Failure(403, "CMN-408", "Members can't change their status in this queue.")


def _records(call: Call, holder: str, flag: str) -> list[Record]:
    items = call.body().get("records")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise invalid("records")
    found = []
    for item in items:
        named = item.get(holder)
        if not isinstance(named, dict) or "id" not in named:
            raise invalid(f"records.{holder}.id")
        found.append({"key": str(named["id"]), "accepts": _flag(f"records.{flag}", item.get(flag))})
    return found


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise invalid(name, value)
    return value


def _member(call: Call, queue: str, key: str) -> Record:
    record = call.state["extensions"][key]["record"]
    person = call.about(key)
    return {
        "member": {"id": key, **{name: record[name] for name in ("name", "extensionNumber") if name in record}},
        "acceptQueueCalls": _settings(person)["dndStatus"] in (_ALL_CALLS, "TakeDepartmentCallsOnly"),
        "acceptCurrentQueueCalls": _accepts(call, key, queue),
    }


def _queue_of(call: Call, key: str) -> Record:
    queue = call.state["extensions"][key]
    shown = {"id": key, "name": queue["record"]["name"], "extensionNumber": queue["record"]["extensionNumber"]}
    shown["editableMemberStatus"] = queue["queue"]["editable_member_status"]
    return {"callQueue": shown, "acceptCalls": _accepts(call, call.extension_id, key)}
