# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file that remembers where an office's calls went before they were re-routed. Private to the collection.

While an office is re-routed its snapshot lies in the folder as OFFICE.json; afterwards it is kept in `ended`. It is
written before the first call is re-routed, only ever replaced as a whole, and never overwritten by another one.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from .._errors import InputError
from .._files import private
from .._files.masks import NEXT_STEP, WHY, is_masked, masked_places
from .._files.names import check_place, file_name, office_of, refuse_open_file, refuse_open_folder
from .._texts import json_text, one_line
from .lists import TABLES

FORMAT = "office.telephony re-route 1"
_SUFFIX = ".json"
_KEPT = "ended"
# What could be changed by whoever may write to the folder.
_WHERE_TO = "where a restore sends the calls"

Document = dict[str, Any]
Kinds = Mapping[str, tuple[type, ...]]

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
_MEMBERS: Kinds = {
    "office": (str,),
    "since": (str,),
    "until": (str, type(None)),
    "reason": (str, type(None)),
    "targets": (list,),
    "entries": (list,),
}
_TARGET: Kinds = {"at": (str,), "to": (dict,)}
_TO: Kinds = {"phone": (str, type(None)), "settings": (dict,)}
_ENTRY: Kinds = {
    "list": (str,),
    "key": (str,),
    "options": (dict,),
    "before": (dict,),
    "assumed": (bool,),
    "set": (list,),
    "others": (list,),
}


class SnapshotFile:
    """The snapshot of *office* in *folder*. All methods raise `InputError` when the file cannot be used."""

    def __init__(self, folder: str | Path, office: str) -> None:
        self._folder = Path(folder).expanduser().absolute()
        self._office = office
        self.path = self._folder / f"{file_name(office)}{_SUFFIX}"

    def read(self) -> Document | None:
        """Return the snapshot, None when the office is not re-routed."""
        with self._explained():
            refuse_open_folder(self._folder, _WHERE_TO)
            text = private.read(self.path, lambda found: refuse_open_file(self.path, found, _WHERE_TO))
            if text is None:
                return None
            document = json.loads(text)
            if not isinstance(document, dict) or document.get("format") != FORMAT:
                raise ValueError("it has another format")
            _check(document)
            if document["office"] != self._office:
                raise ValueError(f"it is of the office {document['office']}")
            masked = next(masked_places(document["entries"], "entries"), None)
            if masked:
                raise ValueError(
                    f"its {masked} is a mask that Ansible put in place of a secret, not the value that was set"
                )
            return document

    def check_place(self) -> None:
        """Make sure, without changing anything, that the snapshot can be saved and ended."""
        check_place(self.path)
        with self._explained():
            refuse_open_folder(self._folder / _KEPT, _WHERE_TO)
        check_place(self._folder / _KEPT, folder=True)

    def refuse_change(self, expected: Document | None) -> None:
        """Refuse to go on where another run has changed the snapshot while this one waited for the accounts."""
        with self._explained():
            self._refuse_others(expected)

    def save(self, document: Document, instead_of: Document | None, *, keep: bool = False) -> None:
        """Write *document*, if what is there now is still *instead_of*. It is on the disk when this returns.

        *keep*: what is replaced is kept with the ended snapshots.
        """
        refuse_masks(document)
        self.check_place()
        with self._explained():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with private.locked(self._folder):
                self._refuse_others(instead_of)
                if keep and instead_of is not None:
                    self._keep(instead_of)
                private.write(self.path, json_text(document, indent=1) + "\n")

    def end(self, document: Document) -> Path:
        """Move the snapshot to the ended ones, where it is kept, and return its new path."""
        with self._explained():
            with private.locked(self._folder):
                self._refuse_others(document)
                target = self._keep(document)
                self.path.unlink()
                private.to_disk(self._folder)
            return target

    def _keep(self, document: Document) -> Path:
        """Give the snapshot a second name with the ended ones, and return it."""
        kept = self._folder / _KEPT
        kept.mkdir(mode=0o700, exist_ok=True)
        refuse_open_folder(kept, _WHERE_TO)
        target = self._free(kept, document)
        # A link and not a rename, because a rename would replace an older snapshot.
        if not target.exists():
            os.link(self.path, target)
            private.to_disk(kept)
        return target

    def _free(self, kept: Path, document: Document) -> Path:
        """Return a name that is free, or that a run which was killed at this point has given the file already."""
        stem = f"{self.path.name.removesuffix(_SUFFIX)}.{document['since'].replace(':', '')}"
        number = 0
        while True:
            target = kept / f"{stem}{f'.{number}' if number else ''}{_SUFFIX}"
            if not target.exists() or target.samefile(self.path):
                return target
            number += 1

    def _refuse_others(self, expected: Document | None) -> None:
        if self.read() != expected:
            raise InputError(
                f"{self.path} was changed by another run at the same time; it was left as it is.",
                next_step="Wait until the other run has ended, then run again.",
            )

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, RecursionError) as error:
            raise InputError(
                f"{self.path} is not a snapshot that can be used: {error}.",
                next_step="It was not touched. Repair it or move it; the office is then treated as not re-routed.",
            ) from None
        except OSError as error:
            raise InputError(
                f"{self.path} cannot be used: {error.strerror or error}.",
                next_step="Check the folder and its permissions; nothing was re-routed or restored.",
            ) from None


def is_time(text: str) -> bool:
    """Return whether *text* is a time in UTC as snapshots and records hold it."""
    try:
        return bool(_TIME.fullmatch(text) and datetime.strptime(text, _FORMAT))
    except ValueError:
        return False


def _check(document: Document) -> None:
    """Raise `ValueError` naming what is not as a snapshot has it."""
    _require(document, "it", _MEMBERS)
    for name in ("since", "until"):
        if document[name] is not None and not is_time(document[name]):
            raise ValueError(f"its {name} is not a time in UTC")
    if not document["targets"]:
        raise ValueError("its targets are missing")
    for place, target in enumerate(document["targets"]):
        _require(target, f"targets[{place}]", _TARGET)
        _require(target["to"], f"targets[{place}].to", _TO)
    for place, entry in enumerate(document["entries"]):
        _require(entry, f"entries[{place}]", _ENTRY)
        if entry["list"] not in TABLES:
            raise ValueError(f"entries[{place}] is of the list {entry['list']}, which does not exist")
        if not all(isinstance(setting, dict) for setting in entry["set"]):
            raise ValueError(f"entries[{place}].set is not a mapping of options")


def _require(holder: Any, where: str, kinds: Kinds) -> None:
    if not isinstance(holder, dict):
        raise ValueError(f"{where} is not a mapping")
    for name, kind in kinds.items():
        if name not in holder or not isinstance(holder[name], kind):
            raise ValueError(f"{where} has no {name}, or a wrong one")


def re_routed_offices(folder: str | Path) -> list[str]:
    """Return the offices that have a snapshot in *folder*, sorted."""
    path = Path(folder).expanduser()
    return sorted(office_of(file.name.removesuffix(_SUFFIX)) for file in path.glob(f"[!.]*{_SUFFIX}"))


def others_in(folder: str | Path, office: str, warn: Callable[[str], None]) -> list[Document]:
    """Return the snapshots of all offices in *folder* but *office*; *warn* is called for those that cannot be read."""
    found = []
    for name in re_routed_offices(folder):
        if name == office:
            continue
        try:
            document = SnapshotFile(folder, name).read()
        except InputError as error:
            warn(one_line(f"Whether the office {name} shares numbers is unknown: {error.message}"))
        else:
            found += [document] if document else []
    return found


def refuse_masks(document: Mapping[str, Any]) -> None:
    """Raise `InputError` when an entry holds a mask, because that could not be put back."""
    for entry in document["entries"]:
        masked = next(masked_places({name: entry[name] for name in ("options", "before", "set", "others")}), None)
        if masked or is_masked(entry["key"]):
            raise InputError(
                f"{document['office']}: {masked or 'the key'} of {entry['list']} {entry['key']} is not what the "
                f"account holds: {WHY}. So it could not be restored, and nothing was re-routed.",
                next_step=NEXT_STEP,
            )


def summary(document: Mapping[str, Any] | None, now: str) -> dict[str, Any]:
    """Return what people want to know of a snapshot; *now* is a time like those in it."""
    if document is None:
        return {"active": False}
    until = document.get("until")
    return {
        "active": True,
        "office": document["office"],
        "since": document["since"],
        "until": until,
        "expired": until is not None and until <= now,
        "reason": document.get("reason"),
        "to": document["targets"][-1]["to"],
        "numbers": [entry["key"] for entry in document["entries"] if "back" not in entry],
        "switched": [entry["key"] for entry in document["entries"] if "back" not in entry and _is_switched(entry)],
        "counts": dict(Counter(_noun(entry) for entry in document["entries"] if _rings(entry))),
    }


def _rings(entry: Mapping[str, Any]) -> bool:
    """Tell whether the calls of an item still go to the destination of the re-route."""
    return "back" not in entry and not _is_switched(entry)


def _noun(entry: Mapping[str, Any]) -> str:
    return TABLES[entry["list"]].noun_of(entry["options"])


def _is_switched(entry: Mapping[str, Any]) -> bool:
    """Tell whether the calls go where the provider has it, and not to the destination of the re-route."""
    return bool(entry["set"]) and all(isinstance(value, bool) for value in entry["set"][-1].values())
