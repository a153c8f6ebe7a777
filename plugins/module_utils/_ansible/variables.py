# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the module that exports an office meets Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.argspec import ArgSpec
from .._office.exporting import Export, carried_connection, export
from .._office.lists import plain
from .._office.others import Others
from .._office.providers import PROVIDERS
from .._office.session import Session
from .office import OFFICE, READ, lists_of, readable_providers
from .runner import Result

VARIABLES = (
    OFFICE
    + READ
    + ArgSpec(
        {
            "path": {"type": "path"},
            "directory": {"type": "path"},
            "numbers": {"type": "list", "elements": "raw"},
            "overwrite": {"type": "bool", "default": False},
            "verify": {"type": "bool", "default": True},
            # For the action: what the index of all offices says.
            "index_names": {"type": "dict", "default": {}},
        }
    )
)


def variables_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_variables`."""
    connections = {
        f"office_{name}_connection": carried_connection(account, options[f"{name}_connection"])
        for name, account in PROVIDERS.items()
    }
    carried = {f"office_{name}": options[name] for name in ("region", "timezone")}
    # A policy that says what is the default anyway need not be written.
    carried["office_policy"] = {name: value for name, value in plain(options["policy"] or {}).items() if value}
    how = Export(
        providers=readable_providers(options),
        path=options["path"],
        directory=options["directory"],
        numbers=options["numbers"],
        carried={name: value for name, value in {**carried, **connections}.items() if value},
        others=Others(session.office.name, options["index_names"]),
        overwrite=options["overwrite"],
        verify=options["verify"],
    )
    return export(session, lists_of(options), how)
