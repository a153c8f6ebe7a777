# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the module that re-routes an office meets Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.argspec import ArgSpec
from .._office.providers import PROVIDERS
from .._office.rerouting_jobs import Reroute, Restore, close, reroute, restore
from .._office.session import Session
from .given import own_calls
from .office import OFFICE, PEOPLE, lists_of, problems_in, snapshots_of
from .runner import Result

REROUTE = OFFICE + ArgSpec(
    {
        "reroute_directory": {"type": "path"},
        "state": {"type": "str", "choices": ["rerouted", "restored", "closed"], "default": "rerouted"},
        "to": {"type": "raw"},
        "settings": {"type": "dict", "default": {}},
        "until": {"type": "str"},
        "reason": {"type": "str"},
        "change_destination": {"type": "bool", "default": False},
        "irreversible": {"type": "bool", "default": False},
        "numbers": {"type": "str", "choices": ["office", "account"], "default": "office"},
        "changed": {"type": "str", "choices": ["report", "keep", "overwrite"], "default": "report"},
        "leave_out": {"type": "list", "elements": "raw", "default": []},
        "only_expired": {"type": "bool", "default": False},
        "ignore_findings": {"type": "bool", "default": False},
        **PEOPLE,
    }
)


def reroute_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_reroute`."""
    directory = snapshots_of(options)
    if options["state"] == "restored":
        names = ("changed", "leave_out", "only_expired")
        return restore(session, Restore(directory, calls=own_calls(options), **{name: options[name] for name in names}))
    given = ("to", "settings", "until", "reason", "change_destination", "irreversible", "numbers", "ignore_findings")
    unread = [
        problem
        for problem in problems_in(options["left_out"])
        if problem.path in {f"office_{name}" for name in PROVIDERS}
    ]
    how = Reroute(directory, unread=unread, calls=own_calls(options), **{name: options[name] for name in given})
    return (close if options["state"] == "closed" else reroute)(session, lists_of(options), how)
