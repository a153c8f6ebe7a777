# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a company has, as its modules take it. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..._engine import naming
from ..._engine.argspec import ArgSpec
from ..._engine.plan import Current
from ..._engine.resource import Resource
from ..._http.environment import Environment
from ..._numbers.rules import NumberRules
from ..api import connect
from . import options as specs
from .company import MAIN_SITE, Company
from .lists import company_lists
from .options import COMPANY
from .owners import GROUPS
from .resource import CompanyResource

# The options of one item of each list, in the order in which people read them.
LISTS: Mapping[str, ArgSpec] = {
    "sites": specs.SITE,
    "phone_numbers": specs.PHONE_NUMBER,
    "company_forward_all": specs.FORWARD_ALL,
    "ivr_prompts": specs.IVR_PROMPT,
    "ivr_menus": specs.IVR_MENU,
    "call_queues": specs.CALL_QUEUE,
    "group_extensions": specs.GROUP_EXTENSION,
    "company_hours": specs.COMPANY_HOURS,
    "company_rules": specs.COMPANY_RULE,
    "custom_rules": specs.CUSTOM_RULE,
}
# By the name of a list's key: the option that selects by it.
_SELECTED_BY = {"extension": "extensions", "owner": "extensions", "number": "numbers"}
_SITES = "sites"
# What an account has once.
_SINGLE = ("company_forward_all",)
# What the company itself is called as the owner of hours and rules.
_COMPANY = (COMPANY, MAIN_SITE.label, MAIN_SITE.key)

COMPANY_INFO = ArgSpec(
    {
        "gather": {"type": "list", "elements": "str", "choices": list(LISTS)},
        "extensions": {"type": "list", "elements": "str"},
        "numbers": {"type": "list", "elements": "raw"},
        "raw": {"type": "bool", "default": False},
    }
)


def read_company(options: Mapping[str, Any], environment: Environment, check_mode: bool) -> dict[str, Any]:
    """Return the lists that are asked for, each as its plural module takes it."""
    rules = NumberRules.from_options(options, environment.warn)
    selected = {
        "extensions": naming.selected("extensions", options["extensions"] or [], rules.problems),
        "numbers": rules.numbers("numbers", options["numbers"] or []),
    }
    rules.problems.raise_if_any()
    given = [name for name in selected if options[name] is not None]
    api = connect(options, environment)
    if options["raw"]:
        api.kept = {}
    company = Company(api)
    resources = {item.table.plural: item for item in company_lists(api, company=company) if item.table.plural in LISTS}
    names = [
        name
        for name, item in resources.items()
        if (name in options["gather"] if options["gather"] else not given or _selector(item) in given)
    ]
    result: dict[str, Any] = {"changed": False}
    everything: list[Current] = []
    for name in (name for name in LISTS if name in names):
        resource = resources[name]
        option = _selector(resource)
        texts = selected[option] if option in given else None
        found = sorted(_picked(resource, company, texts, environment.warn), key=lambda item: item.key)
        everything += found
        taken = LISTS[name].options.keys()
        items = [
            {member: value for member, value in item.items() if member in taken} for item in resource.export(found)
        ]
        result[name] = items[0] if name in _SINGLE else items
        if isinstance(resource, CompanyResource):
            for remark in resource.remarks(found):
                environment.warn(remark)
    for warning in _not_found(selected, everything, company):
        environment.warn(warning)
    if api.kept is not None:
        result["raw"] = api.kept
    if environment.gaps:
        result["incomplete"] = [f"{gap}." for gap in environment.gaps]
    return result


def _selector(resource: Resource) -> str:
    """Return the option that selects from the list, "" where it is read as a whole or not at all."""
    return "extensions" if resource.table.plural == _SITES else _SELECTED_BY.get(resource.table.key, "")


def _picked(
    resource: Resource, company: Company, texts: Sequence[str] | None, warn: Callable[[str], None]
) -> Sequence[Current]:
    """Return what the list has of *texts*, all for None; they may concern other lists as well."""
    if texts is None:
        return resource.pick(None, warn)
    if resource.table.key == "owner" or (isinstance(resource, CompanyResource) and resource.kinds):
        kinds = getattr(resource, "kinds", ()) or GROUPS
        mine = [text for text in texts if text in _COMPANY or company.directory.find(text, kinds)]
        texts = mine if resource.table.key == "owner" else [text for text in mine if text not in _COMPANY]
    return resource.pick(texts, _ignore) if texts else []


def _not_found(selected: Mapping[str, Sequence[str]], found: Sequence[Current], company: Company) -> Iterator[str]:
    """Yield what to warn of: what is not on the account, or in none of the lists that were read."""
    keys = {item.key.first for item in found}
    for text in selected["extensions"]:
        records = company.directory.find(text)
        names = {str(record.get(name)) for record in records for name in ("extensionNumber", "id", "name")}
        if not records and text not in _COMPANY:
            yield f"There is no extension {text!r} on the account."
        elif not keys & {text, *names}:
            yield f"Extension {text} is in none of the lists that were read."
    for number in selected["numbers"]:
        if number not in keys:
            yield f"{number} is not a number of the account."


def _ignore(text: str) -> None:
    """Let one list not warn of what another one has."""
