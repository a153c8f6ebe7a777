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

# What a value must be, by type, where Ansible's own words name types of Python.
_TYPES = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "dict": "a mapping",
    "list": "a list",
}
_SHOWN = 40
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
    reported = set()
    for name in known:
        option = {**flat[name], "required": False}
        messages = _validate({name: option}, {}, {name: known[name]}).error_messages
        reported.update(messages)
        # A value of the wrong type is no choice either.
        yield from dict.fromkeys(_complaint(name, option, known[name], message) for message in messages)
    for message in result.error_messages:
        if message not in reported:
            yield (), message


def _complaint(name: str, option: Option, value: Any, message: str) -> tuple[Path, str]:
    """Return the place and the words for one wrong value; Ansible's own *message* where there are no better ones."""
    path: Path = (name,)
    choices = option.get("choices")
    kind = _TYPES.get(str(option.get("type")))
    if option.get("no_log"):
        return path, f"must be {kind or 'text'}; its value is secret and not shown"
    if isinstance(value, list):
        element = {"type": option.get("elements", "raw"), "choices": choices}
        for position, part in enumerate(value):
            wrong = next(iter(_validate({name: element}, {}, {name: part}).error_messages), "")
            if wrong:
                inner, text = _complaint(name, element, part, wrong)
                return (*inner, position), text
    if choices and isinstance(value, str) and value not in choices:
        return path, f"{value!r} is not a choice. {suggestions(value, map(str, choices))}"
    return path, f"is {_shown(value)}, but must be {kind}" if kind else message


def _shown(value: Any) -> str:
    return repr(value) if isinstance(value, (str, int, float)) and len(str(value)) <= _SHOWN else _kind(value)


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
    # Ansible has text and lists of its own.
    kinds = ((str, "text"), (bool, "a boolean"), (list, "a list"), (Mapping, "a mapping"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "a number")


def _some(options: Mapping[str, Any]) -> str:
    return ", ".join(list(options)[:4]) + (" and so on" if len(options) > 4 else "")
