# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ringcentral_token does: open a session, or end one. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._environment import Environment
from .._errors import AuthenticationError, InputError, RateLimited, TelephonyError
from .._exchange import Request
from .._urls import check_url
from .api import identity, revoke_request, token_source


def token_job(options: Mapping[str, Any], environment: Environment, check_mode: bool) -> dict[str, Any]:
    """Return the module's result. The session is the task's own, so that it can be ended without harm to others."""
    if options["state"] == "present":
        source = token_source({**options, "access_token": None}, environment, share=False)
        opened = source.current()
        return {"access_token": opened.access, "changed": False, **identity(opened)}
    token = (options.get("access_token") or "").strip()
    if not token:
        raise InputError("state: absent needs access_token, the one whose session shall end.")
    for name in ("client_id", "client_secret"):
        if not options.get(name):
            raise InputError(f"Ending a session needs {name}.", next_step=f"Set the option {name}.")
    token_source(options, environment, share=False)  # checks the token, and makes the client keep to the limits
    alive = _works(options, environment, token)
    if alive and not check_mode:
        _revoke(options, environment, token)
    return {"changed": alive}


def _works(options: Mapping[str, Any], environment: Environment, token: str) -> bool:
    """Return whether a request with *token* is accepted; RingCentral has no other way to tell."""
    url = f"{check_url('server_url', options['server_url'])}/restapi/v1.0/account/~/extension/~"
    answer = environment.http.send(Request("GET", url, headers={"Authorization": f"Bearer {token}"}, group="light"))
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
            next_step="Check client_id and client_secret; the session ends by itself when its token expires.",
            status=answer.status,
            request=str(answer.request),
        )
