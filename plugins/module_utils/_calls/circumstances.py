# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who does not pick up, and what else is special about a call. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .nodes import Node

Matches = Callable[[Node], bool]


def nobody(_node: Node) -> bool:
    """Match no node."""
    return False


def everybody(_node: Node) -> bool:
    """Match every node."""
    return True


@dataclass(frozen=True)
class Circumstances:
    """*unanswered* phones ring and nobody picks up; *voicemail*: those that the operator's own voicemail answers."""

    unanswered: Matches = nobody
    voicemail: Matches = nobody
    busy: Matches = nobody
    full: Matches = nobody


NOTHING_SPECIAL = Circumstances()
NOBODY_PICKS_UP = Circumstances(unanswered=everybody)
