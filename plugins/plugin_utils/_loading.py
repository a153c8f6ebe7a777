# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is loaded before Ansible forks a process for each host, so that all of them share it.

Ansible imports an action once in a run, in the process that it forks. To load the packages of an office's providers
takes longer than all else that the process of a converged office does. Private to the collection.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from ansible import context

from ansible_collections.office.telephony.plugins.module_utils._office.providers import PROVIDERS

_VARIABLES_OF = ("group_vars", "host_vars")
# To look into more than that would take longer than it saves.
_MOST_FILES, _MOST_BYTES = 200, 1_000_000


def load_providers() -> None:
    """Load the packages of the providers whose variables are in the inventory's files, all if none is.

    What is missed, for example in an encrypted file, each process loads when it needs it.
    """
    inventory = context.CLIARGS.get("inventory") or ()
    # With a comma, it is a list of hosts.
    sources = [Path(source) for source in inventory if "," not in source]
    named = _named({account.variable.encode(): name for name, account in PROVIDERS.items()}, sources)
    for name, account in PROVIDERS.items() if inventory else ():
        if not named or name in named:
            account.load()


def _named(names: Mapping[bytes, str], sources: list[Path]) -> set[str]:
    """Return those of the providers, by their variables, whose variables are in the inventory's files."""
    variables = re.compile(rb"\b(?:%s)\b" % b"|".join(names))
    found: set[str] = set()
    try:
        files = [file for source in sources for file in islice(_files(source), _MOST_FILES + 1)]
        if len(files) > _MOST_FILES or any(file.stat().st_size > _MOST_BYTES for file in files):
            return set()
        for file in files:
            found.update(names[variable] for variable in variables.findall(file.read_bytes()))
    except OSError:
        # Ansible says what is wrong with its inventory.
        return set()
    return found


def _files(source: Path) -> Iterator[Path]:
    """Yield the files of an inventory's source."""
    folders = [source] if source.is_dir() else [source.parent / name for name in _VARIABLES_OF]
    found = (file for folder in folders for file in folder.rglob("*"))
    # A pipe can be read only once.
    yield from (file for file in (source, *found) if file.is_file())
