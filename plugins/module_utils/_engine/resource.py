# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a provider's package says about one kind of object; the rest is shared. Private to the collection."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from .._errors import Problems
from .._numbers.rules import NumberRules
from .keys import Key
from .listing import Listing, gap_of
from .plan import Action, Current, Desired, Plan, Step
from .schema import Table

Record = Mapping[str, Any]


def not_the_only_name(key: Key, gap: str, option: str) -> str:
    """Return the warning about an object that was found by its name in an incomplete list."""
    return f"{key}: {gap}; if several have this name, choose one with {option}."


class Resource(ABC):
    """Reads and writes one kind of object of one account. Methods that ask the provider raise `TelephonyError`."""

    table: ClassVar[Table]
    # How many writes may be under way at once.
    workers: ClassVar[int] = 1
    # Seconds to wait before each reading that clears up what became of a write, for providers that show it late.
    looks: ClassVar[tuple[float, ...]] = (0.0,)
    # What may be sent once more after reading has shown that it was not carried out.
    repeats: ClassVar[frozenset[Action]] = frozenset()
    # The codes of refusals of a repeated creation that show that the first one was carried out.
    landed: ClassVar[tuple[str, ...]] = ()
    # Whether the option prune concerns these objects.
    prunable: ClassVar[bool] = True

    @abstractmethod
    def __init__(self, api: Any) -> None:
        """Take the provider's API as its package's `connect` returns it."""

    @classmethod
    @abstractmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking the provider; what is wrong goes to the problems of *rules*.

        *many* tells whether they stand in a list, so that messages can name the position.
        """

    @classmethod
    def selected(cls, option: str, keys: Sequence[Any], rules: NumberRules) -> list[str]:
        """Return the natural keys that the info module's *option* selects; what is wrong goes to *rules*."""
        raise NotImplementedError

    @abstractmethod
    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return all objects of the account, with as few requests as possible; a `Listing` if some may be missing.

        Where that saves requests, only the objects of *desired*, of which the values that it sets must be right. Where
        the table says that the provider cannot be read: those that are remembered from earlier runs.
        """

    def read_to_prune(self, desired: Sequence[Desired]) -> list[Current]:
        """Like `read`, and in any case with the objects that prune deletes where *desired* is all that is to stay."""
        return self.read(desired)

    def expect(self, desired: Sequence[Desired], present: Mapping[Key, Current]) -> None:  # noqa: B027 - rarely needed
        """Take note of what this run creates, so that `resolve` (of any resource of the task) can refer to it."""

    def locate(self, desired: Sequence[Desired], problems: Problems) -> list[Desired]:
        """Return *desired* with the keys under which `read` will return them, where these must be asked for."""
        return list(desired)

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return what an info module was asked for, all objects for None; *warn* of what is not there."""
        everything = {field.name: None for field in self.table}
        asked = None if desired is None else [Desired(Key(key), everything) for key in desired]
        found = self.read(asked)
        if desired is None:
            return found
        keys = {Key(key).folded(): key for key in desired}
        missing = sorted(keys[form] for form in keys.keys() - {item.key.folded() for item in found})
        if missing:
            gap = gap_of(found)
            named = f"{', '.join(missing)}"
            warn(f"Not in the list, but {gap}: {named}." if gap else f"Not on the account: {named}.")
        return [item for item in found if item.key.folded() in keys]

    def read_all(self, desired: Sequence[Desired], warn: Callable[[str], None]) -> list[Current]:
        """Return all objects of the account, and those of *desired* that a reading of all does not show."""
        found = self.pick(None, warn)
        shown = {item.key for item in found}
        left = [item for item in desired if item.key not in shown]
        more = self.read(left) if left else []
        return Listing([*found, *(item for item in more if item.key not in shown)], gap_of(found, more))

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Return *desired* with ids in place of names; asks the provider only for lists that a name needs."""
        return list(desired)

    def arranged(self, plan: Plan) -> Plan:
        """Return *plan*, its steps with what they wait for."""
        return plan

    def bound(self, plan: Plan) -> Plan:
        """Return *plan*, its steps with what they wait for in other lists of the run, which are all planned by now."""
        return plan

    def lane(self, step: Step) -> tuple[str, int]:
        """Return the name of those writes of which only one may be under way, and the turn of this one among them.

        Without a name, a write waits for no other.
        """
        return "", 0

    def refusal(self, step: Step) -> str:
        """Return why the provider is known to refuse *step*, so that nothing is written at all; "" if it is not."""
        return ""

    def refusals(self, plan: Plan) -> Iterable[tuple[Step, str]]:
        """Return the steps of *plan* that must not be carried out, each with why."""
        return [(step, reason) for step in plan.changes if (reason := self.refusal(step))]

    def disturbed(self, step: Step) -> str:
        """Return what steps before may have done to the object of *step*, which is not tried now, "" for nothing."""
        return ""

    def settle(self, step: Step) -> Step:
        """Return *step* with ids in place of the names of what was created in this run meanwhile."""
        return step

    def on_created(self, step: Step, record: Record) -> None:  # noqa: B027 - rarely needed
        """Take note of the id of an object that was created, for `settle`."""

    def warn_about(self, step: Step) -> str:
        """Return what the user should know about *step* although it is carried out, "" for nothing."""
        return ""

    def create(self, step: Step) -> Record:
        """Create the object and return its record."""
        raise NotImplementedError

    def update(self, step: Step) -> Record:
        """Change the object and return its record, as the answer or another read shows it."""
        raise NotImplementedError

    def delete(self, step: Step) -> None:
        """Delete the object."""
        raise NotImplementedError

    def pause(self, seconds: float) -> None:
        """Wait within the deadline, before a reading that clears something up; needed where *looks* holds waits."""
        if seconds:
            raise NotImplementedError

    def keep_one(self, step: Step) -> Record | None:
        """After a creation was sent twice: keep one object, delete the other, and return the one; None for none."""
        return self.look_up(step)

    def look_up(self, step: Step) -> Record | None:
        """Read the one object again; None when it does not exist. Not asked for where the provider cannot be read."""
        raise NotImplementedError

    def details(self, step: Step) -> dict[str, Any]:
        """Return what else the result says about *step* after it was carried out, such as the provider's words."""
        return {}

    def identity(self, step: Step) -> dict[str, Any]:
        """Return the options by which the user knows the object of *step*."""
        return {self.table.key: str(step.key)}

    def known(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return *values* without those that a reading may have left out, so that they must not be compared."""
        return values

    def shown(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* as the user would write them; names only where they are known without another request."""
        return self.table.shown(values)

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the provider's ids in *values*, which results carry beside the names."""
        return {}

    def export(self, found: Iterable[Current]) -> list[dict[str, Any]]:
        """Return objects as the plural module takes them, with names in place of ids."""
        raise NotImplementedError
