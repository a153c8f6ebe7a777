#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_holidays
short_description: Manage holidays of a RingCentral company, its sites and its call queues
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Maintains one custom rule for each owner and O(holidays[].name), which sends calls elsewhere on all closing days.
    These come from the calendar of a country, from your own list, or from both.
  - The calendar comes from the Python library C(holidays). If an item has O(holidays[].calendar), the Python that runs
    this module needs that library.
  - The days are those of whole years, beginning with the current one. A task that runs regularly therefore adds the
    days of the next year automatically. Past days never count as a difference, and are left out when the rule is
    written for another reason.
  - A closing day begins and ends at midnight in the owner's time zone. After writing the days, the module reads them
    back. The task fails if RingCentral has understood other times.
  - The task fails if another managed rule of the owner leads elsewhere on a closing day, because RingCentral offers no
    way to set which of two rules applies.
  - The app needs the permission C(EditAccounts). The user needs the permission C(EditCompanyAnsweringRules) for the
    company, and the permission to edit answering rules for other owners.
options:
  holidays:
    description:
      - The closing days of each owner. List each owner and name once.
    type: list
    elements: dict
    required: true
    suboptions:
      owner:
        description:
          - Who is closed. V(company), or a site, call queue or person by extension number, id or exact name. The main
            site is V(company).
        type: str
        required: true
      name:
        description:
          - The exact name of the rule.
        type: str
        default: Holidays
      calendar:
        description:
          - The calendar that closing days come from.
        type: dict
        suboptions:
          country:
            description:
              - The country by its two letters, such as V(US).
            type: str
            required: true
          subdivision:
            description:
              - The state or region by its code or name, such as V(CA) or V(Bayern).
            type: str
          categories:
            description:
              - The kinds of holidays, such as V(public) or V(bank). They depend on the country. The default is what the
                library considers public.
            type: list
            elements: str
      days:
        description:
          - Further closing days, in the owner's time zone.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - The name of the day, for people and for O(holidays[].except).
            type: str
          from:
            description:
              - The first day, such as V(2026-12-24), or the local time of the beginning, such as V(2026-12-24 12:00).
            type: str
            required: true
          to:
            description:
              - The last day, which is included, or the local time of the end. The default is the day of C(from).
            type: str
      except:
        description:
          - Days on which the owner is open nevertheless, by date such as V(2026-12-24) or by name. The task warns of
            entries that are not closing days.
        type: list
        elements: str
      years:
        description:
          - How many years to include, beginning with the current one, up to 10.
        type: int
        default: 2
      destination:
        description:
          - Where calls go on closing days. Set exactly one of these. M(office.telephony.ringcentral_company_rules)
            describes which ones each kind of owner allows. Required for a new rule.
        type: dict
        suboptions:
          extension:
            description:
              - An extension of any kind, by extension number, id, e-mail address or exact name.
            type: str
          phone_number:
            description:
              - An external phone number in any common format and in quotes. The O(policy) must allow it.
            type: raw
          voicemail:
            description:
              - V(true) means the queue's own voicemail. A mapping with C(extension) means the voicemail of that person
                or message-only extension.
            type: raw
          announcement:
            description:
              - V(true) plays the rule's announcement and ends the call. A text plays RingCentral's preset greeting of
                that name.
            type: raw
          operator:
            description:
              - V(true) means the company's operator.
            type: bool
          hang_up:
            description:
              - V(true) ends the call.
            type: bool
      language:
        description:
          - The language of the names in the calendar, such as V(en-US), which matters for O(holidays[].except). The
            default is the country's language.
        type: str
      state:
        description:
          - V(absent) deletes the rule.
        type: str
        choices: [present, absent]
        default: present
extends_documentation_fragment:
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_company_info
  - module: office.telephony.ringcentral_company_rules
  - module: office.telephony.ringcentral_company_hours
"""

EXAMPLES = r"""
- name: Announce on holidays that the company is closed
  office.telephony.ringcentral_holidays:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    holidays:
      - owner: company
        calendar: {country: US, subdivision: CA}
        days:
          - {name: Summer party, from: "2027-06-18 12:00", to: "2027-06-18"}
        except: [Columbus Day]
        destination: {extension: "301"}
"""

RETURN = r"""
holidays:
  description:
    - The listed closing days as they are after the task, or as they would be in check mode. Deleted rules are left out.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    owner:
      description:
        - V(company), or the extension number of the site or the queue.
      type: str
      returned: always
      sample: "company"
    name:
      description:
        - The name of the rule.
      type: str
      returned: always
      sample: "Holidays"
    enabled:
      description:
        - Whether it is in force.
      type: bool
      returned: if it was read
      sample: true
    days:
      description:
        - The closing days, in the owner's time zone. Consecutive days are one range.
      type: list
      elements: dict
      returned: if it was read
      sample: [{"from": "2026-12-25", "to": "2026-12-26"}]
    destination:
      description:
        - Where calls go.
      type: dict
      returned: if it was read
      sample: {"extension": "7103"}
    rule_id:
      description:
        - RingCentral's id of the rule. V(null) if check mode would create it.
      type: str
      returned: always
      sample: "700000001"
# Generated from here on by `make generate`; see tests/tools/returned.yml.
results:
  description:
    - What happened to each list of closing days, in the order of the list.
    - Items that already matched are left out. RV(holidays) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    owner:
      description:
        - V(company), or the extension number of the site or the queue.
      type: str
      returned: always
      sample: company
    name:
      description:
        - The name of the rule.
      type: str
      returned: always
      sample: Holidays
    action:
      description: What the plan was, V(create), V(update) or V(delete).
      type: str
      returned: always
      sample: update
    status:
      description:
        - What came of it. V(unchanged), V(planned) in check mode, V(applied), V(partly) if only a part of the change
          was made, V(failed) if certainly nothing was changed, V(unknown) if the change may or may not have been made,
          or V(not_tried).
      type: str
      returned: always
      sample: applied
    error:
      description: Why it failed, and what to do next.
      type: str
      returned: on failure
      sample: RingCentral refused the request.
plan:
  description: How many lists of closing days the plan creates, updates and deletes, and how many already match.
  type: dict
  returned: if the current state could be read
  sample: {"create": 0, "update": 1, "delete": 0, "unchanged": 1}
failure:
  description: Details of the failure, for conditions and reports.
  type: dict
  returned: on failure
  contains:
    kind:
      description:
        - What kind of failure it is. V(input) - an option is wrong or cannot be satisfied; V(authentication) - the
          login is refused, or a permission is missing; V(connection) - no answer came; V(deadline) - the deadline has
          passed, or the task would have to wait beyond it; V(rate_limit) - the provider received too many requests;
          V(answer) - the answer cannot be read; V(rejected) - the provider refused the request; V(server) - the
          provider had an error; V(not_applied) - the provider accepted the change but does not show it; V(interrupted)
          - a change of several requests stopped between them.
      type: str
      returned: always
      sample: authentication
    message:
      description: What went wrong.
      type: str
      returned: always
      sample: RingCentral does not accept the login.
    next_step:
      description: What to do about it. Empty if nobody knows.
      type: str
      returned: always
      sample: Check client_id, client_secret and jwt.
    status:
      description: The HTTP status of the answer.
      type: int
      returned: if there was an answer
      sample: 400
    code:
      description: The error code of RingCentral.
      type: str
      returned: if the answer has one
      sample: OAU-213
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: if a request failed
      sample: POST https://platform.ringcentral.com/restapi/oauth/token
    applied:
      description: The lists of closing days that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The lists of closing days that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The lists of closing days that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The lists of closing days that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The lists of closing days that were not tried, because they would have failed for the same reason.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
api_calls:
  description: What the task cost.
  type: dict
  returned: always
  contains:
    requests:
      description: How many requests were sent, including logins and retries.
      type: int
      returned: always
      sample: 4
    retries:
      description: How many of them were retries.
      type: int
      returned: always
      sample: 0
    waited_seconds:
      description:
        - How long the task waited between retries, for rate limits, or because the provider asked it to. Waits of
          several connections add up.
      type: float
      returned: always
      sample: 0
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import converge
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import POLICY, REGION, ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.api import connect
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.holidays import Holidays
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import HOLIDAYS
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    listed = {"type": "list", "elements": "dict", "required": True, **HOLIDAYS.suboptions()}
    spec = ACCOUNT + REGION + POLICY + ArgSpec({"holidays": listed})
    converge(spec, connect, Holidays, many=True)


if __name__ == "__main__":
    main()
