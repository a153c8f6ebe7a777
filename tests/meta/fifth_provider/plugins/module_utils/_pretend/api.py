# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The API of a provider that keeps its lines in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .._errors import InputError
from .._http.environment import Environment

Record = dict[str, Any]


class PretendApi:
    """Lines by phone number: `{number: {"number": ..., "calls": ...}}`."""

    def __init__(self, file: Path, check_mode: bool) -> None:
        self._file = file
        self._check_mode = check_mode

    def lines(self) -> dict[str, Record]:
        """Return all lines."""
        found: dict[str, Record] = json.loads(self._file.read_text())
        return found

    def send(self, number: str, members: Mapping[str, Any]) -> Record:
        """Set members of a line and return it."""
        if self._check_mode:
            raise RuntimeError("a write in check mode")
        lines = self.lines()
        lines[number] |= members
        self._file.write_text(json.dumps(lines))
        return lines[number]


def connect(options: Mapping[str, Any], environment: Environment) -> PretendApi:
    """Return the API for a module's connection options."""
    if not options["file"]:
        raise InputError("file is missing.", next_step="Set the environment variable PRETEND_FILE.")
    return PretendApi(Path(options["file"]), environment.http.check_mode)
