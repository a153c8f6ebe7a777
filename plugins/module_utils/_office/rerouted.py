# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether an office is re-routed, as its snapshot says. Private to the collection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._errors import InputError
from . import rerouting
from .messages import brief, status_line
from .schedule import LastCheck
from .session import Session
from .snapshot import Document, SnapshotFile, summary

Result = dict[str, Any]


def status(session: Session, directory: str, *, fail_if_expired: bool) -> Result:
    """Say whether the office is re-routed; nothing is requested from any provider."""
    office = session.office.name
    found = summary(SnapshotFile(directory, office).read(), rerouting.text_of(session.now))
    line = status_line(office, found, session.zone)
    state = "OVERDUE" if found.get("expired") else "re-routed" if found["active"] else "not re-routed"
    warn_if_nothing_ends(session, found, LastCheck(directory, office))
    late = "OVERDUE: " if state == "OVERDUE" else ""
    result: Result = {"changed": False, "snapshot": found, "message": [late + line]}
    result["brief"] = brief(state, short([line], office))
    if fail_if_expired and found.get("expired"):
        error = InputError(f"{late}{line}.", next_step="Run office.telephony.restore.")
        return {**result, "failed": True, "msg": str(error), "failure": error.failure()}
    return result


def warn_if_nothing_ends(session: Session, found: Document, last: LastCheck) -> None:
    """Warn where the planned end depends on a job that does not run."""
    if found["active"] and found["until"] and last.is_late(session.now):
        session.warn(
            f"Nothing will end the re-route of {session.office.name} at its planned end: a scheduled run of "
            f"office.telephony.restore with restore_only_expired is needed, and {last.ago(session.now)}."
        )


def short(lines: Sequence[str], office: str) -> str:
    """Return the first of *lines* about an office without its name."""
    return lines[0].removeprefix(f"{office}: ").removeprefix(f"{office} ")
