# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is notified of the messages of queues and groups. Facts: docs/providers/ringcentral-company.md 12.

Nothing of it is written. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._engine.plan import Current
from .resource import ExtensionResource


def notified(resource: ExtensionResource, found: Sequence[Current]) -> list[dict[str, str]]:
    """Return the addresses and numbers that RingCentral tells of messages: `{key, where, value}` for each.

    It takes one request for each of *found*.
    """

    def read(item: Current) -> list[dict[str, str]]:
        key = item.key.first
        settings = resource.api.read(f"extension/{resource.id_by(key)}/notification-settings", "light")
        return [{"key": key, "where": where, "value": value} for where, value in _texts(settings, "")]

    return [entry for entries in resource.read_side_by_side(read, found) for entry in entries]


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Yield the texts in lists, however deep, each with the member that holds it."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _texts(part, f"{where}.{name}" if where else str(name))
    elif isinstance(value, list):
        for part in value:
            yield from [(where, part)] if isinstance(part, str) else _texts(part, where)
