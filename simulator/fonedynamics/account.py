# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Properties, flows and addresses (docs/providers/fonedynamics.md 2 and 3.5)."""

from __future__ import annotations

from simulator.fonedynamics.answers import Call, Failure, Forbidden, NotFound, json_object, page
from simulator.messages import Answer, Record, json_answer

_PAGE = 50
_ADDRESS_PAGE = 200
_FILTERS = ("Friendly", "Reference", "City", "Region", "CountryCode", "PostalCode")
_REQUIRED = ("Line1", "City", "CountryCode")
_OPTIONAL = ("Friendly", "Reference", "Line2", "Region", "PostalCode")


def properties(call: Call) -> Answer:
    """GET all projects, which are properties."""
    return page(call, "Projects", list(call.account["properties"].values()), _PAGE, always_envelope=True)


def one_property(call: Call) -> Answer:
    """GET one project."""
    return json_answer(_property(call))


def flows(call: Call) -> Answer:
    """GET the flows of a property."""
    sid = _property(call)["PropertySid"]
    return page(call, "Flows", [flow for flow in call.account["flows"].values() if flow["PropertySid"] == sid], _PAGE)


def addresses(call: Call) -> Answer:
    """GET the addresses of the account; filters match exactly."""
    _require_own(call)
    wanted = {name: call.request.query[name] for name in _FILTERS if name in call.request.query}
    found = [
        address
        for address in call.account["addresses"].values()
        if all(address.get(name) == value for name, value in wanted.items())
    ]
    return page(call, "Addresses", found, _ADDRESS_PAGE)


def one_address(call: Call) -> Answer:
    """GET one address."""
    return json_answer(_address(call))


def add_address(call: Call) -> Answer:
    """POST an address."""
    _require_own(call)
    body = json_object(call)
    missing = [name for name in _REQUIRED if not body.get(name)]
    if missing:
        raise Failure("PARAMETER_REQUIRED", f"{missing[0]} has to be supplied.", *missing)
    # The next free number, so that the same state always gives the same id.
    taken = call.account["addresses"]
    sid = next(sid for index in range(len(taken) + 1) if (sid := f"AD{index:030d}") not in taken)
    members = {name: body.get(name, "") for name in (*_OPTIONAL, *_REQUIRED)}
    taken[sid] = {"AddressSid": sid, "AccountSid": call.account_sid, **members, "Status": "Active"}
    return json_answer(taken[sid])


def remove_address(call: Call) -> Answer:
    """DELETE an address that no number uses."""
    sid = _address(call)["AddressSid"]
    if any(number["AddressSid"] == sid for number in call.account["numbers"].values()):
        raise Failure("ADDRESS_CANNOT_BE_DELETED", "Numbers are linked to the address.")
    del call.account["addresses"][sid]
    return json_answer({"AddressSid": sid})


def _property(call: Call) -> Record:
    found: Record | None = call.account["properties"].get(call.ids[0])
    if found is None:
        raise NotFound("property")
    return found


def _address(call: Call) -> Record:
    found: Record | None = call.account["addresses"].get(call.ids[0])
    if found is None:
        raise NotFound("address")
    return found


def _require_own(call: Call) -> None:
    if call.ids[0] not in call.state["accounts"]:
        raise NotFound("account")
    if call.ids[0] != call.account_sid:
        raise Forbidden
