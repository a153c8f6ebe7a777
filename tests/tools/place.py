# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a nox session works: a copy of the project, a home, a temporary folder, a log; and what it counted there."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

import nox
from collection import CACHE, copy_collection
from nox.command import CommandFailed

LOGS, REPORTS = CACHE / "logs", CACHE / "reports"
LOG_LINES_SHOWN = 400
# The caller's own settings must not decide what a test does.
_DROPPED = re.compile(r"ANSIBLE|PY(THON|TEST)|VIRTUAL_ENV|MAKE|MFLAGS|GIT_|NOX|SONETEL|RC_|SMSPARTNER|FONEDYNAMICS")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_CLOSING = re.compile(r"^=*\s*((?:\d+ [a-z]+(?:, )?)+ in \d[^=]*?)\s*=*$", re.MULTILINE)


def digest(files: Iterable[Path], *more: str) -> str:
    """A hash of the files' contents and of the further words."""
    hashed = hashlib.sha256("\0".join(more).encode())
    for file in files:
        hashed.update(b"\0" + file.read_bytes())
    return hashed.hexdigest()


class Place:
    """One session's surroundings, all in .cache/; whatever an earlier run left there is removed, but not the home."""

    def __init__(self, session: nox.Session) -> None:
        self.session = session
        self.name = session.name
        self.folder, self.home, self.tmp = (CACHE / kind / self.name for kind in ("run", "homes", "tmp"))
        self.log = LOGS / f"{self.name}.log"
        self._counts = {"passed": 0, "failed": 0, "skipped": 0}
        self._notes: list[str] = []
        for folder in (self.folder, self.tmp):
            shutil.rmtree(folder, ignore_errors=True)
        for folder in (self.folder, self.home, self.tmp, LOGS, REPORTS):
            folder.mkdir(parents=True, exist_ok=True)
        for old in REPORTS.glob(f"{self.name}.*"):
            old.unlink()
        self.log.write_text("")
        _keep_pip_settings(self.home)

    @cached_property
    def checkout(self) -> Path:
        """A copy of the project at .../ansible_collections/office/telephony."""
        return copy_collection(self.folder)

    @property
    def collections_path(self) -> Path:
        """The folder that holds ansible_collections."""
        return self.checkout.parents[2]

    @property
    def python(self) -> str:
        """The version of the session's Python, such as 3.11."""
        return str(self.session.python)

    @property
    def bin(self) -> Path:
        """The folder with the programs of the session's environment."""
        return Path(self.session.bin)

    def run(
        self,
        *command: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        live: bool = False,
        says: str = "",
        refuse: str = "",
    ) -> str:
        """Run a program of the session's environment in the copy, and return what it printed.

        Its output goes into the log, of which a failure shows the end; with *live*, and where a person is looking,
        onto the screen instead. says: a pattern that its output must match; refuse: one that it must not, for tools
        that end with 0 although they complain. Raises CommandFailed, also where it leaves a process running.
        """
        screen = live and not self.session.parallel
        with self.log.open("ab") as log, contextlib.chdir(cwd or self.checkout):
            start = log.tell()
            try:
                self.session.run(
                    *map(str, command),
                    env=self.environ(env),
                    include_outer_env=False,
                    stdout=None if screen else log.fileno(),
                )
            except CommandFailed:
                self._show_log()
                raise
            finally:
                left = end_leftovers(self.folder)
        if left:
            raise self.failed(f"{len(left)} processes were left running")
        said = _COLOUR.sub("", self.log.read_bytes()[start:].decode(errors="replace"))
        if says and not re.search(says, said, re.MULTILINE):
            raise self.failed(f"{Path(command[0]).name} does not print what shows that it checked anything: {says}")
        if refuse and (found := re.search(refuse, said, re.MULTILINE)):
            raise self.failed(f"{Path(command[0]).name} prints: {found.group().strip()}")
        return said

    def failed(self, why: str) -> CommandFailed:
        """The exception that fails a check for that reason, which is printed and noted."""
        self.session.warn(why)
        self.note(why)
        self._show_log()
        return CommandFailed(why)

    def environ(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment variables for a program of the session."""
        kept = {key: value for key, value in os.environ.items() if not _DROPPED.match(key)}
        loopback = "127.0.0.1,localhost,::1"
        return kept | {
            "HOME": str(self.home),
            "TMPDIR": str(self.tmp),
            "PATH": f"{self.session.bin}{os.pathsep}{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
            "NO_COLOR": "1",
            "no_proxy": loopback,
            "NO_PROXY": loopback,
            **(more or {}),
        }

    def each(self, *checks: Callable[[Place], object]) -> None:
        """Run every check, also after one has failed, and fail if one has; a check without counts is one."""
        failed = []
        for check in checks:
            before = dict(self._counts)
            try:
                check(self)
            except CommandFailed:
                failed.append(check.__name__.lstrip("_"))
                self.count(failed=before == self._counts)
            else:
                self.count(passed=before == self._counts)
        if failed:
            self.note(f"failed: {', '.join(failed)}")
            raise CommandFailed(f"failed: {', '.join(failed)}")

    def forgive(self, why: str) -> None:
        """Let what has failed not count, and say why."""
        self.note(f"{self._counts['failed']} failed; {why}")
        self._counts["failed"] = 0
        self._save()

    def pytest(self, *arguments: str | Path, env: Mapping[str, str] | None = None) -> None:
        """Run pytest on paths of the copy and count; passing tests' output is kept for the search for secrets."""
        report = REPORTS / f"{self.name}.{len(list(REPORTS.glob(f'{self.name}.*.xml')))}.xml"
        options = [f"--junit-xml={report}", "--override-ini=junit_logging=all", f"--basetemp={self.tmp}/pytest"]
        settings = {
            "PYTHONPATH": str(self.collections_path),
            "ANSIBLE_COLLECTIONS_PATH": str(self.collections_path),
            # Beside the copy, in which the tests must find the project's files only.
            "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode"),
            **(env or {}),
        }
        command = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, *arguments)
        try:
            said = self.run(*command, *self.session.posargs, env=settings, live=True)
            self._notes += _CLOSING.findall(said)
        finally:
            self.count_junit([report])

    def count_junit(self, files: Iterable[Path]) -> None:
        """Count what a runner wrote as JUnit XML; raises CommandFailed if no test was run."""
        reasons: Counter[str] = Counter()
        before = dict(self._counts)
        for file in filter(Path.is_file, files):
            root = ElementTree.parse(file).getroot()
            reasons.update(item.get("message", "") for item in root.iter("skipped"))
            for suite in root.iter("testsuite"):
                tests, errors, failures, skipped = (
                    int(suite.get(key, "0")) for key in ("tests", "errors", "failures", "skipped")
                )
                self.count(tests - errors - failures - skipped, errors + failures, skipped)
        # A number alone hides what was not tested.
        self._notes += [f"{number} skipped: {reason}" for reason, number in reasons.items() if reason]
        self._save()
        if all(self._counts[key] == before[key] for key in ("passed", "failed")):
            raise self.failed("no test was run")

    def count(self, passed: int = 0, failed: int = 0, skipped: int = 0) -> None:
        """Add to what the closing report shows of this session."""
        for key, number in (("passed", passed), ("failed", failed), ("skipped", skipped)):
            self._counts[key] += number
        self._save()

    def note(self, line: str) -> None:
        """Add a line to what the closing report shows of this session."""
        self._notes.append(line)
        self._save()

    def _save(self) -> None:
        (REPORTS / f"{self.name}.json").write_text(json.dumps({**self._counts, "notes": self._notes}))

    def _show_log(self) -> None:
        lines = self.log.read_text(errors="replace").splitlines()
        print(f"---- the last {min(len(lines), LOG_LINES_SHOWN)} lines of {self.log.relative_to(CACHE.parent)}")
        print("\n".join([*lines[-LOG_LINES_SHOWN:], "----"]), flush=True)


def end_leftovers(folder: Path) -> list[int]:
    """Kill every process that works in the folder or below it, and return their ids.

    A server that a test failed to stop may have left the process group of its program, but it still works in the
    session's folder. Only where there is a /proc.
    """
    ended = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if link.readlink().is_relative_to(folder) and int(link.parent.name) != os.getpid():
                ended.append(int(link.parent.name))
                os.kill(ended[-1], signal.SIGKILL)
    return ended


def _keep_pip_settings(home: Path) -> None:
    """Let pip, which ansible-test calls with the session's home and none of our variables, reach the same registry.

    The user's own file is linked; variables, and where downloads are cached, are written down.
    """
    user_file = Path.home() / ".config/pip/pip.conf"
    link = home / ".config/pip/pip.conf"
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
    legacy = home / ".pip/pip.conf"
    legacy.parent.mkdir(exist_ok=True)
    legacy.touch(mode=0o600)
    legacy.write_text("[global]\n" + "".join(f"{key} = {value}\n" for key, value in settings.items()))
