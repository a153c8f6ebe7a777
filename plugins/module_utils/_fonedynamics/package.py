# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fone Dynamics as a part of an office: its list, and how its calls are sent elsewhere. Private to the collection."""

from __future__ import annotations

from .._engine.package import Away, OfficeList, Package, Phase
from .api import connect
from .assumptions import ASSUMPTIONS
from .calls import CALLS_FROM, FLOWS, compile_calls, unclear_numbers
from .first_call import check
from .numbers import Numbers
from .options import NUMBER

PACKAGE = Package(
    connect=connect,
    identity=lambda api: str(api.identity),
    check=check,
    assumptions=ASSUMPTIONS,
    compile_calls=compile_calls,
    calls_from=CALLS_FROM,
    phases=(Phase(("numbers",), lambda api, _earlier: [Numbers(api)]),),
    lists=(
        OfficeList(
            name="numbers",
            resource=Numbers,
            options=NUMBER,
            module="fonedynamics_numbers",
            info="fonedynamics_number_info",
            keys=("number",),
            noun="number",
            nouns="numbers",
            selects="numbers",
            for_calls=lambda numbers, found: {**unclear_numbers(found), FLOWS: numbers.flows(found)},
            claims="number",
            away=Away(
                ("routing_method", "endpoint_number", "flow"),
                lambda phone, _item: {"routing_method": "endpoint", "endpoint_number": phone},
            ),
            urls={
                "webhook_url": ("webhook_method",),
                "delivery_receipt_webhook_url": ("delivery_receipt_webhook_method",),
            },
        ),
    ),
)
