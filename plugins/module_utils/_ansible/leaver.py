# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the module that looks for a leaver meets Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.argspec import ArgSpec
from .._office.leaving import Leaver, find_leaver
from .._office.people import Person
from .._office.session import Session
from .given import own_calls
from .office import CALLS, OFFICE, PEOPLE, READ, lists_of, readable_providers
from .runner import Result

LEAVER = (
    OFFICE
    + READ
    + ArgSpec(
        {
            "reroute_directory": {"type": "path"},
            "person": {"type": "dict", "required": True, **Person.SPEC.suboptions()},
            "successor": {"type": "dict", **Person.SPEC.suboptions()},
            "ignore_reroute": {"type": "bool", "default": False},
            "call_tests": CALLS.options["call_tests"],
            **PEOPLE,
        }
    )
)


def leaver_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_leaver`."""
    how = Leaver(
        providers=readable_providers(options),
        person=options["person"],
        successor=options["successor"],
        directory=options["reroute_directory"],
        ignore_reroute=options["ignore_reroute"],
        calls=own_calls(options),
    )
    return find_leaver(session, lists_of(options), how)
