# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The switches of all providers and their present positions."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Mapping

from simulator.messages import BadInput, Record
from simulator.provider import Provider


class Positions(UserDict[str, str | int]):
    """The positions of one provider's switches, by name; `read` holds those that an answer has depended on."""

    def __init__(self) -> None:
        super().__init__()
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> str | int:
        self.read.add(name)
        return super().__getitem__(name)

    def move(self, changes: Mapping[str, str | int]) -> None:
        """Set some positions, which nothing has read yet."""
        self.update(changes)
        self.read -= changes.keys()


class Switches:
    """Positions by provider and switch name. `positions[provider]` may be kept: it is changed in place."""

    def __init__(self, providers: Mapping[str, Provider]) -> None:
        self._declared = {
            name: {switch.name: switch for switch in provider.switches} for name, provider in providers.items()
        }
        self.positions = {name: Positions() for name in providers}
        self.reset()

    def reset(self) -> None:
        """Put every switch into its default position."""
        for provider, declared in self._declared.items():
            self.positions[provider].move({name: switch.values[0] for name, switch in declared.items()})

    def describe(self) -> Record:
        """For every switch its present value, whether an answer has read it, and all allowed values, default first."""
        return {
            provider: {
                name: {
                    "value": self.positions[provider].data[name],
                    "read": name in self.positions[provider].read,
                    "values": list(switch.values),
                    "stands_for": switch.stands_for,
                }
                for name, switch in declared.items()
            }
            for provider, declared in self._declared.items()
        }

    def set(self, wanted: object) -> None:
        """Set some switches, `{provider: {name: value}}`; all of them or, with BadInput, none."""
        if not isinstance(wanted, dict):
            raise BadInput("switches: an object {provider: {switch: value}} is expected")
        for provider, changes in wanted.items():
            if provider not in self._declared:
                raise BadInput(f"switches: unknown provider {provider!r}; known: {sorted(self._declared)}")
            if not isinstance(changes, dict):
                raise BadInput(f"switches.{provider}: an object {{switch: value}} is expected")
            for name, value in changes.items():
                self._check(provider, name, value)
        for provider, changes in wanted.items():
            self.positions[provider].move(changes)

    def _check(self, provider: str, name: str, value: object) -> None:
        switch = self._declared[provider].get(name)
        if switch is None:
            raise BadInput(f"switches.{provider}: unknown switch {name!r}; known: {sorted(self._declared[provider])}")
        if not any(type(value) is type(allowed) and value == allowed for allowed in switch.values):
            raise BadInput(f"switches.{provider}.{name}: {value!r} is not one of {list(switch.values)}")
