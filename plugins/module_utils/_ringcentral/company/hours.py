# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Business hours of the company, a site or a queue, and what happens in them and after them.

Facts: docs/providers/ringcentral-company.md 6.3, 7 and 8. Private to the collection.
"""

from __future__ import annotations

from ..api import Record
from ..call_forwarding.business_hours import put_schedule, schedule_in
from ..call_forwarding.model import AFTER, WORK, Schedule
from .company import Company
from .destinations import Destination
from .owners import Owner
from .rule_actions import body_of, destination_in, explained

# The rules that every owner has by these ids; that of after hours only while its hours are not around the clock.
RULE_IDS = {WORK: "business-hours-rule", AFTER: "after-hours-rule"}


def read_hours(company: Company, owner: Owner) -> Schedule:
    """Return the hours of *owner*; one Light request."""
    with explained(owner):
        return schedule_in(company.api.read(f"{owner.path}business-hours", "light"))


def write_hours(company: Company, owner: Owner, schedule: Schedule, present: Schedule | None = None) -> Schedule:
    """Set the hours of *owner*, which are *present* now, and return them as the answer shows them; Medium.

    With hours around the clock the rule of after hours is gone, without them it is there.
    """
    path = f"{owner.path}business-hours"
    with explained(owner):
        found = put_schedule(lambda body: company.api.write("PUT", path, "medium", body), schedule, present)
    return schedule_in(found)


def read_rule(company: Company, owner: Owner, rule_id: str) -> Record | None:
    """Return one of the rules of *owner* by its id, which is fresher than a list; None where there is none. Light."""
    with explained(owner):
        return company.api.read_if_there(f"{owner.path}answering-rule/{rule_id}", "light")


def write_rule(company: Company, owner: Owner, rule_id: str, body: Record) -> Record:
    """Change one of the rules of *owner* and return it; Medium. Send all that is managed: the rest may be lost."""
    with explained(owner):
        path = f"{owner.path}answering-rule/{rule_id}"
        return company.api.write("PUT", path, "medium", body, member="id", key=rule_id)


def read_after_hours(company: Company, owner: Owner) -> Destination | None:
    """Return what happens after hours, None where the hours are around the clock; Light."""
    rule = read_rule(company, owner, RULE_IDS[AFTER])
    return None if rule is None else destination_in(rule, owner, company)


def write_after_hours(company: Company, owner: Owner, destination: Destination) -> Destination:
    """Set what happens after hours and return it as the answer shows it; Light and Medium.

    *destination* must be `rule_actions.resolved`, and the hours limited already, or there is no such rule (404).
    """
    rule_id = RULE_IDS[AFTER]
    # A rule that has just appeared may not be shown yet, and nobody has set anything of it.
    present = read_rule(company, owner, rule_id) or {}
    body = body_of(destination, owner, present, company)
    return destination_in(write_rule(company, owner, rule_id, body), owner, company)
