#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_company_hours
short_description: Manage business hours of a RingCentral company, its sites and its call queues
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Sets the business hours of the company, of sites and of call queues. M(office.telephony.ringcentral_company_rules)
    manages what happens during and after these hours.
  - Hours are in the time zone of their owner. The company has the account's time zone, a site or a queue its own.
  - RingCentral adds a rule for after hours once an owner is no longer open around the clock. Owners that are open
    around the clock have no such rule.
  - Only listed owners whose hours differ are changed. The module does not read the hours of others.
  - The app needs the permission C(EditExtensions). The user needs the permissions to edit answering rules.
options:
  company_hours:
    description:
      - The owners and their hours. List each owner once.
    type: list
    elements: dict
    required: true
    suboptions:
      owner:
        description:
          - The owner of the hours. V(company), or a site or call queue by extension number, id or exact name. The main
            site is V(company).
        type: str
        required: true
      schedule:
        description:
          - When the owner is open. Set either V(always=true) or ranges by day.
        type: dict
        required: true
        suboptions:
          always:
            description:
              - V(true) means around the clock.
            type: bool
          monday: &ranges
            description:
              - Ranges such as V(09:00-17:00), in quotes. A range cannot cross midnight; the end of the day is V(23:59).
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
- name: Open the company on weekdays, and the support queue on Saturdays as well
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
    - The listed hours as they are after the task, or as they would be in check mode. Deleted ones are left out.
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
    schedule:
      description:
        - The hours.
      type: dict
      returned: if it was read
      sample: {"monday": ["09:00-17:00"]}
# Generated from here on by `make generate`; see tests/tools/returned.yml.
results:
  description:
    - What happened to each schedule, in the order of the list.
    - Items that already matched are left out. RV(company_hours) shows them, and RV(plan) counts them.
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
  description: How many schedules the plan creates, updates and deletes, and how many already match.
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
      description: The schedules that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The schedules that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The schedules that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The schedules that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The schedules that were not tried, because they would have failed for the same reason.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.company_hours import CompanyHours
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import COMPANY_HOURS
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    listed = {"type": "list", "elements": "dict", "required": True, **COMPANY_HOURS.suboptions()}
    spec = ACCOUNT + REGION + POLICY + ArgSpec({"company_hours": listed})
    converge(spec, connect, CompanyHours, many=True)


if __name__ == "__main__":
    main()
