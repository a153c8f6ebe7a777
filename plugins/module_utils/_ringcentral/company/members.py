# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The members that all extensions have which are not people. Facts: docs/providers/ringcentral-company.md 3.

Private to the collection.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.plan import Current, place
from ..._engine.schema import Table
from ..._errors import Problems, Rejected
from ..api import Record, RingCentralApi
from . import languages
from .company import MAIN_SITE, Company

MEMBERS = ("name", "email", "site", "time_zone", "language")
ENABLED = "Enabled"
_PIN_DIGITS = 6
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


def read_texts(
    table: Table, item: Mapping[str, Any], position: int | None, names: Collection[str], problems: Problems
) -> tuple[str, dict[str, Any]]:
    """Return what messages call *item*, and the values of its number and of the fields *names*, which are texts."""
    extension = naming.folded(item["extension"])
    where = place(table, position, Key(extension))
    values: dict[str, Any] = {"extension": extension}
    values |= {name: naming.folded(item[name]) for name in names if item.get(name) is not None}
    for name, value in values.items():
        if not value:
            problems.add(f"{where}: {name}", "is empty")
    check_email(values, where, problems)
    return where, values


def check_email(values: Mapping[str, Any], where: str, problems: Problems) -> None:
    """Note a problem for an `email` that cannot be one; an empty one has been noted."""
    address = values.get("email")
    if address and not _ADDRESS.fullmatch(address):
        problems.add(f"{where}: email", f"{address!r} is not an e-mail address")


def resolved(
    values: Mapping[str, Any], present: Current | None, company: Company, where: str, problems: Problems
) -> dict[str, Any]:
    """Return *values* with the site in place of what the user calls it. What *present* has already is not checked."""
    found = dict(values)
    there = present.values["site"] if present else None
    if there is not None and values.get("site") in (there.label, there.key):
        # An account without several sites may show one that it does not list (ringcentral-company.md 20 #26).
        found["site"] = there
    elif values.get("site"):
        site = company.site(values["site"], f"{where}: site", problems)
        if site is not None:
            found["site"] = site
    if values.get("time_zone") and not (present and present.values["time_zone"] == values["time_zone"]):
        company.check_time_zone(values["time_zone"], f"{where}: time_zone", problems)
    if values.get("language"):
        languages.check(values["language"], f"{where}: language", problems)
    return found


def reported(record: Record, company: Company) -> Record:
    """Return the members of an extension's record in the form of the fields."""
    contact, regional = record.get("contact") or {}, record.get("regionalSettings") or {}
    site = record.get("site") or {}
    key = str(record.get("id"))
    return {
        "extension": str(record.get("extensionNumber") or key),
        "extension_id": key,
        "name": record.get("name") or contact.get("firstName"),
        "email": contact.get("email"),
        "site": company.extension_of(site["id"]) if site.get("id") else MAIN_SITE,
        "time_zone": (regional.get("timezone") or {}).get("name"),
        "language": (regional.get("language") or {}).get("localeCode"),
        "status": str(record.get("status") or ENABLED),
    }


def body_of(values: Mapping[str, Any], names: Collection[str], company: Company) -> dict[str, Any]:
    """Return the members that set the fields *names*."""
    body: dict[str, Any] = {}
    contact = {
        member: values[name]
        for name, member in (("name", "firstName"), ("email", "email"))
        if name in names and values.get(name) is not None
    }
    if contact:
        body["contact"] = contact
    if "name" in names and values.get("name") is not None:
        body["name"] = values["name"]
    if "site" in names and values.get("site") is not None:
        body["site"] = {"id": values["site"].key}
    regional: dict[str, Any] = {}
    if "time_zone" in names and values.get("time_zone") is not None:
        regional["timezone"] = {"id": company.time_zone_id(values["time_zone"])}
    if "language" in names and values.get("language") is not None:
        regional["language"] = regional["greetingLanguage"] = {"id": languages.id_of(values["language"])}
    if regional:
        body["regionalSettings"] = regional
    return body


def enable(api: RingCentralApi, extension_id: str) -> Record:
    """Let an extension take calls and return it. A PIN is set where it is needed (ringcentral-company.md 20 #4)."""
    path = f"extension/{extension_id}"
    try:
        return api.write("PUT", path, "medium", {"status": ENABLED}, member="id", key=extension_id)
    except Rejected as error:
        if error.code != "CMN-101":
            raise
        pin = "".join(secrets.choice("0123456789") for _digit in range(_PIN_DIGITS))
        return api.write("PUT", path, "medium", {"status": ENABLED, "ivrPin": pin}, member="id", key=extension_id)
