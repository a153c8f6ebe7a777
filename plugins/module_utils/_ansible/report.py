# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the module that makes reports meets Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .._engine.argspec import ArgSpec
from .._errors import InputError
from .._office.junit import read_mode
from .._office.options import Names
from .._office.reporting import FORMATS, Kept, Request, make_reports
from .office import named
from .runner import Result, Surroundings

REPORT = ArgSpec(
    {
        "of": {"type": "str", "required": True},
        # For the action: take what is not given from the host's variables, and from those with the prefix.
        "variables": {"type": "bool", "default": False},
        "prefix": {"type": "str"},
        "directory": {"type": "path"},
        "mode": {"type": "raw", "default": "0600"},
        "formats": {"type": "list", "elements": "str", "choices": list(FORMATS), "default": list(FORMATS)},
        "group": {"type": "str"},
        "mask_numbers": {"type": "bool", "default": False},
        # For the action: what the tasks of the hosts have left.
        "models": {"type": "list", "elements": "dict", "default": []},
    }
)


def report_job(options: Mapping[str, Any], surroundings: Surroundings, check_mode: bool) -> Result:
    """Do the work of the module `office_report`."""
    names = Names(options["variables"], options["prefix"] or "")
    with named(names):
        if not options["directory"]:
            raise InputError("There is no folder for the report.", next_step="Set O(directory).")
        request = Request(
            Path(options["directory"]).absolute(),
            read_mode(options["mode"], "mode"),
            options["formats"],
            masks_numbers=options["mask_numbers"],
            grouped=bool(options["group"]),
        )
        kept = [Kept(**model) for model in options["models"]]
        return {**make_reports(kept, request, check_mode=check_mode), "not_echoed": ["models"]}
