# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral as a part of an office: its lists, and how their calls are sent elsewhere. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .._engine.package import Away, Earlier, Item, OfficeList, Package, Phase
from .._engine.resource import Resource
from .api import RingCentralApi, connect
from .assumptions import ASSUMPTIONS
from .call_forwarding.model import AFTER, ALL, WORK
from .call_forwarding.options import CALL_FORWARDING
from .call_forwarding.resource import CallForwardings
from .calls import CALLS_FROM, compile_calls
from .company.account_facts import account_facts
from .company.call_queues import CallQueues
from .company.company_hours import CompanyHours
from .company.company_rules import CompanyRules
from .company.custom_rules import CustomRules, rules_before
from .company.forward_all import CompanyForwardAll
from .company.group_extensions import GroupExtensions
from .company.holidays import Holidays
from .company.ivr_menus import IvrMenus
from .company.ivr_prompts import IvrPrompts
from .company.lists import COMPANY_LISTS, company_lists
from .company.notifications import notified
from .company.options import (
    CALL_QUEUE,
    COMPANY,
    COMPANY_HOURS,
    COMPANY_RULE,
    CUSTOM_RULE,
    FORWARD_ALL,
    GROUP_EXTENSION,
    HOLIDAYS,
    IVR_MENU,
    IVR_PROMPT,
    PHONE_NUMBER,
    SITE,
)
from .company.phone_numbers import PhoneNumbers
from .company.sites import Sites
from .expected import expected
from .first_call import check
from .first_call_company import check_lists
from .forwarding_numbers.resource import ForwardingNumbers
from .instead import rings_instead
from .options import FORWARDING_NUMBER
from .said_once import by_forwarding, by_hours, by_queue, by_rule

_RULES_LEAD_TO_EXTENSIONS = (
    "Rules of the company and of sites lead to extensions: name one with O(settings), such as {ringcentral: "
    '{company_rules: {destination: {extension: "101"}}}}, or set up in RingCentral\'s admin portal where all calls of '
    "the company are forwarded to."
)
_SITE_STAYS = (
    "Sites are never deleted here; delete it in RingCentral's admin portal when nothing belongs to it any more."
)
# By the hours of a rule that has no name.
_RULE_STAYS = {
    WORK: "A site always has a rule for its hours; what that leads to stays as well.",
    AFTER: "RingCentral drops it when the hours are around the clock again; what it leads to stays until then.",
}
_GROUPS = {"message_only": "message-only extension", "announcement": "announcement-only extension"}


def _numbers(api: RingCentralApi, earlier: Mapping[str, Earlier]) -> Sequence[Resource]:
    return [ForwardingNumbers(api)]


def _company(api: RingCentralApi, earlier: Mapping[str, Earlier]) -> Sequence[Resource]:
    """Return the lists whose items may refer to each other."""
    numbers = earlier.get("forwarding_numbers")
    return company_lists(api, None if numbers is None else expected(numbers))


def _away(phone: str, item: Item) -> Item:
    """Return the options that send the calls of an extension's hours away."""
    then: dict[str, Any] = {"then": {"phone_number": phone}}
    return {"enabled": True, **then} if item.get("hours") == ALL else {"ring": [], **then}


def _rule_away(phone: str, item: Item) -> Item:
    """Return the options that send the calls of a rule away: only queues, which have numbers, can call a phone."""
    return {"destination": {"phone_number": phone}} if str(item.get("owner")).isdecimal() else {}


PACKAGE = Package(
    connect=connect,
    identity=lambda api: str(api.identity),
    check=check,
    check_lists=check_lists,
    assumptions=ASSUMPTIONS,
    compile_calls=compile_calls,
    calls_from=CALLS_FROM,
    phases=(
        Phase(("forwarding_numbers",), _numbers),
        Phase(tuple(kind.table.plural for kind in COMPANY_LISTS), _company),
    ),
    lists=(
        OfficeList(
            name="phone_numbers",
            resource=PhoneNumbers,
            options=PHONE_NUMBER,
            module="ringcentral_phone_numbers",
            info="ringcentral_company_info",
            keys=("number",),
            noun="phone number",
            nouns="phone numbers",
            selects="numbers",
            claims="number",
            insist={"take_over": True},
            reported=("usage",),
            for_calls=lambda company, _found: account_facts(company),
        ),
        OfficeList(
            name="company_forward_all",
            resource=CompanyForwardAll,
            options=FORWARD_ALL,
            module="ringcentral_company_forward_all",
            info="ringcentral_company_info",
            keys=(),
            noun="forwarding of all calls",
            nouns="forwarding of all calls",
            claims="switch",
            # Where it is set up; it leads to where RingCentral's admin portal says.
            away=Away(
                ("enabled",),
                lambda phone, item: {"enabled": True},
                able=lambda item: item.get("extension") is not None,
                in_place_of="company_rules",
                covers=lambda item: item.get("owner") == COMPANY,
                elsewhere=True,
            ),
            reported=("account", "extension", "ranges"),
            single=True,
        ),
        OfficeList(
            name="forwarding_numbers",
            resource=ForwardingNumbers,
            options=FORWARDING_NUMBER,
            module="ringcentral_forwarding_numbers",
            info="ringcentral_forwarding_number_info",
            keys=("extension", "phone_number", "device"),
            noun="forwarding number",
            nouns="forwarding numbers",
            selects="extensions",
            claims="extension",
            renames=("phone_number", "previous_phone_number"),
            also=lambda numbers, _found: numbers.everybody(),
        ),
        OfficeList(
            name="call_forwardings",
            resource=CallForwardings,
            options=CALL_FORWARDING,
            module="ringcentral_call_forwardings",
            info="ringcentral_call_forwarding_info",
            keys=("extension", "hours"),
            noun="call forwarding",
            nouns="call forwarding",
            selects="extensions",
            expects={"expected_forwarding_numbers": ("forwarding_numbers", "")},
            claims="extension",
            # Where the account has it, `all` sends all calls away; else the calls of each of the hours are.
            away=Away(("then", "ring", "ring_mode", "enabled"), _away, instead={"hours": ALL}),
            rings_instead=rings_instead,
            also=lambda forwardings, found: {"custom_rules": rules_before(forwardings, found)},
            for_calls=lambda forwardings, found: {"extensions": forwardings.extension_details(found)},
            says=by_forwarding,
        ),
        OfficeList(
            name="custom_rules",
            resource=CustomRules,
            options=CUSTOM_RULE,
            module="ringcentral_custom_rules",
            info="ringcentral_company_info",
            keys=("extension", "name"),
            noun="custom rule",
            nouns="custom rules",
            selects="extensions",
            claims="extension",
            reported=("hours", "other_condition", "rule_id"),
            says=by_rule,
        ),
        OfficeList(
            name="ivr_menus",
            resource=IvrMenus,
            options=IVR_MENU,
            module="ringcentral_ivr_menus",
            info="ringcentral_company_info",
            keys=("extension",),
            noun="menu",
            nouns="menus",
            selects="extensions",
            claims="extension",
            unique="extension number",
            reported=("extension_id",),
            named_by=("extension", "top_menu"),
            for_calls=lambda menus, _found: account_facts(menus),
            called_by=("name", "email", "extension_id"),
        ),
        OfficeList(
            name="ivr_prompts",
            resource=IvrPrompts,
            options=IVR_PROMPT,
            module="ringcentral_ivr_prompts",
            info="ringcentral_company_info",
            keys=("name",),
            noun="prompt",
            nouns="prompts",
            lacks={"name": "The recordings are not in this file; to upload a prompt again, set its file."},
            claims="prompt",
            reported=("audio", "prompt_id"),
            named_by=("prompt",),
        ),
        OfficeList(
            name="call_queues",
            resource=CallQueues,
            options=CALL_QUEUE,
            module="ringcentral_call_queues",
            info="ringcentral_company_info",
            keys=("extension",),
            noun="call queue",
            nouns="call queues",
            selects="call_queues",
            claims="extension",
            unique="extension number",
            reported=("status", "extension_id"),
            named_by=("extension", "overflow", "voicemail_to", "owner"),
            notified=notified,
            called_by=("name", "email", "extension_id"),
            says=by_queue,
        ),
        OfficeList(
            name="group_extensions",
            resource=GroupExtensions,
            options=GROUP_EXTENSION,
            module="ringcentral_group_extensions",
            info="ringcentral_company_info",
            keys=("extension",),
            noun=lambda item: _GROUPS.get(str(item.get("kind")), "message-only or announcement-only extension"),
            nouns="message-only and announcement-only extensions",
            selects="extensions",
            claims="extension",
            unique="extension number",
            reported=("status", "extension_id"),
            named_by=("extension", "voicemail", "voicemail_to"),
            notified=notified,
            called_by=("name", "email", "extension_id"),
        ),
        OfficeList(
            name="sites",
            resource=Sites,
            options=SITE,
            module="ringcentral_sites",
            info="ringcentral_company_info",
            keys=("name",),
            noun="site",
            nouns="sites",
            selects="extensions",
            claims="site",
            reported=("extension_id",),
            named_by=("site", "owner"),
            stays=lambda item: _SITE_STAYS,
        ),
        OfficeList(
            name="company_hours",
            resource=CompanyHours,
            options=COMPANY_HOURS,
            module="ringcentral_company_hours",
            info="ringcentral_company_info",
            keys=("owner",),
            noun="schedule",
            nouns="hours of the company",
            selects="extensions",
            claims="extension",
            for_calls=lambda hours, _found: account_facts(hours),
            says=by_hours,
        ),
        OfficeList(
            name="company_rules",
            resource=CompanyRules,
            options=COMPANY_RULE,
            module="ringcentral_company_rules",
            info="ringcentral_company_info",
            keys=("owner", "hours", "name"),
            noun="rule",
            nouns="rules of the company",
            away=Away(
                ("destination",),
                _rule_away,
                advice=_RULES_LEAD_TO_EXTENSIONS,
                able=lambda item: item.get("enabled") is not False,
            ),
            selects="extensions",
            claims="extension",
            reported=("other_condition", "rule_id"),
            for_calls=lambda rules, _found: account_facts(rules),
            says=by_rule,
            stays=lambda item: _RULE_STAYS.get(str(item.get("hours")), ""),
        ),
        OfficeList(
            name="holidays",
            resource=Holidays,
            options=HOLIDAYS,
            module="ringcentral_holidays",
            info="ringcentral_company_info",
            keys=("owner", "name"),
            noun="holiday rule",
            nouns="holidays",
            selects="extensions",
            claims="extension",
            shown_by=("company_rules", "custom_rules"),
            whole=True,
            reported=("rule_id", "enabled"),
            says=by_rule,
        ),
    ),
)
