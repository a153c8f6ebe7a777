# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A first call to RingCentral for a company: whether app and user may write the lists that an office has.

Facts: docs/providers/ringcentral-company.md 1 #12 and 2. Private to the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .._engine.diagnosis import Finding, Level
from .._texts import joined
from .api import Record, RingCentralApi
from .call_extensions import is_company

_APP = "EditAccounts"
# By list, what its writes need of the user: RingCentral's features, each with the permission that it comes with.
_USERS, _INFO = ("EditUsers", "AddRemoveUsers"), ("EditExtensionInfo", "EditUserInfo")
_RULES = ("EditAccountAnsweringRules", "EditCompanyAnsweringRules")
_HOURS = ("EditExtensionAnsweringRules", "EditUserAnsweringRules")
_NEEDS: Mapping[str, Sequence[tuple[str, str]]] = {
    "sites": (("EditSites", "Sites"),),
    "group_extensions": (_USERS,),
    "call_queues": (_USERS, _INFO, ("EditGroups", "Groups"), _HOURS),
    "ivr_prompts": (("EditAccountGreetings", "EditCompanyGreetings"),),
    "ivr_menus": (("EditAutoReceptionist", "AutoReceptionist"),),
    "company_hours": (_HOURS,),
    "company_rules": (_RULES,),
    "holidays": (_RULES,),
    "phone_numbers": (("ReadAccountPhoneNumbers", "ReadCompanyPhoneNumbers"),),
    "company_forward_all": (),
}
# Their rules are the company's only where the company is the owner; those of sites, queues and people are others.
_OWNED = ("company_rules", "holidays")
_BY_EXTENSION = "company_hours"
_FOR_ITSELF = ("InsufficientPermissions", "PermissionLimitation")


def check_lists(api: RingCentralApi, lists: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what app and user lack for writing the company's *lists*; one reading, none without such lists."""
    needs = dict(_needs(lists))
    if not needs:
        return
    scopes = api.scopes()
    edited = [name for name in needs if name != _BY_EXTENSION and not _is_of_others(name, lists)]
    lacks = bool(edited) and scopes is not None and _APP not in scopes
    if lacks:
        yield Finding(
            f"the app lacks the permission {_APP}, which is needed for {joined(edited)}",
            Level.FAIL,
            "Add it to the app in RingCentral's developer console.",
        )
    features = list(dict.fromkeys(feature for found in needs.values() for feature, _permission in found))
    if not features:
        return
    records = api.features(*features)
    if records is None:
        yield Finding(
            f"whether the user may write {joined(needs)} is not shown; a refusal names what is missing",
            Level.NOTE,
        )
        return
    closed = {str(record["id"]): record for record in records if record.get("available") is False}
    yield from _refused(needs, closed)
    if not lacks and not closed:
        yield Finding(f"app and user may write {joined(needs)}")


def _needs(lists: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    for name, features in _NEEDS.items():
        if lists.get(name):
            yield name, (_HOURS,) if _is_of_others(name, lists) else features


def _is_of_others(name: str, lists: Mapping[str, Any]) -> bool:
    """Tell whether a list of rules has none of the company."""
    items = lists[name] if isinstance(lists[name], list) else []
    return name in _OWNED and not any(isinstance(item, Mapping) and is_company(item.get("owner")) for item in items)


def _refused(needs: Mapping[str, Sequence[tuple[str, str]]], closed: Mapping[str, Record]) -> Iterator[Finding]:
    """Yield what is not open to the login, each once, with the lists that need it."""
    for feature, permission in dict.fromkeys(pair for found in needs.values() for pair in found):
        if feature not in closed:
            continue
        reason = closed[feature].get("reason") or {}
        lists = joined(name for name, found in needs.items() if (feature, permission) in found)
        if reason.get("code", _FOR_ITSELF[0]) in _FOR_ITSELF:
            yield Finding(
                f"the user lacks the permission {permission}, which is needed for {lists}",
                Level.FAIL,
                f"Give the user a role with the permission {permission} in RingCentral's admin portal.",
            )
        else:
            said = reason.get("message") or reason["code"]
            yield Finding(f"the account lacks the feature {feature}, which is needed for {lists}: {said}", Level.FAIL)
