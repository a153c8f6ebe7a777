# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The list of numbers that a running call can be flipped to, on accounts that are migrated.

Facts: docs/providers/ringcentral.md 9.3.

These are the forwarding numbers with the feature CallFlip, which v1.0 shows too.
"""

from __future__ import annotations

from simulator.messages import Answer, Record, json_answer
from simulator.ringcentral import call_handling, destinations, forwarding
from simulator.ringcentral.answers import Call, Failure, invalid

_KINDS = {"PhoneLine": "PhoneLine", "BusinessMobilePhone": "BusinessMobile"}


def read(call: Call) -> Answer:
    """GET the list."""
    return _shown(call, forwarding.seen(call))


def update(call: Call) -> Answer:
    """PUT the whole list: what it does not hold is removed, what has no id is new."""
    items = call.body().get("records")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise invalid("records")
    if len(items) > forwarding.MOST:
        raise Failure(400, "FPN-103", "The limit of forwarding numbers is reached.")
    numbers = call.extension["forwarding_numbers"]
    listed = {key for key, number in numbers.items() if "CallFlip" in number["features"]}
    asked = [str(item["id"]) for item in items if "id" in item]
    for key in asked:
        if key not in listed:
            raise invalid("records.id", key)
    flips = [_flip_number(item) for item in items]
    given = [flip for flip in flips if flip]
    if len(set(asked)) < len(asked) or len(set(given)) < len(given):
        raise Failure(400, "CMN-406", "Duplicate value in the request.", parameterName="records")
    kept: Record = {}
    for key in numbers:
        managed = key in listed and numbers[key]["type"] in _KINDS
        if managed and key not in asked and call.switches["omitted_phone_lines"] == "refused":
            raise invalid("records", key)
        if key not in listed or (managed and key not in asked):
            kept[key] = numbers[key]
    new_id = call.state["next_id"]
    for item, flip in zip(items, flips, strict=True):
        key = str(item.get("id", new_id))
        number = _written(call, item, numbers.get(key))
        new_id += 0 if "id" in item else 1
        number.pop("flipNumber", None)
        kept[key] = {**number, "id": key, **({"flipNumber": flip} if flip else {})}
    forwarding.remember(call)
    for key in set(numbers) - set(kept):
        call_handling.forget_id(call, key)
    call.state["next_id"] = new_id
    call.extension["forwarding_numbers"] = dict(sorted(kept.items(), key=lambda pair: int(pair[0])))
    return _shown(call, call.extension["forwarding_numbers"])


def _written(call: Call, item: Record, before: Record | None) -> Record:
    """A number with what the record says; those that the server manages keep all but their flip number."""
    if before is not None and before["type"] in _KINDS:
        return dict(before)
    if item.get("type", "External") != "External":
        raise invalid("records.type", item["type"])
    wanted = destinations.number(call, item.get("phoneNumber"), "records.phoneNumber")
    destinations.check_external(call, wanted)
    label = item.get("label", wanted)
    if not isinstance(label, str) or not label or len(label) > forwarding.LONGEST_LABEL:
        raise invalid("records.label", label)
    if before is not None and label == before["label"]:
        return {**before, "phoneNumber": wanted}
    return {"phoneNumber": wanted, "label": label, "features": ["CallFlip", "CallForwarding"], "type": "Other"}


def _flip_number(item: Record) -> str | None:
    flip = item.get("flipNumber")
    if flip is None:
        return None
    if not isinstance(flip, str) or not flip.isdecimal() or int(flip) not in forwarding.FLIP_NUMBERS:
        raise invalid("records.flipNumber", flip)
    return str(int(flip))


def _shown(call: Call, numbers: Record) -> Answer:
    records = [
        {
            "id": key,
            "phoneNumber": number["phoneNumber"],
            "type": _KINDS.get(number["type"], "External"),
            "label": number["label"],
            **({"flipNumber": number["flipNumber"]} if "flipNumber" in number else {}),
        }
        for key, number in numbers.items()
        if "CallFlip" in number["features"]
    ]
    return json_answer({"records": records})
