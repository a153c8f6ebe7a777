# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the options of an office say of calls. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._office.calling import Given
from .._office.index import OtherOffices
from .._office.session import Session


def given_calls(session: Session, options: Mapping[str, Any]) -> Given:
    """Return what the options say of calls."""
    names = ("people", "call_tests", "findings", "accepted_findings", "long_way")
    # A report shows nothing of another group's offices.
    same_group = options.get("keep_model", False)
    others = OtherOffices(options["index_folder"], session.office.name, same_group=same_group)
    beginning = "office_" if options["variables"] else ""
    return Given(**{name: options[name] for name in names}, others=others, beginning=beginning)


def own_calls(options: Mapping[str, Any]) -> Given:
    """Return what the options say of calls, for a job that knows of no other office."""
    names = [name for name in ("people", "call_tests") if name in options]
    return Given(**{name: options[name] for name in names}, beginning="office_" if options["variables"] else "")
