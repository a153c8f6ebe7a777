#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_company_hours
short_description: Manage when a RingCentral company, its sites and its call queues are open
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Sets the business hours of the company, of sites and of call queues. What happens in them and after them is up to
    M(office.telephony.ringcentral_company_rules).
  - The hours are on the clock of their owner. That of the company is the account's, that of a site or a queue its own.
  - When somebody is no longer open around the clock, RingCentral adds a rule for what happens after hours. When
    somebody is open around the clock, there is no such rule.
  - Listed owners are changed only where their hours differ. Nobody else's hours are looked at.
  - The app needs the permission C(EditExtensions), the user the permissions to edit answering rules.
options:
  company_hours:
    description:
      - Whose hours these are, and when. Each owner may be listed once.
    type: list
    elements: dict
    required: true
    suboptions:
      owner:
        description:
          - Whose hours these are. V(company), a site or a call queue by extension number, id or exact name. The main
            site is V(company).
        type: str
        required: true
      schedule:
        description:
          - When the owner is open. Either V(always=true), or ranges by day.
        type: dict
        required: true
        suboptions:
          always:
            description:
              - V(true) means around the clock.
            type: bool
          monday: &ranges
            description:
              - Ranges such as V(09:00-17:00), in quotes and within the day. The end of the day is V(23:59).
            type: list
            elements: str
          tuesday: *ranges
          wednesday: *ranges
          thursday: *ranges
          friday: *ranges
          saturday: *ranges
          sunday: *ranges
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
"""

EXAMPLES = r"""
- name: The company is open on weekdays, the support queue also on Saturdays
  office.telephony.ringcentral_company_hours:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    company_hours:
      - owner: company
        schedule: &weekdays
          monday: ["09:00-17:00"]
          tuesday: ["09:00-17:00"]
          wednesday: ["09:00-17:00"]
          thursday: ["09:00-17:00"]
          friday: ["09:00-16:00"]
      - owner: "7002"
        schedule:
          <<: *weekdays
          saturday: ["10:00-14:00"]
"""

RETURN = r"""
company_hours:
  description:
    - The listed hours as they are after the task, or in check mode as they would be. Absent ones are left out.
  type: list
  elements: dict
  returned: when the hours could be read
  contains:
    owner:
      description:
        - V(company), or the extension number of the site or the queue.
      type: str
      returned: always
      sample: "company"
    schedule:
      description:
        - The hours.
      type: dict
      returned: when it was read
      sample: {"monday": ["09:00-17:00"]}
plan:
  description:
    - How many hours were to be created, changed or deleted, and how many were right already.
  type: dict
  returned: when the hours could be read
  sample: {"create": 0, "update": 1, "delete": 0, "unchanged": 1}
results:
  description:
    - What became of each owner, in the order of the list.
    - Those that were right already are left out. RV(company_hours) holds them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: when the hours could be read
  contains:
    owner:
      description:
        - V(company), or the extension number of the site or the queue.
      type: str
      returned: always
      sample: "company"
    action:
      description:
        - What the plan was, V(create), V(update) or V(delete).
      type: str
      returned: always
      sample: "update"
    status:
      description:
        - V(unchanged), V(planned) in check mode, V(applied), V(partly) when a part of it was done, V(failed) when it is
          certain that nothing was changed, V(unknown) when it may have been changed, or V(not_tried).
      type: str
      returned: always
      sample: "applied"
    error:
      description:
        - Why it failed, and what to do next.
      type: str
      returned: on failure
      sample: "RingCentral refused the request."
failure:
  description:
    - Structured details of the failure. Beside these members it holds the lists V(applied), V(failed), V(unknown)
      and V(not_tried) of hours when only a part of the work was done.
  type: dict
  returned: on failure
  contains:
    kind:
      description:
        - V(input), V(authentication), V(connection), V(deadline), V(rate_limit), V(answer), V(rejected), V(server)
          or V(not_applied).
      type: str
      returned: always
      sample: rejected
    message:
      description: What went wrong.
      type: str
      returned: always
      sample: RingCentral does not accept the login.
    next_step:
      description: What to do about it.
      type: str
      returned: always
      sample: Check client_id, client_secret and jwt.
    status:
      description: The HTTP status of the answer.
      type: int
      returned: when there was an answer
      sample: 400
    code:
      description: RingCentral's own error code.
      type: str
      returned: when there is one
      sample: CMN-408
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: when a request failed
      sample: GET https://platform.ringcentral.com/restapi/v1.0/account/~/extension
api_calls:
  description: What the task cost.
  type: dict
  returned: always
  contains:
    requests:
      description: How many requests were sent, logins and repetitions included.
      type: int
      returned: always
      sample: 4
    retries:
      description: How many of them were repetitions.
      type: int
      returned: always
      sample: 0
    waited_seconds:
      description:
        - How long the task waited for the rate limits, between repetitions, or because RingCentral required it. Waits
          of several connections add up.
      type: float
      returned: always
      sample: 0
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import converge
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import POLICY, REGION, ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.api import connect
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.company_hours import CompanyHours
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import COMPANY_HOURS
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    listed = {"type": "list", "elements": "dict", "required": True, **COMPANY_HOURS.suboptions()}
    spec = ACCOUNT + REGION + POLICY + ArgSpec({"company_hours": listed})
    converge(spec, connect, CompanyHours, many=True)


if __name__ == "__main__":
    main()
