# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the module that onboards an office meets Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.argspec import ArgSpec
from .._office.onboarding import How, onboard
from .._office.others import Others
from .._office.session import Session
from .._office.validating import validate
from .given import given_calls
from .office import CALLS, OFFICE, READ, known_problems, lists_of
from .runner import Result

ONBOARD = (
    OFFICE
    + READ
    + CALLS
    + ArgSpec(
        {
            "prune": {"type": "bool", "default": False},
            "max_deletions": {"type": "int"},
            "max_changes": {"type": "raw"},
            "on_error": {"type": "str", "choices": ["stop", "continue"], "default": "stop"},
            "verify": {"type": "bool", "default": True},
            "expect_plan": {"type": "dict"},
            "reroute_directory": {"type": "path"},
            "ignore_reroute": {"type": "bool", "default": False},
            "prune_shared": {"type": "bool", "default": False},
            "validate_only": {"type": "bool", "default": False},
            "on_failed_call_test": {"type": "str", "choices": ["refuse", "warn", "off"], "default": "refuse"},
            # For the action: what the index of all offices says.
            "index_problems": {"type": "list", "elements": "dict", "default": []},
            "index_names": {"type": "dict", "default": {}},
        }
    )
)


def onboard_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office`."""
    known = known_problems(options)
    if options["validate_only"]:
        return validate(session, lists_of(options), given_calls(session, options), known)
    others = Others(session.office.name, options["index_names"])
    if options["prune"] and not options["prune_shared"]:
        others.refuse_unread()
    how = How(
        on_error=options["on_error"],
        verify=options["verify"],
        prune=options["prune"],
        max_deletions=options["max_deletions"],
        expected_plans=options["expect_plan"],
        most_changes=options["max_changes"],
        kept=others.uses,
        directory=options["reroute_directory"],
        ignore_reroute=options["ignore_reroute"],
        calls=given_calls(session, options),
        on_failed_call_test=options["on_failed_call_test"],
    )
    return onboard(session, lists_of(options), how, known)
