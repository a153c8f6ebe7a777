# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral does with calls, as nodes of the call model.

Everything that can be called is an extension, whatever its type: `ringcentral/extensions/NUMBER`. Numbers that belong
to none are the company's. Facts: docs/providers/ringcentral.md 7 to 9, docs/providers/ringcentral-company.md.

Beside the office's lists these are compiled, as far as they were read: `people` and `groups`, the extensions of the
account; `extensions`, with the time zone, the desk phones, the direct numbers and what is unclear about the hours; and
`account`, with the time zone, the main number and the operator.

Private to the collection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .._calls.nodes import Draft
from .._engine.package import Item
from .call_company import CompanyCalls
from .call_people import People
from .call_places import Places
from .call_queues import Queues
from .call_rules import OwnersRules

CALLS_FROM = (
    "forwarding_numbers",
    "call_forwardings",
    "custom_rules",
    "sites",
    "group_extensions",
    "call_queues",
    "ivr_menus",
    "company_hours",
    "company_rules",
    "holidays",
    "phone_numbers",
    "company_forward_all",
)


def compile_calls(lists: Mapping[str, Sequence[Item]], draft: Draft) -> None:
    """Add to *draft* what the extensions, the company and the numbers in *lists* do with calls."""
    places = Places(lists, draft)
    people, rules = People(places), OwnersRules(places)
    everybody = draft.whole and places.extensions.complete
    if not everybody:
        why = "the office's file does not list all extensions" if draft.of_file else "the extensions were not read"
        draft.unread("extensions", why=why)
    for label in {**dict.fromkeys(people.labels()), **(places.extensions.people if everybody else {})}:
        people.add(label)
    company = CompanyCalls(places, rules, Queues(places, rules, people))
    company.add()
    if draft.everything:
        people.add_everything()
        company.add_everything()
