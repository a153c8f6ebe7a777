# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lists of a company. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..._engine.resource import Resource
from ..._http.environment import Environment
from ..api import RingCentralApi
from ..call_forwarding.listed_numbers import Expected
from ..call_forwarding.people import People
from ..call_forwarding.resource import CallForwardings
from .call_queues import CallQueues
from .company import Company
from .company_hours import CompanyHours
from .company_rules import CompanyRules
from .custom_rules import CustomRules
from .forward_all import CompanyForwardAll
from .group_extensions import GroupExtensions
from .holidays import Holidays
from .ivr_menus import IvrMenus
from .ivr_prompts import IvrPrompts
from .phone_numbers import PhoneNumbers
from .references import References
from .resource import CompanyResource
from .sites import Sites

# What refers comes before what is referred to, and what goes live comes first of all: they are written in reverse.
COMPANY_LISTS: tuple[type[CompanyResource] | type[CallForwardings], ...] = (
    PhoneNumbers,
    CompanyForwardAll,
    Holidays,
    CustomRules,
    CompanyRules,
    CompanyHours,
    CallForwardings,
    IvrMenus,
    IvrPrompts,
    CallQueues,
    GroupExtensions,
    Sites,
)


def company_lists(
    api: RingCentralApi, expected: Expected | None = None, company: Company | None = None
) -> Sequence[Resource]:
    """Return a resource for each list, which share what they know; *expected*: see `People`."""
    shared = company or Company(api, uses_of=References(_readers).uses)
    people = People(api, shared, expected)

    def built(kind: type[CompanyResource] | type[CallForwardings]) -> Resource:
        if issubclass(kind, CallForwardings):
            return kind(api, people)
        return kind(api, shared, people) if issubclass(kind, (CustomRules, Holidays)) else kind(api, shared)

    return [built(kind) for kind in COMPANY_LISTS]


def _readers(api: RingCentralApi, company: Company) -> Sequence[Resource]:
    return company_lists(api, company=company)


def alone(
    kind: type[Resource],
) -> Callable[[RingCentralApi, Mapping[str, Any], Environment], Sequence[Resource]]:
    """Return what builds the one resource of a module that writes one list."""

    def build(api: RingCentralApi, _options: Mapping[str, Any], _environment: Environment) -> Sequence[Resource]:
        return [item for item in company_lists(api) if isinstance(item, kind)]

    return build
