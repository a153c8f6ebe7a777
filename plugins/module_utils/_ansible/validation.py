# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checking nested options against a specification, each error with its place. Private to the collection.

Ansible's own validator says what is wrong with one mapping; it does not say where in a list of mappings that stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from .._engine.argspec import RULES, ArgSpec, Option
from .._errors import suggestions

Path = tuple["str | int", ...]
Report = Callable[[Path, str], None]

_NESTED = ("options", "apply_defaults", *RULES)


def checked(spec: ArgSpec, given: Any, path: Path, report: Report) -> dict[str, Any]:
    """Return *given* with types converted and defaults filled in; what is wrong is reported with its path.

    After a problem the result holds what could be used, so that more can be checked; it must not be planned with.
    """
    if not isinstance(given, Mapping):
        report(path, f"is {_kind(given)}, but must be a mapping with {_some(spec.options)}")
        return {}
    known: dict[str, Any] = {}
    for name, value in given.items():
        if name in spec.options:
            known[name] = value
        else:
            report((*path, str(name)), f"no such option. {suggestions(str(name), spec.options)}")
    flat = {name: _flat(option) for name, option in spec.options.items()}
    result = _validate(flat, spec.rules(), known)
    values: dict[str, Any] = dict(result.validated_parameters)
    for where, text in _located(flat, spec, known, result):
        report((*path, *where), text)
    for name, option in spec.options.items():
        if option.get("options") is not None and values.get(name) is not None:
            values[name] = _nested(option, known.get(name), (*path, name), report)
    return values


def _nested(option: Option, value: Any, path: Path, report: Report) -> Any:
    inner = ArgSpec(option["options"], **{rule: option[rule] for rule in RULES if rule in option})
    if option.get("type") != "list":
        return checked(inner, value, path, report)
    if not isinstance(value, list):
        report(path, f"is {_kind(value)}, but must be a list")
        return []
    return [checked(inner, item, (*path, position), report) for position, item in enumerate(value)]


def _validate(flat: Mapping[str, Option], rules: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
    return ArgumentSpecValidator(dict(flat), **rules).validate(dict(known))


def _located(
    flat: Mapping[str, Option], spec: ArgSpec, known: Mapping[str, Any], result: Any
) -> Iterator[tuple[Path, str]]:
    """Yield the validator's errors, those of one option with its name; each option is checked again after a failure."""
    if not result.error_messages:
        return
    told = set()
    for name in known:
        for message in _validate({name: {**flat[name], "required": False}}, {}, {name: known[name]}).error_messages:
            told.add(message)
            yield (name,), message
    for message in result.error_messages:
        if message not in told:
            yield (), message


def _flat(option: Option) -> dict[str, Any]:
    """Return an option without what is inside of it, which is checked by itself."""
    flat = {name: value for name, value in option.items() if name not in _NESTED}
    if "options" in option:
        # Whatever it is, its own check says it better.
        flat |= {"type": "raw"}
        flat.pop("elements", None)
    return flat


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    return {str: "text", bool: "a truth value", list: "a list", dict: "a mapping"}.get(type(value), "a number")


def _some(options: Mapping[str, Any]) -> str:
    return ", ".join(list(options)[:4]) + (" and so on" if len(options) > 4 else "")
