# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whose hours, rules and holidays they are. Facts: docs/providers/ringcentral-company.md 7 to 9.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ..._engine import naming
from ..._errors import Problems
from ..api import Record
from ..directory import Extension
from .company import MAIN_SITE, PEOPLE, QUEUE, SITE, Company
from .options import COMPANY

# RingCentral's types of extensions whose v1.0 rules can be managed beside the company's.
GROUPS = (SITE, QUEUE)
_NEEDED = "company, a site or a call queue"
_NEEDED_OR_PERSON = "company, a site, a call queue or a person"


@dataclass(frozen=True)
class Owner:
    """Who has hours, rules and holidays. *kind* is RingCentral's type of the extension, `company` for the company.

    The main site is the company (ringcentral-company.md 8).
    """

    kind: str
    extension: Extension | None = None

    @property
    def label(self) -> str:
        """How results name it: `company`, or the extension's number."""
        return COMPANY if self.extension is None else self.extension.label

    @property
    def key(self) -> str:
        """The extension's id, "" for the company. It stands in for one that this run creates."""
        return "" if self.extension is None else self.extension.key

    @property
    def path(self) -> str:
        """What stands before `business-hours` and `answering-rule` in a path below the account."""
        return "" if self.extension is None else f"extension/{self.extension.key}/"

    @property
    def called(self) -> str:
        """How messages call it."""
        if self.extension is None:
            return "the company"
        return {SITE: "site", QUEUE: "call queue"}.get(self.kind, "extension") + f" {self.extension.label}"


THE_COMPANY = Owner(COMPANY)


def find_owner(company: Company, text: str, where: str, problems: Problems, *, people: bool = False) -> Owner | None:
    """Return whom *text* means: `company`, or a site or a call queue by number, id, name or e-mail address.

    None after noting for *where* why there is nobody. *people*: it may be a person's extension as well.
    """
    folded = naming.folded(text)
    if folded in (COMPANY, MAIN_SITE.label, MAIN_SITE.key):
        return THE_COMPANY
    kinds = (*GROUPS, *PEOPLE) if people else GROUPS
    need = _NEEDED_OR_PERSON if people else _NEEDED
    if not folded:
        problems.add(where, f"is empty; {need} is required here")
        return None
    if folded == "~" and not people:
        problems.add(where, f"the login's own extension is a person, but {need} is required here")
        return None
    found = company.find(folded, where, problems, kinds, need)
    return None if found is None else Owner(found.kind, found)


def owners_of(company: Company, kinds: Collection[str] = GROUPS) -> list[Owner]:
    """Return the company, and all of the account's extensions of *kinds*."""
    records = company.directory.all_extensions()
    found = [Extension.from_record(record) for record in records if record.get("type") in kinds]
    return [THE_COMPANY, *(Owner(item.kind, item) for item in found if item.key != MAIN_SITE.key)]


def zone_name(company: Company, owner: Owner) -> str:
    """Return the IANA name of the time zone on whose clock the hours and dates of *owner* are after this run.

    "" where RingCentral shows none, and for what this run creates without saying one.
    """
    if owner.key not in company.zones:
        if owner.extension is None:
            company.zones[owner.key] = _zone_in(company.account())
        elif company.is_new(owner.extension):
            return ""
        else:
            company.zones[owner.key] = _zone_in(company.api.extension(owner.key))
    return company.zones[owner.key]


def _zone_in(record: Record) -> str:
    regional: dict[str, Any] = record.get("regionalSettings") or {}
    return str((regional.get("timezone") or {}).get("name") or "")
