# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral as a part of an office: its lists, and how their calls are sent elsewhere. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._engine.account import Account, Away, Earlier, Item, OfficeList, Phase
from .._engine.resource import Resource
from .api import RingCentralApi, connect
from .assumptions import ASSUMPTIONS
from .call_forwarding.model import ALL
from .call_forwarding.resource import CallForwardings
from .calls import CALLS_FROM, compile_calls
from .expected import expected
from .first_call import check
from .forwarding_numbers.resource import ForwardingNumbers
from .instead import rings_instead
from .options import ACCOUNT, CALL_FORWARDING, FORWARDING_NUMBER


def _numbers(api: RingCentralApi, earlier: Mapping[str, Earlier]) -> Sequence[Resource]:
    return [ForwardingNumbers(api)]


def _calls(api: RingCentralApi, earlier: Mapping[str, Earlier]) -> Sequence[Resource]:
    numbers = earlier.get("forwarding_numbers")
    return [CallForwardings(api, None if numbers is None else expected(numbers))]


def _away(phone: str, item: Item) -> Item:
    """Return the options that send the calls of an extension's hours away."""
    then: dict[str, Any] = {"then": {"phone_number": phone}}
    return {"enabled": True, **then} if item.get("hours") == ALL else {"ring": [], **then}


RINGCENTRAL = Account(
    name="ringcentral",
    title="RingCentral",
    connection=ACCOUNT,
    connect=connect,
    fragments=("DOCUMENTATION", "ACCOUNT"),
    state_files={"cache_path": "cache"},
    identity=lambda api: str(api.identity),
    check=check,
    assumptions=ASSUMPTIONS,
    compile_calls=compile_calls,
    calls_from=CALLS_FROM,
    phases=(Phase(("forwarding_numbers",), _numbers), Phase(("call_forwardings",), _calls)),
    lists=(
        OfficeList(
            name="forwarding_numbers",
            resource=ForwardingNumbers,
            options=FORWARDING_NUMBER,
            module="ringcentral_forwarding_numbers",
            info="ringcentral_forwarding_number_info",
            keys=("extension", "phone_number", "device"),
            noun="forwarding number",
            nouns="forwarding numbers",
            selects="extensions",
            claims="extension",
            renames=("phone_number", "previous_phone_number"),
            also=lambda numbers, _found: numbers.everybody(),
        ),
        OfficeList(
            name="call_forwardings",
            resource=CallForwardings,
            options=CALL_FORWARDING,
            module="ringcentral_call_forwardings",
            info="ringcentral_call_forwarding_info",
            keys=("extension", "hours"),
            noun="call forwarding",
            nouns="call forwarding",
            selects="extensions",
            asks={"custom_rules": True},
            expects={"expected_forwarding_numbers": ("forwarding_numbers", "")},
            claims="extension",
            # Where the account has it, `all` sends all calls away; else the calls of each of the hours are.
            away=Away(("then", "ring", "ring_mode", "enabled"), _away, instead={"hours": ALL}),
            rings_instead=rings_instead,
            also=lambda forwardings, found: {"custom_rules": forwardings.custom_rules(found)},
            for_calls=lambda forwardings, found: {"extensions": forwardings.extension_details(found)},
        ),
    ),
)
