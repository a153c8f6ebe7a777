# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How numbers are read, and where calls may go. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._errors import InputError, Problems
from . import e164
from .dialled import Dialled, Kind
from .policy import Policy


@dataclass(frozen=True)
class NumberRules:
    """How the task's phone numbers are read (*region*) and where calls may go (*policy*)."""

    region: str | None
    policy: Policy
    warn: Callable[[str], None]
    problems: Problems = field(default_factory=Problems)

    @classmethod
    def from_options(
        cls, options: Mapping[str, Any], warn: Callable[[str], None], *, policy: str = "policy", region: str = "region"
    ) -> NumberRules:
        """Build the rules from the options `region` and `policy`, which the user calls *region* and *policy*.

        Raises `InputError`.
        """
        problems = Problems()
        try:
            code = e164.known_region(options.get("region"))
        except e164.NumberError as error:
            wrong = InputError(f"{region}: {error}.")
            wrong.found = ((region, str(error)),)
            raise wrong from None
        return cls(code, Policy.from_option(options.get("policy"), code, problems, warn, policy), warn, problems)

    def number(self, where: str, value: Any) -> str | None:
        """Return *value* in E.164; None after noting the problem for *where*."""
        number = self._read(where, value)
        if number is not None and number.doubt:
            self.warn(f"{where}: {number.doubt}; check it for typing errors.")
        return None if number is None else number.e164

    def numbers(self, option: str, keys: Sequence[Any]) -> list[str]:
        """Return the keys of *option* in E.164; what is wrong is noted with its position."""
        found = (self.number(f"{option}[{position}]", key) for position, key in enumerate(keys))
        return [number for number in found if number]

    def target(self, where: str, value: Any) -> str | None:
        """Like `number`, for what an object shall call: whether it may be written is judged with the plan."""
        number = self._read(where, value)
        return None if number is None else number.e164

    def destination(self, where: str, value: Any) -> str | None:
        """Like `target`, for a number that no plan of this task writes: it is judged at once."""
        number = self.target(where, value)
        refusal = number and self.policy.judge(Dialled(Kind.NUMBER, number))
        if refusal:
            self.problems.add(where, refusal)
            return None
        return number

    def _read(self, where: str, value: Any) -> e164.PhoneNumber | None:
        try:
            number = e164.parse(value, self.region)
        except e164.NumberError as error:
            self.problems.add(where, str(error))
            return None
        if number.note:
            self.warn(f"{where}: {number.note}.")
        return number
