#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_call_forwarding_info
short_description: Read what rings when RingCentral extensions are called
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Returns what rings in the work hours and after hours of RingCentral extensions in the form that
    M(office.telephony.ringcentral_call_forwardings) takes. Writing the result back to the account changes nothing.
  - Settings that this form cannot express are left out, with a warning.
options:
  extensions:
    description:
      - The extensions, each by extension number, id, e-mail address or exact name. V(~) is the extension of the login.
      - If not set, all extensions of people are read.
    type: list
    elements: str
  custom_rules:
    description:
      - Whether to look for rules that users have made for certain callers, numbers or dates as well. Such rules take
        precedence over the hours. A warning lists each of them. It costs one more request for each extension.
      - M(office.telephony.ringcentral_custom_rules) manages them.
    type: bool
    default: false
  raw:
    description:
      - Whether to return RingCentral's own records as well, in RV(raw).
    type: bool
    default: false
extends_documentation_fragment:
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.info
  - office.telephony.common
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_call_forwardings
"""

EXAMPLES = r"""
- name: Read what rings when two extensions are called
  office.telephony.ringcentral_call_forwarding_info:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    extensions:
      - "101"
      - ben@example.org
  register: account

- name: Show it in the form that the plural module takes
  ansible.builtin.debug:
    var: account.call_forwardings

- name: Find rules that take precedence as well
  office.telephony.ringcentral_call_forwarding_info:
    extensions: ["~"]
    custom_rules: true
    raw: true
"""

RETURN = r"""
call_forwardings:
  description: The hours in the form that the plural module takes, ordered by extension and hours.
  type: list
  elements: dict
  returned: success
  contains:
    extension:
      description: The extension number, or the extension's id if it has no number.
      type: str
      returned: always
      sample: "101"
    hours:
      description: Which hours this applies to.
      type: str
      returned: always
      sample: work
    enabled:
      description: Whether all calls are forwarded.
      type: bool
      returned: if RV(call_forwardings[].hours) is V(all)
      sample: false
    schedule:
      description: The work hours.
      type: dict
      returned: if RV(call_forwardings[].hours) is V(work)
      sample: {"monday": ["09:00-17:00"], "tuesday": ["09:00-17:00"]}
    ring_mode:
      description: Whether the steps ring one after the other or all at once.
      type: str
      returned: if anything rings
      sample: in_order
    ring:
      description: What rings, step by step.
      type: list
      elements: dict
      returned: unless RV(call_forwardings[].hours) is V(all)
      sample: [{"apps": ["desktop", "mobile"], "always": true}, {"phone_numbers": ["+16505550100"], "seconds": 20}]
    then:
      description: Where calls go if nobody answers.
      type: dict
      returned: if it is known
      sample: {"voicemail": true}
call_handling:
  description: Which call handling the account uses, V(legacy) answering rules or RingCentral's V(new) one.
  type: str
  returned: if the hours of any extension were read
  sample: legacy
custom_rules:
  description: The enabled rules that take precedence over these hours.
  type: list
  elements: dict
  returned: if O(custom_rules=true)
  contains:
    extension:
      description: The extension number.
      type: str
      returned: always
      sample: "101"
    name:
      description: The name of the rule.
      type: str
      returned: always
      sample: Important customers
    enabled:
      description: Always V(true).
      type: bool
      returned: always
      sample: true
    callers:
      description: The callers that it applies to.
      type: list
      elements: str
      returned: if it has this condition; all conditions of a rule hold together
      sample: ["+16505550160"]
    called_numbers:
      description: The called numbers that it applies to.
      type: list
      elements: str
      returned: if it has this condition
      sample: ["+16505550111"]
    hours:
      description: Which of the extension's hours it is for, V(work) or V(after).
      type: str
      returned: if it has this condition
      sample: after
    schedule:
      description: The hours of the week in which it applies, in the form of RV(call_forwardings[].schedule).
      type: dict
      returned: if it has this condition
      sample: {"saturday": ["10:00-14:00"]}
    dates:
      description: The dates on which it applies, in the extension's time zone.
      type: list
      elements: dict
      returned: if it has this condition
      sample: [{"from": "2026-12-24 12:00", "to": "2026-12-26"}]
    other_condition:
      description: A condition that cannot be shown in this form.
      type: str
      returned: if it has one
      sample: agent
    ring_mode:
      description: As in RV(call_forwardings[].ring_mode).
      type: str
      returned: if anything rings
      sample: in_order
    ring:
      description: As in RV(call_forwardings[].ring).
      type: list
      elements: dict
      returned: if it can be shown in this form
      sample: []
    then:
      description: As in RV(call_forwardings[].then).
      type: dict
      returned: if it is known
      sample: {"voicemail": true}
raw:
  description:
    - RingCentral's own objects in the same order, as far as there are any, with the extensions that they belong to.
  type: list
  elements: dict
  returned: if O(raw=true)
  contains:
    extension:
      description: The extension number.
      type: str
      returned: always
      sample: "101"
    extension_id:
      description: RingCentral's id of the extension.
      type: str
      returned: always
      sample: "400000002"
    hours:
      description: The hours.
      type: str
      returned: always
      sample: work
    rule:
      description: The answering rule, or the rule of the state.
      type: dict
      returned: always
      sample: {"id": "business-hours-rule", "callHandlingAction": "ForwardCalls"}
    business_hours:
      description: The business hours.
      type: dict
      returned: for work hours, with legacy answering rules
      sample: {"schedule": {}}
    state:
      description: The state.
      type: dict
      returned: for work hours and for all hours, with the new call handling
      sample: {"id": "work-hours", "enabled": true}
# Generated from here on by `make generate`; see tests/tools/returned.yml.
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
incomplete:
  description:
    - Why lists of the account are not shown in full, one sentence for each such list.
    - What is missing from the result may still be in the account.
  type: list
  elements: str
  returned: if a list is incomplete
  sample: ["RingCentral's list of extension records ended after 100 of 120."]
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import inform
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import REGION, ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.api import connect
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.resource import (
    CallForwardings,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.custom_rules import account
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    spec = ArgSpec(
        {
            "extensions": {"type": "list", "elements": "str"},
            "custom_rules": {"type": "bool", "default": False},
            "raw": {"type": "bool", "default": False},
        }
    )
    inform(ACCOUNT + REGION + spec, connect, CallForwardings, keys="extensions", also=account)


if __name__ == "__main__":
    main()
