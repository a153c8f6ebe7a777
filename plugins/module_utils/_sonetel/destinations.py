# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where Sonetel can send a call, as one value. Facts: docs/providers/sonetel.md 4.1. Private to the collection."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .._engine import naming
from .._engine.plan import Node
from .._numbers.dialled import Dialled, Kind
from .._numbers.rules import NumberRules

# The user's word for each kind, and Sonetel's.
TYPES = {"phone": "phnum", "sip": "sip", "user": "user", "voiceapp": "app"}
_NOTHING = "nowhere"
_KINDS = {sonetel: kind for kind, sonetel in TYPES.items()}
# Kinds of destinations, also those of menus and call settings, in which *to* is an id of the account or nothing.
_HARMLESS = frozenset(
    {"user", "voiceapp", "team", "csg", "prompt", "ring", "own_phone", "voicemail", "hang_up", _NOTHING}
)


@dataclass(frozen=True)
class Destination:
    """Where calls go. *kind* is `phone`, `sip`, `user`, `voiceapp`, or Sonetel's own word for anything else.

    *to* is what Sonetel stores: a number, an address or an id. *name* is what people call it, *app_type* what kind of
    voice app it is, *verbatim* how it shall be written; none of them counts in a comparison. *new* names what is only
    created in this run, so that *to* is not known yet.
    """

    kind: str
    to: str
    name: str | None = field(default=None, compare=False)
    app_type: str | None = field(default=None, compare=False)
    verbatim: Mapping[str, Any] | None = field(default=None, compare=False)
    new: Node | None = None

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Destination | None:
        """Return where a number's calls go, None where it is connected to nothing."""
        kind, to = record.get("connect_to_type"), record.get("connect_to")
        app_type = None
        if isinstance(to, Mapping):
            app_type, to = to.get("app_type"), to.get("app_id")
        if kind in (None, "", _NOTHING):
            return None
        return cls(_KINDS.get(str(kind), str(kind)), "" if to is None else str(to), app_type=app_type)

    def canonical(self) -> tuple[str, ...] | None:
        """Return what is compared (sonetel.md 10): spellings of the same phone number or SIP address are equal.

        None means that calls go nowhere.
        """
        if self.new is not None:
            plural, key = self.new
            return self.kind, "new", plural, *key
        if self.kind == "phone":
            return self.kind, canonical_phone(self.to)
        if self.kind == "sip":
            return self.kind, canonical_sip(self.to)
        if self.kind == "email":
            return self.kind, self.to.casefold()
        return None if self.kind == _NOTHING else (self.kind, self.to)

    def members(self) -> dict[str, Any]:
        """Return the pair of members that Sonetel wants together (sonetel.md 4.1)."""
        to: Any = self.to
        if self.kind == "voiceapp":
            to = {"app_type": self.app_type, "app_id": self.to}
        elif self.kind == "sip":
            to = canonical_sip(self.to)
        return {"connect_to_type": TYPES.get(self.kind, self.kind), "connect_to": to}

    def shown(self) -> dict[str, Any]:
        """Return the option that means this destination, by name where the name is known."""
        if self.kind in ("user", "voiceapp"):
            return {self.kind: self.name or self.to}
        if self.kind == "sip":
            return {"sip": canonical_sip(self.to)}
        if self.kind == "phone" and canonical_phone(self.to).startswith("+"):
            return {"phone": canonical_phone(self.to)}
        return {"raw": {"connect_to_type": TYPES.get(self.kind, self.kind), "connect_to": self.to}}


def dials(to: Destination | None) -> Iterator[Dialled]:
    """Yield what a destination could dial. A number and a SIP address that share a kind (sonetel.md 10) are both
    seen."""
    if to is None or to.new is not None:
        return
    place = f".{to.kind}" if to.verbatim is None else ".raw.id"
    if to.kind == "phone":
        yield Dialled(Kind.NUMBER, canonical_phone(to.to), place, slot="")
    elif to.kind == "sip":
        yield Dialled(Kind.ADDRESS, canonical_sip(to.to), place, slot="")
    elif to.kind in _HARMLESS:
        yield Dialled(Kind.IDENTIFIER, to.to, place, slot="")
    else:
        text = json.dumps({"kind": to.kind, "to": to.to, **dict(to.verbatim or {})}, sort_keys=True)
        yield Dialled(Kind.RAW, text, ".raw", slot="", word=to.kind)


def canonical_phone(stored: str) -> str:
    """Return a stored number as E.164; a national spelling (`0...`) equals only itself (sonetel.md 10)."""
    digits = re.sub(r"[\s().\-+]", "", stored)
    if stored.strip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return digits if digits.startswith("0") or not digits.isdigit() else f"+{digits}"


def canonical_sip(address: str) -> str:
    """Return an address without `sip:` and with its host in lower case; user part and port stay (sonetel.md 10)."""
    bare = re.sub(r"^sips?:", "", address.strip(), flags=re.IGNORECASE)
    user, at, host = bare.rpartition("@")
    return f"{user}{at}{host.lower()}"


def desired_destination(option: Mapping[str, Any], where: str, rules: NumberRules) -> Destination | None:
    """Read a destination at *where* as far as that can be done without asking Sonetel; None after a problem.

    What has a name stays as the user named it and is resolved to an id later.
    """
    given = [(kind, value) for kind, value in option.items() if value is not None]
    if not given:
        rules.problems.add(where, f"nothing is set; set one of {', '.join(option)}, or leave it out")
        return None
    ((kind, value),) = given
    where = f"{where}.{kind}"
    if kind == "raw":
        kind, value = value["connect_to_type"], value["connect_to"]
        kind = _KINDS.get(kind, kind)
        if kind not in TYPES or (kind == "phone" and not canonical_phone(value).startswith("+")):
            return Destination(kind, value)
    if kind == "phone":
        number = rules.target(where, value)
        return None if number is None else Destination(kind, number)
    text = naming.folded(value)
    if not text:
        rules.problems.add(where, "is empty")
        return None
    return _sip_destination(text, where, rules) if kind == "sip" else Destination(kind, text, name=text)


def _sip_destination(text: str, where: str, rules: NumberRules) -> Destination | None:
    address = canonical_sip(text)
    if not re.fullmatch(r"[^\s@/?;<>]+@(?:[\w.-]+|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?", address):
        rules.problems.add(where, f"{text!r} is not a SIP address; write it like reception@pbx.example.org")
        return None
    return Destination("sip", address)
