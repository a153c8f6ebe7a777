# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral's extensions do with calls, as nodes of the call model. Facts: docs/providers/ringcentral.md 7 to 9.

A call to an extension is taken by a custom rule that applies, else by the rule of the work hours or after hours, whose
clock is the extension's own. A rule rings its steps and then goes on, or goes on at once. Custom rules are read and not
managed. Everything that can be called is an extension, whatever its type: `ringcentral/extensions/NUMBER`.

Beside the office's lists these are compiled, as far as they were read: `people` and `groups`, the extensions of the
account; `custom_rules`; and `extensions`, with the time zone, the desk phones, the direct numbers and what is unclear
about the hours.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .._calls.nodes import (
    DOCUMENTED,
    END,
    HANG_UP,
    Behaviour,
    Draft,
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
    number_key,
    number_node,
    to_unknown,
)
from .._engine import naming
from .._engine.account import Item
from .call_conditions import Hours, both, conditions
from .call_extensions import Extensions
from .call_forwarding.model import AFTER, ALL, APPS, AT_ONCE, DEFAULT_SECONDS, WORK
from .call_options import entries, mapping, truth, whole

CALLS_FROM = ("forwarding_numbers", "call_forwardings")

_WHEN = {WORK: "in its work hours", AFTER: "after hours", ALL: "while it forwards all calls"}
# What is called what, by type of an extension that is no person's (ringcentral.md 7); the others are `_OTHER`.
_GROUPS = {
    "Department": (Kind.QUEUE, "call queue"),
    "IvrMenu": (Kind.MENU, "menu"),
    "SharedLinesGroup": (Kind.QUEUE, "shared lines"),
    "Announcement": (Kind.ANNOUNCEMENT, "announcement"),
    "Voicemail": (Kind.MAILBOX, "mailbox"),
}
_OTHER = (Kind.QUEUE, "extension")


def compile_calls(lists: Mapping[str, Sequence[Item]], draft: Draft) -> None:
    """Add to *draft* what the extensions in *lists* do with calls."""
    _Compiler(lists, draft).compile()


@dataclass(frozen=True)
class _Part:
    """A part of what an extension does: how its key goes on, and *when* it does so, in words."""

    key: tuple[str, ...]
    when: str

    @classmethod
    def of(cls, hours: str) -> _Part:
        return cls((hours,), _WHEN[hours])


class _Compiler:
    def __init__(self, lists: Mapping[str, Sequence[Item]], draft: Draft) -> None:
        self._draft = draft
        self._lists = lists
        self._extensions = Extensions(lists)
        # Of a whole account, what is not there cannot be shown.
        self._open = "" if draft.whole else f", {draft.why_open}"
        self._rules_are_read = "custom_rules" in lists
        self._hours: dict[str, dict[str, tuple[int, Item]]] = {}
        for position, item in enumerate(lists.get("call_forwardings", ())):
            label, hours = self._extensions.label(item.get("extension")), str(item.get("hours"))
            if label and hours in _WHEN:
                self._hours.setdefault(label, {})[hours] = (position, item)
        self._custom: dict[str, list[Item]] = {}
        for rule in lists.get("custom_rules", ()):
            self._custom.setdefault(str(rule["extension"]), []).append(rule)
        self._groups = {str(group["extension"]): group for group in lists.get("groups", ())}

    def compile(self) -> None:
        """Add all extensions that the lists handle the calls of; of a whole account, also all others."""
        everybody = self._draft.whole and self._extensions.complete
        if not everybody:
            file = self._draft.of_file
            why = "the office's file does not list all extensions" if file else "the extensions were not read"
            self._draft.unread("extensions", why=why)
        for label in {**self._hours, **(self._extensions.people if everybody else {})}:
            self._add_person(label)
        for label, group in self._groups.items() if everybody else ():
            self._add_group(label, group)
        for text, label in self._extensions.numbers():
            number = self._draft.e164(text)
            if number is not None:
                here = self._draft.place("phone_numbers", number)
                to = GoTo(To(self._key(label), place=here))
                self._draft.add(number_node(number, to, place=here, provider=self._draft.provider))
        if self._draft.everything:
            self._add_everything()

    def _add_everything(self) -> None:
        """Add whose the items are, and all that they name, whether calls get there or not."""
        for position, number in enumerate(self._lists.get("forwarding_numbers", ())):
            named = (number.get(option) for option in ("extension", "device_extension"))
            keys = (self._key(self._extensions.label(text)) for text in named if text)
            self._draft.owners[f"forwarding_numbers[{position}]"] = tuple(keys)
        for label, found in self._hours.items():
            for hours, (position, item) in found.items():
                self._draft.owners[f"call_forwardings[{position}]"] = (self._key(label),)
                place = self._item_place(label, hours, position)
                ring = [mapping(step) for step in entries(item.get("ring"))]
                named_there = [
                    *(
                        to
                        for number, step in enumerate(ring)
                        for to in self._targets(label, step, place, f"ring[{number}]")
                    ),
                    self._then(label, item, place, _Part.of(hours)),
                ]
                does = Ring((Step(tuple(named_there)),), None)
                key = self._key(label, hours, "everything")
                self._draft.add(Node(key, Kind.PERSON, self._name(label), does, place, part_of=self._key(label)))

    def _key(self, label: str, *parts: str) -> str:
        return self._draft.key("extensions", label, *parts)

    def _add_person(self, label: str) -> None:
        person = self._extensions.people.get(label, {})
        place = self._place_of(label)
        behaviour: Behaviour
        enabled = self._extensions.enabled(label)
        if not enabled:
            # Whether its rules apply is not documented (ringcentral.md 7).
            behaviour = GoTo(to_unknown(f"what happens to calls for extension {label}, which is not enabled", place))
        elif label in self._hours:
            behaviour = self._rules_of(label, place)
        else:
            why = self._open or ", because that was not read"
            behaviour = GoTo(to_unknown(f"what extension {label} does with calls{why}", place))
        self._draft.add(
            Node(
                self._key(label),
                Kind.PERSON,
                self._name(label),
                behaviour,
                place,
                provider=self._draft.provider,
                extension=label,
                email=str(person.get("email") or ""),
                enabled=enabled,
            )
        )

    def _add_group(self, label: str, group: Item) -> None:
        """Add an extension that is no person's. What queues, menus and the like do is not read."""
        kind, word = _GROUPS.get(str(group.get("type")), _OTHER)
        name = str(group.get("name") or label)
        place = self._draft.place("extensions", label)
        behaviour: Behaviour = GoTo(to_unknown(f'what the {word} "{name}" does with calls, because that was not read'))
        if kind is Kind.MAILBOX:
            # A message-only extension, which takes messages.
            behaviour = END
        elif kind is Kind.ANNOUNCEMENT:
            behaviour = GoTo(To(HANG_UP.key, assumed("that an announcement-only extension ends the call")))
        if str(group.get("status") or "Enabled") != "Enabled":
            behaviour = GoTo(to_unknown(f'what happens to calls for the {word} "{name}", which is not enabled', place))
        provider = self._draft.provider
        self._draft.add(Node(self._key(label), kind, name, behaviour, place, provider=provider, extension=label))

    def _name(self, label: str) -> str:
        return str(self._extensions.people.get(label, {}).get("name") or f"extension {label}")

    def _place_of(self, label: str) -> Place:
        """Return the place of an extension: its first item, which is where one looks for it."""
        for position, _item in self._hours.get(label, {}).values():
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
        self._draft.add(Node(key, Kind.PERSON, self._name(label), by_hours, place, part_of=person))
        order = not_known(f"which of the rules of extension {label} that apply takes the call")
        return Rules(tuple(found), To(key, place=place), order)

    def _hours_of(self, label: str) -> Hours:
        _position, work = self._hours[label].get(WORK, (0, {}))
        schedule, zone = mapping(work.get("schedule")), self._extensions.zone(label)
        if zone:
            return Hours.of(label, schedule, zone)
        office = assumed(f"that extension {label} has the office's time zone")
        return Hours.of(label, schedule, self._draft.zone, office)

    def _forward_all(self, label: str) -> Iterator[Rule]:
        if ALL not in self._hours[label]:
            return
        position, item = self._hours[label][ALL]
        place = self._item_place(label, ALL, position)
        enabled = truth(item.get("enabled"))
        if enabled is None:
            unclear = not_known(f"when extension {label} forwards all of its calls{self._open}")
            yield Rule(self._then(label, item, place, _Part.of(ALL)), name="all calls", place=place, condition=unclear)
        elif enabled:
            yield Rule(self._then(label, item, place, _Part.of(ALL)), name="all calls", place=place)

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
        if ALL not in self._hours[label] and forwards_all:
            return not_known(f"where extension {label} forwards all of its calls, and when")
        if ALL not in self._hours[label] and forwards_all is None and not self._draft.whole:
            evidence = both(evidence, assumed(f"that extension {label} does not forward all of its calls"))
        return evidence

    def _in_hours(self, label: str, hours: str) -> To:
        """Return where calls go in these hours."""
        if hours not in self._hours[label]:
            return to_unknown(f"what extension {label} does {_WHEN[hours]}{self._open}", self._place_of(label))
        position, item = self._hours[label][hours]
        place = self._item_place(label, hours, position)
        unclear = self._extensions.unclear(label, hours)
        return to_unknown(unclear, place) if unclear else self._handled(label, item, place, _Part.of(hours))

    def _item_place(self, label: str, hours: str, position: int) -> Place:
        return self._draft.place("call_forwardings", label, hours, path=f"call_forwardings[{position}]")

    def _custom_rules(self, label: str, hours: Hours) -> Iterator[Rule]:
        names: set[str] = set()
        for rule in self._custom.get(label, ()):
            name = str(rule["name"])
            # Names of rules need not be unique (ringcentral.md 13).
            key = name if name not in names else f"{name} ({len(names)})"
            names.add(key)
            place = self._draft.place("custom_rules", label, key)
            part = _Part(("custom_rules", key), f'by the custom rule "{name}"')
            to = self._handled(label, rule, place, part)
            yield from conditions(rule, label, hours, to, place, self._draft)

    def _handled(self, label: str, item: Item, place: Place, part: _Part) -> To:
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
        self._draft.add(Node(key, Kind.PERSON, self._name(label), behaviour, place, part_of=self._key(label)))
        return To(key, place=place)

    def _ring(self, label: str, ring: Sequence[Item], item: Item, place: Place, part: _Part) -> Ring:
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
            yield self._phone(text, place, f"{path}.phone_numbers[{number}]", "ring")
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

    def _phone(self, text: object, place: Place, path: str, part: str) -> To:
        number = self._draft.e164(text)
        if number is None:
            return to_unknown(f"which phone {text!r} is", place.of(part, path=path))
        return To(number_key(number), place=place.of(part, number, path=path))

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
            if self._key(owner) not in self._draft.graph.nodes and owner not in self._hours:
                # Whose it is, is known all the same.
                self._add_person(owner)
        return key

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
            yield self._phone(number, place, "", "phone")
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

    def _then(self, label: str, item: Item, place: Place, part: _Part) -> To:
        """Return where calls go that nobody has answered, or all of them where nothing rings."""
        then = mapping(item.get("then"))
        where = place.of("then", path="then")
        if then.get("extension"):
            to = self._key(self._extensions.label(then["extension"]))
            return To(to, place=place.of("then", path="then.extension"))
        if then.get("phone_number"):
            return self._phone(then["phone_number"], place, "then.phone_number", "then")
        if truth(then.get("voicemail")):
            mailbox = then.get("mailbox")
            where = place.of("then", path="then.mailbox" if mailbox else "then")
            return To(self._mailbox(self._extensions.label(mailbox) if mailbox else label), place=where)
        if truth(then.get("announcement")):
            return To(self._announcement(label, then.get("greeting"), where, part), place=where)
        return to_unknown(f"where calls go that nobody answers at extension {label} {part.when}{self._open}", where)

    def _mailbox(self, label: str) -> str:
        """Return the key of an extension's voicemail; a message-only extension is one itself."""
        if str(self._groups.get(label, {}).get("type")) == "Voicemail":
            return self._key(label)
        key = self._key(label, "voicemail")
        if key not in self._draft.graph.nodes:
            owner = self._key(label)
            place = self._draft.place("extensions", label, "voicemail")
            self._draft.add(Node(key, Kind.MAILBOX, "voicemail", place=place, owner=owner, recipients=(owner,)))
        return key

    def _announcement(self, label: str, greeting: object, place: Place, part: _Part) -> str:
        """An announcement is played, and the call is ended (ringcentral.md 8 and 9.5)."""
        key = self._key(label, "announcements", *((str(greeting),) if greeting else part.key))
        person = self._name(label)
        text = f"announcement of {person}"
        self._draft.add(Node(key, Kind.ANNOUNCEMENT, text, GoTo(HANG_UP), place, label=text, owner=self._key(label)))
        return key
