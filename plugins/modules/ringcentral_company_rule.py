#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_company_rule
short_description: Manage an answering rule of a RingCentral company
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Sets where calls to the company, to a site or to a call queue go, during and after business hours and for certain
    callers, called numbers, hours or dates.
  - Custom rules take precedence over the rules for hours. A rule applies if all of its conditions are met. RingCentral
    offers no way to set which of two custom rules comes first. Therefore the task fails if two rules of one owner can
    apply to the same call and lead to different places. If one of them is not managed here, the task warns.
  - The destination of a company rule can be C(extension), C(operator) or C(hang_up), that of a site's rule only
    C(extension), and that of a queue's rule C(voicemail), C(announcement), C(extension) or C(phone_number). With
    multi-level IVR, which most accounts with menus have, company rules allow only C(extension).
  - For what a queue does in its hours, use M(office.telephony.ringcentral_call_queues).
  - For closing days from a calendar, use M(office.telephony.ringcentral_holidays).
  - The app needs the permission C(EditAccounts). The user needs the permission C(EditCompanyAnsweringRules) for the
    company, and the permission to edit answering rules for other owners.
extends_documentation_fragment:
  - office.telephony.ringcentral_company_rule
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_company_rules
  - module: office.telephony.ringcentral_company_info
  - module: office.telephony.ringcentral_company_hours
  - module: office.telephony.ringcentral_holidays
"""

EXAMPLES = r"""
- name: Announce after hours that the company is closed
  office.telephony.ringcentral_company_rule:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    owner: company
    hours: after
    destination: {extension: "301"}
"""

RETURN = r"""
company_rule:
  description:
    - The rule as it is after the task, or as it would be in check mode. V(null) if it does not exist.
  type: dict
  returned: if the current state could be read
  contains:
    owner:
      description:
        - V(company), or the extension number of the site or the queue.
      type: str
      returned: always
      sample: "company"
    hours:
      description:
        - The hours that the rule is for.
      type: str
      returned: for the rules of hours
      sample: "after"
    name:
      description:
        - The name of the custom rule.
      type: str
      returned: for custom rules
      sample: "Storm"
    enabled:
      description:
        - Whether it is in force.
      type: bool
      returned: if it was read
      sample: true
    callers:
      description:
        - The callers that the rule applies to.
      type: list
      elements: str
      returned: if it has this condition
      sample: ["+16505550123"]
    called_numbers:
      description:
        - The called numbers that the rule applies to.
      type: list
      elements: str
      returned: if it has this condition
      sample: ["+16505550180"]
    schedule:
      description:
        - The hours of the week.
      type: dict
      returned: if it has this condition
      sample: {"monday": ["12:00-13:00"]}
    dates:
      description:
        - The ranges of dates, in the owner's time zone.
      type: list
      elements: dict
      returned: if it has this condition
      sample: [{"from": "2026-12-24 12:00", "to": "2026-12-26"}]
    destination:
      description:
        - Where calls go.
      type: dict
      returned: if it was read
      sample: {"extension": "7101"}
    other_condition:
      description:
        - A condition that no option can express, in RingCentral's terms.
      type: str
      returned: if it was read
      sample: "BusinessHours"
    rule_id:
      description:
        - RingCentral's id of the rule. V(null) if check mode would create it.
      type: str
      returned: always
      sample: "700000001"
# Generated from here on by `make generate`; see tests/tools/returned.yml.
results:
  description: What happened to the rule, as a list with one entry.
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
    hours:
      description:
        - The hours that the rule is for.
      type: str
      returned: for the rules of hours
      sample: after
    name:
      description:
        - The name of the custom rule.
      type: str
      returned: for custom rules
      sample: Storm
    action:
      description: What the plan was, V(create), V(update), V(delete) or V(none).
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
  description: How many rules the plan creates, updates and deletes, and how many already match.
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
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import POLICY, REGION
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.api import connect
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.company_rules import CompanyRules
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import COMPANY_RULE
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    converge(ACCOUNT + REGION + POLICY + COMPANY_RULE, connect, CompanyRules, many=False)


if __name__ == "__main__":
    main()
