# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Greetings of answering rules: what may be written, and what is shown (docs/providers/ringcentral-company.md 10)."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.messages import Record
from simulator.ringcentral import greeting_presets
from simulator.ringcentral.answers import Call, Failure, invalid, not_found, text_of


def parsed(call: Call, value: object, usage: str) -> Record:
    """Greetings by type as the state holds them: {preset: ID} or {custom: ID}."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise invalid("greetings")
    found: Record = {}
    for item in value:
        kind, preset, custom = text_of(item, "type"), item.get("preset"), item.get("custom")
        if kind not in greeting_presets.types_of(usage):
            raise invalid("greetings.type", kind)
        if kind in found:
            raise Failure(400, "AWR-106", f"Greeting [{kind}] is given twice.")
        chosen = {
            name: str(holder["id"])
            for name, holder in (("preset", preset), ("custom", custom))
            if isinstance(holder, dict) and "id" in holder
        }
        if len(chosen) != 1:
            raise Failure(400, "AWR-123", "Either a preset or a custom greeting is expected.")
        if "preset" in chosen:
            _check_preset(chosen["preset"], kind, usage)
        elif usage != greeting_presets.USER and chosen["custom"] not in call.state["company"]["greetings"]:
            raise not_found("greetings.custom.id")
        found[kind] = chosen
    return found


def shown(call: Call, uri: str, rule: Record, kinds: Iterable[str], usage: str) -> list[Record]:
    """The greetings of these types, those that nobody chose with their default. `uri` is the owner's."""
    records: list[Record] = []
    for kind in kinds:
        chosen = rule["greetings"].get(kind)
        if chosen is None:
            if call.switches["greeting_list_answer"] == "set_types":
                continue
            chosen = {"preset": greeting_presets.default(usage, kind).id}
        if "custom" in chosen:
            key = chosen["custom"]
            address = {"uri": f"{uri}/greeting/{key}"} if call.switches["custom_greeting_answer"] == "id_uri" else {}
            records.append({"type": kind, "custom": {**address, "id": key}})
        else:
            records.append({"type": kind, "preset": preset_of(call, chosen["preset"])})
    return records


def preset_of(call: Call, key: str) -> Record:
    """A preset as other records name it."""
    uri = f"{call.root_uri}/dictionary/greeting/{key}"
    return {"uri": uri, "id": key, "name": greeting_presets.PRESETS[key].name}


def _check_preset(key: str, kind: str, usage: str) -> None:
    preset = greeting_presets.PRESETS.get(key)
    if preset is None:
        raise Failure(400, "AWR-124", f"Preset [{key}] is not known.")
    if preset.usage != usage:
        raise Failure(400, "AWR-147", f"Preset [{key}] is not for this kind of extension.")
    if preset.type != kind:
        raise Failure(400, "AWR-125", f"Preset [{key}] is of another type.")
