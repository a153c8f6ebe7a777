# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The account (docs/providers/sonetel.md 8)."""

from __future__ import annotations

from simulator.messages import Answer, Record
from simulator.sonetel.answers import Call, Failure, NotFound, json_object, selected, success
from simulator.sonetel.seed import default_prompts

_ZONES = {
    1: "Etc/UTC",
    12: "America/Los_Angeles",
    17: "America/New_York",
    33: "Europe/London",
    41: "Europe/Paris",
    45: "Europe/Stockholm",
}
_LANGUAGES = {"eng": 1, "swe": 2, "spa": 3, "fra": 4, "deu": 5}


def read(call: Call) -> Answer:
    """GET /account/ or /account/{id}."""
    if call.ids:
        require_own_account(call)
    return success(call, _shown(call))


def update(call: Call) -> Answer:
    """PUT /account/{id}: name, language and timezone_details.zone_id; everything else is ignored."""
    require_own_account(call)
    body = json_object(call)
    changes: Record = {}
    if "name" in body:
        if not isinstance(body["name"], str) or not body["name"].strip():
            raise Failure("19990401", "Account name is not valid")
        changes["name"] = body["name"]
    if "language" in body:
        if not isinstance(body["language"], str) or body["language"] not in _LANGUAGES:
            raise Failure("19990402", "Language is not valid")
        changes["language"] = body["language"]
        changes["language_id"] = _LANGUAGES[body["language"]]
    zone = body.get("timezone_details")
    if isinstance(zone, dict) and "zone_id" in zone:
        zone_id = zone["zone_id"]
        if not isinstance(zone_id, str) or not zone_id.isdecimal() or int(zone_id) not in _ZONES:
            raise Failure("19990403", "Time zone is not valid")
        changes["timezone_details"] = {"zone_name": _ZONES[int(zone_id)], "zone_id": int(zone_id)}
    call.account["profile"].update(changes)
    return success(call, _shown(call))


def require_own_account(call: Call) -> None:
    """Refuse any account but that of the access token."""
    wanted = call.ids[0]
    if not wanted.isdecimal():
        raise Failure("19990004", "AccountId should be numeric")
    if wanted != call.account_id:
        raise NotFound("19990002", f"Account {wanted} not found")


def prompts_of(account: Record, app_id: str) -> dict[str, Record]:
    """The prompts of a voice app by id; those that an IVR comes with are made when they are first asked for."""
    stored: dict[str, Record] | None = account["prompts"].get(app_id)
    if stored is not None:
        return stored
    app = account["voiceapps"].get(app_id)
    if app is None or app["app_type"] != "ivr":
        return {}
    return default_prompts(app_id, account["profile"]["account_id"])


def _shown(call: Call) -> Record:
    counts = {"user_count": len(call.account["users"]), "phnum_count": len(call.account["numbers"])}
    profile: Record = {**call.account["profile"], **counts}
    return selected(call, profile, frozenset(profile))
