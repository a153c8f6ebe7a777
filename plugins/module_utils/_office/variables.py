# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An office's host variables as YAML that a person would write. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .._engine.package import OfficeList
from .._errors import InputError
from .._files.masks import NEXT_STEP, WHY, masked_places
from .._files.yaml_lines import scalar, unwritable, yaml_lines
from .._numbers.rules import NumberRules
from .._texts import one_line
from .._version import COLLECTION_VERSION
from .lists import Accounts, Found, gaps, plain, present, tables_of

_MARK = "Exported by office.telephony"
MARK = f"# {_MARK}"
# Editors check and complete an office file by it.
SCHEMA = (
    f"https://raw.githubusercontent.com/office-telephony/office.telephony/{COLLECTION_VERSION}/docs/office.schema.json"
)
_HEAD = (
    f"{_MARK}: what the providers' accounts hold, as the variables of one office.",
    "Move it into host_vars and edit it; office.telephony.onboard then brings the accounts in line with it.",
    "Credentials are never exported: the connection comes from the environment or from a vault.",
    "The first part was copied from the office's variables. Other variables of a file in its place are not included.",
    f"yaml-language-server: $schema={SCHEMA}",
)

# Names in a URL's query that stand before a credential, and how long a random part must be to be taken for one.
_SECRET = re.compile(r"key|token|secret|passw|pwd|auth|sig(?:nature)?$|credential|code$|hash|hmac", re.IGNORECASE)
_RANDOM_LENGTH = 20
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Comment:
    """A line of explanation in a list."""

    text: str


def host_variables(
    read: Accounts,
    carried: Mapping[str, Any],
    numbers: Sequence[Any] | None,
    rules: NumberRules,
    claimant: Callable[[OfficeList, Any], str] = lambda table, key: "",
) -> tuple[str, dict[str, Any], list[str]]:
    """Return the file's text, the office's lists in it, and a sentence for each thing that could not be expressed.

    *carried*: variables that no account holds, such as `office_region`; they come first. *numbers*: only these phone
    numbers, all when None. *claimant* returns which other office names an item of a list, "" for none; such an item is
    left out. Raises `InputError` for a number that is on none of the accounts.
    """
    found = list(present(read, rules.region))
    if numbers is not None:
        found = _selected(found, numbers, rules, gaps(read))
    left_out: list[str] = []
    lists: dict[str, Any] = {}
    shown: dict[str, Any] = {}
    for table in tables_of(read):
        if table.name not in read[table.provider]:
            continue
        lines = [_reported(item, rules, left_out, claimant) for item in found if item.table is table]
        if not table.resource.table.readable:
            note = f"{table.provider_title} cannot be read: this is from the office's variables, or the journal."
            lines.insert(0, [Comment(note)])
            left_out.append(note)
        for note in gaps(read, of=table):
            lines.insert(0, [Comment(note)])
            left_out.append(f"{table.title}: {note}")
        for option, note in table.lacks.items():
            if any(item.item.get(option) is not None for item in found if item.table is table):
                lines.insert(0, [Comment(note)])
                left_out.append(f"{table.title}: {note}")
        members = [part for line in lines for part in line]
        items = [part for part in members if not isinstance(part, Comment)]
        if table.single and not items:
            continue
        shown.setdefault(table.provider, {})[table.name] = items[0] if table.single else members
        lists.setdefault(table.provider, {})[table.name] = table.held(items)
    variables = {**carried, **{f"office_{provider}": members for provider, members in shown.items()}}
    for name, value in carried.items():
        if why := unwritable({name: value}):
            raise InputError(f"{one_line(name)} cannot be in a file: {why}.", next_step="Correct the variable.")
    _refuse_masks(carried, lists)
    text = "\n".join([*map(_comment, _HEAD), "---", *_document(variables)]) + "\n"
    return text, lists, left_out


def _refuse_masks(carried: Mapping[str, Any], lists: Mapping[str, Any]) -> None:
    places = [*masked_places(carried), *(f"office_{place}" for place in masked_places(lists))]
    if places:
        raise InputError(
            f"{places[0]} is not what the account or the variables hold: {WHY}. Nothing was written"
            f"{f'; {len(places) - 1} more places are masked' if places[1:] else ''}.",
            next_step=NEXT_STEP,
        )


def _selected(found: Sequence[Found], numbers: Sequence[Any], rules: NumberRules, unseen: Sequence[str]) -> list[Found]:
    desired = [rules.number(f"numbers[{position}]", number) for position, number in enumerate(numbers)]
    rules.problems.raise_if_any()
    keys = {str(item.key) for item in found}
    missing = [number for number in desired if number and number not in keys]
    if missing and unseen:
        raise InputError(f"{', '.join(missing)}: not found, but the list is incomplete: {' '.join(unseen)}")
    if missing:
        raise InputError(
            f"{', '.join(missing)}: not on any of the accounts that were read.",
            next_step="Check the numbers, and which providers are exported.",
        )
    return [item for item in found if str(item.key) in desired]


def _reported(
    found: Found, rules: NumberRules, left_out: list[str], claimant: Callable[[OfficeList, Any], str]
) -> list[Any]:
    """Return the lines for one item: itself, or a comment in its place or above it for what cannot be expressed."""
    table, item = found.table, plain(found.item)
    options = {name: value for name, value in item.items() if name not in table.reported}
    reached = [value for name, value in options.items() if name not in table.keys or name in (table.renames or ())]
    other = claimant(table, table.first_of(item))
    refusal = unwritable(options) or next(_refusals(reached, rules), None)
    refusal = f"it is in the variables of {other}" if other else refusal
    comments = []
    if refusal:
        comments.append(f"{found.key} is left out: {refusal}.")
    else:
        for name, beside in table.urls.items():
            why = credential(options.get(name))
            if why:
                options = {option: value for option, value in options.items() if option not in (name, *beside)}
                comments.append(
                    f"{found.key}: {name} seems to hold a credential, {why}; it is not written to this file."
                )
        if table.away and options.get(table.away.options[0]) is None:
            text = f"{table.away.options[0]} is not set, or is something that cannot be written; it is left alone."
            comments.append(f"{found.key}: {text}")
    left_out += [one_line(f"{table.title}: {text}") for text in comments]
    return [*map(Comment, comments), *([] if refusal else [options])]


def credential(url: Any) -> str:
    """Return what in a URL looks like a credential, "" for nothing. A wrong guess costs one option of an export."""
    if not isinstance(url, str):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "because it cannot be read"
    if parts.username or parts.password:
        return "in front of its host"
    query = parse_qsl(parts.query)
    named = next((name for name, value in query if value and (_SECRET.search(name) or _is_random(value))), None)
    if named:
        return f"in {named} of its query"
    return "in its path" if any(map(_is_random, parts.path.split("/"))) else ""


def _is_random(text: str) -> bool:
    """Return whether a part of this is letters and digits that nobody would think of, as chat services use them."""
    parts = [part for part in re.split(r"[-_.~=]", text) if len(part) >= _RANDOM_LENGTH and part.isalnum()]
    mixed = any(any(map(str.isdigit, part)) and any(map(str.isalpha, part)) for part in parts)
    return mixed or bool(_UUID.search(text))


def _refusals(value: Any, rules: NumberRules) -> Iterator[str]:
    """Yield why the safety policy refuses phone numbers in *value*, however deep they are."""
    if isinstance(value, (Mapping, list)):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _refusals(part, rules)
    elif isinstance(value, str) and value.startswith("+") and value[1:].isdigit():
        refusal = rules.policy.refusal(value)
        if refusal:
            yield refusal


def _document(variables: Mapping[str, Any]) -> Iterator[str]:
    for position, (name, value) in enumerate(variables.items()):
        # A blank line before each provider's block.
        if position and isinstance(value, Mapping):
            yield ""
        if isinstance(value, Mapping) and any(map(_has_comments, value.values())):
            yield f"{scalar(name)}:"
            for member, parts in value.items():
                lines = yaml_lines({member: parts}) if isinstance(parts, Mapping) else _list(member, parts)
                yield from _indented(lines, 2)
        else:
            yield from yaml_lines({name: value})


def _list(name: str, parts: Sequence[Any]) -> Iterator[str]:
    """Yield a list with comments, which PyYAML cannot write, between what it does write."""
    yield f"{scalar(name)}:{' []' if all(isinstance(part, Comment) for part in parts) else ''}"
    for part in parts:
        yield from _indented([_comment(part.text)] if isinstance(part, Comment) else yaml_lines([part]), 2)


def _has_comments(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(part, Comment) for part in value)


def _indented(lines: Iterable[str], by: int) -> Iterator[str]:
    return (f"{' ' * by}{line}" for line in lines)


def _comment(text: str) -> str:
    # Also for what renders a file as a whole, no comment opens a template.
    return f"# {one_line(text).replace('{', '(').replace('}', ')')}"


def read_file(path: Path) -> str | None:
    """Return what the file holds, None when there is none. Raises `InputError`."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {error}.", next_step="Name another file.") from None


def block(values: Mapping[str, Any]) -> str:
    """Return options as the lines of an office's file."""
    return "".join(f"{line}\n" for line in yaml_lines(values)) if values else ""
