# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The groups of the new call handling and what they ring. Facts: docs/providers/ringcentral.md 9.4 and 9.5.

Groups and targets that ring as before are sent back as they were read, with the members that are not managed. Private
to the collection.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..api import Record
from ..forwarding_numbers.schema import number_of
from .backend import unambiguous, without
from .model import DEFAULT_SECONDS, RingStep, Target

GROUP, ALWAYS = "RingGroupAction", "RingAlwaysGroupAction"
GROUPS = (GROUP, ALWAYS)
_APPS = {"desktop": "AllDesktopRingTarget", "mobile": "AllMobileRingTarget"}
# One's own of these cannot be deleted, only switched off (ringcentral.md 9.4 and 9.5).
_OWN = (*_APPS.values(), "DeviceRingTarget")
# Targets that have a name of their own; that of the others is RingCentral's and is not sent back.
_NAMED = (
    "PhoneNumberRingTarget",
    "CloudConnectorRingTarget",
    "PhoneNumberTerminatingTarget",
    "CloudConnectorTerminatingTarget",
)


def sent(target: Record) -> Record:
    """Return a target without what only answers hold."""
    found: Record = without(target, "uri")
    if target.get("type") not in _NAMED:
        found.pop("name", None)
    if isinstance(found.get("device"), dict):
        found["device"] = {"id": str(found["device"].get("id"))}
    return found


def normal(target: Record, own: str) -> Record:
    """Return a ring target as one's own ones are written: without saying whose they are."""
    owner = (target.get("extension") or {}).get("id")
    if target.get("type") in _OWN and str(owner) == own:
        return {name: value for name, value in target.items() if name != "extension"}
    return target


def target_of(target: Record, names: Mapping[str, str]) -> Target:
    """Return what a normal ring target means; *names* are those of devices by id."""
    kind = target.get("type")
    owner = str((target.get("extension") or {}).get("id") or "")
    app = next((name for name, api_name in _APPS.items() if api_name == kind), None)
    if app and not owner:
        return Target("app", app)
    if kind == "CoworkerRingTarget" and owner:
        return Target("extension", owner)
    if kind == "DeviceRingTarget":
        key = str((target.get("device") or {}).get("id"))
        return Target("device", key, names.get(key, ""))
    number = number_of(target.get("destination") or {})
    if kind == "PhoneNumberRingTarget" and number:
        return Target("phone_number", number)
    return Target("raw", json.dumps(_ids_as_text(sent(target)), sort_keys=True))


def _ids_as_text(value: Any) -> Any:
    """Ids are numbers in some answers and texts in others (ringcentral.md 1)."""
    if isinstance(value, Mapping):
        return {name: str(part) if name == "id" else _ids_as_text(part) for name, part in value.items()}
    return [_ids_as_text(part) for part in value] if isinstance(value, list) else value


def written(target: Target) -> Record:
    """Return *target* as it is sent."""
    if target.kind == "app":
        return {"type": _APPS[target.key]}
    if target.kind == "extension":
        return {"type": "CoworkerRingTarget", "extension": {"id": target.key}}
    if target.kind == "device":
        return {"type": "DeviceRingTarget", "device": {"id": target.key}}
    if target.kind == "phone_number":
        return {"type": "PhoneNumberRingTarget", "destination": {"phoneNumber": target.key}}
    found: Record = json.loads(target.key)
    return found


def groups_of(dispatching: Record) -> list[Record]:
    """Return the actions that ring."""
    return [action for action in dispatching.get("actions") or [] if action.get("type") in GROUPS]


def steps_of(dispatching: Record) -> tuple[RingStep, ...]:
    """Return what rings."""
    groups = [group for group in groups_of(dispatching) if group.get("enabled", True)]
    names = unambiguous(_device_names(dispatching))
    steps = [
        RingStep(
            frozenset(target_of(target, names) for target in group.get("targets") or []),
            int(group.get("duration") or DEFAULT_SECONDS),
            group["type"] == ALWAYS,
        )
        for group in groups
        if group.get("targets")
    ]
    return tuple(sorted(steps, key=lambda step: not step.always))


def _device_names(dispatching: Record) -> dict[str, str]:
    devices = [target.get("device") or {} for group in groups_of(dispatching) for target in group.get("targets") or []]
    return {str(device["id"]): str(device.get("name") or "") for device in devices if device.get("id")}


def kept(group: Record) -> Record:
    """Return a group as it is sent back."""
    return {**group, "targets": [sent(target) for target in group.get("targets") or []]}


def ringing(ring: Sequence[RingStep], groups: Sequence[Record]) -> list[Record]:
    """Return the groups that ring, then those that stay switched off, among which are all apps that do not ring."""
    before = [kept(group) for group in groups]
    desired = [_desired_group(step, before) for step in ring]
    taken = {target for step in ring for target in step.targets}
    rest = []
    for group in before:
        switched_off = not group.get("enabled", True)
        targets = [
            target
            for target in group["targets"]
            if _identity(target) not in taken and (switched_off or _is_own(target))
        ]
        if targets:
            rest.append({**group, "targets": targets, "enabled": False})
            taken |= {_identity(target) for target in targets}
    return [*desired, *rest, *missing_apps([*desired, *rest])]


def _is_own(target: Record) -> bool:
    return target.get("type") in _OWN and "extension" not in target


def missing_apps(groups: Sequence[Record]) -> list[Record]:
    """Return groups, switched off, for the apps that are in none of *groups*."""
    present = {_identity(target) for group in groups for target in group["targets"]}
    missing = [name for app, name in _APPS.items() if Target("app", app) not in present]
    group: Record = {"type": GROUP, "enabled": False, "duration": DEFAULT_SECONDS}
    return [{**group, "targets": [{"type": name}]} for name in missing]


def _desired_group(step: RingStep, before: Sequence[Record]) -> Record:
    """Return the group that *step* means: the one that rings the same, else a new one of the targets as they are."""
    kind = ALWAYS if step.always else GROUP
    alike = next(
        (
            group
            for group in before
            if group["type"] == kind and {_identity(target) for target in group["targets"]} == step.targets
        ),
        None,
    )
    if alike is None:
        known = {_identity(target): target for group in before for target in group["targets"]}
        ordered = sorted(step.targets, key=lambda item: (item.kind, item.key))
        alike = {"type": kind, "targets": [known.get(target) or written(target) for target in ordered]}
    return {**alike, "enabled": True, **({} if step.always else {"duration": step.seconds})}


def _identity(target: Record) -> Target:
    """Return what tells two targets apart."""
    return target_of(target, {})
