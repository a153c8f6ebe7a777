# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Numbers that can be bought (docs/providers/sonetel.md 4.6), as far as buying needs it."""

from __future__ import annotations

from collections import Counter

from simulator.messages import Answer, Record
from simulator.sonetel.answers import Call, list_or_empty, success

_FEES = ("one_time_fee", "recurring_fee")
_ITEM = ("phnum", "country", "country_code", "area_code", "city", "type", "currency", "addr_req", *_FEES)
_PAGE = {"pagination_type": "cursor", "before": "NA", "after": "NA", "refresh": "NA", "previous": "NA", "next": "NA"}


def summary(call: Call) -> Answer:
    """GET the stock of a country by area."""
    counts = Counter((number["area_code"], number["city"], number["type"]) for number in _stock(call))
    items = [
        {"area_code": area_code, "city": city, "type": kind, "stock": str(count)}
        for (area_code, city, kind), count in counts.items()
    ]
    return success(call, list_or_empty(call, items), page_metadata=_PAGE)


def available(call: Call) -> Answer:
    """GET the numbers of a country that can be bought."""
    items = [
        {name: number[name] for name in _ITEM if name in number} | {"plans": [_plan(number)]} for number in _stock(call)
    ]
    return success(call, list_or_empty(call, items), page_metadata=_PAGE)


def _plan(number: Record) -> Record:
    return {
        **{name: float(number[name]) for name in _FEES},
        "renew_mode": number.get("recurrence_interval", "1m"),
    }


def _stock(call: Call) -> list[Record]:
    query = call.request.query
    filters = {name: query[name].split(",") for name in ("type", "area_code", "freeplan") if name in query}
    return [
        number
        for number in call.state["stock"].values()
        if number["country"] == call.ids[0].upper()
        and all(number.get(name) in values for name, values in filters.items())
        and query.get("city", "").lower() in number["city"].lower()
    ]
