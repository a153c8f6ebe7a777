# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The call model: what a caller meets, as one graph over all providers of all offices.

A **node** is a place that a call can be at: a number, a menu, a mailbox. Its **behaviour** is one of a closed set:

- `GoTo`: the call goes on at one target. A number that is forwarded, an announcement with what follows it.
- `Menu`: the caller presses a key, dials an extension, or does nothing.
- `Ring`: steps of targets ring, each for its seconds; when nobody answers, the call goes on. A queue rings too.
- `Rules`: by time, by caller or by called number; the first rule that holds takes the call.
- `End`: nothing follows. A phone, a mailbox, a flow, the end of the call.

A **target** (`To`) is the key of a node, with **evidence**: whether the provider documents that the call goes there
(`DOCUMENTED`), assumed (`assumed("why")`), or not known (`to_unknown("what is not known")`). A menu's keys can be
documented while its timeout is not. Only what is documented throughout can refuse a plan.

**Keys** are paths of natural keys, as users write them in waivers: `PROVIDER/voiceapps/Reception`. `Draft.key` makes
them. Phone numbers and SIP addresses have one key for all offices, `number_key` and `sip_key`: what any office has as a
number is that number, and everything else is a phone outside, which needs no node. So routes cross providers and
offices. A key that no node has is a missing target, unless `Draft.unread` names its list.

A **place** says where something stands: `at` by natural keys, `path` in the user's variables, "" where no file has it.

**A compiler** (`calls.py` of a provider) turns lists, in the form that office files and info modules share, into nodes:

    def compile_calls(lists: Mapping[str, Sequence[Item]], draft: Draft) -> None:
        for position, item in enumerate(lists.get("forwardings", ())):
            here = draft.place("forwardings", item["number"], path=f"forwardings[{position}]")
            target = To(draft.key("voiceapps", item["destination"]["voiceapp"]), place=here.of(path="destination"))
            draft.add(number_node(item["number"], GoTo(target), place=here))
        for position, item in enumerate(lists.get("voiceapps", ())):
            here = draft.place("voiceapps", item["name"], path=f"voiceapps[{position}]")
            keys = {"1": To(number_key("+46701740606"), place=here.of("menu", "1", path="menu[0]"))}
            timeout = to_unknown("what happens when a caller presses nothing in a menu without timeout")
            draft.add(Node(draft.key("voiceapps", item["name"]), Kind.MENU, item["name"], Menu(keys, timeout), here))
        if "voiceapps" not in lists:
            draft.unread("voiceapps", "the voice apps were not read")

What rings is the target of a `Step`: a phone outside, a SIP address, or a `DEVICE` (a phone or app inside the provider,
with the person as *owner*). A person as target of a step means all their phones, without their own forwarding; with it,
use `then` or `GoTo`. What is only a part, such as what an extension does in its work hours, is a node with *part_of*.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from .._engine import naming
from .._numbers import e164
from .._texts import one_line
from .schedules import Schedule


class Kind(str, Enum):
    """What a node is."""

    NUMBER = "number"
    PERSON = "person"
    DEVICE = "device"
    MENU = "menu"
    ANNOUNCEMENT = "announcement"
    QUEUE = "queue"
    SITE = "site"
    MAILBOX = "mailbox"
    FLOW = "flow"
    PHONE = "phone"
    SIP = "sip"
    HANG_UP = "hang_up"
    NOWHERE = "nowhere"
    UNKNOWN = "unknown"


class Level(str, Enum):
    """How sure it is that a call goes somewhere."""

    DOCUMENTED = "documented"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Evidence:
    """How sure something is; *words* say what is assumed or not known, as the end of "It is not known …"."""

    level: Level
    words: str = ""


DOCUMENTED = Evidence(Level.DOCUMENTED)


def assumed(words: str) -> Evidence:
    """Return the evidence for what is assumed: "that an announcement without …"."""
    return Evidence(Level.ASSUMED, words)


def not_known(words: str) -> Evidence:
    """Return the evidence for what is not known: "what happens when …"."""
    return Evidence(Level.UNKNOWN, words)


@dataclass(frozen=True)
class Place:
    """Where something stands: *at* by natural keys, *path* in the variables of *office*, "" where no file has it."""

    at: str
    path: str = ""
    office: str = ""

    def of(self, *parts: str, path: str = "") -> Place:
        """Return the place of a part: *parts* go on *at*, *path* goes on this one's where it has one."""
        inner = f"{self.path}{path if path.startswith('[') else '.' + path}" if self.path and path else self.path
        return Place("/".join((self.at, *map(key_part, parts))), inner or self.path, self.office)


NO_PLACE = Place("")


@dataclass(frozen=True)
class To:
    """A target: the key of a node, how sure it is that the call goes there, and where that is decided."""

    key: str
    evidence: Evidence = DOCUMENTED
    place: Place = field(default=NO_PLACE, compare=False)


HANG_UP_KEY, NOWHERE_KEY = "hang-up", "nowhere"
# Where a key of a menu leads back: to the menu heard before it, and to the first menu of the call.
PREVIOUS_KEY, FIRST_KEY = "previous-menu", "first-menu"
_UNKNOWN = "unknown:"
HANG_UP, NOWHERE = To(HANG_UP_KEY), To(NOWHERE_KEY)


def to_unknown(words: str, place: Place = NO_PLACE) -> To:
    """Return the target of a call of which it is not known where it goes."""
    return To(unknown_key(words), not_known(words), place)


def unknown_key(words: str) -> str:
    """Return the key of what is not known."""
    return _UNKNOWN + words


def key_part(text: object) -> str:
    """Return a name as a part of a key."""
    return naming.folded(text).replace("/", "%2F")


def number_key(e164: str) -> str:
    """Return the key of a phone number, an office's or not."""
    return f"number/{e164}"


def sip_key(address: str) -> str:
    """Return the key of a SIP address."""
    return f"sip/{address.removeprefix('sip:')}"


@dataclass(frozen=True)
class GoTo:
    """The call goes on at one target.

    *unanswered*: what is not known where nobody there takes it in *within* seconds, "" where it stays there anyway.
    """

    to: To
    unanswered: str = ""
    within: int | None = None


@dataclass(frozen=True)
class Dialling:
    """Extensions that a caller can dial in a menu: *known* ones, of *digits* digits, and *others*."""

    known: Mapping[str, To]
    digits: int
    others: To


@dataclass(frozen=True)
class Menu:
    """The caller chooses. *keys* are `0` to `9`, `*` and `#`; *timeout* is where a caller gets who presses nothing.

    *unassigned* is what any other key does. *seconds*: the documented wait before the timeout, None where not known.
    *repeats*: how often the prompt is played before that. *first*: the key of what `FIRST_KEY` may mean as well.
    """

    keys: Mapping[str, To]
    timeout: To
    unassigned: To = field(default_factory=lambda: to_unknown("what a key does that has nothing assigned"))
    dialling: Dialling | None = None
    seconds: int | None = None
    repeats: int = 1
    first: str = ""


@dataclass(frozen=True)
class Step:
    """Targets that ring together. *seconds*: for how long, None where it is not known."""

    targets: tuple[To, ...]
    seconds: int | None = None


@dataclass(frozen=True)
class Ring:
    """Steps ring one after the other, or with *at_once* together, each for its seconds; then the call goes on.

    *then* is where, None for a ring without an end. *always* ring from the first second to the last. *any_order*: who
    of the steps rings first is not fixed, as in a queue that rotates. *busy* and *full* are where calls go at once when
    everybody is busy or a queue takes no more callers, None where the provider has no such thing. *seconds*: how long
    it lasts at the most, None for the steps' own time.
    """

    steps: tuple[Step, ...]
    then: To | None
    at_once: bool = False
    always: tuple[To, ...] = ()
    any_order: bool = False
    busy: To | None = None
    full: To | None = None
    seconds: int | None = None


@dataclass(frozen=True)
class Rule:
    """Takes a call when everything that is given holds: *schedule*, *callers*, *called* (all E.164).

    *condition* is the evidence of these conditions: unknown where they could not be read.
    """

    to: To
    schedule: Schedule | None = None
    callers: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    name: str = ""
    place: Place = field(default=NO_PLACE, compare=False)
    condition: Evidence = DOCUMENTED


@dataclass(frozen=True)
class Rules:
    """The first rule that holds takes the call, else it goes *otherwise*.

    *order* is the evidence of the order: where it is not documented and several rules hold that lead elsewhere, it is
    not known which one takes the call.
    """

    rules: tuple[Rule, ...]
    otherwise: To
    order: Evidence = DOCUMENTED


@dataclass(frozen=True)
class End:
    """Nothing follows."""


Behaviour: TypeAlias = "GoTo | Menu | Ring | Rules | End"
END = End()


@dataclass(frozen=True)
class Node:
    """A place that a call can be at. *name* is the user's own, *label* what people call it: `menu "Reception"`.

    *provider* and *extension* say how it can be dialled inside, *email* whose it is. *owner*: the key of the person
    whose device or mailbox it is; *part_of*: the key of the node of which it is only a part. *ident* is the same before
    and after a change of name. *enabled*: whether it takes calls at all. *believed*: why its behaviour is believed
    rather than read. *hears*: prompts that a caller hears besides, by name; *length*: the seconds of an announcement.
    *recipients*: who gets a mailbox's messages, by key or e-mail address; None where that is not known.
    """

    key: str
    kind: Kind
    name: str
    does: Behaviour = END
    place: Place = field(default=NO_PLACE, compare=False)
    label: str = ""
    provider: str = ""
    extension: str = ""
    email: str = ""
    owner: str = ""
    part_of: str = ""
    ident: str = ""
    enabled: bool = True
    believed: str = ""
    hears: tuple[str, ...] = ()
    length: int | None = None
    recipients: tuple[str, ...] | None = None

    @property
    def identity(self) -> str:
        """What makes it the same node in another graph."""
        return self.ident or self.key

    @property
    def number(self) -> str:
        """The phone number in E.164, "" where it is none."""
        return self.key.removeprefix("number/") if self.kind in (Kind.NUMBER, Kind.PHONE) else ""


def number_node(number: str, does: Behaviour, **details: object) -> Node:
    """Return the node of an office's number."""
    return Node(number_key(number), Kind.NUMBER, e164.for_people(number), does, **details)  # type: ignore[arg-type]


def rung(ring: Ring) -> list[To]:
    """Return everything that rings."""
    return [*(to for step in ring.steps for to in step.targets), *ring.always]


def targets(node: Node) -> Iterator[To]:
    """Yield every target of a node."""
    match node.does:
        case GoTo(to):
            yield to
        case Menu(keys=keys, timeout=timeout, unassigned=unassigned, dialling=dialling):
            yield from (*keys.values(), timeout, unassigned)
            if dialling is not None:
                yield from (*dialling.known.values(), dialling.others)
        case Ring() as ring:
            yield from rung(ring)
            yield from (to for to in (ring.then, ring.busy, ring.full) if to is not None)
        case Rules(rules=rules, otherwise=otherwise):
            yield from (rule.to for rule in rules)
            yield otherwise


@dataclass(frozen=True)
class Remark:
    """A finding that only the compiler of a list can see. *certain*: what it says is documented."""

    code: str
    key: str
    place: Place
    words: str
    certain: bool = True


_BUILT_IN = {
    HANG_UP_KEY: Node(HANG_UP_KEY, Kind.HANG_UP, "hang up", label="the call ends"),
    NOWHERE_KEY: Node(NOWHERE_KEY, Kind.NOWHERE, "nowhere", label="nowhere"),
    PREVIOUS_KEY: Node(PREVIOUS_KEY, Kind.MENU, "previous menu", label="the previous menu"),
    FIRST_KEY: Node(FIRST_KEY, Kind.MENU, "first menu", label="the first menu"),
}


@dataclass
class Graph:
    """The nodes of one or more accounts by key. *unread*: by the beginning of keys, why they are not known."""

    nodes: dict[str, Node] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    # Nodes that no list has, each made once: the same phone may be behind many numbers.
    _made: dict[str, Node | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def node(self, key: str) -> Node | None:
        """Return the node of *key*, one of kind `UNKNOWN` where its list was not read, None where it does not exist."""
        found = self.nodes.get(key) or _BUILT_IN.get(key)
        if found is None:
            if key not in self._made:
                self._made[key] = _outside(key) or self._phones(key) or self._not_read(key)
            found = self._made[key]
        return found

    def _phones(self, key: str) -> Node | None:
        person = self.nodes.get(key.removesuffix("#phones"))
        if person is None or person.key == key:
            return None
        return Node(key, Kind.DEVICE, "phones", place=person.place, owner=person.key, enabled=person.enabled)

    def _not_read(self, key: str) -> Node | None:
        for beginning, why in self.unread.items():
            if key.startswith(beginning):
                name = key.rpartition("/")[2].replace("%2F", "/")
                return Node(key, Kind.UNKNOWN, name, label=f'"{one_line(name)}" ({why})')
        return None

    @property
    def numbers(self) -> Iterator[Node]:
        """The numbers of the offices."""
        return (node for node in self.nodes.values() if node.kind is Kind.NUMBER)

    def dialled(self, provider: str, extension: str) -> list[Node]:
        """Return the nodes that are reached by dialling *extension* inside *provider*."""
        return [node for node in self.nodes.values() if (node.provider, node.extension) == (provider, extension)]

    @classmethod
    def of(cls, graphs: Iterable[Graph]) -> Graph:
        """Return one graph of several; where two have the same key, the first one's node counts."""
        whole = cls()
        for graph in graphs:
            for key, node in graph.nodes.items():
                whole.nodes.setdefault(key, node)
            whole.unread.update(graph.unread)
            whole.remarks += graph.remarks
        return whole


def _outside(key: str) -> Node | None:
    if key.startswith(_UNKNOWN):
        words = key.removeprefix(_UNKNOWN)
        return Node(key, Kind.UNKNOWN, words, label=f"not known ({words})")
    kind, _slash, what = key.partition("/")
    if kind == "number":
        return Node(key, Kind.PHONE, e164.for_people(what))
    return Node(key, Kind.SIP, what) if kind == "sip" else None


class Draft:
    """Takes the nodes of one account while its compiler makes them. *scope* separates accounts of one provider.

    *variable* is the office's variable of which the lists are members, "" where they are no file's. *region*: how the
    lists' national numbers are read; *zone*: the office's time zone, "" where it is not known. *whole*: the lists are
    all that the account holds, so that what they lack does not exist; else it is not known. *others*: by natural key,
    which other office an item of a shared account belongs to. *everything*: also what no call gets to now, with paths
    in the lists, so that anyone named anywhere is found; *owners* has by path whose settings an item is.
    """

    def __init__(
        self,
        provider: str,
        *,
        office: str = "",
        variable: str = "",
        scope: str = "",
        region: str | None = None,
        zone: str = "",
        whole: bool = False,
        others: Mapping[str, str] | None = None,
        everything: bool = False,
    ) -> None:
        self.graph = Graph()
        self.provider = provider
        self.region = region
        self.zone = zone
        self.whole = whole
        self.everything = everything
        self.owners: dict[str, tuple[str, ...]] = {}
        self._office = office
        self._others = others or {}
        self._variable = variable
        self._scope = f"{scope}:" if scope else ""

    @property
    def of_file(self) -> bool:
        """Whether the lists are a file's, which leaves alone what it does not name; an account's items are complete."""
        return bool(self._variable)

    @property
    def why_open(self) -> str:
        """Why an option is not known that the lists leave out."""
        return "because the office's file leaves it alone" if self.of_file else "because it was not read"

    def may_lack(self, name: str, what: str, lists: Container[str]) -> None:
        """Note that the list *name* may lack some of *what* it holds ("voice apps"), unless it is there and whole."""
        if not self.whole or name not in lists:
            why = f"the office's file does not list all {what}" if self.of_file else f"the {what} were not read"
            self.unread(name, why=why)

    def key(self, *parts: object) -> str:
        """Return the key of what *parts* name: the list, the natural key, and perhaps a part of it."""
        return self._scope + "/".join((self.provider, *map(key_part, parts)))

    def place(self, *parts: object, path: str = "") -> Place:
        """Return the place of what *parts* name; *path* is where it stands in the provider's variable."""
        keys = [self.provider, *map(key_part, parts)]
        office = self._others.get("/".join(keys[2:3]), self._office)
        inner = f"{self._variable}.{path}" if self._variable and path else path if self.everything else ""
        return Place("/".join(keys), inner, office)

    def e164(self, number: object) -> str | None:
        """Return a phone number of the lists in E.164, None for what is no phone number."""
        try:
            return e164.parse(number, self.region).e164
        except e164.NumberError:
            return None

    def add(self, node: Node) -> str:
        """Add a node, and return its key."""
        self.graph.nodes[node.key] = node
        return node.key

    def unread(self, *parts: object, why: str) -> None:
        """Note that nothing is known of what stands below *parts*."""
        self.graph.unread[self.key(*parts) + "/"] = why

    def remark(self, code: str, key: str, place: Place, words: str, *, certain: bool = True) -> None:
        """Add a finding that only the compiler can see."""
        self.graph.remarks.append(Remark(code, key, place, words, certain))
