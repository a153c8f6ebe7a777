# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Extensions by what users call them, and whose which desk phone is, from what was read. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .._engine import naming
from .._engine.package import Item
from .company.company import ANNOUNCEMENT, MAILBOX, MENU, QUEUE, SITE

# The company itself, among the owners of rules, and what users call its main site, whose rules are the company's.
COMPANY = "company"
_MAIN_SITE = ("main", "main-site")
# Lists of extensions that are not people, with their types (ringcentral-company.md 1 and 3).
GROUP_LISTS = {"call_queues": QUEUE, "ivr_menus": MENU, "group_extensions": MAILBOX, "sites": SITE}


def is_company(text: object) -> bool:
    """Return whether the user means the company, or its main site, as the owner of rules."""
    return naming.folded(text) in (COMPANY, *_MAIN_SITE)


class Extensions:
    """The extensions that lists know. A *label* is an extension's number; what is not found keeps the user's text.

    *items*: by label, the item of an extension that is no person's, with its list and its position there; *kinds*: by
    label, RingCentral's types of such extensions.
    """

    def __init__(self, lists: Mapping[str, Sequence[Item]]) -> None:
        people, groups = lists.get("people", ()), _without_shared_numbers(lists.get("groups", ()))
        # Groups are known only where all extensions were read.
        self.complete = "groups" in lists
        self._labels: dict[str, str] = {}
        self._ways = _ways([*people, *groups])
        self.people = {str(item["extension"]): item for item in people}
        self.groups = {str(item["extension"]): item for item in groups}
        self.kinds = {label: str(item.get("type") or "") for label, item in self.groups.items()}
        self.items: dict[str, tuple[str, int, Item]] = {}
        self._add_items(lists)
        self._labels = {}
        named = [{**item, "extension": label} for label, (_list, _position, item) in self.items.items()]
        self._ways = _ways([*people, *groups, *named])
        self._details = {str(item["extension"]): item for item in lists.get("extensions", ())}
        self._names: dict[str, tuple[str, str]] = {}
        for label, item in self._details.items():
            devices = {str(device["device"]): str(device.get("name") or "") for device in item.get("devices") or ()}
            unique = naming.only_once(devices)
            self._names.update({key: (label, naming.folded(unique.get(key, key))) for key in devices})
        self._by_name: dict[str, list[str]] = {}
        for label, name in self._names.values():
            self._by_name.setdefault(name, []).append(label)
        self._lent: dict[tuple[str, str], str] = {}
        self._phones: dict[str, list[str]] = {}
        for label, item in self._details.items():
            if item.get("devices") is not None:
                self._phones[label] = [self._names[str(device["device"])][1] for device in item["devices"]]
        for number in lists.get("forwarding_numbers", ()):
            if number.get("extension") and number.get("device") and number.get("state") != "absent":
                self._note_device(number)

    def _add_items(self, lists: Mapping[str, Sequence[Item]]) -> None:
        for name, kind in GROUP_LISTS.items():
            for position, item in enumerate(lists.get(name, ())):
                text = item.get("extension") or item.get("name")
                if not text or item.get("state") == "absent":
                    continue
                label = self.label(text)
                if kind == SITE:
                    # A site may have the number of another extension, and need not be listed with one.
                    label = self._site(item, label)
                known = self.kinds.get(label)
                announces = item.get("kind") == "announcement" or (known == ANNOUNCEMENT and not item.get("kind"))
                self.kinds[label] = ANNOUNCEMENT if kind == MAILBOX and announces else kind
                self.items[label] = (name, position, item)

    def _site(self, item: Item, label: str) -> str:
        named = self.label(item.get("name"))
        if self.kinds.get(named) == SITE:
            return named
        taken = label in self.people or self.kinds.get(label, SITE) != SITE
        return str(item.get("name")) if taken else label

    def _note_device(self, number: Item) -> None:
        label, device = self.label(number["extension"]), naming.folded(number["device"])
        if number.get("device_extension"):
            self._lent[label, device] = self.label(number["device_extension"])
        elif device not in self._names and device not in self._by_name:
            self._phones.setdefault(label, []).append(device)

    def label(self, text: object) -> str:
        """Return the number of the extension that the user calls *text*: number, id, e-mail address or name."""
        folded = naming.folded(text)
        found = self._labels.get(folded)
        if found is None:
            known = (way.get(naming.folded(folded, ignore_case=ignore_case)) for ignore_case, way in self._ways)
            found = self._labels[folded] = next((label for label in known if label), folded)
        return found

    def owner(self, text: object) -> str:
        """Return the label of an owner of rules: the company, or an extension."""
        return COMPANY if is_company(text) else self.label(text)

    def is_known(self, label: str) -> bool:
        """Return whether an extension is among those that lists know."""
        return label in self.people or label in self.kinds

    def item(self, label: str) -> Item:
        """Return the item of an extension that is no person's, {} where no list has it."""
        return self.items.get(label, ("", 0, {}))[2]

    def is_new(self, label: str) -> bool:
        """Return whether a plan creates it: it has no id yet."""
        return self.item(label).get("extension_id", "") is None

    def enabled(self, label: str) -> bool:
        """Return whether it takes calls, as far as is known."""
        records = (self.people.get(label), self.groups.get(label), self.item(label))
        return all(str((record or {}).get("status") or "Enabled") == "Enabled" for record in records)

    def zone(self, label: str) -> str:
        """Return the time zone of an extension, "" where it is not known."""
        return str(self.item(label).get("time_zone") or self._details.get(label, {}).get("time_zone") or "")

    def site(self, label: str) -> str:
        """Return the label of the site that an extension belongs to, "" for the main one or an unknown one."""
        text = self.item(label).get("site") or self._details.get(label, {}).get("site")
        return "" if not text or naming.folded(text) in _MAIN_SITE else self.label(text)

    def forwards_all(self, label: str) -> bool | None:
        """Return whether it forwards all of its calls, None where that was not read."""
        found = self._details.get(label, {}).get("forwards_all")
        return None if found is None else bool(found)

    def unclear(self, label: str, hours: str) -> str:
        """Return what is not known about what an extension does in its hours, "" for nothing."""
        return str((self._details.get(label, {}).get("unclear") or {}).get(hours) or "")

    def phones(self, label: str) -> list[str] | None:
        """Return the desk phones of an extension by name, None where they were not read."""
        return self._phones.get(label)

    def device(self, label: str, text: str) -> tuple[str, str]:
        """Return whose desk phone it is that *label* rings as *text*, and its name, else its id."""
        if text in self._names:
            return self._names[text]
        owner, owners = self._lent.get((label, text), label), self._by_name.get(text, [])
        # Lists of an account name a co-worker's phone without its owner.
        return (owners[0] if len(owners) == 1 else owner), text

    def numbers(self) -> Iterator[tuple[str, str]]:
        """Yield the direct numbers of the account, each with the extension that it belongs to."""
        for label, item in self._details.items():
            yield from ((str(number), label) for number in item.get("numbers") or ())


def _without_shared_numbers(groups: Iterable[Item]) -> list[Item]:
    """Return groups; a site with the number of another extension is known by its name (ringcentral-company.md 1)."""
    found = list(groups)
    others = {str(item["extension"]) for item in found if item.get("type") != SITE}
    return [
        {**item, "extension": str(item.get("name") or item.get("extension_id"))}
        if item.get("type") == SITE and str(item["extension"]) in others
        else item
        for item in found
    ]


def _ways(records: Sequence[Item]) -> list[tuple[bool, dict[str, str]]]:
    """Return the labels by number, id, e-mail address and name, in the order in which they are looked up.

    Each comes with whether case is ignored. What several extensions have in common is left out.
    """
    ways = []
    for member, ignore_case in (("extension", False), ("extension_id", False), ("email", True), ("name", False)):
        texts: dict[str, str] = {}
        for record in records:
            label, text = str(record["extension"]), str(record.get(member) or "")
            texts[label] = text or texts.get(label, "")
        unique = naming.only_once(texts, ignore_case=ignore_case)
        ways.append((ignore_case, {naming.folded(text, ignore_case=ignore_case): key for key, text in unique.items()}))
    return ways
