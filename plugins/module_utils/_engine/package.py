# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an office uses of a provider's package: its lists, and how they are read. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .argspec import ArgSpec
from .diagnosis import Assumption, Check, CheckLists, no_check
from .plan import Current, Desired, Plan
from .resource import Resource

if TYPE_CHECKING:
    from .._http.environment import Environment

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Away:
    """How the calls of a list's items are sent elsewhere, which must work also where nobody knows what calls do.

    *options* say where calls go, the first of them one that every restorable item has. *to* returns the options for
    "everything of this item to this phone number", none where the provider cannot do that; *advice* then says what one
    can do. *instead* holds options of items that take the calls of all others with the same first key. *able*: whether
    an item, as it was read, can send calls away. While one is, it takes the calls of those items of the list
    *in_place_of* that *covers* names; where these are to be sent away, this list is read as well. *elsewhere*: its
    calls go where the provider has it, whatever the phone number.
    """

    options: tuple[str, ...]
    to: Callable[[str, Item], Item]
    instead: Item = field(default_factory=dict)
    advice: str = ""
    able: Callable[[Item], bool] = lambda item: True
    in_place_of: str = ""
    covers: Callable[[Item], bool] = lambda item: True
    elsewhere: bool = False


@dataclass(frozen=True)
class OfficeList:
    """One list of `office_PROVIDER`: its resource, the options of its items, and how its calls are sent elsewhere.

    *keys* make up the natural key. *noun* is what people call one item, or a function that tells it by the item's
    values. *away*: None where no calls arrive at the list's items. *insist* holds options that are written along
    whenever a job, and not the office's file, says what is desired. What calls do is no part of it: that is what
    `Package.compile_calls` knows.
    """

    name: str
    resource: type[Resource]
    options: ArgSpec
    # The plural module that takes the list, and the module that reads it, None where the provider cannot be read.
    module: str
    info: str | None
    keys: tuple[str, ...]
    noun: str | Callable[[Item], str]
    nouns: str
    # The option of *info* that takes the first of the keys, "" where there is none; and its other options.
    selects: str = ""
    asks: Item = field(default_factory=dict)
    away: Away | None = None
    insist: Item = field(default_factory=dict)
    # Members of results that the plural module does not take.
    reported: tuple[str, ...] = ()
    # Options that say what another list of the provider is about to change: (list, its natural key, "" for all of it).
    expects: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # A key that is a phone number which can be changed, and the option that then says which it was: (key, option).
    renames: tuple[str, str] | None = None
    # Takes an item, the path of a desk phone in it, and a phone number to ring instead. Returns the option with that
    # number, and by list the item that the provider needs in order to ring it.
    rings_instead: Callable[[Item, tuple[Any, ...], str], tuple[Any, Mapping[str, Item]]] | None = None
    # What reading the list also finds out, by name, from its resource and what it has read: `people`, `custom_rules`.
    also: Callable[[Any, Sequence[Current]], Mapping[str, Any]] = lambda resource, found: {}
    # What calls depend on besides, by name; it costs requests of its own, so that only jobs about calls ask for it.
    for_calls: Callable[[Any, Sequence[Current]], Mapping[str, Any]] = lambda resource, found: {}
    # Who is notified of what happens at the items, from its resource and what it has read: `{key, where, value}` for
    # each address or number, which nobody manages here. It costs requests of its own, so only a search asks for it.
    notified: Callable[[Any, Sequence[Current]], Sequence[Mapping[str, str]]] | None = None
    # Options that tell two items apart whose natural key is the same.
    ids: tuple[str, ...] = ()
    # By option, what an export cannot hold of the items that have it.
    lacks: Mapping[str, str] = field(default_factory=dict)
    # What an office claims by its items: a word for the first of the keys; "" where they belong to what is claimed.
    claims: str = ""
    # Options of any list of the provider that name an item of this one, so that it is in use by who names it.
    named_by: tuple[str, ...] = ()
    # Name and title of the provider, which its account fills in.
    provider: str = ""
    provider_title: str = ""
    # Whether an account has it once: then it is a mapping instead of a list, and has no *keys*.
    single: bool = False
    # Lists whose reading shows the objects of this one as well, by the same key; this one's shows those of its items.
    shown_by: tuple[str, ...] = ()
    # Whether an item must be given with all that it is, also where only a part of that changes.
    whole: bool = False
    # Members of results, beside the first of the keys, by which users may call an item.
    called_by: tuple[str, ...] = ()
    # What the first of the keys is among all lists that say so here: no two of them may hold the same one.
    unique: str = ""
    # What an item sets that no item of another list may set as well: takes the item, and yields options and words.
    says: Callable[[Desired], Iterable[tuple[str, str]]] = lambda item: ()
    # Why an item that a run has created cannot be deleted, as a sentence; "" where the list decides that.
    stays: Callable[[Item], str] = lambda item: ""
    # Options that hold URLs, in which a credential may be, each with those that mean nothing without it.
    urls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """How the list is called among all providers: `PROVIDER.LIST`."""
        return f"{self.provider}.{self.name}"

    @property
    def title(self) -> str:
        """What people call the list, with the provider's title."""
        return f"{self.provider_title} {self.nouns}"

    @property
    def numbers(self) -> bool:
        """Whether the natural key is a phone number of the office, which no other office may claim."""
        return self.keys[:1] == ("number",)

    def first_of(self, values: Item) -> Any:
        """Return the first part of the natural key of an item with these *values*, None where they lack it."""
        return self.name if self.single else values.get(self.keys[0])

    def items_in(self, found: Any) -> list[Any]:
        """Return the items in what an office holds in the place of the list."""
        if self.single:
            return [found] if isinstance(found, Mapping) else []
        return found if isinstance(found, list) else []

    def held(self, items: Sequence[Item]) -> Any:
        """Return *items* as an office holds them."""
        return items[0] if self.single and items else list(items)

    def noun_of(self, values: Item) -> str:
        """Return what people call an item with these *values*."""
        return self.noun if isinstance(self.noun, str) else self.noun(values)


@dataclass(frozen=True)
class Earlier:
    """What an earlier phase of the same run made of a list. *landed*: it was written, else it is only planned."""

    resource: Resource
    desired: Sequence[Desired]
    plan: Plan
    landed: bool


@dataclass(frozen=True)
class Phase:
    """Lists that are planned together, because their items may refer to each other in any direction.

    *build* takes the API and, by list, what earlier phases make of theirs. It returns a resource for each list, what
    refers before what is referred to; resources of one call share what they know of each other.
    """

    lists: tuple[str, ...]
    build: Callable[[Any, Mapping[str, Earlier]], Sequence[Resource]]


@dataclass(frozen=True)
class Package:
    """What loading a provider's package yields; each has one `package.py`.

    *lists* are in the order in which people read them. *phases* are in the order in which they are written. *connect*
    takes connection options and the environment and returns the API.
    """

    connect: Callable[[Mapping[str, Any], Environment], Any]
    phases: tuple[Phase, ...]
    lists: tuple[OfficeList, ...]
    # Takes the API and returns what tells accounts apart, as far as the options say it.
    identity: Callable[[Any], str] = lambda api: ""
    # What a first call finds out with a handful of reads, and what code relies on that no document settles.
    check: Check = no_check
    # Takes the API and the office's lists, and yields what the login may not do with them.
    check_lists: CheckLists = no_check
    assumptions: tuple[Assumption, ...] = ()
    # Takes lists by name, with what reading them also finds out, and a `Draft` of the call model, to which it adds what
    # they do with calls; what it is not given was not read. None: what the provider does with calls is not known.
    compile_calls: Callable[[Mapping[str, Sequence[Item]], Any], None] | None = None
    # The lists that it compiles.
    calls_from: tuple[str, ...] = ()
