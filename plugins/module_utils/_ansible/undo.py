# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the module that undoes a run meets Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.argspec import ArgSpec
from .._office.session import Session
from .._office.undo_job import Undo, undo
from .given import own_calls
from .office import OFFICE, PEOPLE, READ
from .runner import Result

UNDO = (
    OFFICE
    + READ
    + ArgSpec(
        {
            "record": {"type": "str"},
            "max_deletions": {"type": "int", "default": 0},
            "changed": {"type": "str", "choices": ["report", "keep", "overwrite"], "default": "report"},
            "reroute_directory": {"type": "path"},
            **PEOPLE,
        }
    )
)


def undo_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_undo`."""
    given = {name: options[name] for name in ("record", "max_deletions", "changed", "providers")}
    return undo(session, Undo(**given, reroutes=options["reroute_directory"], calls=own_calls(options)))
