# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lines of the pretended provider."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._engine.keys import Key
from .._engine.plan import Current, Desired, Step, place
from .._engine.resource import Resource
from .._engine.schema import Field, Table
from .._numbers.dialled import Dialled, Kind
from .._numbers.rules import NumberRules
from .api import PretendApi, Record

LINE = Table(
    "line",
    "lines",
    "number",
    (
        Field("number", lambda record: record["number"]),
        Field(
            "calls",
            lambda record: record.get("calls"),
            lambda value: {"calls": value},
            dials=lambda value: [Dialled(Kind.NUMBER, value)] if value else [],
        ),
    ),
    why_not_create="Lines are bought at the provider.",
    why_not_delete="Lines are never given back.",
)


class Lines(Resource):
    """Where calls to a line go."""

    table = LINE

    def __init__(self, api: PretendApi) -> None:
        self._api = api

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items."""
        found = []
        for index, item in enumerate(items):
            where = place(LINE, index if many else None, item["number"] if many else None)
            number = rules.number(f"{where}: number", item["number"])
            values = {"number": number}
            if item.get("calls") is not None:
                values["calls"] = rules.target(f"{where}: calls", item["calls"])
            if number is not None:
                found.append(Desired(Key(number), values, index if many else None))
        return found

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return the phone numbers in E.164."""
        return rules.numbers(option, keys)

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return all lines."""
        return [Current(Key(key), LINE.read(record), record) for key, record in self._api.lines().items()]

    def update(self, step: Step) -> Record:
        """Change a line."""
        return self._api.send(step.key.first, LINE.body(step.after or {}, step.changes))

    def look_up(self, step: Step) -> Record | None:
        """Read a line again."""
        return self._api.lines().get(step.key.first)

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return lines as the plural module takes them."""
        return [LINE.shown(item.values) for item in found]
