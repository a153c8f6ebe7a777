#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_custom_rule
short_description: Manage a custom rule of a RingCentral extension
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Creates, changes or deletes people's rules for certain callers, called numbers, hours or dates. Such rules take
    precedence over work hours and after hours; see M(office.telephony.ringcentral_call_forwardings).
  - A rule applies if all of its conditions are met. RingCentral offers no way to set which of two rules comes first.
    Therefore the task fails if two rules of one extension can apply to the same call and handle it differently. If one
    of them is not managed here, the task warns.
  - The module works with legacy answering rules and with RingCentral's new call handling. It finds out which of the two
    the account uses.
  - People can make such rules themselves. Rules that are not listed are left alone.
  - If a rule has an action or a condition that no option can express, and the change would lose it, the task fails and
    leaves the rule alone.
  - For rules of the company, of sites and of call queues, use M(office.telephony.ringcentral_company_rules).
extends_documentation_fragment:
  - office.telephony.ringcentral_custom_rule
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_custom_rules
  - module: office.telephony.ringcentral_company_info
  - module: office.telephony.ringcentral_call_forwardings
  - module: office.telephony.ringcentral_company_rules
"""

EXAMPLES = r"""
- name: Let an important customer through to the apps at any hour
  office.telephony.ringcentral_custom_rule:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    extension: "101"
    name: Important customer
    callers: ["+1 650 555 0160"]
    ring:
      - apps: [desktop, mobile]
        seconds: 30
    then: {voicemail: true}
"""

RETURN = r"""
custom_rule:
  description:
    - The rule as it is after the task, or as it would be in check mode. V(null) if it does not exist.
  type: dict
  returned: if the current state could be read
  contains:
    extension:
      description:
        - The extension number.
      type: str
      returned: always
      sample: "101"
    name:
      description:
        - The name of the rule.
      type: str
      returned: always
      sample: "Important customers"
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
      sample: ["+16505550160"]
    called_numbers:
      description:
        - The called numbers that the rule applies to.
      type: list
      elements: str
      returned: if it has this condition
      sample: ["+16505550111"]
    schedule:
      description:
        - The hours of the week.
      type: dict
      returned: if it has this condition
      sample: {"saturday": ["10:00-14:00"]}
    dates:
      description:
        - The ranges of dates, in the extension's time zone.
      type: list
      elements: dict
      returned: if it has this condition
      sample: [{"from": "2026-12-24 12:00", "to": "2026-12-26"}]
    hours:
      description:
        - The only hours of the extension in which the rule applies, V(work) or V(after). No option can express this.
      type: str
      returned: if it has this condition
      sample: "after"
    other_condition:
      description:
        - A condition that no option can express.
      type: str
      returned: if it has one
      sample: "agent"
    ring_mode:
      description:
        - Whether the steps ring in order or at once.
      type: str
      returned: if anything rings
      sample: "in_order"
    ring:
      description:
        - What rings.
      type: list
      elements: dict
      returned: if an option can say it
      sample: []
    then:
      description:
        - Where a call goes if nobody answers.
      type: dict
      returned: if it is known
      sample: {"voicemail": true}
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
    extension:
      description:
        - The extension number.
      type: str
      returned: always
      sample: "101"
    name:
      description:
        - The name of the rule.
      type: str
      returned: always
      sample: Important customers
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.custom_rules import CustomRules
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import CUSTOM_RULE
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    converge(ACCOUNT + REGION + POLICY + CUSTOM_RULE, connect, CustomRules, many=False)


if __name__ == "__main__":
    main()
