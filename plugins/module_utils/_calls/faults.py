# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A fault of routes, whatever is to be done about it. Private to the collection."""

from __future__ import annotations

from dataclasses import dataclass, field

from .nodes import Place
from .survey import Example


@dataclass(frozen=True)
class Fault:
    """Something wrong at a place: *words* say what, *call* is the shortest call that shows it, *remedy* what to do.

    *certain*: every step is documented. *new*: the call did not exist before. *identity* is the same in another graph.
    *when*: "" for at any time. *offices*: whose nodes the call passes.
    """

    code: str
    place: Place
    words: str
    call: str = ""
    remedy: str = ""
    when: str = ""
    certain: bool = True
    new: bool = False
    identity: tuple[object, ...] = field(default=(), compare=False)
    offices: frozenset[str] = field(default=frozenset(), compare=False)
    example: Example | None = field(default=None, compare=False)


@dataclass(frozen=True)
class LongWay:
    """What is a long way to somebody: more than *seconds*, or more than *menus*; None for no limit."""

    seconds: int | None = None
    menus: int | None = None
