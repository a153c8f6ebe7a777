# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a complete state of the provider looks like (README.md, "State")."""

from __future__ import annotations

from simulator.messages import BadInput, Record, is_count

_ACCOUNT = {"username", "firstname", "lastname", "refused_with", "numbers"}
_NUMBER = {"type", "param", "active", "configured"}


def check_state(state: Record) -> None:
    """Raise BadInput with the place of the first thing that handlers could not work with."""
    _exact_keys("smspartner", state, {"accounts"})
    accounts = state["accounts"]
    if not isinstance(accounts, dict):
        raise BadInput("smspartner.accounts: an object is expected")
    # An account's key is not named in messages: it is a secret.
    for account in accounts.values():
        where = "smspartner.accounts.*"
        _exact_keys(where, account, _ACCOUNT)
        for name in ("username", "firstname", "lastname"):
            if not isinstance(account[name], str):
                raise BadInput(f"{where}.{name}: a string is expected")
        if account["refused_with"] is not None and not is_count(account["refused_with"]):
            raise BadInput(f"{where}.refused_with: null or a code such as 96 is expected")
        if not isinstance(account["numbers"], dict):
            raise BadInput(f"{where}.numbers: an object is expected")
        for digits, number in account["numbers"].items():
            _check_number(f"{where}.numbers.{digits}", digits, number)


def _check_number(where: str, digits: str, number: object) -> None:
    if not digits.isdigit():
        raise BadInput(f"{where}: digits with the country code and without plus are expected")
    _exact_keys(where, number, _NUMBER)
    assert isinstance(number, dict)
    if number["type"] not in (0, 1, 2) or isinstance(number["type"], bool):
        raise BadInput(f"{where}.type: 0, 1 or 2 is expected")
    if not isinstance(number["param"], str):
        raise BadInput(f"{where}.param: a string is expected")
    for name in ("active", "configured"):
        if not isinstance(number[name], bool):
            raise BadInput(f"{where}.{name}: true or false is expected")


def _exact_keys(where: str, record: object, keys: set[str]) -> None:
    if not isinstance(record, dict) or set(record) != keys:
        raise BadInput(f"{where}: an object with exactly the keys {sorted(keys)} is expected")
