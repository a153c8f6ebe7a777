# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A first call to RingCentral: the login, what app and user may do, and which call handling the account has.

Facts: docs/providers/ringcentral.md 3.2, 4.1, 5.2, 7 and 9.1. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .._engine.diagnosis import Finding, Level
from .._errors import AuthenticationError, Rejected, TelephonyError
from .api import Record, RingCentralApi

# What the modules need of an app (ringcentral.md 4.1); EditAccounts includes both.
_READ, _EDIT, _BOTH = "ReadAccounts", "EditExtensions", "EditAccounts"
# The login may work on its own extension only (ringcentral.md 5.2).
_OWN_ONLY = frozenset({"CMN-404", "CMN-419"})


@dataclass(frozen=True)
class _Reading:
    """Something that the modules read, and what the app and its user need for that (ringcentral.md 4.1)."""

    what: str
    user_permission: str
    read: Callable[[RingCentralApi, str], Any]


_EXTENSIONS = _Reading("the list of extensions", "ReadExtensions", lambda api, _key: api.extensions())
_NUMBERS = _Reading("forwarding numbers", "ReadUserForwardingFlipNumbers", lambda api, key: api.forwarding_numbers(key))
_RULES = _Reading(
    "answering rules", "ReadUserAnsweringRules", lambda api, key: api.answering_rule(key, "business-hours-rule")
)
_STATES = _Reading("states of the new call handling", "", lambda api, key: api.states(key))


def check(api: RingCentralApi, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what one login and five readings tell."""
    app = _app(api.scopes())
    if _READ in app.text and app.level is Level.FAIL:
        yield app
        return
    own = api.own_extension()
    account = own.get("account")
    number = f", account {account['id']}" if isinstance(account, dict) and account.get("id") else ""
    yield Finding(f"logged in as extension {_called(own)}{number}")
    yield app
    moved = api.uses_new_call_handling()
    yield _handling(moved)
    try:
        extensions = _EXTENSIONS.read(api, "")
    except (Rejected, AuthenticationError) as error:
        yield _refused(_EXTENSIONS, "", error)
        return
    # Whether the login reaches beyond its own extension shows at somebody else's.
    other = next((item for item in extensions if _is_person(item) and str(item.get("id")) != str(own.get("id"))), own)
    read: list[str] = []
    for reading in (_NUMBERS, _STATES if moved else _RULES):
        try:
            reading.read(api, str(other["id"]))
        except (Rejected, AuthenticationError) as error:
            yield _refused(reading, f" of extension {_called(other)}", error)
            if error.code in _OWN_ONLY:
                return
        else:
            read.append(reading.what)
    if read:
        whose = "the login itself" if other is own else f"another extension, {_called(other)}"
        yield Finding(f"{len(extensions)} extensions; can read {' and '.join(read)} of {whose}")


def _called(record: Record) -> str:
    return f"{record.get('extensionNumber') or record.get('id')} {record.get('name') or ''}".strip()


def _is_person(record: Record) -> bool:
    return record.get("type") == "User" and record.get("status") == "Enabled"


def _app(scopes: frozenset[str] | None) -> Finding:
    if scopes is None:
        return Finding("the permissions of the app are not shown, because the task uses an access token", Level.NOTE)
    missing = [name for name in (_READ, _EDIT) if name not in scopes and _BOTH not in scopes]
    if not missing:
        return Finding(f"the app may read and write ({', '.join(sorted(scopes & {_READ, _EDIT, _BOTH}))})")
    does = {_READ: "reads nothing", _EDIT: "writes nothing"}
    return Finding(
        f"the app lacks the permission {' and '.join(missing)}: it {' and '.join(does[name] for name in missing)}",
        Level.FAIL,
        "Add it to the app in RingCentral's developer console.",
    )


def _handling(moved: bool | None) -> Finding:
    if moved is None:
        return Finding(
            "the login may not read which call handling the account uses; the modules find out when they read a rule",
            Level.NOTE,
            "Give the user the permission ReadExtensions.",
        )
    return Finding(f"the account uses {'the new call handling (states)' if moved else 'answering rules (legacy)'}")


def _refused(reading: _Reading, whose: str, error: TelephonyError) -> Finding:
    if error.code == "CMN-403":
        text = f"{whose.removeprefix(' of ')} has no {reading.what}, so it is not known whether they can be read"
        return Finding(text, Level.NOTE)
    user = f" and the user permission {reading.user_permission}" if reading.user_permission else ""
    needs = f"Reading it needs the app permission {_READ}{user}."
    said = error.message.removeprefix(f"{error.request} was ")
    return Finding(
        f"cannot read the {reading.what}{whose}: {said}", Level.FAIL, f"{needs}\n{error.next_step}".strip(), error.kind
    )
