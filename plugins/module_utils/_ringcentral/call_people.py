# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people's extensions do with calls, as nodes of the call model. Facts: docs/providers/ringcentral.md 7 to 9.

A call to an extension is taken by a custom rule that applies, else by the rule of the work hours or after hours, whose
clock is the extension's own. A rule rings its steps and then goes on, or goes on at once. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .._calls.nodes import (
    DOCUMENTED,
    Behaviour,
    Evidence,
    GoTo,
    Kind,
    Node,
    Place,
    Ring,
    Rule,
    Rules,
    Step,
    To,
    assumed,
    not_known,
    to_unknown,
)
from .._engine import naming
from .._engine.package import Item
from .call_conditions import Hours, both, conditions
from .call_extensions import COMPANY
from .call_forwarding.model import AFTER, ALL, APPS, AT_ONCE, DEFAULT_SECONDS, WORK
from .call_holidays import closed
from .call_options import entries, mapping, truth, whole
from .call_places import Part, Places
from .call_rules import custom_rule

_WHEN = {WORK: "in its work hours", AFTER: "after hours", ALL: "while it forwards all calls"}


def _part_of(hours: str) -> Part:
    return Part((hours,), _WHEN[hours])


class People:
    """The people whose calls the lists handle."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._draft = places.draft
        self._extensions = places.extensions
        self._open = places.open
        lists = places.lists
        self._lists = lists
        draft = places.draft
        self._rules_are_read = "custom_rules" in lists and not (draft.of_file and not draft.whole)
        self._hours: dict[str, dict[str, tuple[int, Item]]] = {}
        for position, item in enumerate(lists.get("call_forwardings", ())):
            label, hours = self._extensions.label(item.get("extension")), str(item.get("hours"))
            if label and hours in _WHEN:
                self._hours.setdefault(label, {})[hours] = (position, item)
        # All custom rules, and those that may take calls.
        self._rules: list[tuple[str, Item, Place]] = []
        self._custom: dict[str, list[tuple[Item, Place]]] = {}
        for position, item in enumerate(lists.get("custom_rules", ())):
            self._add_rule(self._extensions.label(item.get("extension")), item, "custom_rules", position)
        for position, item in enumerate(lists.get("holidays", ())):
            label = self._extensions.owner(item.get("owner"))
            dates = closed(item, self._extensions.zone(label) or draft.zone)
            if label != COMPANY and label not in self._extensions.kinds and dates:
                then: Item = {"ring": [], "then": item.get("destination")}
                self._add_rule(label, {"name": "Holidays", **item, "dates": dates, **then}, "holidays", position)

    def _add_rule(self, label: str, item: Item, table: str, position: int) -> None:
        if not label or not item.get("name"):
            return
        # Names of rules need not be unique (ringcentral.md 13).
        names = [str(rule["name"]) for rule, _place in self._custom.get(label, ())]
        name = str(item["name"])
        name = f"{name} ({names.count(name)})" if name in names else name
        place = self._places.place(table, position, label, name)
        self._rules.append((label, item, place))
        if custom_rule(item):
            self._custom.setdefault(label, []).append((item, place))

    def labels(self) -> list[str]:
        """Return whose calls the lists handle."""
        return list({**self._hours, **self._custom})

    def add_everything(self) -> None:
        """Add whose the items are, and all that they name, whether calls get there or not."""
        for position, number in enumerate(self._lists.get("forwarding_numbers", ())):
            named = (number.get(option) for option in ("extension", "device_extension"))
            keys = (self._key(self._extensions.label(text)) for text in named if text)
            self._draft.owners[f"forwarding_numbers[{position}]"] = tuple(keys)
        for label, found in self._hours.items():
            for hours, (position, item) in found.items():
                self._add_named(label, item, self._item_place(label, hours, position), _part_of(hours))
        for label, item, place in self._rules:
            self._add_named(label, item, place, Part(("custom_rules", place.path), "by a custom rule"))

    def _add_named(self, label: str, item: Item, place: Place, part: Part) -> None:
        """Add all that an item names, and whose it is."""
        self._draft.owners[place.path] = (self._key(label),)
        ring = [mapping(step) for step in entries(item.get("ring"))]
        named = [to for number, step in enumerate(ring) for to in self._targets(label, step, place, f"ring[{number}]")]
        does = Ring((Step((*named, self._then(label, item, place, part))),), None)
        key, name = self._key(label, *part.key, "everything"), self._places.name(label)
        self._draft.add(Node(key, Kind.PERSON, name, does, place, part_of=self._key(label)))

    def _handling(self, label: str) -> Mapping[str, tuple[int, Item]]:
        """Return the items of an extension by hours."""
        return self._hours.get(label, {})

    def _key(self, label: str, *parts: str) -> str:
        return self._places.key(label, *parts)

    def add(self, label: str) -> None:
        """Add a person: what the lists say of their calls, or that it is not known."""
        person = self._extensions.people.get(label, {})
        place = self._place_of(label)
        behaviour: Behaviour
        enabled = self._extensions.enabled(label)
        if not enabled:
            # Whether its rules apply is not documented (ringcentral.md 7).
            behaviour = GoTo(to_unknown(f"what happens to calls for extension {label}, which is not enabled", place))
        elif label in self._hours or label in self._custom:
            behaviour = self._rules_of(label, place)
        else:
            why = self._open or ", because that was not read"
            behaviour = GoTo(to_unknown(f"what extension {label} does with calls{why}", place))
        self._draft.add(
            Node(
                self._key(label),
                Kind.PERSON,
                self._places.name(label),
                behaviour,
                place,
                provider=self._draft.provider,
                extension=label,
                # Of the file alone, an extension may be known by its e-mail address only.
                email=str(person.get("email") or (label if "@" in label else "")),
                enabled=enabled,
            )
        )

    def _place_of(self, label: str) -> Place:
        """Return the place of an extension: its first item, which is where one looks for it."""
        for position, _item in self._handling(label).values():
            return self._draft.place("call_forwardings", label, path=f"call_forwardings[{position}]")
        return self._draft.place("extensions", label)

    def _rules_of(self, label: str, place: Place) -> Rules:
        """Custom rules, and all calls that are forwarded, come before the hours.

        Which of several that apply comes first is not documented (ringcentral.md 8 and 9.5).
        """
        hours = self._hours_of(label)
        found = [*self._custom_rules(label, hours), *self._forward_all(label)]
        by_hours = self._by_hours(label, hours, place)
        if not found:
            return by_hours
        key = self._key(label, "hours")
        person = self._key(label)
        self._draft.add(Node(key, Kind.PERSON, self._places.name(label), by_hours, place, part_of=person))
        order = not_known(f"which of the rules of extension {label} that apply takes the call")
        return Rules(tuple(found), To(key, place=place), order)

    def _hours_of(self, label: str) -> Hours:
        _position, work = self._handling(label).get(WORK, (0, {}))
        schedule, zone = mapping(work.get("schedule")), self._extensions.zone(label)
        if zone:
            return Hours.of(f"extension {label}", schedule, zone)
        office = assumed(f"that extension {label} has the office's time zone")
        return Hours.of(f"extension {label}", schedule, self._draft.zone, office)

    def _forward_all(self, label: str) -> Iterator[Rule]:
        if ALL not in self._handling(label):
            return
        position, item = self._handling(label)[ALL]
        place = self._item_place(label, ALL, position)
        enabled = truth(item.get("enabled"))
        if enabled is None:
            unclear = not_known(f"when extension {label} forwards all of its calls{self._open}")
            yield Rule(self._then(label, item, place, _part_of(ALL)), name="all calls", place=place, condition=unclear)
        elif enabled:
            yield Rule(self._then(label, item, place, _part_of(ALL)), name="all calls", place=place)

    def _by_hours(self, label: str, hours: Hours, place: Place) -> Rules:
        evidence = self._first(label)
        work = self._in_hours(label, WORK)
        if hours.always:
            return Rules((Rule(work, name="work hours", place=place, condition=evidence),), work)
        if hours.weekly is None:
            return Rules((), to_unknown(f"{hours.unknown}{self._open}", place))
        after = self._in_hours(label, AFTER)
        evidence = both(evidence, hours.evidence)
        return Rules(
            (
                Rule(work, hours.weekly, name="work hours", place=work.place, condition=evidence),
                Rule(after, name="after hours", place=after.place, condition=evidence),
            ),
            after,
        )

    def _first(self, label: str) -> Evidence:
        """Return how sure it is that calls get to the hours: what comes before may not have been read."""
        evidence = DOCUMENTED
        if not self._rules_are_read:
            evidence = assumed(f"that no custom rule of extension {label} takes the call")
        forwards_all = self._extensions.forwards_all(label)
        if ALL not in self._handling(label) and forwards_all:
            return not_known(f"where extension {label} forwards all of its calls, and when")
        if ALL not in self._handling(label) and forwards_all is None and not self._draft.whole:
            evidence = both(evidence, assumed(f"that extension {label} does not forward all of its calls"))
        return evidence

    def _in_hours(self, label: str, hours: str) -> To:
        """Return where calls go in these hours."""
        if hours not in self._handling(label):
            return to_unknown(f"what extension {label} does {_WHEN[hours]}{self._open}", self._place_of(label))
        position, item = self._handling(label)[hours]
        place = self._item_place(label, hours, position)
        unclear = self._extensions.unclear(label, hours)
        return to_unknown(unclear, place) if unclear else self._handled(label, item, place, _part_of(hours))

    def _item_place(self, label: str, hours: str, position: int) -> Place:
        return self._draft.place("call_forwardings", label, hours, path=f"call_forwardings[{position}]")

    def _custom_rules(self, label: str, hours: Hours) -> Iterator[Rule]:
        for rule, place in self._custom.get(label, ()):
            name, key = str(rule["name"]), naming.folded(place.at.rpartition("/")[2])
            part = Part(("custom_rules", key), f'by the custom rule "{name}"')
            to = self._handled(label, rule, place, part)
            yield from conditions(rule, f"extension {label}", hours, to, place, self._draft)

    def _handled(self, label: str, item: Item, place: Place, part: Part) -> To:
        """Return where a rule's calls go: to what it rings, else to what comes then."""
        if item.get("ring") is None:
            return to_unknown(f"what rings at extension {label} {part.when}{self._open}", place)
        ring = [mapping(step) for step in entries(item["ring"])]
        if not ring:
            return self._then(label, item, place, part)
        if not item.get("ring_mode") and sum(not truth(step.get("always")) for step in ring) > 1:
            words = f"whether the phones of extension {label} ring in order or at once {part.when}{self._open}"
            return to_unknown(words, place.of("ring_mode"))
        behaviour = self._ring(label, ring, item, place, part)
        key = self._key(label, *part.key)
        self._draft.add(Node(key, Kind.PERSON, self._places.name(label), behaviour, place, part_of=self._key(label)))
        return To(key, place=place)

    def _ring(self, label: str, ring: Sequence[Item], item: Item, place: Place, part: Part) -> Ring:
        steps: list[Step] = []
        always: list[To] = []
        for number, step in enumerate(ring):
            targets = tuple(self._targets(label, step, place, f"ring[{number}]"))
            if truth(step.get("always")):
                always += targets
            else:
                steps.append(Step(targets, whole(step.get("seconds"), DEFAULT_SECONDS)))
        at_once = item.get("ring_mode") == AT_ONCE and len(steps) > 1
        if at_once and len({step.seconds for step in steps}) > 1:
            # How long everything rings then is not documented (ringcentral.md 8 and 9.5).
            steps = [Step(step.targets) for step in steps]
        if not steps:
            # Nor is how long apps ring that always ring, where nothing else does.
            steps, always = [Step(tuple(always))], []
        return Ring(tuple(steps), self._then(label, item, place, part), at_once, tuple(always))

    def _targets(self, label: str, step: Item, place: Place, path: str) -> Iterator[To]:
        """Yield what a step rings."""
        for number, text in enumerate(entries(step.get("phone_numbers"))):
            yield self._places.phone(text, place, f"{path}.phone_numbers[{number}]", "ring")
        for number, text in enumerate(entries(step.get("devices"))):
            key = self._device(label, naming.folded(text))
            yield To(key, place=place.of("ring", str(text), path=f"{path}.devices[{number}]"))
        for number, text in enumerate(entries(step.get("extensions"))):
            where = place.of("ring", str(text), path=f"{path}.extensions[{number}]")
            yield from self._co_worker(self._extensions.label(text), where)
        for number, app in enumerate(entries(step.get("apps"))):
            yield To(self._app(label, str(app)), place=place.of("ring", str(app), path=f"{path}.apps[{number}]"))
        for number, raw in enumerate(map(mapping, entries(step.get("raw")))):
            where = place.of("ring", str(raw.get("type")), path=f"{path}.raw[{number}]")
            yield from self._raw(label, raw, where)

    def _device(self, label: str, text: str) -> str:
        """Return the key of a desk phone, which may be a co-worker's."""
        owner, name = self._extensions.device(label, text)
        return self._add_device(owner, "devices", name, name)

    def _app(self, label: str, app: str) -> str:
        return self._add_device(label, "apps", app, f"{app} app")

    def _add_device(self, owner: str, group: str, part: str, name: str) -> str:
        key = self._key(owner, group, part)
        if key not in self._draft.graph.nodes:
            place = self._draft.place("extensions", owner, group, part)
            enabled = self._extensions.enabled(owner)
            self._draft.add(Node(key, Kind.DEVICE, name, place=place, owner=self._key(owner), enabled=enabled))
            self._ensure(owner)
        return key

    def _ensure(self, label: str) -> None:
        """Add whose phone rings, which is known all the same where the lists do not handle their calls."""
        if self._key(label) not in self._draft.graph.nodes and label not in self.labels():
            self.add(label)

    def phones(self, label: str, place: Place) -> Iterator[To]:
        """Yield what of a queue's member rings. Whether that includes the apps is not documented."""
        if self._places.is_gone(label):
            yield To(self._key(label), place=place)
            return
        self._ensure(label)
        phones = self._extensions.phones(label)
        if phones is None:
            known = DOCUMENTED if not self._draft.of_file else assumed(f"that extension {label} takes calls")
            yield To(self._key(label), known, place)
            return
        yield from (To(self._add_device(label, "devices", name, name), place=place) for name in phones)
        apps = not_known(f"whether the apps of extension {label} ring for a queue")
        yield from (To(self._app(label, app), apps, place) for app in APPS)

    def _co_worker(self, label: str, place: Place) -> Iterator[To]:
        """Yield the phones of another extension. Whether its apps ring too is not documented (ringcentral.md 9.4)."""
        phones = self._extensions.phones(label)
        if phones is None:
            yield To(self._key(label), assumed(f"that extension {label} has a desk phone"), place)
            return
        for name in phones:
            yield To(self._add_device(label, "devices", name, name), place=place)
        apps = not_known(f"whether the apps of extension {label} ring for a co-worker")
        for app in APPS:
            yield To(self._app(label, app), apps, place)

    def _raw(self, label: str, raw: Item, place: Place) -> Iterator[To]:
        """Yield what a target in RingCentral's own form rings (ringcentral.md 9.4)."""
        kind = str(raw.get("type"))
        owner = self._extensions.label(mapping(raw.get("extension")).get("id") or label)
        if kind == "PhoneNumberRingTarget":
            number = mapping(raw.get("destination")).get("phoneNumber")
            yield self._places.phone(number, place, "", "phone")
        elif kind == "DeviceRingTarget":
            yield To(self._device(owner, str(mapping(raw.get("device")).get("id"))), place=place)
        elif kind == "CoworkerRingTarget":
            yield from self._co_worker(owner, place)
        elif kind == "CoworkerAppsRingTarget":
            yield from (To(self._app(owner, app), place=place) for app in APPS)
        elif kind in ("AllDesktopRingTarget", "AllMobileRingTarget"):
            yield To(self._app(owner, kind[len("All") : -len("RingTarget")].casefold()), place=place)
        else:
            yield to_unknown(f"what a {kind} rings", place)

    def _then(self, label: str, item: Item, place: Place, part: Part) -> To:
        """Return where calls go that nobody has answered, or all of them where nothing rings."""
        where = place.of("then", path="then")
        found = self._places.destination(label, mapping(item.get("then")), place, "then", part)
        words = f"where calls go that nobody answers at extension {label} {part.when}{self._open}"
        return found or to_unknown(words, where)
