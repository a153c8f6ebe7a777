# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ringcentral_token does: open a session, or end one. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .._errors import AuthenticationError, InputError, RateLimited, TelephonyError
from .._http.environment import Environment
from .._http.secrets import credential
from .sessions import Session, identity, revoke_request


def token_job(options: Mapping[str, Any], environment: Environment, check_mode: bool) -> dict[str, Any]:
    """Return the module's result. The session is the task's own, so that it can be ended without harm to others."""
    if options["state"] == "present":
        opened = Session({**options, "access_token": None}, environment, share=False).tokens.current()
        return {"access_token": opened.access, "changed": False, **identity(opened)}
    token = credential(options, "access_token")
    if not token:
        raise InputError("state: absent needs access_token: the token of the session to end.")
    for name in ("client_id", "client_secret"):
        if not credential(options, name):
            raise InputError(f"Ending a session needs {name}.", next_step=f"Set the option {name}.")
    # It checks the token, and makes the client keep to the limits.
    session = Session(options, environment, share=False)
    alive = _works(session, environment, token, credential(options, "client_id"))
    if alive and not check_mode:
        _revoke(options, environment, token)
    return {"changed": alive}


def _works(session: Session, environment: Environment, token: str, app: str) -> bool:
    """Return whether a request with *token* is accepted; RingCentral has no other way to tell."""
    question = session.who_am_i()
    headers = {**question.headers, "Authorization": f"Bearer {token}"}
    answer = environment.http.send(replace(question, headers=headers))
    if answer.status < 400 and not session.is_known():
        session.note_owner(answer, app)
    return answer.status != 401


def _revoke(options: Mapping[str, Any], environment: Environment, token: str) -> None:
    try:
        answer = environment.http.send(revoke_request(options, token))
    except RateLimited:
        raise
    except TelephonyError as error:
        environment.warn(f"Whether the session has ended is not known: {error}")
        return
    if answer.status >= 400:
        raise AuthenticationError(
            f"RingCentral did not end the session (HTTP {answer.status}).",
            next_step="Check client_id and client_secret; the session ends automatically when its token expires.",
            status=answer.status,
            request=str(answer.request),
        )
