# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the lists of an account to nodes, whatever its provider. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.account import Account
from .nodes import Draft, GoTo, Graph, key_part, number_node, to_unknown


def extension_key(provider: str, extension: str) -> str:
    """Return the key of what is reached by dialling *extension* inside a provider that has such."""
    return f"{provider}/extensions/{key_part(extension)}"


def compiled(account: Account, lists: Mapping[str, Any], draft: Draft) -> Graph:
    """Return what the *lists* of an *account* do with calls; *draft* says whose lists they are.

    Of a provider that does not say how it routes calls, only the numbers are known. What is wrong in a file's lists is
    for others to report: here it says nothing.
    """
    sound = {name: _items(found) for name, found in lists.items()}
    if account.package.compile_calls is not None:
        account.package.compile_calls(sound, draft)
        return draft.graph
    for table in account.lists:
        for position, item in enumerate(sound.get(table.name, ()) if table.numbers else ()):
            number = draft.e164(item.get(table.keys[0]))
            if number is not None:
                here = draft.place(table.name, number, path=f"{table.name}[{position}]")
                words = f"what {account.title} does with calls"
                draft.add(number_node(number, GoTo(to_unknown(words, here)), place=here, provider=account.name))
    return draft.graph


def _items(found: Any) -> list[Mapping[str, Any]]:
    # What an account has once is a mapping rather than a list.
    items = found if isinstance(found, list) else [found] if isinstance(found, Mapping) else ()
    return [item if isinstance(item, Mapping) else {} for item in items]
