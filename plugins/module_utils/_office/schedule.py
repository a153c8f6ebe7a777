# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The scheduled job that ends re-routes: when it last looked at an office. Private to the collection.

A re-route with a planned end is only ended by a run of a restore with `only_expired`. Each of these leaves a note in
the folder of the snapshots, so that a re-route can say whether anything will end it.
"""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

from .._files.names import explained, file_name, write_whole

_FOLDER = "checks"
# Longer than some runs of a job that a schedule starts every 5 minutes.
_LATE = timedelta(minutes=15)
_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


class LastCheck:
    """When a restore with `only_expired` last looked at *office*; *folder* is that of the snapshots."""

    def __init__(self, folder: str | Path, office: str) -> None:
        self._folder = Path(folder).expanduser()
        self._path = self._folder / _FOLDER / file_name(office)

    def note(self, now: datetime) -> None:
        """Note that a run looks at the office *now*. Raises `InputError` where that cannot be written."""
        with explained(self._folder):
            # As private as the snapshots that it is made for.
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self._path, f"{now.astimezone(timezone.utc).strftime(_FORMAT)}\n", folder_mode=0o700)

    def time(self) -> datetime | None:
        """Return when a run last looked, None for never or where that cannot be read."""
        with contextlib.suppress(OSError, ValueError):
            text = self._path.read_text(encoding="utf-8").strip()
            return datetime.strptime(text, _FORMAT).replace(tzinfo=timezone.utc)
        return None

    def is_late(self, now: datetime) -> bool:
        """Return whether no run has looked for so long that none may come."""
        last = self.time()
        return last is None or now - last > _LATE

    def ago(self, now: datetime) -> str:
        """Return when a run last looked, in words."""
        last = self.time()
        if last is None:
            return "it has never run for this office"
        minutes = max(int((now - last).total_seconds() // 60), 0)
        if minutes < 60:
            return f"it last ran {minutes} minute{'' if minutes == 1 else 's'} ago"
        hours = minutes // 60
        return f"it last ran {hours} hour{'' if hours == 1 else 's'} ago"
