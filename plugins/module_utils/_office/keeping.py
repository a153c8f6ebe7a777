# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What outlives a run: the locks of its accounts, and the record of what it changed. Private to the collection."""

from __future__ import annotations

import contextlib
import os
import pwd
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from .._clock import Clock
from .._engine.apply import Status
from .._errors import InputError
from .._files.locks import Busy, Locks
from .._files.shared import key_of
from .changes import digest
from .record import CHANGED, Document, Records, Step, document_of, joined, marked, merged, steps_of
from .rerouting import text_of
from .run import ProviderRun

# The state directory holds the locks in this folder.
LOCKS = "locks"


def who_runs() -> dict[str, Any]:
    """Return who runs this, and where; with the job of AWX, which knows its person."""
    try:
        user = pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        user = str(os.geteuid())
    job = {"awx_job": os.environ["JOB_ID"]} if os.environ.get("JOB_ID") else {}
    return {"user": user, "host": os.uname().nodename, "pid": os.getpid(), **job}


@dataclass
class Keeper:
    """Keeps a run of *office* in *directory*. *run* is the same for all tasks of one run of Ansible.

    Before the first write, the record says that nobody knows what will be written; so also a run that is killed leaves
    one. *path* is the record of this run, None where there is none.
    """

    office: str
    directory: Path
    keep_days: int
    run: str
    now: datetime
    clock: Clock
    warn: Callable[[str], None]
    # Returns a text without the secrets that the run knows.
    redact: Callable[[str], str]
    # Prints a line while the task runs, None where nobody would see it.
    show: Callable[[str], None] | None = None
    path: Path | None = None
    # Whether the run leaves something to another one, although all that it planned was done.
    unfinished: bool = False
    # What the run has read before it planned: a plan may know only what its first writes leave of an item.
    read: Sequence[Step] = ()
    # The snapshot of the re-route that the run ends.
    ends: Mapping[str, Any] | None = None
    _job: str = ""
    _by: Mapping[str, Any] = field(default_factory=dict)
    _undoes: str | None = None
    _digest: str = ""
    _steps: Sequence[Step] = ()
    _failed: Sequence[str] = ()
    _usable: bool = False
    _locks: Locks | None = None

    @property
    def records(self) -> Records:
        """The records of the office."""
        return Records(self.directory, self.office)

    def begin(
        self, job: str, accounts: Mapping[str, tuple[str, str]], *, emergency: bool = False, undoes: str | None = None
    ) -> None:
        """Take the locks of *accounts* (by provider: its title, and what tells accounts apart), and look at the place.

        In an *emergency* a state directory that cannot be used is a warning. Raises `InputError`.
        """
        self._job, self._by, self._undoes = job, who_runs(), undoes
        try:
            self.records.check_place()
            self._usable = True
        except InputError as error:
            if not emergency:
                raise
            self.warn(f"There will be no record of this run, and no lock: {error}")
            return
        holder = {
            **self._by,
            "run": f"{self._by['host']}:{self.run}",
            "since": text_of(self.now),
            "office": self.office,
        }
        self._locks = Locks(self.directory / LOCKS, holder, self.clock, self.show)
        try:
            self._locks.hold({f"{name}-{key_of(name, known)[:16]}": title for name, (title, known) in accounts.items()})
        except Busy:
            raise
        except InputError as error:
            if not emergency:
                raise
            self.warn(f"This run is not locked against other runs: {error}")

    def note_plan(self, providers: Sequence[ProviderRun], *, emergency: bool) -> None:
        """Write down what is about to be written. Raises `InputError` where that cannot be done."""
        if not self._usable:
            return
        self._digest = digest(providers)
        steps = joined(steps_of(providers, self.redact, pending=True), self.read)
        if not steps:
            return
        try:
            path = self.records.free_path(self.now, self._job)
            self.records.write(path, self._document(steps, complete=None))
        except InputError as error:
            if not emergency:
                raise
            self.warn(f"There is no record of this run: {error}")
        else:
            self.path, self._steps = path, steps

    def note_outcome(self, providers: Sequence[ProviderRun]) -> None:
        """Write down what was written; a run that changed nothing leaves nothing."""
        if self.path is None:
            return
        self._failed = [provider.account.name for provider in providers if provider.failure is not None]
        self._steps = merged(self._steps, steps_of(providers, self.redact), failed=self._failed)
        with self._warning():
            if any(step["status"] in CHANGED for step in self._steps):
                self.records.write(self.path, self._document(self._steps, complete=None))
            else:
                self.records.remove(self.path)
                self.path = None

    def finish(self, *, failed: bool) -> None:
        """Write down that the run came to its end, and remove records that are too old."""
        if self.path is None:
            return
        done = {step["status"] for step in self._steps} <= {Status.APPLIED.value, Status.UNCHANGED.value}
        complete = done and not (failed or self._failed or self.unfinished)
        with self._warning():
            self.records.write(self.path, self._document(self._steps, complete=complete))
            self.records.remove_old(self.keep_days, self.now)

    @contextlib.contextmanager
    def _warning(self) -> Iterator[None]:
        try:
            yield
        except InputError as error:
            self.warn(f"The record {self.path} does not show what was written: {error}")

    def line(self) -> str:
        """Return the line that names the record and says how to undo the run, "" without a record."""
        if self.path is None:
            return ""
        how = f" (to undo it: ansible-playbook office.telephony.undo --limit {shlex.quote(self.office)})"
        return f"  Record: {self.path}{'' if self._job in ('reroute', 'restore') else how}"

    def end(self) -> None:
        """Give back the locks."""
        if self._locks is not None:
            self._locks.release()

    def _document(self, steps: Sequence[Step], *, complete: bool | None) -> Document:
        if self.ends is not None:
            steps = marked(steps, dict(self.ends))
        return document_of(
            self.office, self._job, self.now, self._by, self._digest, steps, complete=complete, undoes=self._undoes
        )
