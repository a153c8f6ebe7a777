# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a step of the tests gets to work with: a copy of the project, a home, a temporary folder and a log."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import IO, NamedTuple
from xml.etree import ElementTree

import environments
import interpreters
import project
from matrix import Version
from project import CACHE

TIMEOUT_SECONDS = 1800.0

# Settings of the person who calls must not decide what a test does; what reaches the package registry stays.
_DROPPED = re.compile(r"^(ANSIBLE|PY(THON|TEST)|VIRTUAL_ENV|MAKE|MFLAGS|GIT_|SONETEL|RC_|SMSPARTNER|FONEDYNAMICS)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_CLOSING = re.compile(r"^=*\s*((?:\d+ [a-z]+(?:, )?)+ in \d[^=]*?)\s*=*$")

# The process groups that run, each with its step's folder. A signal handler must be able to take the lock once more.
_running: dict[int, Path] = {}
_running_lock = threading.RLock()


class StepFailed(Exception):
    """The step has found something wrong; the text is one sentence, the log has the details."""


class Counts(NamedTuple):
    """How many checks a runner made."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: object) -> Counts:
        """Add up two runs."""
        if not isinstance(other, Counts):
            return NotImplemented
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


class Workplace:
    """One step's surroundings. All folders lie in .cache/, and are emptied before the step."""

    def __init__(self, name: str, home: str, pythons: Mapping[Version, Path], links: Path) -> None:
        """home: the name of the home folder, which is kept between runs, and which several steps may share in turn."""
        self.name = name
        self.pythons = pythons
        self.folder = CACHE / "run" / name
        self.home = CACHE / "homes" / home
        self.tmp = CACHE / "tmp" / name
        self.log = CACHE / "logs" / f"{name}.log"
        self.installing_seconds = 0.0
        self.counts: Counts | None = None
        self.closing_lines: list[str] = []
        self._links = links

    def prepare(self) -> None:
        """Make the folders; forget what an earlier run left."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.tmp, ignore_errors=True)
        self.log.unlink(missing_ok=True)
        for folder in (self.folder, self.home, self.tmp, self.log.parent):
            folder.mkdir(parents=True, exist_ok=True)
        self.log.touch()
        _keep_pip_settings(self.home)

    @cached_property
    def checkout(self) -> Path:
        """A copy of the project at .../ansible_collections/office/telephony."""
        return project.copy_collection(self.folder)

    @property
    def collections_path(self) -> Path:
        """The folder that holds ansible_collections."""
        return self.checkout.parents[2]

    def venv(self, name: str, requirements: str, version: Version | None = None) -> Path:
        """The python of an environment with tests/requirements/REQUIREMENTS.txt, on the given version of Python."""
        started = time.monotonic()
        base = self.pythons[version] if version else None
        python = environments.ensure_venv(name, [f"{requirements}.txt"], base)
        self.installing_seconds += time.monotonic() - started
        return python

    def environ(self, python: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment variables for a program of python's environment."""
        kept = {key: value for key, value in os.environ.items() if not _DROPPED.match(key)}
        loopback = "127.0.0.1,localhost,::1"
        path = [str(python.parent), str(self._links), *interpreters.clean_path()]
        return kept | {
            "HOME": str(self.home),
            "TMPDIR": str(self.tmp),
            "PATH": os.pathsep.join(path),
            "LC_ALL": "C.UTF-8",
            "NO_COLOR": "1",
            "no_proxy": loopback,
            "NO_PROXY": loopback,
            **(more or {}),
        }

    def run(
        self,
        python: Path,
        command: Sequence[str | Path],
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        refuse: str | None = None,
    ) -> str:
        """Run a program of python's environment in the copy, add what it says to the log, and return it.

        refuse: a pattern that must not match any line, for tools that end with 0 although they complain.
        Raises StepFailed when the program fails, does not end, or says what is refused.
        """
        words = [str(word) for word in command]
        with self.log.open("ab") as log:
            log.write(f"$ {' '.join(words)}\n".encode())
            log.flush()
            start = log.tell()
            status = _wait(words, self.folder, cwd or self.checkout, self.environ(python, env), log)
        said = _COLOUR.sub("", self.log.read_bytes()[start:].decode(errors="replace"))
        self._note_closing_lines(said)
        if status:
            raise StepFailed(f"{_short(words)} {status}")
        if refuse and (found := re.search(refuse, said, re.MULTILINE)):
            raise StepFailed(f"{_short(words)} says: {found.group().strip()}")
        return said

    def write(self, text: str) -> None:
        """Add a line to the log."""
        with self.log.open("a") as log:
            log.write(f"{text}\n")

    def count(self, counts: Counts) -> None:
        """Add to what the report says of this step."""
        self.counts = (self.counts or Counts()) + counts

    def count_junit(self, files: Iterable[Path]) -> None:
        """Count what the runner wrote down as JUnit XML; raises StepFailed when no test was run."""
        total = Counts()
        reasons: Counter[str] = Counter()
        for file in files:
            root = ElementTree.parse(file).getroot()
            reasons.update(item.get("message", "") for item in root.iter("skipped"))
            for suite in root.iter("testsuite"):
                tests, errors, failures, skipped = (
                    int(suite.get(key, "0")) for key in ("tests", "errors", "failures", "skipped")
                )
                total += Counts(tests - errors - failures - skipped, errors + failures, skipped)
        self.count(total)
        # A number alone hides what was not tested.
        self.closing_lines += [f"{number} skipped: {reason}" for reason, number in reasons.items() if reason]
        if total.passed + total.failed == 0:
            raise StepFailed("no test was run")

    def _note_closing_lines(self, said: str) -> None:
        """Remember the sentences with which pytest ends."""
        self.closing_lines += [found.group(1) for line in said.splitlines() if (found := _CLOSING.match(line.strip()))]


def _short(words: list[str]) -> str:
    """The words before the first option, without folders: enough to know which of a step's programs it was."""
    told = [Path(word).name for word in itertools.takewhile(lambda word: not re.match("-[^m]", word), words)]
    return f"`{' '.join(told)}`"


def stop_everything() -> None:
    """Kill every program that a step has started and that still runs, with all that it has started."""
    with _running_lock:
        for group, folder in _running.items():
            _kill_group(group)
            end_leftovers(folder)


def end_leftovers(folder: Path) -> list[int]:
    """Kill every process that works in the folder or below it, and return their ids.

    A server that a test has started and failed to stop may have left the process group of its program, but it still
    works in the step's folder. Only where there is a /proc to tell.
    """
    ended = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if link.readlink().is_relative_to(folder):
                ended.append(int(link.parent.name))
                os.kill(ended[-1], signal.SIGKILL)
    return ended


def _wait(words: list[str], folder: Path, cwd: Path, env: dict[str, str], log: IO[bytes]) -> str:
    """Run the program in a process group of its own; return what went wrong, or nothing."""
    with _running_lock:
        process = subprocess.Popen(
            words,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        _running[process.pid] = folder
    try:
        code = process.wait(TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        return f"did not end within {TIMEOUT_SECONDS:.0f} seconds"
    finally:
        with _running_lock:
            del _running[process.pid]
            # Whatever it left running in its group, such as a server, ends with it.
            _kill_group(process.pid)
        process.wait()
    return f"ended with {code}" if code else ""


def _kill_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _keep_pip_settings(home: Path) -> None:
    """Let pip, which ansible-test calls without our variables and with the step's home, reach the same registry.

    The user's own file is linked; variables, and where downloads are cached, are written down, because ansible-test
    passes none on.
    """
    user_file = Path.home() / ".config" / "pip" / "pip.conf"
    link = home / ".config" / "pip" / "pip.conf"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    if user_file.is_file():
        link.symlink_to(user_file)
    user_cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    settings = {"cache-dir": str(user_cache / "pip")} | {
        key.removeprefix("PIP_").lower().replace("_", "-"): value
        for key, value in os.environ.items()
        if key.startswith("PIP_") and key != "PIP_CONFIG_FILE"
    }
    legacy = home / ".pip" / "pip.conf"
    legacy.parent.mkdir(exist_ok=True)
    legacy.touch(mode=0o600)
    legacy.write_text("[global]\n" + "".join(f"{key} = {value}\n" for key, value in settings.items()))
