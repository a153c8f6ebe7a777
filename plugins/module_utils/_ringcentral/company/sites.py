# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sites. Facts: docs/providers/ringcentral-company.md 8. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._engine import naming
from ..._engine.keys import Key
from ..._engine.listing import Listing, only, unknown_whether
from ..._engine.plan import Action, Current, Desired, Plan, Step, place
from ..._engine.schema import UNKNOWN, Table
from ..._errors import Problems, Rejected
from ..._numbers.rules import NumberRules
from ..api import Record, RingCentralApi
from . import members
from .company import MAIN_SITE, MENU, SITE, Company
from .resource import LONGEST_NUMBER, CompanyResource, field, label_of, reported, text_field

_TEXTS = ("extension", "email", "time_zone", "caller_id_name", "operator", "top_menu")
_ADDRESS = ("country", "state", "city", "street", "zip")
# The members of requests and answers that hold a field as it is.
_MEMBERS = {"name": "name", "extension": "extensionNumber", "email": "email", "caller_id_name": "callerIdName"}
# How an account with one site refuses another one (ringcentral-company.md 20 #26).
_NO_SITES = ("BIL-103", "CMN-109")
_ONE_SITE = (
    "The account has one site only, or its plan has no other. Take sites and each option site out of the lists, or let "
    "RingCentral switch several sites on. Then run again."
)
_CALLER_ID_NAME = re.compile("[A-Za-z0-9, ]{1,15}")

TABLE = Table(
    singular="site",
    plural="sites",
    key="name",
    fields=(
        text_field("name"),
        field("extension", needed_to_create=True, may_be_empty=False),
        text_field("email", ignore_case=True, may_be_empty=False),
        field("time_zone", may_be_empty=False),
        text_field("address", may_be_empty=False),
        text_field("caller_id_name", may_be_empty=False),
        field("operator", shown=label_of, may_be_empty=False),
        field("top_menu", shown=label_of, may_be_empty=False),
        reported("extension_id"),
    ),
    why_not_delete="the collection never deletes sites; delete it in RingCentral's admin portal",
    shell=("name", "extension", "email", "time_zone", "address", "caller_id_name"),
)


class Sites(CompanyResource):
    """The sites of an account but the main one, whose settings are those of the company."""

    table = TABLE
    kinds = (SITE,)
    prunable = False

    def __init__(self, api: RingCentralApi, company: Company | None = None) -> None:
        super().__init__(api, company)
        self._records: Listing[Record] | None = None
        # The ids of those that exist, by name.
        self._ids: dict[str, str] = {}

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        """Read the user's items without asking RingCentral."""
        return [_desired(item, index if many else None, rules) for index, item in enumerate(items)]

    def locate(self, desired: Sequence[Desired], problems: Problems) -> list[Desired]:
        """Find those that exist, and let the other lists find what this one creates; one reading of all sites."""
        return [item for item in desired if self._locates(item, problems)]

    def _locates(self, item: Desired, problems: Problems) -> bool:
        name, where = item.key.first, place(TABLE, item.position, item.key)
        sites = self._all()
        found = [record for record in sites if naming.folded(record.get("name")) == name]
        number = item.values.get("extension")
        others = [record for record in sites if number and str(record.get("extensionNumber")) == number]
        if len(found) > 1:
            ids = ", ".join(sorted(str(record.get("id")) for record in found))
            problems.add(where, f"{len(found)} sites have this name ({ids}); rename one in RingCentral's admin portal")
        elif name in (MAIN_SITE.label, MAIN_SITE.key) or [record for record in found if _is_main(record)]:
            problems.add(where, "is the main site, which has the hours and rules of the company; leave it out")
        elif [record for record in others if record not in found]:
            taken = str(others[0].get("name"))
            problems.add(f"{where}: extension", f"the site {taken!r} has {number}; use its name, or another number")
        elif not found and (alike := _almost(name, sites)):
            problems.add(where, f"{alike}; write its name, because a new site can never be deleted here")
        elif not found and sites.gap:
            problems.add(where, f"{unknown_whether(sites.gap)}; run again")
        else:
            node = (TABLE.plural, item.key)
            if found:
                key = self._ids[name] = str(found[0]["id"])
                self.company.note(node, key)
            else:
                record = {"extensionNumber": number, "name": item.values["name"], "type": SITE}
                key = self.company.expect(node, record)
            if item.values.get("time_zone"):
                self.company.zones[key] = item.values["time_zone"]
            return True
        return False

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        """Return those that *desired* names and that exist, with the fields that it sets; all of them for None."""
        asked = None if desired is None else {item.key.first: item.values for item in desired}
        mine = [
            record
            for record in self._all()
            if not _is_main(record) and (asked is None or naming.folded(record.get("name")) in asked)
        ]

        def read(record: Record) -> Current:
            key = Key(naming.folded(record.get("name")))
            found = self._record_of(record, ("operator", "top_menu") if asked is None else tuple(asked[key.first]))
            return Current(key, TABLE.read(found), found)

        return Listing(self.read_side_by_side(read, mine), self._all().gap)

    def pick(self, desired: Sequence[str] | None, warn: Callable[[str], None]) -> list[Current]:
        """Return what an info module was asked for, by name, number or id; all of them for None."""
        found = self.read()
        if desired is None:
            return found
        picked = [
            item
            for item in found
            if set(desired) & {item.key.first, str(item.values["extension"]), str(item.values["extension_id"])}
        ]
        for text in desired:
            if not any(text in (*item.key, item.values["extension"], item.values["extension_id"]) for item in picked):
                warn(f"There is no site {text!r} on the account.")
        return picked

    def _all(self) -> Listing[Record]:
        if self._records is None:
            self._records = self.api.read_list("sites", "light")
        return self._records

    def _record_of(self, record: Record, names: Sequence[str], ivr: Record | None = None) -> Record:
        """Return a site in the form of the fields, with those of *names* that cost further requests."""
        key = str(record.get("id"))
        address = record.get("businessAddress") or {}
        found: Record = {
            **{name: record.get(member) for name, member in _MEMBERS.items()},
            "extension_id": key,
            "time_zone": ((record.get("regionalSettings") or {}).get("timezone") or {}).get("name"),
            "address": {name: address[name] for name in _ADDRESS if address.get(name)} or None,
            "operator": UNKNOWN,
            "top_menu": UNKNOWN,
        }
        if "operator" in names:
            operator = (record.get("operator") or {}).get("id")
            found["operator"] = self.company.extension_of(operator) if operator else None
        if "top_menu" in names:
            ivr = ivr or self.api.read(f"sites/{key}/ivr", "medium")
            menu = (ivr.get("topMenu") or {}).get("id")
            found["top_menu"] = self.company.extension_of(menu) if menu else None
        return found

    def resolve(self, desired: Sequence[Desired], present: Mapping[Key, Current], problems: Problems) -> list[Desired]:
        """Find the time zone, the operator and the menu."""
        return [self._resolved(item, present.get(item.key), problems) for item in desired]

    def _resolved(self, item: Desired, present: Current | None, problems: Problems) -> Desired:
        where, values = place(TABLE, item.position, item.key), dict(item.values)
        zone = present.values["time_zone"] if present is not None else None
        if values.get("time_zone") not in (None, zone):
            self.company.check_time_zone(values["time_zone"], f"{where}: time_zone", problems)
        for name, kinds, need in (("operator", (), ""), ("top_menu", (MENU,), "a menu")):
            if name in values:
                values[name] = self.company.find(values[name], f"{where}: {name}", problems, kinds, need)
        if "address" in values and present is not None:
            values["address"] = {**(present.values["address"] or {}), **values["address"]}
        return replace(item, values=values, needs=self.company.needs(values, TABLE.shell))

    def arranged(self, plan: Plan) -> Plan:
        """Let everything wait for the first site: whether the account may have several shows only then.

        An account that may not shows none beside the main one (ringcentral-company.md 20 #26).
        """
        if all(map(_is_main, self._all())):
            self.company.first = tuple((TABLE.plural, step.key) for step in plan.steps if step.action is Action.CREATE)
        return super().arranged(plan)

    def create(self, step: Step) -> Record:
        """Create it with its number, which RingCentral refuses where it is taken."""
        try:
            record = self.api.write("POST", "sites", "medium", self._body(step), member="id")
        except Rejected as error:
            if error.code in _NO_SITES:
                error.next_step = _ONE_SITE
            raise
        return self._record_of(record, ())

    def update(self, step: Step) -> Record:
        """Write what differs: the site's own members, and the menu that its callers hear."""
        key, after = self._ids[step.key.first], step.after or {}
        body, ivr = self._body(step), None
        if body:
            record = self.api.write("PUT", f"sites/{key}", "light", body, member="id", key=key)
        if "top_menu" in step.changes:
            menu = {"topMenu": {"id": after["top_menu"].key}}
            ivr = self.api.write("PUT", f"sites/{key}/ivr", "medium", menu)
        if not body:
            record = self.api.read(f"sites/{key}", "light")
        return self._record_of(record, step.changes, ivr)

    def _body(self, step: Step) -> dict[str, Any]:
        after = step.after or {}
        names = [name for name in step.changes if after.get(name) is not None]
        body: dict[str, Any] = {member: after[name] for name, member in _MEMBERS.items() if name in names}
        if "time_zone" in names:
            body["regionalSettings"] = {"timezone": {"id": self.company.time_zone_id(after["time_zone"])}}
        if "address" in names:
            body["businessAddress"] = after["address"]
        if "operator" in names:
            body["operator"] = {"id": after["operator"].key}
        return body

    def on_created(self, step: Step, record: Mapping[str, Any]) -> None:
        """Let the other lists find it by its id."""
        key = self._ids[step.key.first] = str(record["extension_id"])
        listed = {"id": key, "extensionNumber": record.get("extension"), "name": record.get("name"), "type": SITE}
        self.company.learn((TABLE.plural, step.key), key, listed)

    def look_up(self, step: Step) -> Record | None:
        """Read it again; a new one is found by its name."""
        sites = self.api.read_list("sites", "light")
        record = only([item for item in sites if naming.folded(item.get("name")) == step.key.first], sites.gap)
        if record is None:
            return None
        if step.action is Action.CREATE:
            self._ids[step.key.first] = str(record["id"])
        return self._record_of(record, step.changes)

    def ids(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return `extension_id`, None for what check mode would create."""
        return {"extension_id": values.get("extension_id")}


def _almost(name: str, sites: Iterable[Record]) -> str:
    """Return which existing site is probably meant by a *name* that none has, "" where it is a new one."""
    for record in sites:
        listed, number = naming.folded(record.get("name")), str(record.get("extensionNumber"))
        if number == name:
            return f"is the number of the site {listed!r}"
        if naming.folded(listed, ignore_case=True) == naming.folded(name, ignore_case=True):
            return f"differs from the site {listed!r} in upper and lower case only"
    return ""


def _is_main(record: Record) -> bool:
    return str(record.get("id")) == MAIN_SITE.key


def _desired(item: Mapping[str, Any], position: int | None, rules: NumberRules) -> Desired:
    name = naming.folded(item["name"])
    where = place(TABLE, position, name)
    values: dict[str, Any] = {"name": name}
    for option in _TEXTS:
        if item.get(option) is not None:
            values[option] = naming.folded(item[option])
    for option, value in values.items():
        if not value:
            rules.problems.add(f"{where}: {option}", "is empty")
    number = values.get("extension")
    if number and (not number.isdecimal() or len(number) > LONGEST_NUMBER):
        rules.problems.add(f"{where}: extension", f"is not an extension number of up to {LONGEST_NUMBER} digits")
    shown = values.get("caller_id_name")
    if shown and not _CALLER_ID_NAME.fullmatch(shown):
        rules.problems.add(f"{where}: caller_id_name", "takes up to 15 letters, digits, blanks and commas")
    members.check_email(values, where, rules.problems)
    address = {part: naming.folded(text) for part, text in (item.get("address") or {}).items() if text is not None}
    for part, text in address.items():
        if not text:
            rules.problems.add(f"{where}: address.{part}", "is empty")
    if address:
        values["address"] = address
    return Desired(Key(name), values, position, unread=not name)
