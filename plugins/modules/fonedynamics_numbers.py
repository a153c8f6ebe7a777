#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: fonedynamics_numbers
short_description: Manage the configuration of Fone Dynamics phone numbers
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Configures how the listed phone numbers of a Fone Dynamics account route, record, attribute and forward calls and
    messages. Other numbers are left alone.
  - The module lists the account's numbers once, 200 for each request, and sends one write for each number that differs.
    It lists flows and addresses only if an option names one, and reads a single number only if the list does not show
    enough of it.
  - Only options that the task sets are compared and changed. An empty string clears a setting.
  - Fone Dynamics does not document clearing. The module sends an empty string, reads the number again, and fails if the
    value is still there.
  - Only settings that differ are sent. Afterwards, the module compares the number with its earlier state. The task
    fails if a setting did not change, and warns if another setting changed.
  - The module never buys numbers and never gives them back.
options:
  numbers:
    description:
      - The phone numbers and their settings. List each number once.
    type: list
    elements: dict
    required: true
extends_documentation_fragment:
  - office.telephony.fonedynamics_number.listed
  - office.telephony.fonedynamics
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.fonedynamics_number
  - module: office.telephony.fonedynamics_number_info
"""

EXAMPLES = r"""
- name: Configure the Sydney numbers
  office.telephony.fonedynamics_numbers:
    account_sid: AC00000000000000000000000000EXAMPLE
    token: "{{ fonedynamics_token }}"
    region: AU
    policy:
      allowed_countries: [AU]
    numbers:
      - number: "(02) 5550 0101"
        address: Sydney office
        routing_method: flow
        flow: Main menu
      - number: "1300 975 707"
        routing_method: endpoint
        endpoint_number: "(02) 5550 0101"
        recording: call
        attribution_source: radio
      - number: "0491 570 006"
        send_sms_from: Office
        send_sms_to: "0491 570 156"
        webhook_url: https://hooks.example.org/sms
        webhook_method: POST

- name: Stop forwarding text messages by e-mail; the credentials are in the environment
  office.telephony.fonedynamics_numbers:
    numbers:
      - number: "+61 491 570 006"
        send_email_from: ""
        send_email_to: ""
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
numbers:
  description: The listed numbers as they are after the task, or as they would be in check mode.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    number:
      description: The phone number in E.164.
      type: str
      returned: always
      sample: "+61255500101"
    friendly_name:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: always
      sample: Sydney front desk
    address:
      description:
        - The address by name, or by AddressSid if the name is not unique or not known. V(null) if nothing is set.
      type: str
      returned: always
      sample: Sydney office
    attribution_source:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: radio
    attribution_medium:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: spot
    attribution_campaign:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: spring
    attribution_content:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: morning
    routing_method:
      description: How calls are routed. V(null) if nothing is set. V(application) can be read, but not set.
      type: str
      returned: always
      sample: flow
    endpoint_number:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: always
      sample: "+61491570156"
    flow:
      description:
        - The flow by name, or by ConfigId if the name is not unique or not known. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: Main menu
    recording:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: always
      sample: "off"
    send_sms_from:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: Office
    send_sms_to:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: "+61491570156"
    send_email_from:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: noreply@example.org
    send_email_to:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: sms@example.org
    webhook_url:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: https://hooks.example.org/sms
    webhook_method:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: POST
    delivery_receipt_webhook_url:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: https://hooks.example.org/receipts
    delivery_receipt_webhook_method:
      description: As the option. V(null) if nothing is set.
      type: str
      returned: if it was read
      sample: POST
    property_sid:
      description: The property that the number belongs to.
      type: str
      returned: always
      sample: PR0000000000000000000000000000SYDNEY
    flow_id:
      description: The ConfigId of the flow.
      type: str
      returned: if a flow is set
      sample: c0ffee00-0000-4000-8000-000000000001
    address_sid:
      description: The AddressSid of the address.
      type: str
      returned: if an address is set
      sample: AD0000000000000000000000000000SYDNEY
results:
  description:
    - What happened to each number, in the order of the list.
    - Items that already matched are left out. RV(numbers) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    number:
      description: The phone number in E.164.
      type: str
      returned: always
      sample: "+61255500101"
    action:
      description: What the plan was, V(update).
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
      sample: The provider asked to wait longer than the deadline allows.
plan:
  description: How many numbers the plan creates, updates and deletes, and how many already match.
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
      sample: Fone Dynamics does not accept account_sid and token.
    next_step:
      description: What to do about it. Empty if nobody knows.
      type: str
      returned: always
      sample: Check both.
    status:
      description: The HTTP status of the answer.
      type: int
      returned: if there was an answer
      sample: 401
    code:
      description: The error code of Fone Dynamics.
      type: str
      returned: if the answer has one
      sample: UNAUTHORIZED
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: if a request failed
      sample: POST https://api.fonedynamics.com/v2/Numbers/61255500101
    applied:
      description: The numbers that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The numbers that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The numbers that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The numbers that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The numbers that were not tried, because they would have failed for the same reason.
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
from ansible_collections.office.telephony.plugins.module_utils._fonedynamics.api import connect
from ansible_collections.office.telephony.plugins.module_utils._fonedynamics.numbers import Numbers
from ansible_collections.office.telephony.plugins.module_utils._fonedynamics.options import ACCOUNT, NUMBER


def main() -> None:
    numbers = {"type": "list", "elements": "dict", "required": True, **NUMBER.suboptions()}
    converge(ACCOUNT + REGION + POLICY + ArgSpec({"numbers": numbers}), connect, Numbers, many=True)


if __name__ == "__main__":
    main()
