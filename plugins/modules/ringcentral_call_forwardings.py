#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_call_forwardings
short_description: Manage what rings when RingCentral extensions are called
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Sets what rings in the work hours and after hours of the listed RingCentral extensions, and what happens if nobody
    answers. Options that are not set do not change.
  - RingCentral has two ways to handle calls, legacy answering rules and the new call handling with its states. The
    module finds out which one the account uses. Its options are the same for both. Anything that the account's way
    cannot express is refused before the first write.
  - Rules that users have made for certain callers, numbers or dates take precedence over these hours. They are left
    alone; see M(office.telephony.ringcentral_call_forwarding_info).
  - The module reads only what the listed options need, and looks up all extensions with one request. It sends one write
    for each rule and each schedule that differs. Greetings, screening and all other settings are kept.
options:
  call_forwardings:
    description:
      - The hours of extensions. List each of an extension's hours once.
    type: list
    elements: dict
    required: true
extends_documentation_fragment:
  - office.telephony.ringcentral_call_forwarding.listed
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.ringcentral.expected
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_call_forwarding
  - module: office.telephony.ringcentral_call_forwarding_info
  - module: office.telephony.ringcentral_forwarding_numbers
"""

EXAMPLES = r"""
- name: Add Ada's mobile phone, so that it can ring
  office.telephony.ringcentral_forwarding_numbers:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    forwarding_numbers: &mobile
      - extension: "101"
        type: Mobile
        phone_number: "+1 650 555 0100"

- name: Ring Ada's phones in order at work, and her mobile phone after hours
  office.telephony.ringcentral_call_forwardings:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    region: US
    policy:
      allowed_countries: [US]
    expected_forwarding_numbers: *mobile
    call_forwardings:
      - extension: "101"
        hours: work
        schedule:
          monday: ["09:00-12:00", "13:00-17:00"]
          tuesday: ["09:00-17:00"]
        ring_mode: in_order
        ring:
          - apps: [desktop, mobile]
            always: true
          - phone_numbers: ["(650) 555-0100"]
            seconds: 15
        then:
          voicemail: true
      - extension: "101"
        hours: after
        ring_mode: at_once
        ring:
          - phone_numbers: ["(650) 555-0100"]
            seconds: 15
        then:
          extension: "102"

- name: Forward calls after hours
  office.telephony.ringcentral_call_forwardings:
    call_forwardings:
      - extension: ada@example.org
        hours: after
        ring: []
        then:
          phone_number: "+1 650 555 0109"
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
call_forwardings:
  description: The listed call forwardings as they are after the task, or as they would be in check mode.
  type: list
  elements: dict
  returned: if the current state could be read
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
      returned: if RV(call_forwardings[].hours) is V(work) and it was read
      sample: {"monday": ["09:00-17:00"], "tuesday": ["09:00-17:00"]}
    ring_mode:
      description: Whether the steps ring one after the other or all at once.
      type: str
      returned: if anything rings and it was read
      sample: in_order
    ring:
      description: What rings, step by step.
      type: list
      elements: dict
      returned: if RV(call_forwardings[].hours) is not V(all) and it was read
      sample: [{"apps": ["desktop", "mobile"], "always": true}, {"phone_numbers": ["+16505550100"], "seconds": 20}]
    then:
      description: Where calls go if nobody answers.
      type: dict
      returned: if it is known and it was read
      sample: {"voicemail": true}
    extension_id:
      description: RingCentral's id of the extension.
      type: str
      returned: always
      sample: "400000002"
results:
  description:
    - What happened to each call forwarding, in the order of the list.
    - Items that already matched are left out. RV(call_forwardings) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the current state could be read
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
    action:
      description: What the plan was, V(create) or V(update).
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
      sample: Legacy answering rules count rings of 5 seconds.
plan:
  description:
    - How many call forwardings the plan creates, updates and deletes, and how many already match.
    - V(create) counts after hours that a schedule of the same task creates.
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
      description: The call forwardings that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The call forwardings that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The call forwardings that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The call forwardings that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The call forwardings that were not tried, because they would have failed for the same reason.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.options import (
    CALL_FORWARDING,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.call_forwarding.resource import (
    CallForwardings,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.expected import call_forwardings
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT, EXPECTED


def main() -> None:
    forwardings = {"type": "list", "elements": "dict", "required": True, **CALL_FORWARDING.suboptions()}
    spec = ACCOUNT + REGION + POLICY + EXPECTED + ArgSpec({"call_forwardings": forwardings})
    converge(spec, connect, CallForwardings, many=True, build=call_forwardings)


if __name__ == "__main__":
    main()
