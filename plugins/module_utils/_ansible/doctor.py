# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the module that examines an office meets Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.argspec import ArgSpec
from .._office.doctoring import Examination, examine
from .._office.others import Others
from .._office.providers import PROVIDERS
from .._office.session import Session
from .office import OFFICE, READ, connection_of
from .runner import Result

DOCTOR = (
    OFFICE
    + READ
    + ArgSpec(
        {
            "reroute_directory": {"type": "path"},
            "assumptions": {"type": "bool", "default": False},
            # For the action: what the index of all offices says.
            "index_problems": {"type": "list", "elements": "dict", "default": []},
            "index_names": {"type": "dict", "default": {}},
        }
    )
)


def doctor_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_doctor`."""
    state = options.get("state_directory")
    connections = {name: connection_of(account, options, state) for name, account in PROVIDERS.items()}
    used = [name for name in options["providers"] or PROVIDERS if options.get(name) is not None]
    given = [
        name for name, account in PROVIDERS.items() if any(connections[name].get(key) for key in account.credentials)
    ]
    others = Others(session.office.name, options["index_names"])
    countries = (options["policy"] or {}).get("allowed_countries") or []
    regions = dict.fromkeys(str(name).upper() for name in (options["region"], *countries) if name)
    what = Examination(
        providers=options["providers"] or [name for name in PROVIDERS if name in {*used, *given}],
        used=options["providers"] or used,
        connections=connections,
        folder=options["reroute_directory"],
        shared={name: others.sharing(name) for name in PROVIDERS},
        problems=options["index_problems"],
        regions=list(regions),
        lists={name: options[name] for name in used},
        assumptions=options["assumptions"],
    )
    return examine(session, what)
