# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the module that reads an office meets Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.argspec import ArgSpec
from .._office.informing import inform
from .._office.session import Session
from .given import given_calls
from .office import CALLS, OFFICE, READ, lists_of, readable_providers
from .runner import Result

INFO = OFFICE + READ + CALLS + ArgSpec({"calls": {"type": "bool", "default": False}})


def info_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_info`."""
    calls = given_calls(session, options) if options["calls"] else None
    return inform(session, lists_of(options), readable_providers(options), calls)
