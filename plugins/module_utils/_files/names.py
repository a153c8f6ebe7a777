# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""File names made of offices' names, and places for files that are checked first. Private to the collection."""

from __future__ import annotations

import contextlib
import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from .._errors import InputError
from . import private

# File systems take 255 bytes; times, endings and the marks of temporary files come to less than 55.
_LONGEST = 200
_LONGEST_NAME = 255
_COLLECTION = ("ansible_collections", "office", "telephony")


def file_name(office: str) -> str:
    """Return the name of *office* as (the beginning of) a file name from which `office_of` makes it again.

    Only what cannot stand in a file name, or is dangerous there, is written as percent and two digits for each byte.
    Raises `InputError` for a name that is empty or too long.
    """
    last = len(office.rstrip(". ")) - 1
    name = "".join(
        letter if _may_stand(letter) and position <= last and (position or letter not in ".-~") else _escaped(letter)
        for position, letter in enumerate(office)
    )
    # File systems that compose letters would else take two offices for one.
    if not unicodedata.is_normalized("NFC", name):
        name = "".join(_escaped(letter) if unicodedata.combining(letter) else letter for letter in name)
    if not unicodedata.is_normalized("NFC", name):
        name = "".join(letter if letter.isascii() else _escaped(letter) for letter in name)
    if not name:
        raise InputError("The office has no name, so no file can be named after it.")
    if len(name.encode()) > _LONGEST:
        raise InputError(
            f"The name of the office {office[:30]}... is too long for a file name: {len(name.encode())} bytes, "
            f"{_LONGEST} at most.",
            next_step="Give the inventory's host a shorter name.",
        )
    return name


def office_of(name: str) -> str:
    """Return the office that `file_name` has called *name*."""
    # Some file systems take letters apart.
    return unquote(unicodedata.normalize("NFC", name), errors="surrogatepass")


def _may_stand(letter: str) -> bool:
    return letter.isprintable() and letter not in "/\\%"


def _escaped(letter: str) -> str:
    # `quote` leaves some letters alone.
    quoted = quote(letter, safe="", errors="surrogatepass")
    return quoted if quoted != letter else f"%{ord(letter):02X}"


def refuse_open_folder(folder: Path, what: str) -> None:
    """Raise `InputError` when others could write to *folder*, in which *what* are kept. A missing one is fine.

    Raises `OSError` where it cannot be looked at.
    """
    try:
        found = folder.stat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(20, "it is not a folder")
    _refuse_open(found, f"The folder {folder}", what, "chmod go-w")


def refuse_open_file(path: Path, found: os.stat_result, what: str) -> None:
    """Raise `InputError` when *path* is no plain file, or others could write to it."""
    if not stat.S_ISREG(found.st_mode):
        raise InputError(f"{path} is not a plain file.", next_step="Move it away.")
    _refuse_open(found, str(path), what, "chmod go-w")


def _refuse_open(found: os.stat_result, name: str, what: str, command: str) -> None:
    strange = found.st_uid != os.geteuid() and os.geteuid() != 0
    if strange or found.st_mode & 0o022:
        raise InputError(
            f"{name} can be written by others (mode {stat.S_IMODE(found.st_mode):04o}, owner {found.st_uid}), who "
            f"could change {what}.",
            next_step=f"Make it writable only for user {os.geteuid()} ({command}; chown if somebody else owns it), or "
            "name another folder.",
        )


def check_place(path: Path, *, folder: bool = False) -> None:
    """Raise `InputError` if the file *path* could not be written; *folder*: if files could not be made in *path*.

    Nothing is made or changed. Missing folders are fine where they can be made.
    """
    with explained(path):
        _refuse_collection(path)
        if folder:
            _check_folder(path)
            return
        if path.is_symlink():
            raise InputError(f"{path} is a symbolic link.", next_step="Name the file itself.")
        if path.exists() and not path.is_file():
            raise InputError(f"{path} is not a file.", next_step="Name another file.")
        # Beside the file lies a temporary one, with a longer name.
        if len(os.fsencode(private.temporary_of(path).name)) > _LONGEST_NAME:
            raise InputError(f"The file name {path.name[:30]}... is too long.", next_step="Name another file.")
        _check_folder(path.parent)


def _check_folder(folder: Path) -> None:
    """Look at the folder, or at the nearest one above it that is there."""
    there = folder
    while not there.exists() and not there.is_symlink() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise InputError(f"{there} is not a folder.", next_step="Name another place.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputError(
            f"{folder} cannot be used: {there} is not writable.",
            next_step="Check the path and its permissions.",
        )


def _refuse_collection(path: Path) -> None:
    """Refuse the folder of the installed collection: an update would remove what lies there."""
    parts = path.resolve().parts
    for position in range(len(parts) - len(_COLLECTION) + 1):
        end = position + len(_COLLECTION)
        # A checkout of the sources is its owner's, who may work in it.
        if parts[position:end] == _COLLECTION and Path(*parts[:end], "MANIFEST.json").exists():
            raise InputError(
                f"{path} is inside the installed collection, where an update would remove it.",
                next_step="Name another place.",
            )


def write_whole(path: Path, text: str, *, mode: int = 0o600, folder_mode: int = 0o777, lasting: bool = True) -> None:
    """Make the folder if it is missing and write the file as a whole. Raises `InputError`. *lasting*: see `write`."""
    with explained(path):
        path.parent.mkdir(mode=folder_mode, parents=True, exist_ok=True)
        private.write(path, text, mode=mode, lasting=lasting)


def make_private(folder: Path) -> None:
    """Make *folder*, and those above it that are missing, each for its owner alone. Raises `OSError`."""
    missing = [folder]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise `InputError` for what the operating system refuses."""
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{path} cannot be used: {error.strerror or error}.", next_step="Check the path and its permissions."
        ) from None
    except ValueError as error:
        raise InputError(f"{str(path)!r} cannot be a path: {error}.", next_step="Name another place.") from None
