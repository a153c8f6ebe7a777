# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls through what the providers' compilers make of lists, in one line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import Any

from ansible_collections.office.telephony.plugins.module_utils._calls.circumstances import Circumstances
from ansible_collections.office.telephony.plugins.module_utils._calls.compiling import compiled
from ansible_collections.office.telephony.plugins.module_utils._calls.names import Names
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import Draft, Graph, Level, Node
from ansible_collections.office.telephony.plugins.module_utils._calls.routes import Call, Ends, follow
from ansible_collections.office.telephony.plugins.module_utils._calls.times import Moment
from ansible_collections.office.telephony.plugins.module_utils._calls.world import World
from ansible_collections.office.telephony.plugins.module_utils._office.providers import PROVIDERS

MONDAY = Moment(datetime(2026, 12, 7, 9, 0, tzinfo=timezone.utc))


def account(provider: str, lists: Mapping[str, Any], region: str | None = None, *, whole: bool = True) -> Graph:
    """Compile *lists* as those that an account holds, all of it or a part."""
    return compiled(PROVIDERS[provider], lists, Draft(provider, region=region, whole=whole))


def file(provider: str, lists: Mapping[str, Any], region: str | None = None, office: str = "here") -> Graph:
    """Compile *lists* as those of an office's file."""
    draft = Draft(provider, region=region, office=office, variable=f"office_{provider}")
    return compiled(PROVIDERS[provider], lists, draft)


def route(graph: Graph, key: str, press: str = "", silent: Iterable[str] = ()) -> str:
    """Return what a call to *key* meets, by the keys of nodes without the provider, how it ends, and how sure that is.

    *press*: a key each, `-` to wait, `+123` for an extension. *silent*: parts of the keys of what nobody picks up.
    """
    names = tuple(silent)
    nobody = Circumstances(unanswered=lambda node: any(name in _name(node) for name in names))
    pressed = (press[1:],) if press.startswith("+") else tuple("wait" if key == "-" else key for key in press)
    found = follow(World(graph, MONDAY), Call(key, MONDAY, press=pressed, circumstances=nobody), Names(graph))
    (one,) = found
    passed = " > ".join(dict.fromkeys(key.partition("/")[2] or key for key in one.keys))
    sure = "" if one.level is Level.DOCUMENTED else f" [{one.level.value}]"
    why = f": {one.why}" if one.end is Ends.UNKNOWN else ""
    seconds = f" after {one.seconds} s" if one.seconds else ""
    return f"{passed} = {one.end.value}{seconds}{why}{sure if not why else ''}"


def _name(node: Node) -> str:
    return node.key
