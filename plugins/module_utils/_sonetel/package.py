# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sonetel as a part of an office: its lists, and how their calls are sent elsewhere. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._engine.package import Away, Earlier, OfficeList, Package, Phase
from .._engine.plan import Current
from .._engine.resource import Resource
from .answering_options import PROMPT, USER_FORWARDING, VOICEAPP
from .api import SonetelApi, connect
from .assumptions import ASSUMPTIONS
from .calls import CALLS_FROM, compile_calls
from .calls_unclear import unclear_endings, unclear_numbers
from .directory import Directory
from .first_call import check
from .forwardings import Forwardings
from .options import FORWARDING
from .prompts import Prompts
from .user_forwardings import UserForwardings, people
from .voiceapps import Voiceapps

_NOUNS = {"system_prompts": "set of system prompts"}


def _build(api: SonetelApi, earlier: Mapping[str, Earlier]) -> Sequence[Resource]:
    directory = Directory(api)
    return [
        Forwardings(api, directory),
        UserForwardings(api, directory),
        Voiceapps(api, directory),
        Prompts(api, directory),
    ]


def _voiceapp(values: Mapping[str, Any]) -> str:
    kind = str(values.get("type") or "voice app")
    return _NOUNS.get(kind, kind)


def _for_calls(voiceapps: Any, found: Sequence[Current]) -> Mapping[str, Any]:
    voiceapps.learn_prompts(found)
    return unclear_endings(found)


PACKAGE = Package(
    connect=connect,
    identity=lambda api: str(api.identity),
    check=check,
    assumptions=ASSUMPTIONS,
    compile_calls=compile_calls,
    calls_from=CALLS_FROM,
    phases=(Phase(("forwardings", "user_forwardings", "voiceapps", "prompts"), _build),),
    lists=(
        OfficeList(
            name="voiceapps",
            resource=Voiceapps,
            options=VOICEAPP,
            module="sonetel_voiceapps",
            info="sonetel_voiceapp_info",
            keys=("name",),
            noun=_voiceapp,
            nouns="voice apps",
            asks={"prompts": True},
            claims="voice app",
            ids=("app_id",),
            named_by=("voiceapp",),
            for_calls=_for_calls,
        ),
        OfficeList(
            name="prompts",
            resource=Prompts,
            options=PROMPT,
            module="sonetel_voiceapps",
            info="sonetel_voiceapp_info",
            keys=("voiceapp", "name"),
            noun="prompt",
            nouns="prompts",
            lacks={"name": "The recordings are not in this file; to create a prompt again, set its wav or its text."},
        ),
        OfficeList(
            name="user_forwardings",
            resource=UserForwardings,
            options=USER_FORWARDING,
            module="sonetel_user_forwardings",
            info="sonetel_user_info",
            keys=("user",),
            noun="team member",
            nouns="team members",
            expects={"expected_voiceapps": ("voiceapps", "name")},
            claims="team member",
            also=lambda forwardings, found: {"people": people({}, forwardings, found)["users"]},
        ),
        OfficeList(
            name="forwardings",
            resource=Forwardings,
            options=FORWARDING,
            module="sonetel_forwardings",
            info="sonetel_forwarding_info",
            keys=("number",),
            noun="number",
            nouns="numbers",
            selects="numbers",
            for_calls=lambda _forwardings, found: unclear_numbers(found),
            expects={"expected_voiceapps": ("voiceapps", "name")},
            claims="number",
            away=Away(("destination",), lambda phone, _item: {"destination": {"phone": phone}}),
        ),
    ),
)
