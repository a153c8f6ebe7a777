# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What hours and custom rules of people have in common: whose they are, over which API, and what they ring.

Which of the two APIs an account uses is asked, never guessed: its feature flag says so, or the refusal CMN-468 of the
old one (docs/providers/ringcentral.md 9.1). Private to the collection.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from ..._engine.listing import Listing
from ..._engine.plan import Need
from ..._errors import Problems, Rejected
from ..api import Record, RingCentralApi
from ..company.company import Company
from ..directory import UNSUITABLE, Directory, Extension, leaving_out, refusal_is_about
from .answering_rules import WORK_RULE, AnsweringRules
from .backend import CLOSED, CallHandling, targets_of
from .desired import refuse_repetitions
from .listed_numbers import Expected, ListedNumbers
from .model import AT_ONCE, IN_ORDER, Foreign, RingStep, Target, Then, at_once
from .state_rules import StateRules

_WORKERS = 4


class People:
    """The people of one account in one run. Extensions are known by how results name them once they are located."""

    def __init__(self, api: RingCentralApi, company: Company | None = None, expected: Expected | None = None) -> None:
        self.api = api
        # Where calls go may only be created in this run.
        self.company = company or Company(api, Directory(api))
        self.directory = self.company.directory
        self.extensions: dict[str, Extension] = {}
        # Custom rules by extension, as far as they were read, and the extensions of which the list of them has all.
        self.custom_rules: dict[str, Listing[Record]] = {}
        self.listed: set[str] = set()
        self._numbers = ListedNumbers(api, expected or Expected())
        self._found_handling: CallHandling | None = None

    @property
    def handling(self) -> CallHandling:
        """Return how the account handles calls, once anything was read."""
        if self._found_handling is None:
            raise ValueError("which call handling the account uses is found out before anything is read")
        return self._found_handling

    @property
    def kind(self) -> str | None:
        """Return which call handling the account has, None where nothing had to be read."""
        return None if self._found_handling is None else self._found_handling.kind

    def locate(self, texts: Mapping[str, str], problems: Problems) -> dict[str, Extension]:
        """Return the extensions that the user calls *texts*, each with the place to name: one look-up."""
        named = dict(texts)
        for text, where in self._numbers.extension_texts():
            named.setdefault(text, where)
        found = self.directory.extensions(named, problems)
        self._numbers.locate(found)
        return found

    def located(
        self,
        values: Mapping[str, Any],
        found: Mapping[str, Extension],
        owner: Extension,
        where: str,
        problems: Problems,
    ) -> dict[str, Any]:
        """Return *values* of *owner* with the extensions *found* in place of what the user calls them."""
        self.extensions[owner.label] = owner
        values = {**values, "extension": owner.label, "extension_id": owner.key}

        def key_of(text: str, option: str) -> str:
            if found[text].key == owner.key:
                problems.add(f"{where}: {option}", f"extension {owner.label} cannot forward its calls to itself")
            return found[text].key

        for number, step in enumerate(values.get("ring") or ()):
            targets = {
                replace(target, key=key_of(target.key, f"ring[{number}]"), name=found[target.key].label)
                if target.kind == "extension" and target.key in found
                else target
                for target in step.targets
            }
            values["ring"] = (
                *values["ring"][:number],
                replace(step, targets=frozenset(targets)),
                *values["ring"][number + 1 :],
            )
        then: Then | None = values.get("then")
        if then is not None and then.kind == "extension" and then.key in found:
            values["then"] = replace(then, key=key_of(then.key, "then.extension"), name=found[then.key].label)
        elif then is not None and then.mailbox and then.mailbox in found:
            mailbox = found[then.mailbox]
            own = mailbox.key == owner.key
            values["then"] = replace(
                then, mailbox="" if own else mailbox.key, mailbox_name="" if own else mailbox.label
            )
        return values

    def read(
        self,
        extensions: Sequence[Extension],
        read: Callable[[CallHandling, Extension], list[Record]],
        *,
        leave_out: bool = False,
    ) -> list[Record]:
        """Return what *read* finds at *extensions*, several at a time.

        *leave_out*: nobody asked for these extensions in particular, so that unsuitable ones are skipped.
        """
        if not extensions:
            return []
        self._find_out(extensions, leave_out)
        try:
            return self._read_all(extensions, read, leave_out)
        except Rejected as error:
            if not refusal_is_about(error, CLOSED) or isinstance(self.handling, StateRules):
                raise
            # The flag said otherwise; the refusal is as clear, whichever request met it.
            self._found_handling = StateRules(self.api, self.directory, self._numbers)
            return self._read_all(extensions, read, leave_out)

    def _read_all(
        self,
        extensions: Sequence[Extension],
        read: Callable[[CallHandling, Extension], list[Record]],
        leave_out: bool,
    ) -> list[Record]:
        def read_strictly(extension: Extension) -> list[Record]:
            return read(self.handling, extension)

        reader = leaving_out(read_strictly, self.api.warn) if leave_out else read_strictly
        # The first one alone, so that a refusal costs one request.
        records = list(reader(extensions[0]))
        with ThreadPoolExecutor(max_workers=_WORKERS) as pool:
            for more in pool.map(reader, extensions[1:]):
                records += more
        return records

    def _find_out(self, some: Sequence[Extension], leave_out: bool) -> None:
        """Ask which API the account uses; where the flag may not be read, the rule of one of *some* tells."""
        if self._found_handling is None:
            new = self.api.uses_new_call_handling()
            closed = self._closed_to(some, leave_out) if new is None else new
            kind = StateRules if closed else AnsweringRules
            self._found_handling = kind(self.api, self.directory, self._numbers)

    def _closed_to(self, some: Sequence[Extension], leave_out: bool) -> bool:
        """Return whether the old API refuses to show a rule because of the new one (ringcentral.md 9.1)."""
        for extension in some:
            try:
                self.api.answering_rule(extension.key, WORK_RULE)
            except Rejected as error:
                if refusal_is_about(error, CLOSED):
                    return True
                if not leave_out or not refusal_is_about(error, *UNSUITABLE):
                    raise
            else:
                break
        return False

    def resolved(
        self, given: Mapping[str, Any], record: Record, extension: Extension, where: str, problems: Problems
    ) -> dict[str, Any]:
        """Return *given* values with what rings found, and with what `then` leaves open taken from *record*."""
        values = dict(given)
        if "ring" in values:
            known = targets_of(record.get("ring"))
            steps = [
                self._resolved_step(step, known, extension, f"{where}: ring[{number}]", problems)
                for number, step in enumerate(values["ring"])
            ]
            refuse_repetitions(steps, f"{where}: ring", problems)
            mode = values.get("ring_mode") or record.get("ring_mode")
            # What always rings does so wherever it stands.
            steps.sort(key=lambda step: not step.always)
            values["ring"] = at_once(steps) if mode == AT_ONCE else tuple(steps)
            if steps and not mode:
                values["ring_mode"] = IN_ORDER
        elif values.get("ring_mode") == IN_ORDER and record.get("ring_mode") == AT_ONCE and _steps(record.get("ring")):
            problems.add(f"{where}: ring_mode", "needs ring as well, which sets the order")
        if "ring_mode" in values and not values.get("ring", _steps(record.get("ring"))):
            if "ring" not in values and not isinstance(record.get("ring"), Foreign):
                problems.add(f"{where}: ring_mode", "needs ring as well, because nothing rings")
            del values["ring_mode"]
        if isinstance(values.get("then"), Then):
            values["then"] = self.handling.then(values["then"], record)
        return values

    def needs(self, values: Mapping[str, Any]) -> tuple[Need, ...]:
        """Return what the calls of *values* lead to that a list of this run has."""
        return self.company.needs({name: values[name] for name in ("ring", "then") if name in values})

    def _resolved_step(
        self, step: RingStep, known: Collection[Target], extension: Extension, where: str, problems: Problems
    ) -> RingStep:
        targets = []
        for target in sorted(step.targets, key=lambda item: (item.kind, item.key)):
            match = next(
                (item for item in known if item.kind == target.kind and self.handling.is_called(item, target.key)),
                None,
            )
            if target.kind in ("app", "extension"):
                match = target
            targets.append(match or self.handling.target(target, extension, where, problems))
        return replace(step, targets=frozenset(targets))

    def expressible(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return *values* with what options cannot say as `Foreign`."""
        ring = values.get("ring")
        what = self.handling.inexpressible(ring) if isinstance(ring, tuple) else ""
        return {**values, "ring": Foreign(what), "ring_mode": None} if what else dict(values)

    def named(self, values: Mapping[str, Any], *, ask: bool) -> dict[str, Any]:
        """Return what is known of *values*, with names in place of ids; *ask*: also where that takes a request."""
        settled = self.company.settled(values)
        known = {name: value for name, value in settled.items() if value is not None and not isinstance(value, Foreign)}
        if "ring" in known:
            known["ring"] = [self._named_step(step, ask=ask) for step in known["ring"]]
        then: Then | None = known.get("then")
        if then is not None and then.kind == "extension":
            known["then"] = replace(then, name=self.directory.label(then.key, ask=ask))
        elif then is not None and then.mailbox:
            known["then"] = replace(then, mailbox_name=self.directory.label(then.mailbox, ask=ask))
        return known

    def _named_step(self, step: RingStep, *, ask: bool) -> RingStep:
        return replace(
            step,
            targets=frozenset(
                replace(target, name=self.directory.label(target.key, ask=ask))
                if target.kind == "extension"
                else target
                for target in step.targets
            ),
        )


def _steps(ring: Any) -> tuple[RingStep, ...]:
    return tuple(ring) if isinstance(ring, tuple) else ()
