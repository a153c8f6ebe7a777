# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the module that follows calls meets Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .._engine.argspec import ArgSpec
from .._office.asking import ACCOUNTS, FILES, Question, ask
from .._office.junit import Junit, read_mode
from .._office.providers import PROVIDERS
from .._office.reporting import model_path
from .._office.session import Session
from .given import given_calls
from .office import CALLS, OFFICE, READ, known_problems, lists_of, readable_providers
from .runner import Result

OFFICE_CALLS = (
    OFFICE
    + READ
    + CALLS
    + ArgSpec(
        {
            "of": {"type": "str", "choices": [ACCOUNTS, FILES], "default": ACCOUNTS},
            "calls": {"type": "list", "elements": "dict"},
            "verify": {"type": "bool", "default": False},
            "pictures": {"type": "bool", "default": False},
            "numbers": {"type": "list", "elements": "raw"},
            "junit_directory": {"type": "path"},
            "junit_mode": {"type": "raw", "default": "0600"},
            "reroute_directory": {"type": "path"},
            "keep_model": {"type": "bool", "default": False},
            # For the action: what the index of all offices says.
            "index_problems": {"type": "list", "elements": "dict", "default": []},
        }
    )
)


def calls_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_calls`."""
    lists = lists_of(options)
    mode = read_mode(options["junit_mode"])
    folder = options["junit_directory"]
    with_lists = [name for name in PROVIDERS if lists.get(name) is not None]
    question = Question(
        of=options["of"],
        # Credentials alone may be there for other offices.
        providers=options["providers"] or with_lists or readable_providers(options),
        calls=options["calls"],
        verify=options["verify"],
        pictures=options["pictures"],
        numbers=options["numbers"],
        directory=options["reroute_directory"],
        junit=Junit(Path(folder).absolute(), session.office.name, mode) if folder else None,
        given=given_calls(session, options),
        model=model_path(options["index_folder"], session.office.name) if options["keep_model"] else None,
    )
    return ask(session, lists, question, known_problems(options))
