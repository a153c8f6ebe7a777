# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writing what the accounts hold as an office's file of variables. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._engine.account import Account
from .._errors import InputError, TelephonyError
from .._files.names import check_place, file_name, write_whole
from .changes import changes_of
from .messages import brief, plural
from .office import ProblemsFound
from .others import Others
from .reading import read_office
from .session import Session
from .variables import MARK, host_variables, read_file

Result = dict[str, Any]
_DEFECT = "Set O(verify) to false to export anyway, and please report this as a defect."


@dataclass(frozen=True)
class Export:
    """What is exported and where to. *path* is the file; without one it is called like the office, in *directory*.

    *numbers*: only these phone numbers, all for None. *carried*: variables that no account holds. *overwrite*: also a
    file that no export made. *verify*: plan what the file says, and fail where that would change anything.
    """

    providers: Sequence[str]
    path: str | None
    directory: str | None
    numbers: Sequence[Any] | None
    carried: Mapping[str, Any]
    others: Others
    overwrite: bool = False
    verify: bool = True


def export(session: Session, lists: Mapping[str, Any], how: Export) -> Result:
    """Read the accounts of *how*, and write the office's file if it differs. *lists*: the office's own."""
    office = session.office
    path = _place(office.name, how)
    check_place(path)
    before = read_file(path)
    if before is not None and not (before.startswith(MARK) or how.overwrite):
        raise InputError(
            f"{path} exists and was not made by an export.", next_step="Name another file, or set O(overwrite)."
        )
    office.read({name: found for name, found in lists.items() if name in how.providers})
    session.refuse(office)
    reading = read_office(session, how.providers, as_managed=True)
    text, found, left_out = host_variables(reading.lists, how.carried, how.numbers, office.rules, how.others.claimant)
    if before != text and not session.check_mode:
        # Only its owner may read it, because it shows where people are reached.
        write_whole(path, text)
    items = {
        name: sum(len(session.accounts[name].list_of(key).items_in(part)) for key, part in parts.items())
        for name, parts in found.items()
    }
    read = ", ".join(f"{session.accounts[name].title} {plural('item', count)}" for name, count in items.items())
    verb = "is up to date" if before == text else "would be written" if session.check_mode else "was written"
    state = "unchanged" if before == text else "would write" if session.check_mode else "written"
    result: Result = {
        "changed": before != text,
        "file": str(path),
        "lists": found,
        "left_out": left_out,
        "diff": {"before_header": str(path), "after_header": str(path), "before": before or "", "after": text},
    }
    if how.verify and (failed := _verify(session, path, found)):
        return {**result, **failed}
    return {
        **result,
        "message": [
            f"{office.name}: {path} {verb} ({read or 'no items'}; {session.cost()})",
            *(f"  {line}" for line in left_out),
        ],
        "brief": brief(state, str(path)),
    }


def _place(office: str, how: Export) -> Path:
    if how.path:
        return Path(how.path).expanduser()
    if how.directory:
        return Path(how.directory).expanduser() / f"{file_name(office)}.yml"
    raise InputError(
        "There is no folder for the file, because the inventory is not a file.",
        next_step="Set O(path) or O(directory).",
    )


def _verify(session: Session, path: Path, lists: Mapping[str, Any]) -> Result:
    """Return the failure where onboarding the file would change anything that can be read, {} where it would not.

    The file is there all the same, and the failure says so.
    """
    done = f"{path} {'would be' if session.check_mode else 'was'} written, but"
    try:
        run = session.planned(lists)
    except ProblemsFound as error:
        wrong = "; ".join(f"{problem.path}: {problem.what}" for problem in error.problems)
        return _failure(InputError(f"{done} cannot be onboarded as it is: {wrong}.", next_step=_DEFECT))
    run.preview()
    for provider in run.providers:
        if provider.failure is not None:
            why = f"{done} could not be verified: {provider.failure}"
            return {**_failure(provider.failure), "msg": why}
    names = [
        change.title
        for change in changes_of(run.providers)
        if change.account.list_of(change.list).resource.table.readable
    ]
    if not names:
        return {}
    return _failure(InputError(f"{done} onboarding it would change {', '.join(names)}.", next_step=_DEFECT))


def _failure(error: TelephonyError) -> Result:
    return {"failed": True, "msg": str(error), "failure": error.failure()}


def carried_connection(account: Account, connection: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a *connection* for a file: no secrets, and nothing that the environment can say."""
    return {
        name: connection[name]
        for name, option in account.connection.options.items()
        if not option.get("no_log")
        and "fallback" not in option
        and name not in ("region", "policy")
        and connection.get(name) not in (None, option.get("default"))
    }
