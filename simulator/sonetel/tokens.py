# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The token endpoint (docs/providers/sonetel.md 2)."""

from __future__ import annotations

import base64
import json
import os
from binascii import Error as Base64Error
from collections.abc import Mapping
from time import time
from uuid import uuid4

from simulator.messages import Answer, Record, Request, json_answer

_CLIENTS = {"sonetel-api:sonetel-api", "sonetel-web:sonetel-web"}
_DAY = 86400
_LIFETIMES = {"24h": _DAY, "30d": 30 * _DAY, "6mo": 182 * _DAY}


def token_answer(request: Request, state: Record, switches: Mapping[str, str | int]) -> Answer:
    """Answer a token request; the tokens issued are remembered in `state`."""
    if request.method != "POST":
        return _error(405, "method_not_allowed", f"Request method '{request.method}' not supported")
    client = _basic_client(request)
    if client not in _CLIENTS:
        return _error(401, "unauthorized", "Full authentication is required to access this resource")
    form = request.body if request.body_kind == "form" else {}
    grant = form.get("grant_type")
    if not grant:
        return _error(400, "invalid_request", "Missing grant type")
    if grant == "password":
        return _password_grant(form, client, state, switches)
    if grant == "refresh_token":
        return _refresh_grant(form, client, state, switches)
    return _error(400, "unsupported_grant_type", f"Unsupported grant type: {grant}")


def bearer_of(request: Request, state: Record) -> Record | None:
    """The record of the request's access token; None when it is missing, unknown or expired."""
    scheme, _unused_space, token = request.headers.get("authorization", "").partition(" ")
    return _alive(state["access_tokens"].get(token)) if scheme.lower() == "bearer" else None


def _password_grant(form: Record, client: str, state: Record, switches: Mapping[str, str | int]) -> Answer:
    found = _check_password(form, state, switches)
    if isinstance(found, Answer):
        return found
    refresh = None
    if form.get("refresh", "yes") != "no":
        refresh = _new_refresh_token(state, found["account_id"], found["user_id"])
    return _issue(state, switches, found, client, refresh)


def _refresh_grant(form: Record, client: str, state: Record, switches: Mapping[str, str | int]) -> Answer:
    if switches["refresh_credentials"] == "required":
        if not form.get("username") or not form.get("password"):
            return _error(400, "invalid_request", "Missing username or password")
        refused = _check_password(form, state, switches)
        if isinstance(refused, Answer):
            return refused
    token = form.get("refresh_token", "")
    record = _alive(state["refresh_tokens"].get(token))
    if record is None:
        return _error(401, "unauthorized", "Invalid refresh token")
    user = state["accounts"][record["account_id"]]["users"].get(record["user_id"])
    if user is None:
        return _error(401, "unauthorized", "Invalid refresh token")
    if switches["refresh_token"] == "rotated":
        del state["refresh_tokens"][token]
        token = _new_refresh_token(state, record["account_id"], record["user_id"])
    wanted = form.get("refresh", "yes") != "no" and switches["refresh_token"] != "omitted"
    return _issue(state, switches, user, client, token if wanted else None)


def _check_password(form: Record, state: Record, switches: Mapping[str, str | int]) -> Record | Answer:
    """The user who logs in, or the answer that refuses it."""
    username = form.get("username", "")
    wanted = username.lower()
    for account in state["accounts"].values():
        for user in account["users"].values():
            if user["email"].lower() == wanted:
                if user["password"] == form.get("password"):
                    return dict(user)
                if switches["wrong_password"] == 400:
                    return _error(400, "invalid_grant", "Bad credentials")
    return _error(401, "unauthorized", f"User with name {username} not found")


def _issue(state: Record, switches: Mapping[str, str | int], user: Record, client: str, refresh: str | None) -> Answer:
    lifetime = _LIFETIMES[str(switches["token_lifetime"])]
    now = int(time())
    numeric = switches["acc_id"] == "number"
    access = _jwt(
        {
            "acc_id": int(user["account_id"]) if numeric else user["account_id"],
            "user_id": int(user["user_id"]) if numeric else user["user_id"],
            "user_name": user["email"],
            "client_id": client.partition(":")[0],
            "aud": "api.sonetel.com",
            "iss": "SonetelNode123",
            "scope": ["user.read", "user.write"],
            "iat": now,
            "exp": now + lifetime,
            "jti": str(uuid4()),
        }
    )
    state["access_tokens"][access] = {
        "account_id": user["account_id"],
        "user_id": user["user_id"],
        "expires_at": now + lifetime,
    }
    document: Record = {"access_token": access, "token_type": "bearer"}
    if refresh is not None:
        document["refresh_token"] = refresh
    if switches["expires_in"] == "present":
        document["expires_in"] = lifetime
    return json_answer(document)


def _new_refresh_token(state: Record, account_id: str, user_id: str) -> str:
    token = _jwt({"aud": "api.sonetel.com", "iss": "SonetelNode123", "jti": str(uuid4())})
    state["refresh_tokens"][token] = {"account_id": account_id, "user_id": user_id, "expires_at": None}
    return token


def _alive(record: Record | None) -> Record | None:
    if record is None or (record["expires_at"] is not None and record["expires_at"] <= time()):
        return None
    return record


def _basic_client(request: Request) -> str:
    scheme, _unused_space, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(encoded.strip(), validate=True).decode()
    except (Base64Error, UnicodeDecodeError):
        return ""


def _jwt(claims: Record) -> str:
    """A token in the form of a JWT; the signature is random, since nobody checks it (sonetel.md 2.4)."""
    header = {"alg": "RS256", "typ": "JWT"}
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), os.urandom(256)]
    return ".".join([base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts])


def _error(status: int, error: str, description: str) -> Answer:
    return json_answer({"error": error, "error_description": description}, status)
