# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tokens and sessions (docs/providers/ringcentral.md 3)."""

from __future__ import annotations

import base64
from binascii import Error as Base64Error
from collections.abc import Mapping
from time import time
from uuid import uuid4

from simulator.messages import Answer, Record, Request, json_answer
from simulator.ringcentral.answers import Failure

JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SESSIONS_PER_USER = 5
_ACCESS_SECONDS = (600, 3600)
_REFRESH_SECONDS = 604800
# After a new access token was used, the refresh token that got it works for this long (ringcentral.md 3.3).
_REPLAY_SECONDS = 10


def token_answer(request: Request, state: Record, switches: Mapping[str, str | int]) -> Answer:
    """Answer a token request; sessions are remembered in `state`."""
    if request.body_kind not in ("form", "none"):
        return _error(415, "invalid_request", "OAU-000", "Unsupported Media Type")
    client_id, app = _client(request, state)
    if app is None:
        status = int(switches["wrong_secret"])
        return _error(status, "invalid_client", "OAU-146", "Invalid client credentials")
    form: Record = request.body or {}
    grant = form.get("grant_type")
    if grant == JWT_GRANT:
        return _jwt_grant(form, client_id, app, state, switches)
    if grant == "refresh_token":
        return _refresh_grant(form, client_id, app, state)
    return _error(400, "invalid_request", "OAU-250", "Unsupported grant type")


def revoke_answer(request: Request, state: Record, switches: Mapping[str, str | int]) -> Answer:
    """End the session of an access or refresh token."""
    client_id, app = _client(request, state)
    if app is None:
        return _error(int(switches["wrong_secret"]), "invalid_client", "OAU-146", "Invalid client credentials")
    form = request.body if request.body_kind == "form" else {}
    token = form.get("token") or request.query.get("token")
    if not token:
        return _error(400, "invalid_request", "CMN-101", "Parameter [token] value is invalid")
    for session_id, session in state["sessions"].items():
        if session["client_id"] == client_id and token in (*session["access"], *session["refresh"]):
            del state["sessions"][session_id]
            return Answer(200)
    if switches["revoke_unknown"] == 400:
        return _error(400, "invalid_request", "OAU-213", "Token not found")
    return Answer(200)


def session_of(request: Request, state: Record) -> Record:
    """The session of the request's access token. Raises a 401."""
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Failure(401, "OAU-151", "Authorization method not supported")
    for session in state["sessions"].values():
        if token in session["access"]:
            if session["access"][token] <= time():
                raise Failure(401, "OAU-128", "Access token expired")
            session["used_at"] = session["used_at"] or time()
            return dict(session)
    raise Failure(401, "OAU-213", "Token not found")


def bucket_of(request: Request, state: Record) -> str:
    """Who shares a rate limit with the request: the user and the app."""
    if request.path.startswith("/ringcentral/restapi/oauth/"):
        client_id, _app = _client(request, state)
        form = request.body if request.body_kind == "form" else {}
        grant = state["jwts"].get(form.get("assertion", ""))
        token = form.get("token") or form.get("refresh_token") or request.query.get("token")
        owners = [
            item["owner_id"] for item in state["sessions"].values() if token in (*item["access"], *item["refresh"])
        ]
        return f"{client_id}|{grant['owner_id'] if grant else next(iter(owners), '')}"
    try:
        session = session_of(request, state)
    except Failure:
        return ""
    return f"{session['client_id']}|{session['owner_id']}"


def _jwt_grant(form: Record, client_id: str, app: Record, state: Record, switches: Mapping[str, str | int]) -> Answer:
    if not app["jwt_grant"]:
        return _error(400, "unauthorized_client", "OAU-251", "App is not allowed to use this grant")
    grant = state["jwts"].get(form.get("assertion", ""))
    if grant is None or client_id not in grant["apps"]:
        return _error(400, "invalid_grant", "OAU-211", "Invalid assertion")
    if grant["expires_at"] is not None and grant["expires_at"] <= time():
        return _error(400, "invalid_grant", "OAU-210", "Token is expired")
    owner_id = grant["owner_id"]
    alive = [
        key for key, item in state["sessions"].items() if (item["client_id"], item["owner_id"]) == (client_id, owner_id)
    ]
    if len(alive) >= SESSIONS_PER_USER:
        del state["sessions"][alive[0 if switches["evicted_session"] == "oldest" else -1]]
    session: Record = {"client_id": client_id, "owner_id": owner_id, "access": {}, "refresh": {}, "used_at": None}
    state["sessions"][str(uuid4())] = session
    return _issue(form, session, app, next(reversed(state["sessions"])))


def _refresh_grant(form: Record, client_id: str, app: Record, state: Record) -> Answer:
    token = form.get("refresh_token", "")
    for session_id, session in state["sessions"].items():
        if session["client_id"] != client_id or token not in session["refresh"]:
            continue
        entry = session["refresh"][token]
        used_for_long = session["used_at"] is not None and session["used_at"] + _REPLAY_SECONDS <= time()
        if entry["expires_at"] <= time() or (entry["replaced"] and used_for_long):
            break
        if entry["replaced"]:
            return json_answer(entry["replaced"])
        session["access"].clear()
        session["used_at"] = None
        return _issue(form, session, app, session_id, entry)
    return _error(400, "invalid_grant", "OAU-210", "Token is expired")


def _issue(form: Record, session: Record, app: Record, session_id: str, replaced: Record | None = None) -> Answer:
    asked = form.get("access_token_ttl", "")
    lowest, highest = _ACCESS_SECONDS
    seconds = highest if not asked.isdecimal() or int(asked) > highest else max(lowest, int(asked))
    access = f"access-{uuid4().hex}"
    session["access"][access] = time() + seconds
    document: Record = {
        "access_token": access,
        "token_type": "bearer",
        "expires_in": seconds,
        "scope": " ".join(app["permissions"]),
        "owner_id": session["owner_id"],
        "endpoint_id": form.get("endpoint_id") or session_id,
        "session_id": session_id,
    }
    if app["refresh_tokens"]:
        refresh = f"refresh-{uuid4().hex}"
        session["refresh"][refresh] = {"expires_at": time() + _REFRESH_SECONDS, "replaced": None}
        document |= {"refresh_token": refresh, "refresh_token_expires_in": _REFRESH_SECONDS}
    if replaced is not None:
        replaced["replaced"] = dict(document)
    return json_answer(document)


def _client(request: Request, state: Record) -> tuple[str, Record | None]:
    scheme, _space, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return "", None
    try:
        client_id, _colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (Base64Error, UnicodeDecodeError):
        return "", None
    app = state["apps"].get(client_id)
    return client_id, app if app is not None and app["secret"] == secret else None


def _error(status: int, error: str, code: str, message: str) -> Answer:
    document = {"error": error, "error_description": message, "errors": [{"errorCode": code, "message": message}]}
    return json_answer(document, status)
