# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Pictures of an office's numbers. Private to the collection."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from .._calls.names import Names
from .._calls.nodes import Graph
from .._calls.pictures import Pictures
from .._calls.world import World
from .calling import CallModel


def pictures_of(
    model: CallModel, graph: Graph, office: str, numbers: Collection[str] | None
) -> Iterator[dict[str, Any]]:
    """Yield a picture of each of *numbers* (E.164), of all of the *office* for None."""
    times, names = model.times(graph), Names(graph, model.directory)
    pictures = Pictures(World(graph, times), times, names)
    for node in graph.numbers:
        if node.number in numbers if numbers is not None else node.place.office == office:
            start = pictures.world.start(node.key)
            yield {
                "number": node.number,
                "label": names.label(node),
                "mermaid": pictures.mermaid(start),
                "graph": pictures.data(start),
                "week": pictures.week(start),
            }
