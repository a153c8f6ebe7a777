# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a complete state of the provider looks like (README.md, "State")."""

from __future__ import annotations

from simulator.fonedynamics.numbers import MEMBERS
from simulator.messages import BadInput, Record

_ACCOUNT = {"tokens", "properties", "addresses", "flows", "numbers"}
_PERMISSIONS = ("full", "read")


def check_state(state: Record) -> None:
    """Raise BadInput with the place of the first thing that handlers could not work with."""
    _exact_keys("fonedynamics", state, {"accounts"})
    for sid, account in _objects("fonedynamics.accounts", state["accounts"]):
        where = f"fonedynamics.accounts.{sid}"
        _exact_keys(where, account, _ACCOUNT)
        # A token is not named in messages: it is a secret.
        for token in dict(_objects(f"{where}.tokens", account["tokens"])).values():
            if token.get("permission") not in _PERMISSIONS:
                raise BadInput(f"{where}.tokens.*.permission: one of {_PERMISSIONS} is expected")
        for kind, member in (("properties", "PropertySid"), ("addresses", "AddressSid"), ("flows", "ConfigId")):
            for key, record in _objects(f"{where}.{kind}", account[kind]):
                if record.get(member) != key:
                    raise BadInput(f"{where}.{kind}.{key}.{member}: {key!r} is expected")
        for digits, number in _objects(f"{where}.numbers", account["numbers"]):
            _check_number(f"{where}.numbers.{digits}", digits, number, account)


def _check_number(where: str, digits: str, number: Record, account: Record) -> None:
    if not digits.isdecimal() or number.get("Number") != f"+{digits}":
        raise BadInput(f"{where}.Number: '+{digits}' is expected")
    missing = sorted({*MEMBERS, "Status", "Type", "Capabilities", "PropertySid"} - set(number))
    if missing:
        raise BadInput(f"{where}: {missing} are missing (null where nothing is set)")
    if number["PropertySid"] not in account["properties"]:
        raise BadInput(f"{where}.PropertySid: there is no property {number['PropertySid']!r}")
    for name in MEMBERS:
        if not isinstance(number[name], str | None):
            raise BadInput(f"{where}.{name}: a string or null is expected")
    if not isinstance(number["Capabilities"], list):
        raise BadInput(f"{where}.Capabilities: a list is expected")


def _objects(where: str, value: object) -> list[tuple[str, Record]]:
    if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
        raise BadInput(f"{where}: an object of objects is expected")
    return list(value.items())


def _exact_keys(where: str, record: Record, keys: set[str]) -> None:
    if set(record) != keys:
        raise BadInput(f"{where}: exactly the keys {sorted(keys)} are expected, not {sorted(record)}")
