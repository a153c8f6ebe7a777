# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What requests may write into the records of extensions, sites, queues and menus, checked.

Facts: docs/providers/ringcentral-company.md 3 and 8.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection

from simulator.messages import Record
from simulator.ringcentral import defaults
from simulator.ringcentral.answers import Call, Failure, invalid, missing, not_found, text_of, unknown

_LONGEST_NUMBER = 8
_LONGEST_NAME = 64
_FIRST_NUMBER = 101
_COUNTRIES = {"1": ("United States", "US", "1"), "75": ("France", "FR", "33"), "224": ("United Kingdom", "GB", "44")}


def members(holder: Record, name: str) -> Record | None:
    """An object that the body has or not."""
    value = holder.get(name)
    if value is not None and not isinstance(value, dict):
        raise invalid(name)
    return value


def objects(holder: Record, name: str) -> list[Record]:
    """A list of objects that the body has."""
    value = holder.get(name)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise invalid(name)
    return value


def key_of(value: object, name: str) -> str:
    """The id in `{id}`, which may be a string or an integer."""
    key = value.get("id") if isinstance(value, dict) else None
    if isinstance(key, bool) or not isinstance(key, (str, int)):
        raise invalid(f"{name}.id")
    return str(key)


def extension_of(call: Call, value: object, name: str, kinds: Collection[str] = ()) -> str:
    """The id of an extension, of one of some types, in `{id}`."""
    key = key_of(value, name)
    found = call.state["extensions"].get(key)
    if found is None:
        raise not_found(f"{name}.id")
    if kinds and found["record"]["type"] not in kinds:
        raise invalid(f"{name}.id", key)
    return key


def integer(value: object, name: str, allowed: Collection[int]) -> int:
    """One of some whole numbers."""
    if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
        raise invalid(name, value)
    return value


def boolean(value: object, name: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise invalid(name, value)
    return value


def one_of(value: object, name: str, allowed: Collection[str]) -> str:
    """One of some texts."""
    if not isinstance(value, str) or value not in allowed:
        raise invalid(name, value)
    return value


def label(value: object, name: str, longest: int = _LONGEST_NAME) -> str:
    """A name that is neither empty nor too long."""
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise invalid(name, value)
    return value


def email(call: Call, value: object, name: str, own: str | None) -> str:
    """An e-mail address; whether others may have it is open. `own`: the id of who has it then."""
    if not isinstance(value, str) or not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", value):
        raise invalid(name, value)
    if call.switches["duplicate_group_email"] == "refused":
        for key, extension in call.state["extensions"].items():
            used = text_of(extension["record"].get("contact"), "email") or ""
            if key != own and used.casefold() == value.casefold():
                raise invalid(name, value)
    return value


def extension_number(call: Call, body: Record, kind: str, own: str | None = None) -> str:
    """The number of the body; without one the next that is free. `own`: the id of who has it then."""
    taken = {
        extension["record"].get("extensionNumber")
        for key, extension in call.state["extensions"].items()
        if key != own and _share_numbers(call, kind, extension["record"]["type"])
    }
    if body.get("extensionNumber") is None:
        free = (str(number) for number in itertools.count(_FIRST_NUMBER) if str(number) not in taken)
        return next(free, "")
    wanted = body["extensionNumber"]
    if not isinstance(wanted, str) or not re.fullmatch(rf"\d{{1,{_LONGEST_NUMBER}}}", wanted):
        raise invalid("extensionNumber", wanted)
    if wanted not in taken:
        return wanted
    if call.switches["number_taken"] == "cmn_101":
        raise invalid("extensionNumber", wanted)
    raise Failure(400, "EXT-335", f"Extension number [{wanted}] is in use.", parameterName="extensionNumber")


def _share_numbers(call: Call, one: str, other: str) -> bool:
    return call.switches["site_number_space"] == "shared" or (one == "Site") == (other == "Site")


def site_id(call: Call, value: object) -> str:
    """The id of a site in `{id}`."""
    key = key_of(value, "site")
    if key == defaults.MAIN_SITE:
        return key
    if call.switches["sites_feature"] == "off":
        raise no_sites()
    if key not in call.state["extensions"] or call.state["extensions"][key]["site"] is None:
        raise unknown("site.id")
    return key


def no_sites() -> Failure:
    """The account has the main site only."""
    return Failure(403, "BIL-103", "Feature [MultiSite] is not available for this account.", featureName="MultiSite")


def put_site(call: Call, record: Record, value: object) -> None:
    """Move an extension to a site."""
    key = site_id(call, value)
    record.pop("site", None)
    if key != defaults.MAIN_SITE:
        record["site"] = {"id": key}


def regional_settings(value: object, before: Record) -> Record:
    """Regional settings with what the body says of them."""
    if not isinstance(value, dict):
        raise invalid("regionalSettings")
    settings = dict(before)
    if "timezone" in value:
        key = key_of(value["timezone"], "regionalSettings.timezone")
        if key not in defaults.TIME_ZONES:
            raise invalid("regionalSettings.timezone.id", key)
        settings["timezone"] = defaults.time_zone(key)
    for name in ("language", "greetingLanguage", "formattingLocale"):
        if name in value:
            settings[name] = language(value[name], f"regionalSettings.{name}")
    if "homeCountry" in value:
        key = key_of(value["homeCountry"], "regionalSettings.homeCountry")
        if key not in _COUNTRIES:
            raise invalid("regionalSettings.homeCountry.id", key)
        country, iso_code, calling_code = _COUNTRIES[key]
        settings["homeCountry"] = {"id": key, "name": country, "isoCode": iso_code, "callingCode": calling_code}
    if "timeFormat" in value:
        settings["timeFormat"] = one_of(value["timeFormat"], "regionalSettings.timeFormat", ("12h", "24h"))
    return settings


def language(value: object, name: str) -> Record:
    """A language in `{id}`."""
    key = key_of(value, name)
    if key not in defaults.LANGUAGES:
        raise invalid(f"{name}.id", key)
    return defaults.language(key)


def inherited_settings(call: Call, record: Record) -> Record:
    """The regional settings of the site that an extension belongs to."""
    site = record.get("site", {}).get("id")
    holder: Record = call.state["extensions"][site]["record"] if site else {}
    settings: Record = holder.get("regionalSettings") or call.state["company"]["regional_settings"]
    return settings


def contact(call: Call, value: object, before: Record, kind: str, own: str | None) -> Record:
    """A contact with what the body says of it; those who are no people have no last name."""
    if not isinstance(value, dict):
        raise invalid("contact")
    changed = dict(before)
    if "lastName" in value and kind in defaults.NO_CALL_HANDLING:
        raise Failure(400, "EXT-356", "Parameter [contact.lastName] is not allowed for this type of extension.")
    for name in ("firstName", "lastName"):
        if name in value:
            changed[name] = label(value[name], f"contact.{name}")
    if "email" in value:
        changed["email"] = email(call, value["email"], "contact.email", own)
    for name in ("firstName", "email"):
        if not changed.get(name):
            raise missing(f"contact.{name}")
    return changed


def full_name(holder: Record) -> str:
    """The name that a contact makes."""
    return " ".join(holder[name] for name in ("firstName", "lastName") if holder.get(name))


def reference(call: Call, key: str) -> Record:
    """An extension as answers name it; one that is gone has its id only."""
    shown = {"id": key, "uri": f"{call.account_uri}/extension/{key}"}
    found = call.state["extensions"].get(key)
    return {**shown, "name": found["record"]["name"]} if found else shown


def site_of(call: Call, record: Record) -> Record:
    """The site of an extension as answers name it."""
    key = record.get("site", {}).get("id", defaults.MAIN_SITE)
    name = "Main Site" if key == defaults.MAIN_SITE else call.state["extensions"][key]["record"]["name"]
    return {"id": key, "name": name}


def new_key(call: Call) -> str:
    """The id of what is made next."""
    key = str(call.state["next_id"])
    call.state["next_id"] += 1
    return key
