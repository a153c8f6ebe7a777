# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where tasks share tokens and limits: only in places that belong to their user alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._files import shared as _shared
from ansible_collections.office.telephony.plugins.module_utils._files.shared import (
    SharedFile,
    SharedFolder,
    chosen_directory,
    default_directory,
    temporary_directory,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder in a temporary directory of its own; it is not made yet."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return temporary_directory()


def shared(folder: Path | None, warned: list[str] | None = None) -> SharedFile:
    return SharedFolder(folder, ([] if warned is None else warned).append).file("token", "1")


def kept(file: SharedFile) -> object:
    with file.locked() as contents:
        return contents.value


def keep(file: SharedFile, value: str) -> None:
    with file.locked() as contents:
        contents.save(value)


@each(
    ("home", "base", "found"),
    [
        ("/home/me", None, Path("/home/me/.cache/office.telephony")),
        ("/home/me", "/cache", Path("/cache/office.telephony")),
        ("/home/me", "cache", Path("/home/me/.cache/office.telephony")),
        # Files would lie wherever a run starts.
        ("me", None, None),
    ],
)
def test_the_usual_folder(home: str, base: str | None, found: Path | None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", home)
        patch.delenv("XDG_CACHE_HOME", raising=False)
        if base is not None:
            patch.setenv("XDG_CACHE_HOME", base)
        assert default_directory() == found


@each(("given", "base"), [(None, "/tmp"), ("", "/tmp"), ("here", "/tmp"), ("/var/tmp", "/var/tmp")])
def test_the_temporary_folder(given: str | None, base: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("TMPDIR")
        if given is not None:
            patch.setenv("TMPDIR", given)
        assert temporary_directory() == Path(base, f"office.telephony-{os.geteuid()}")


@each("mode", [0o755, 0o710, 0o701, 0o777])
def test_a_chosen_folder_that_others_may_enter_is_refused(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / f"{mode:o}"
    folder.mkdir(0o700)
    assert chosen_directory("cache_path", str(folder)) == folder
    folder.chmod(mode)
    with pytest.raises(InputError, match="open to other users, so no token may be kept there"):
        chosen_directory("cache_path", str(folder))


def test_what_cannot_be_used_is_named_and_the_temporary_folder_takes_over(tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    (tmp_path / "file").touch()
    linked = tmp_path / "linked"
    linked.mkdir(0o700)
    (linked / "token-1.json").symlink_to(tmp_path / "elsewhere.json")
    reasons = {
        "open": "the folder is open to other users; it must be owner-only",
        "file": "File exists",
        "linked": "it is a link",
    }
    for name, why in reasons.items():
        warned: list[str] = []
        keep(shared(tmp_path / name, warned), name)
        (warning,) = warned
        assert f"cannot be stored ({tmp_path / name}: {why}). {temporary} is used instead. Set cache_path to" in warning
        assert kept(shared(None)) == name
    assert not (tmp_path / "elsewhere.json").exists()


def test_a_temporary_folder_that_is_a_link_is_not_used(tmp_path: Path, temporary: Path) -> None:
    """Anybody may put one there, and it leads to a folder of this user."""
    (tmp_path / "own").mkdir(0o700)
    temporary.symlink_to(tmp_path / "own")
    warned: list[str] = []
    file = shared(None, warned)
    assert not file.is_shared()
    keep(file, "secret")
    assert list((tmp_path / "own").iterdir()) == []
    assert "Each task therefore logs in on its own" in warned[0]
    # The task itself still knows it.
    assert kept(file) == "secret"


def test_what_an_earlier_task_had_to_keep_elsewhere_is_found(tmp_path: Path) -> None:
    keep(shared(None), "from before")
    assert kept(shared(tmp_path / "cache")) == "from before"


def test_a_full_disk_moves_what_is_kept_to_the_next_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write, left = _shared._write, [OSError(28, "No space left on device")]

    def full_at_first(descriptor: int, content: bytes) -> None:
        if left:
            raise left.pop()
        write(descriptor, content)

    monkeypatch.setattr(_shared, "_write", full_at_first)
    warned: list[str] = []
    keep(shared(tmp_path / "cache", warned), "value")
    assert kept(shared(None)) == "value"
    assert len(warned) == 1
    assert "No space left on device" in warned[0]


def test_files_and_folders_are_for_their_owner_whatever_the_umask(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        keep(shared(tmp_path / "cache"), "value")
    finally:
        os.umask(umask)
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "cache/token-1.json").stat().st_mode & 0o777 == 0o600
