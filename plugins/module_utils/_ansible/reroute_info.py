# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the module that shows what is re-routed meets Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.argspec import ArgSpec
from .._office.rerouted import status
from .._office.session import Session
from .office import OFFICE, snapshots_of
from .runner import Result

STATUS = OFFICE + ArgSpec(
    {
        "reroute_directory": {"type": "path"},
        "fail_if_expired": {"type": "bool", "default": False},
    }
)


def status_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_reroute_info`."""
    return status(session, snapshots_of(options), fail_if_expired=options["fail_if_expired"])
