# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that tasks share and that cannot be used, for whatever reason: a warning, and a loop still logs in once."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import pwd
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from system_ringcentral import CELL, RingCentralOffice
from system_support import Json, texts_of

from simulator.harness import Simulator

Prepare = Callable[[RingCentralOffice, pytest.MonkeyPatch], object]


@pytest.fixture
def office(simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RingCentralOffice:
    (tmp_path / "tmp").mkdir(mode=0o700)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return RingCentralOffice(simulator, tmp_path / "cache")


def _instead_of_each_file(make: Callable[[Path], object]) -> Prepare:
    """Let the files be there from an earlier task, and put something else into their place."""

    def prepare(office: RingCentralOffice, patch: pytest.MonkeyPatch) -> None:
        office.apply([CELL])
        office.simulator.reset()
        for file in [*office.folder.iterdir()]:
            file.unlink()
            make(file)

    return prepare


def _instead_of_the_folder(make: Callable[[Path], object]) -> Prepare:
    return lambda office, patch: make(office.folder)


def _link(path: Path) -> None:
    target = path.with_name("target")
    target.write_text("{}")
    path.symlink_to(target)


def _listen(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"/proc/self/fd/{os.open(path.parent, os.O_RDONLY)}/{path.name}")


def _of_somebody_else(path: Path) -> None:
    path.write_text("{}")
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
    else:
        path.chmod(0)


def _failing(function: str, number: int) -> Prepare:
    """Let a system call fail for all that lies in the folder of the user's choice."""

    def prepare(office: RingCentralOffice, patch: pytest.MonkeyPatch) -> None:
        owner: Any = fcntl if function == "flock" else os
        real = getattr(owner, function)

        def call(descriptor: int, *arguments: Any) -> Any:
            if Path(f"/proc/self/fd/{descriptor}").readlink().is_relative_to(office.folder):
                raise OSError(number, os.strerror(number))
            return real(descriptor, *arguments)

        patch.setattr(owner, function, call)

    return prepare


def _read_only(office: RingCentralOffice, patch: pytest.MonkeyPatch) -> None:
    real = os.open

    def call(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if dir_fd is not None and Path(f"/proc/self/fd/{dir_fd}").readlink() == office.folder:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path, flags, mode, dir_fd=dir_fd)

    patch.setattr(os, "open", call)


def _without_home(office: RingCentralOffice, patch: pytest.MonkeyPatch) -> None:
    def nobody(_user: object) -> None:
        raise KeyError

    del office.options["cache_path"]
    patch.delenv("HOME", raising=False)
    patch.delenv("XDG_CACHE_HOME")
    patch.setattr(pwd, "getpwuid", nobody)


def _below_no_home(office: RingCentralOffice, patch: pytest.MonkeyPatch) -> None:
    _without_home(office, patch)
    office.options["cache_path"] = "~/telephony"


def _default_below_a_file(office: RingCentralOffice, patch: pytest.MonkeyPatch) -> None:
    del office.options["cache_path"]
    (office.folder.parent / "file").write_text("")
    patch.setenv("XDG_CACHE_HOME", str(office.folder.parent / "file"))


OBSTACLES: dict[str, Prepare] = {
    "a link": _instead_of_each_file(_link),
    "a folder": _instead_of_each_file(Path.mkdir),
    "a pipe": _instead_of_each_file(os.mkfifo),
    "a socket": _instead_of_each_file(_listen),
    "somebody else's": _instead_of_each_file(_of_somebody_else),
    "a file for the folder": _instead_of_the_folder(Path.touch),
    "a pipe for the folder": _instead_of_the_folder(os.mkfifo),
    "a broken link for the folder": _instead_of_the_folder(lambda path: path.symlink_to("nowhere/at/all")),
    "disk full": _failing("pwrite", errno.ENOSPC),
    "quota": _failing("pwrite", errno.EDQUOT),
    "no locks": _failing("flock", errno.ENOLCK),
    "locks are not supported": _failing("flock", errno.EOPNOTSUPP),
    "read-only": _read_only,
    "no home": _without_home,
    "below no home": _below_no_home,
    "default below a file": _default_below_a_file,
}


def _logins(office: RingCentralOffice) -> int:
    return sum(entry["path"].endswith("/token") for entry in office.simulator.requests())


def _looped(office: RingCentralOffice) -> tuple[list[Json], int]:
    """The results of a loop of tasks, and how often they logged in."""
    results, logins = [], 0
    for label in ("One", "Two", "Three"):
        results.append(office.apply([{**CELL, "label": label}]))
        logins += _logins(office)
    return results, logins


@pytest.mark.parametrize("name", [*OBSTACLES])
def test_a_loop_still_logs_in_once(office: RingCentralOffice, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    OBSTACLES[name](office, monkeypatch)
    results, logins = _looped(office)
    for result in results:
        assert result["changed"] is True, result
        assert "cache_path" in " ".join(texts_of(result))
        assert not [text for text in texts_of(result) if "defect" in text or "Errno" in text]
    assert logins == 1
    private = Path(os.environ["TMPDIR"]) / f"office.telephony-{os.geteuid()}"
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in private.iterdir()} == {0o600}


def _link_to_a_folder(path: Path) -> None:
    target = path.with_name("elsewhere")
    target.mkdir(mode=0o700)
    path.symlink_to(target)


def _open_folder(path: Path) -> None:
    path.mkdir()
    path.chmod(0o755)


def _foreign_folder(path: Path) -> None:
    path.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
    else:
        path.chmod(0)


@pytest.mark.parametrize("make", [_link_to_a_folder, _open_folder, _foreign_folder, Path.touch, os.mkfifo])
def test_a_prepared_folder_in_the_temporary_directory_is_not_used(
    office: RingCentralOffice, make: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_home(office, monkeypatch)
    private = Path(os.environ["TMPDIR"]) / f"office.telephony-{os.geteuid()}"
    make(private)
    results, logins = _looped(office)
    assert [result["changed"] for result in results] == [True, True, True]
    assert logins == 3
    assert all("Each task therefore logs in on its own" in " ".join(texts_of(result)) for result in results)
    private.chmod(0o700)
    assert not private.is_dir() or not [*private.iterdir()]


def test_what_was_kept_elsewhere_is_left_when_the_disk_has_room_again(
    office: RingCentralOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        OBSTACLES["disk full"](office, patch)
        assert _looped(office)[1] == 1
    results, logins = _looped(office)
    # The token is used up to its end; what is written from now on lies where the user wants it.
    assert (logins, [texts_of(result) for result in results]) == (0, [[], [], []])
    private = Path(os.environ["TMPDIR"]) / f"office.telephony-{os.geteuid()}"
    (pacing,) = office.folder.glob("pacing-*")
    assert json.loads(pacing.read_text())["accounts"]
    assert {file.read_text() for file in private.glob("pacing-*")} == {""}


@pytest.mark.parametrize(
    "content", ["", "{", "[" * 99999, "null", "\0", "9" * 9999, '{"access_token": 1}', "x" * (5 << 20)], ids=range(8)
)
def test_contents_that_nobody_has_written_count_as_none(office: RingCentralOffice, content: str) -> None:
    office.apply([CELL])
    files = [*office.folder.iterdir()]
    assert files
    for file in files:
        file.write_text(content)
    office.simulator.reset()
    result = office.apply([CELL])
    assert (result["changed"], texts_of(result), _logins(office)) == (True, [], 1)
    assert all(file.stat().st_size < 5000 for file in office.folder.iterdir())
