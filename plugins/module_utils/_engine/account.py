# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a provider's package says about its accounts, as data; each has one `account.py`. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .argspec import CONNECTION, ArgSpec

if TYPE_CHECKING:
    from .package import OfficeList, Package


@dataclass(frozen=True)
class Account:
    """A provider: its name in variables, what people call it, how one connects, and its package.

    *load* imports the package, which takes longer than all else in a short run; most offices use one provider. *also*
    holds the options, with their values, that connecting wants beside those of the connection.
    """

    name: str
    title: str
    connection: ArgSpec
    load: Callable[[], Package]
    also: Mapping[str, Any] = field(default_factory=dict)
    # The parts of the provider's documentation fragment that describe its connection.
    fragments: tuple[str, ...] = ("DOCUMENTATION",)
    # Connection options that are a file or a folder in the state directory when they are not set, each with its name.
    state_files: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def package(self) -> Package:
        """What the provider can do, loaded when it is first needed."""
        return self.load()

    @cached_property
    def lists(self) -> tuple[OfficeList, ...]:
        """The lists of an office, in the order in which people read them."""
        return tuple(replace(table, provider=self.name, provider_title=self.title) for table in self.package.lists)

    @property
    def variable(self) -> str:
        """The variable that holds the lists of an office."""
        return f"office_{self.name}"

    def has_secret(self, options: Mapping[str, Any]) -> bool:
        """Return whether connection *options* hold any credential."""
        return any(options.get(name) for name, option in self.connection.options.items() if option.get("no_log"))

    @property
    def credentials(self) -> dict[str, str]:
        """The options that log in, each with the environment variable that stands in for it."""
        return {
            name: option["fallback"][1][0]
            for name, option in self.connection.options.items()
            if "fallback" in option and "default" not in option
        }

    @property
    def local_paths(self) -> tuple[str, ...]:
        """The connection options that name what the provider's package writes on this machine."""
        own = self.connection.options.keys() - CONNECTION.options.keys()
        return tuple(sorted(name for name in own if self.connection.options[name].get("type") == "path"))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the lists."""
        return tuple(item.name for item in self.lists)

    @property
    def read_for_calls(self) -> tuple[str, ...]:
        """The lists to read in order to know what happens to calls: at least the numbers."""
        compiled = self.package.calls_from or (item.name for item in self.lists if item.numbers)
        return tuple(name for name in compiled if name in self.names)

    def list_of(self, name: str) -> OfficeList:
        """Return the list of that name. Raises `KeyError`."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> Mapping[str, OfficeList]:
        return {item.name: item for item in self.lists}
