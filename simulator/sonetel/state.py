# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a complete state of the provider looks like (README.md, "State")."""

from __future__ import annotations

import re

from simulator.messages import BadInput, Record, is_number

_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?")
_TOP = {"accounts", "stock", "access_tokens", "refresh_tokens"}
_ACCOUNT = {"profile", "users", "numbers", "voiceapps", "prompts"}


def check_state(state: Record) -> None:
    """Raise BadInput with the place of the first thing that handlers could not work with."""
    _exact_keys("sonetel", state, _TOP)
    for account_id, account in _objects("sonetel.accounts", state["accounts"]):
        where = f"sonetel.accounts.{account_id}"
        _exact_keys(where, account, _ACCOUNT)
        _digits(where, account_id)
        if not isinstance(account["profile"], dict):
            raise BadInput(f"{where}.profile: an object is expected")
        _keyed(f"{where}.profile", account["profile"], "account_id", account_id)
        _amounts(f"{where}.profile", account["profile"], ("credit_balance",))
        for user_id, user in _objects(f"{where}.users", account["users"]):
            _digits(f"{where}.users.{user_id}", user_id)
            _keyed(f"{where}.users.{user_id}", user, "user_id", user_id)
            _keyed(f"{where}.users.{user_id}", user, "account_id", account_id)
            _texts(f"{where}.users.{user_id}", user, ("email", "password", "type", "user_fname", "user_lname"))
            if not isinstance(user.get("call_settings"), dict):
                raise BadInput(f"{where}.users.{user_id}.call_settings: an object is expected")
        for phnum, number in _objects(f"{where}.numbers", account["numbers"]):
            _keyed(f"{where}.numbers.{phnum}", number, "account_id", account_id)
            _check_number(f"{where}.numbers.{phnum}", number, phnum)
        for app_id, app in _objects(f"{where}.voiceapps", account["voiceapps"]):
            _keyed(f"{where}.voiceapps.{app_id}", app, "app_id", app_id)
            _texts(f"{where}.voiceapps.{app_id}", app, ("name", "app_type"))
        for app_id, prompts in _objects(f"{where}.prompts", account["prompts"]):
            for prompt_id, prompt in _objects(f"{where}.prompts.{app_id}", prompts):
                _keyed(f"{where}.prompts.{app_id}.{prompt_id}", prompt, "prompt_id", prompt_id)
                _keyed(f"{where}.prompts.{app_id}.{prompt_id}", prompt, "app_id", app_id)
                _texts(f"{where}.prompts.{app_id}.{prompt_id}", prompt, ("name", "type", "file_name"))
    for phnum, number in _objects("sonetel.stock", state["stock"]):
        _check_number(f"sonetel.stock.{phnum}", number, phnum)
    for kind in ("access_tokens", "refresh_tokens"):
        # A token is not named in messages: it is a secret.
        for token in dict(_objects(f"sonetel.{kind}", state[kind])).values():
            _check_token(f"sonetel.{kind}.*", token, state["accounts"])


def _check_number(where: str, number: Record, phnum: str) -> None:
    _keyed(where, number, "phnum", phnum)
    _texts(where, number, ("connect_to_type", "package", "voiceapp_connect", "country", "area_code", "city", "type"))
    _amounts(where, number, ("one_time_fee", "recurring_fee"))
    target = number.get("connect_to")
    if number["connect_to_type"] != "app":
        _texts(where, number, ("connect_to",))
    elif not isinstance(target, dict) or not isinstance(target.get("app_id"), str):
        raise BadInput(f"{where}.connect_to: an object {{app_type, app_id}} is expected")
    if not isinstance(number.get("plan_details"), dict):
        raise BadInput(f"{where}.plan_details: an object is expected")


def _check_token(where: str, token: Record, accounts: Record) -> None:
    _exact_keys(where, token, {"account_id", "user_id", "expires_at"})
    _texts(where, token, ("account_id", "user_id"))
    if token["account_id"] not in accounts:
        raise BadInput(f"{where}.account_id: there is no account {token['account_id']!r}")
    expires_at = token["expires_at"]
    if expires_at is not None and not is_number(expires_at):
        raise BadInput(f"{where}.expires_at: epoch seconds or null (never) are expected")


def _objects(where: str, value: object) -> list[tuple[str, Record]]:
    if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
        raise BadInput(f"{where}: an object of objects is expected")
    return list(value.items())


def _exact_keys(where: str, record: Record, keys: set[str]) -> None:
    if set(record) != keys:
        raise BadInput(f"{where}: exactly the keys {sorted(keys)} are expected, not {sorted(record)}")


def _digits(where: str, key: str) -> None:
    if not (key.isascii() and key.isdecimal()):
        raise BadInput(f"{where}: the key must be digits")


def _keyed(where: str, record: Record, name: str, value: str) -> None:
    if record.get(name) != value:
        raise BadInput(f"{where}.{name}: {value!r} is expected")


def _amounts(where: str, record: Record, names: tuple[str, ...]) -> None:
    for name in names:
        if not isinstance(record.get(name), str) or not _AMOUNT.fullmatch(record[name]):
            raise BadInput(f"{where}.{name}: a string such as '4.99' is expected")


def _texts(where: str, record: Record, names: tuple[str, ...]) -> None:
    for name in names:
        if not isinstance(record.get(name), str):
            raise BadInput(f"{where}.{name}: a string is expected")
