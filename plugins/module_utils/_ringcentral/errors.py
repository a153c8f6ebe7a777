# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral's error codes mean and what to do about them. Facts: docs/providers/ringcentral.md 5 and 6.4.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._errors import AuthenticationError, Rejected, TelephonyError
from .._http.messages import Answer
from .company_errors import COMPANY_ADVICE

# The request was refused for what the login may not do, so that every other request would be refused as well.
_PERMISSIONS = frozenset({"CMN-401", "CMN-402", "CMN-404", "CMN-405", "CMN-408", "CMN-419"})

_ADVICE = {
    **COMPANY_ADVICE,
    "CMN-401": (
        "Give the app the permissions ReadAccounts and EditExtensions, or EditAccounts for all of a company, in "
        "RingCentral's developer console."
    ),
    "CMN-402": "Use the login of an administrator.",
    "CMN-403": "Extensions of this type cannot have this; use the extension of a person.",
    "CMN-404": "Use the login of an administrator: this one may only work on its own extension.",
    "CMN-405": "Use the login of a person, not of the company.",
    "CMN-408": (
        "Give the user a role with User Settings > Messages & Notifications; the member permissionName of "
        "RingCentral's answer names what is missing."
    ),
    "CMN-419": "Use the login of an administrator: this one may only work on its own extension.",
    "CMN-427": "External forwarding is switched off for this extension; switch it on in RingCentral's admin portal.",
    "CMN-468": (
        "The account was moved to RingCentral's new call handling, which closes this API. There is no other way."
    ),
    "AWR-180": "The plan of this extension has no call handling.",
    "BIL-101": "The service plan does not include this feature.",
    "FPN-102": "Another forwarding number of this extension has the label; choose another label.",
    "FPN-103": (
        "An extension has at most 10 forwarding numbers, and desk phones may count towards them; remove one that is "
        "no longer needed."
    ),
    "FPN-104": "An extension has at most 7 forwarding numbers of type Other; remove one, or use Home, Mobile or Work.",
    "FPN-105": (
        "The number belongs to the company or to one of its extensions; forward to the co-worker's device instead, "
        "or let the extension's call handling ring that extension."
    ),
    "FPN-106": "Another forwarding number has this flip number; free it first, in a task of its own.",
    "FPN-107": "RingCentral manages this device line; it is removed together with the device.",
    "FPN-108": "International calling is switched off for the account; switch it on in RingCentral's admin portal.",
    "FPN-113": "There is no device with this id; name the device and its extension with device_extension.",
    "FPN-114": "The device is not assigned to an extension; assign it in RingCentral's admin portal first.",
    "FPN-115": "The device belongs to a shared lines group, which cannot be forwarded to.",
    "FPN-118": "The device is in the list already.",
    "FPN-119": "The extension has a number of this type already; name it, or remove it first.",
    "FPN-120": "No device has this phone number.",
    "FPN-121": "Lines of free softphones cannot be forwarded to.",
    "FPN-122": "The label of Home, Mobile and Work numbers is fixed.",
    "FPN-124": "The device cannot be changed; set replace: true.",
    "FPN-125": "The type cannot be changed; set replace: true.",
}

# Where a permission is given that RingCentral names.
_WHERE = {
    "CMN-401": "Give the app the permission {} in RingCentral's developer console.",
    "CMN-408": "Give the user a role with the permission {} in RingCentral's admin portal.",
}


def errors_of(document: Any) -> list[Mapping[str, Any]]:
    """Return the errors of any of the body shapes (ringcentral.md 5.1), [] where the body tells none."""
    if not isinstance(document, Mapping):
        return []
    found = document.get("errors")
    if isinstance(found, Sequence) and not isinstance(found, str):
        listed = [error for error in found if isinstance(error, Mapping) and error.get("errorCode")]
        if listed:
            return listed
    return [document] if document.get("errorCode") else []


def refusal(answer: Answer) -> TelephonyError:
    """Return the error for an answer with HTTP 4xx."""
    errors = errors_of(answer.json_or_none())
    codes = [str(error["errorCode"]) for error in errors]
    said = "; ".join(
        f"{error.get('message') or 'no message'} ({code})" for error, code in zip(errors, codes, strict=True)
    )
    named = next((f" [{error['permissionName']}]" for error in errors if error.get("permissionName")), "")
    missing = named if named and named not in said else ""
    text = f"{answer.request} was refused by RingCentral: {said or f'HTTP {answer.status}'}{missing}."
    advice = next((_ADVICE[code] for code in codes if code in _ADVICE), "")
    permission = next((str(error["permissionName"]) for error in errors if error.get("permissionName")), "")
    if permission and codes[0] in _WHERE:
        advice = _WHERE[codes[0]].format(permission)
    if not errors and answer.status == 404:
        advice = f"Check {answer.settings.option('server_url')}."
    kind = AuthenticationError if _PERMISSIONS & set(codes) else Rejected
    return kind(
        text, next_step=advice, status=answer.status, code=codes[0] if codes else None, request=str(answer.request)
    )


def login_refusal(answer: Answer) -> TelephonyError:
    """Return the error for a refused login (ringcentral.md 3.6): any 4xx is final."""
    document = answer.json_or_none()
    codes = [str(error["errorCode"]) for error in errors_of(document)]
    said = document.get("error_description") or document.get("error") if isinstance(document, Mapping) else None
    advice = "Check client_id, client_secret and jwt. The JWT must be for this app and for this server_url."
    if {"OAU-146", "OAU-153"} & set(codes):
        advice = "Check client_id and client_secret. They must belong to this server_url."
    elif {"OAU-251", "OAU-112", "OAU-125"} & set(codes):
        advice = "Allow the JWT grant for the app in RingCentral's developer console."
    elif "CMN-408" in codes:
        advice = "The user needs the permission ThirdPartyAppAccess."
    elif not codes and answer.status == 404:
        advice = f"Check {answer.settings.option('server_url')}."
    return AuthenticationError(
        f"RingCentral does not accept the login: {said or 'no reason given'}"
        f"{f' ({codes[0]})' if codes else ''} (HTTP {answer.status}).",
        next_step=advice,
        status=answer.status,
        code=codes[0] if codes else None,
        request=str(answer.request),
    )
