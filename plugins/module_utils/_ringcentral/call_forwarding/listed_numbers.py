# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The forwarding numbers that rules can ring, with what another task makes of them. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..._engine import naming
from ..._engine.listing import Listing, whole
from ..._engine.plan import Action, Plan, Step
from ..._engine.reconcile import plan_for
from ..._errors import InputError
from ..api import Record, RingCentralApi
from ..directory import Directory, Extension
from ..forwarding_numbers.desired import Wish
from ..forwarding_numbers.resource import ForwardingNumbers
from ..forwarding_numbers.schema import TABLE, device_of, number_of
from .model import Target

# Seconds to wait before each further reading where lists may be late (ringcentral.md 11 and 13).
LOOKS = (2.0, 2.0, 4.0)


@dataclass(frozen=True)
class Foreseen:
    """An extension's forwarding numbers after another task: all of them, and those that it will have taken away."""

    after: Sequence[Record]
    gone: Sequence[Record]


class ListedNumbers:
    """Asks for the list of each extension once, if needed.

    Check mode takes what another task is expected to do to be done. A run takes it to have been done just now, and
    reads again while the list does not show it yet.
    """

    def __init__(self, api: RingCentralApi, directory: Directory) -> None:
        self._api = api
        self._directory = directory
        self._expected: dict[str, list[Wish]] = {}
        self._lists: dict[str, Listing[Record]] = {}
        self._foreseen: dict[str, Foreseen] = {}

    def extension_texts(self) -> Iterator[tuple[str, str]]:
        """Yield what the user calls the extensions of the expected numbers, each with the place that says so."""
        for wish in self._api.expected.wishes:
            yield wish.extension, f"expected_forwarding_numbers[{wish.position}]: extension"

    def locate(self, found: Mapping[str, Extension]) -> None:
        """Take note of whose numbers are expected."""
        for wish in self._api.expected.wishes:
            if wish.extension in found:
                self._expected.setdefault(found[wish.extension].key, []).append(wish)

    def foreseen(self, extension: Extension) -> Foreseen | None:
        """Return what another task will have made of the list, None where nothing is to be taken as done."""
        if not self._api.expected.done or extension.key not in self._expected:
            return None
        if extension.key not in self._foreseen:
            self._foreseen[extension.key] = self._plan(extension)
        return self._foreseen[extension.key]

    def _plan(self, extension: Extension) -> Foreseen:
        numbers = ForwardingNumbers(self._api, self._directory)
        try:
            plan = plan_for(numbers, self._expected[extension.key])
        except InputError as error:
            error.message = f"expected_forwarding_numbers: {error.headline}"
            raise
        return self._after(plan, [item.record for item in numbers.current], extension)

    def _after(self, plan: Plan, records: Sequence[Mapping[str, Any]], extension: Extension) -> Foreseen:
        steps = {id(step.current.record): step for step in plan.changes if step.current is not None}
        after: list[Record] = []
        gone: list[Record] = []
        for record in records:
            step = steps.get(id(record))
            if step is None:
                after.append(dict(record))
            elif step.action is Action.UPDATE:
                after.append({**record, **_body(step)})
            else:
                gone.append(dict(record))
        made = [step for step in plan.changes if step.action in (Action.CREATE, Action.REPLACE)]
        # Nobody knows their ids yet.
        after += [{"id": f"expected {number}", **self._new(step, extension)} for number, step in enumerate(made)]
        return Foreseen(after, gone)

    def _new(self, step: Step, extension: Extension) -> Record:
        record = _body(step)
        device = device_of(record)
        if device is None:
            return record
        # RingCentral labels a desk phone's number as the device is called.
        if not self._directory.device_name(device):
            self._directory.owner_of(device, extension)
        return {**record, "label": self._directory.device_name(device)}

    def of(self, extension: Extension, target: Target | None = None) -> list[Record]:
        """Return the forwarding numbers of *extension*; asked for again only while *target* is missing but expected."""
        foreseen = self.foreseen(extension)
        if foreseen is not None:
            return list(foreseen.after)
        key = extension.key
        for wait in (0.0, *LOOKS) if target is not None and self._is_expected(target, key) else (0.0,):
            self._api.pause(wait)
            if wait or key not in self._lists:
                self._lists[key] = self._api.forwarding_numbers(key)
            if target is None or any(
                target.key in (number_of(record), device_of(record), naming.folded(record.get("label")))
                for record in self._lists[key]
            ):
                break
        else:
            # Of an incomplete list it cannot be said that the target is not in it.
            return whole(self._lists[key])
        return self._lists[key]

    def _is_expected(self, target: Target, key: str) -> bool:
        wishes = [wish for wish in self._expected.get(key, ()) if not wish.absent]
        return any(target.key in (wish.number, wish.device) for wish in wishes)


def _body(step: Step) -> Record:
    after = step.after or {}
    return TABLE.body(after, tuple(name for name in step.changes if after.get(name) is not None))
