# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What YAML makes of unquoted text, and of options that are left empty. Private to the collection.

YAML reads 0701740606 as the number 117948806, 0145 as 101, 12:30 as 750 and No as false. Ansible turns such a value
into text again, and then it names another phone number, another extension or another person. So the values are looked
at before Ansible converts them, and what is no text where text belongs is refused, never guessed.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from .._errors import Problems
from .._numbers import e164
from .argspec import Lines, TruthOr

Option = Mapping[str, Any]
Found = Iterator[tuple[str, str]]

# Phone numbers are `raw`, so that nothing converts them.
_TEXT_TYPES = ("str", "path", "raw")
# Options that may be a number as well as text.
_COUNTS = ("max_changes",)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTRIES = ("region", "allowed_countries")
# From here on a whole number is rather a phone number than an extension.
_LIKE_A_PHONE_NUMBER = 10**6
_LONGEST_NATIONAL = 12
_TOO_LARGE = 10**18
_MINUTES_OF_AN_HOUR = 60
_MINUTES_OF_A_DAY = 24 * _MINUTES_OF_AN_HOUR
_FIRST_OF_TWO_OCTAL_DIGITS = 8


def refuse(options: Mapping[str, Option], given: Mapping[str, Any]) -> None:
    """Raise `InputError` that names everything `problems` finds."""
    found = Problems()
    for where, text in problems(options, given):
        found.add(where, text)
    found.raise_if_any()


def problems(options: Mapping[str, Option], given: Mapping[str, Any], within: str = "") -> Found:
    """Yield path and complaint for each value of *given* that is no text where *options* want one, or left empty.

    *options* is an argument specification as `AnsibleModule` takes it, *given* what the user wrote, before Ansible
    converts it. *within* is the path of *given*. Unknown options are left to Ansible, and so are those with choices.
    """
    for name, option in options.items():
        # A module's own mapping that is null is absent, as everywhere in Ansible. No policy would allow more than any.
        may_be_null = not within and option.get("type") == "dict" and name != "policy" and not option.get("required")
        for spelling in (name, *option.get("aliases", ())):
            if spelling in given and not (may_be_null and given[spelling] is None):
                yield from _of_option(name, option, given[spelling], f"{within}.{spelling}" if within else spelling)


def _of_option(name: str, option: Option, value: Any, where: str) -> Found:
    kind = option.get("type", "str")
    if kind == "list":
        yield from _of_list(name, option, value, where)
    elif kind == "dict":
        yield from _of_dict(option, value, where)
    elif value is None:
        if option.get("required"):
            yield where, "is empty, but a value is required"
    elif isinstance(kind, TruthOr):
        if complaint := kind.complaint(value):
            yield where, complaint
    elif kind in _TEXT_TYPES and not option.get("choices") and not (name in _COUNTS and _is_whole(value)):
        yield from _of_text(name, option, value, where)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _of_list(name: str, option: Option, value: Any, where: str) -> Found:
    if _is_empty(value):
        if not isinstance(option["type"], Lines):
            yield where, "is empty; write [] for a list without entries, or leave it out"
        return
    element = {**option, "type": option.get("elements", "raw"), "required": False}
    if not isinstance(value, (list, tuple)):
        # Ansible makes a list of one of a number, and splits a text, which is text whatever comes of it.
        if element["type"] in _TEXT_TYPES and not isinstance(value, Mapping):
            yield from _of_option(name, element, value, where)
        return
    for position, entry in enumerate(value):
        if entry is None:
            yield f"{where}[{position}]", "is empty; remove the entry, or give it a value"
        else:
            yield from _of_option(name, element, entry, f"{where}[{position}]")


def _of_dict(option: Option, value: Any, where: str) -> Found:
    options = option.get("options")
    groups = option.get("required_one_of") or ()
    members = _members(value)
    if _is_empty(value) or (options and members is not None and not _any_set(members, groups)):
        choice = f"name one of {', '.join(groups[0])}" if groups else "give what it holds"
        yield where, f"is empty; {choice}, or leave it out"
    elif options and members is not None:
        yield from problems(options, members, where)


def _any_set(members: Mapping[str, Any], groups: Any) -> bool:
    return not groups or any(value is not None for value in members.values())


def _is_empty(value: Any) -> bool:
    """Return whether nothing stands after the option's name; up to ansible-core 2.18, templating makes "" of that."""
    return value is None or (isinstance(value, str) and not value.strip())


def _members(value: Any) -> Mapping[str, Any] | None:
    """Return what a mapping holds, also one in a text as Ansible reads it; None where all of it is text anyway."""
    if isinstance(value, Mapping):
        return value
    readers: tuple[Callable[[str], Any], ...] = (json.loads, ast.literal_eval)
    for read in readers:
        try:
            found = read(value)
        except (TypeError, ValueError, SyntaxError):
            continue
        if isinstance(found, Mapping):
            return found
    return None


def _of_text(name: str, option: Option, value: Any, where: str) -> Found:
    kind = _kind(value)
    if not kind:
        return
    if option.get("no_log"):
        yield where, f"is {kind} instead of text (its value is secret and not shown); write it in quotes"
    elif isinstance(value, (list, tuple, Mapping)):
        yield where, f"is {kind}, but must be a single text"
    elif name in _DAYS and value is False:
        yield where, "false is not a range of hours; for a day without hours write [], or leave the day out"
    else:
        yield where, f"{_shown(value)} is not text: {_guess(name, value)}"


def _kind(value: Any) -> str:
    """Return what a value is instead of text, "" for text and for what only Ansible knows, such as decrypted values."""
    kinds: tuple[tuple[Any, str], ...] = (
        (bool, "a boolean"),
        (int, "a whole number"),
        (float, "a decimal number"),
        (datetime, "a time"),
        (date, "a date"),
        ((list, tuple), "a list"),
        (Mapping, "a mapping"),
    )
    return next((word for kind, word in kinds if isinstance(value, kind)), "")


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _guess(name: str, value: Any) -> str:
    """Return what the value probably was, why YAML changed it, and how to write it."""
    if isinstance(value, bool):
        if name in _COUNTRIES and not value:
            return _asked(("NO",), "YAML reads NO (Norway) as false")
        words = ("Yes", "on", "true") if value else ("No", "off", "false")
        return f'{_asked(words, f"these words are {_shown(value)} to YAML")}, such as "{words[0]}"'
    if isinstance(value, int):
        return _asked(_whole_numbers(value), "YAML reads digits as a number, after a 0 as an octal one")
    if isinstance(value, float) and abs(value) >= _LIKE_A_PHONE_NUMBER:
        spellings = (f"{value:.10G}", f"{value:.0f}") if abs(value) < _TOO_LARGE else (str(value),)
        return _asked(spellings, "a spreadsheet shortens phone numbers like that, so copy the number itself")
    return _asked((str(value),), f"YAML reads it as {_kind(value)}")


def _asked(candidates: tuple[str, ...], why: str) -> str:
    *others, last = dict.fromkeys(candidates)
    named = f"{', '.join(others)} or {last}" if others else last
    # With several candidates, none is offered to copy: it could be the wrong person's.
    how = "write what it was in quotes" if others else f'write it in quotes: "{last}"'
    return f"was this {named} without quotes? {why[:1].upper()}{why[1:]}; {how}"


def _whole_numbers(value: int) -> tuple[str, ...]:
    """Return the spellings that YAML reads as this number."""
    octal = f"0{value:o}"
    if value < 0:
        return (str(value),)
    if value >= _LIKE_A_PHONE_NUMBER:
        if not _is_international(value):
            return (octal,)
        return (f"+{value}", octal) if len(octal) <= _LONGEST_NATIONAL else (f"+{value}",)
    found = [str(value), octal]
    if value < _FIRST_OF_TWO_OCTAL_DIGITS:
        found.append(f"00{value}")
    if _MINUTES_OF_AN_HOUR <= value < _MINUTES_OF_A_DAY:
        found.append(f"{value // _MINUTES_OF_AN_HOUR}:{value % _MINUTES_OF_AN_HOUR:02}")
    return tuple(found)


def _is_international(value: int) -> bool:
    if not e164.HAS_PHONENUMBERS:
        return False
    try:
        return not e164.parse(f"+{value}").doubt
    except e164.NumberError:
        return False
