# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an office consists of: the one table of providers and lists that all jobs go by. Private to the collection.

The jobs themselves are in the other files of this package; none of them knows a provider by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .._engine import naming
from .._errors import InputError
from .._numbers import e164

Item = Mapping[str, Any]
# By provider and list, as the inventory's variables and the roles hold them.
Accounts = Mapping[str, Mapping[str, Any]]

# What a module shows in a difference where it does not know what was there.
_UNKNOWN = "unknown"

PROVIDERS = {
    "sonetel": "Sonetel",
    "ringcentral": "RingCentral",
    "smspartner": "SMS Partner",
    "fonedynamics": "Fone Dynamics",
}


@dataclass(frozen=True)
class OfficeList:
    """One list of `office_PROVIDER`: the plural module that takes it, and how its calls are sent elsewhere.

    Lists that one module takes together stand one after the other.

    *info* is the module that reads it, None where the provider cannot be read. *keys* make up the natural key.
    *selects* is the option of *info* that takes the first of the keys, "" where there is none. *routing* names the
    options that say where calls go, the first of them one that every restorable item has; *fallback* returns these
    options for "everything of this item to this phone number", None where no calls arrive at the list's items. *whole*
    holds options of items that decide over all others with the same first key. *insist* holds options that are written
    along whenever a job, and not the office's file, says what is wanted.
    """

    provider: str
    name: str
    module: str
    info: str | None
    keys: tuple[str, ...]
    noun: str
    selects: str = ""
    routing: tuple[str, ...] = ()
    fallback: Callable[[str, Item], Item] | None = None
    whole: Item = field(default_factory=dict)
    insist: Item = field(default_factory=dict)
    # Members of results that the plural module does not take.
    reported: tuple[str, ...] = ()
    # Options that say what another list of the provider is about to change: (list, its natural key, "" for all of it).
    expects: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # Options that say where calls go only while another option has that value.
    while_set: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # A key at which somebody may be reached, and the option by which its value is changed: (key, option).
    reaches: tuple[str, str] | None = None
    # Options that name people of the account by extension, and what of the info module's result tells who they are.
    people: tuple[str, ...] = ()
    tells_people: str = ""
    # Somebody else's desk phone at an item that `reaches`: the options that name it, its owner, and a number instead.
    lends: tuple[str, ...] = ()
    # Lists in a ring order: desk phones, and the phone numbers beside them.
    rings: tuple[str, ...] = ()
    # Options that tell two items apart whose natural key is the same.
    ids: tuple[str, ...] = ()
    # Options of the info module.
    asks: Item = field(default_factory=dict)
    # By option, what an export cannot hold of the items that have it.
    lacks: Mapping[str, str] = field(default_factory=dict)

    # Options that hold URLs, in which a credential may be, each with those that mean nothing without it.
    urls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"{self.provider}.{self.name}"

    @property
    def title(self) -> str:
        return f"{PROVIDERS[self.provider]} {self.noun}"

    def key_of(self, item: Item, region: str | None) -> str:
        """Return the natural key of *item*, phone numbers in E.164. Raises `InputError`."""
        parts = [canonical(item[name], region) for name in self.keys if item.get(name) is not None]
        if item.get(self.keys[0]) is None:
            raise InputError(f"{self.path}: an item has no {self.keys[0]}.", next_step="Every item needs its key.")
        return " / ".join(parts)

    def key_options(self, item: Item) -> dict[str, Any]:
        return {name: item[name] for name in (*self.keys, *self.ids) if item.get(name) is not None}


def _away(phone: str, item: Item) -> Item:
    """Return the options that send the calls of an extension's hours away."""
    then = {"then": {"phone_number": phone}}
    return {"enabled": True, **then} if item.get("hours") == "all" else {"ring": [], **then}


# In dependency order: what is referred to comes before what refers to it.
LISTS: tuple[OfficeList, ...] = (
    OfficeList(
        "sonetel",
        "voiceapps",
        "sonetel_voiceapps",
        "sonetel_voiceapp_info",
        ("name",),
        "voice apps",
        ids=("app_id",),
        asks={"prompts": True},
    ),
    OfficeList(
        "sonetel",
        "prompts",
        "sonetel_voiceapps",
        "sonetel_voiceapp_info",
        ("voiceapp", "name"),
        "prompts",
        lacks={"name": "The recordings are not in this file; to make a prompt anew, give it a wav or a text."},
    ),
    OfficeList(
        "sonetel",
        "user_forwardings",
        "sonetel_user_forwardings",
        "sonetel_user_info",
        ("user",),
        "team members",
        routing=("first_action", "second_action", "standard_action"),
        expects={"expected_voiceapps": ("voiceapps", "name")},
    ),
    OfficeList(
        "sonetel",
        "forwardings",
        "sonetel_forwardings",
        "sonetel_forwarding_info",
        ("number",),
        "numbers",
        selects="numbers",
        routing=("destination",),
        fallback=lambda phone, _item: {"destination": {"phone": phone}},
        expects={"expected_voiceapps": ("voiceapps", "name")},
    ),
    OfficeList(
        "ringcentral",
        "forwarding_numbers",
        "ringcentral_forwarding_numbers",
        "ringcentral_forwarding_number_info",
        ("extension", "phone_number", "device"),
        "forwarding numbers",
        selects="extensions",
        reaches=("phone_number", "previous_phone_number"),
        people=("extension", "device_extension"),
        tells_people="extensions",
        lends=("device", "device_extension", "label"),
    ),
    OfficeList(
        "ringcentral",
        "call_forwardings",
        "ringcentral_call_forwardings",
        "ringcentral_call_forwarding_info",
        ("extension", "hours"),
        "call forwarding",
        selects="extensions",
        routing=("then", "ring", "ring_mode", "enabled"),
        fallback=_away,
        # Where the account has it, it sends all calls away; else the calls of each of the hours are.
        whole={"hours": "all"},
        expects={"expected_forwarding_numbers": ("forwarding_numbers", "")},
        people=("extension", "extensions", "mailbox"),
        rings=("devices", "phone_numbers"),
        asks={"custom_rules": True},
    ),
    OfficeList(
        "smspartner",
        "callforwards",
        "smspartner_callforwards",
        None,
        ("number",),
        "numbers",
        routing=("state", "destination", "email"),
        fallback=lambda phone, _item: {"state": "forward", "destination": phone},
        # The default would keep whatever the number does now, because that cannot be read.
        insist={"on_conflict": "replace"},
        reported=("destination_verified",),
    ),
    OfficeList(
        "fonedynamics",
        "numbers",
        "fonedynamics_numbers",
        "fonedynamics_number_info",
        ("number",),
        "numbers",
        selects="numbers",
        routing=("routing_method", "endpoint_number", "flow"),
        while_set={"endpoint_number": ("routing_method", "endpoint"), "flow": ("routing_method", "flow")},
        fallback=lambda phone, _item: {"routing_method": "endpoint", "endpoint_number": phone},
        urls={
            "webhook_url": ("webhook_method",),
            "delivery_receipt_webhook_url": ("delivery_receipt_webhook_method",),
        },
    ),
)


@dataclass(frozen=True)
class Found:
    """One item as it is now. Not *known*: the provider cannot be asked, so it is what the office's file says."""

    table: OfficeList
    key: str
    item: Item
    known: bool = True


def canonical(value: Any, region: str | None) -> str:
    """Return *value* as it is compared: phone numbers in E.164, addresses without regard to case, names folded."""
    text = naming.folded(value)
    if "@" in text:
        return naming.folded(text.removeprefix("sip:"), ignore_case=True)
    try:
        return e164.parse(text, region).e164
    except e164.NumberError:
        return text


def same(one: Any, other: Any, region: str | None) -> bool:
    """Tell whether two values of options mean the same; members without a value do not count."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        mine, theirs = plain(one), plain(other)
        return mine.keys() == theirs.keys() and all(same(mine[name], theirs[name], region) for name in mine)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair, region) for pair in zip(one, other, strict=True))
    if isinstance(one, str) and isinstance(other, str):
        return canonical(one, region) == canonical(other, region)
    return bool(one == other)


def plain(item: Item) -> dict[str, Any]:
    """Return *item* without the members that have no value."""
    return {name: value for name, value in item.items() if value is not None}


def present(read: Accounts, region: str | None) -> Iterator[Found]:
    """Yield everything that was read, in the order of the table.

    *read* holds for each list `items`. Where the provider cannot be read, `items` are what check mode foresaw for
    the office's own list, and `before` is that task's difference by key: what it says there, a journal knew. `people`
    may tell whose the account's extensions are, and `incomplete` why the list may lack something.
    Raises `InputError` for a provider or list that the table does not have.
    """
    refuse_unknown(read)
    for table in LISTS:
        part = read.get(table.provider, {}).get(table.name)
        if part is None:
            continue
        before = part.get("before") or {}
        for item in part["items"]:
            key = table.key_of(item, region)
            known = _UNKNOWN not in before.get(key, {}).values()
            found = {**item, **before.get(key, {})} if known else dict(item)
            yield Found(table, key, found, known)


def gaps(read: Accounts, *, of: OfficeList | None = None) -> list[str]:
    """Return a sentence for each list that was not shown in full, or for the list *of* alone."""
    told: dict[str, None] = {}
    for table in LISTS if of is None else (of,):
        part = read.get(table.provider, {}).get(table.name) or {}
        told.update({f"{gap} What it does not show is not known.": None for gap in part.get("incomplete") or ()})
    return list(told)


def deciding(found: Sequence[Found]) -> list[Found]:
    """Return the items that decide where calls go: where one stands for all of its kind, only that."""
    wholes = {
        (item.table.path, item.item[item.table.keys[0]])
        for item in found
        if item.table.whole and item.table.whole.items() <= item.item.items()
    }
    return [
        item
        for item in found
        if (item.table.path, item.item[item.table.keys[0]]) not in wholes
        or item.table.whole.items() <= item.item.items()
    ]


def refuse_unknown(accounts: Mapping[str, Any]) -> None:
    """Raise `InputError` naming a provider or list that does not exist."""
    lists = {(table.provider, table.name) for table in LISTS}
    for provider, members in accounts.items():
        wrong = [name for name in members if (provider, name) not in lists]
        if provider not in {table.provider for table in LISTS} or wrong:
            known = ", ".join(f"{provider}.{name}" for provider, name in sorted(lists))
            name = f"{provider}.{wrong[0]}" if wrong else provider
            raise InputError(f"{name} is no list of an office.", next_step=f"The lists are {known}.")


def grouped(items: Sequence[tuple[OfficeList, Item]]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return items by provider and list, as the plural modules take them, in the order of the table."""
    result: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for table in LISTS:
        mine = [dict(item) for of, item in items if of is table]
        if mine:
            result.setdefault(table.provider, {})[table.name] = mine
    return result
