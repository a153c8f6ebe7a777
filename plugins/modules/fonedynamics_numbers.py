#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: fonedynamics_numbers
short_description: Manage how Fone Dynamics phone numbers are configured
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Makes all listed phone numbers of a Fone Dynamics account route, record, attribute and forward as the list says.
    Numbers that are not listed are left alone.
  - The account's numbers are listed once, 200 a request, and one write is made for each number that differs. Flows
    and addresses are only listed when an option names one. A single number is read when the list does not show
    enough of it.
  - Only what is set in the task is compared and changed. An option that is absent is left alone, an empty text
    clears.
  - Fone Dynamics does not document clearing. The module sends an empty text, reads the number again, and fails if
    the value is still there.
  - Only what differs is sent. Afterwards the number is compared with what was read before. A setting that was not
    taken over fails the task; one that changed although the task did not set it is warned about.
  - Numbers are never bought and never given back.
options:
  numbers:
    description:
      - The phone numbers and their settings. Each number may be listed once.
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

- name: Stop forwarding text messages by e-mail, with the credentials in the environment
  office.telephony.fonedynamics_numbers:
    numbers:
      - number: "+61 491 570 006"
        send_email_from: ""
        send_email_to: ""
"""

RETURN = r"""
numbers:
  description: The listed numbers as they are after the task, or in check mode as they would be.
  type: list
  elements: dict
  returned: when the numbers could be read
  contains:
    number:
      description: The phone number in E.164.
      type: str
      returned: always
      sample: "+61255500101"
    friendly_name:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: always
      sample: Sydney front desk
    address:
      description:
        - The address by name, or by AddressSid where the name is not unique or not known; V(null) when
          nothing is set.
      type: str
      returned: always
      sample: Sydney office
    attribution_source:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: radio
    attribution_medium:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: spot
    attribution_campaign:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: spring
    attribution_content:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: morning
    routing_method:
      description: How calls are routed; V(null) when nothing is set. V(application) can be read, but not set.
      type: str
      returned: always
      sample: flow
    endpoint_number:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: always
      sample: "+61491570156"
    flow:
      description:
        - The flow by name, or by ConfigId where the name is not unique or not known; V(null) when nothing
          is set.
      type: str
      returned: when it was read
      sample: Main menu
    recording:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: always
      sample: 'off'
    send_sms_from:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: Office
    send_sms_to:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: "+61491570156"
    send_email_from:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: noreply@example.org
    send_email_to:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: sms@example.org
    webhook_url:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: https://hooks.example.org/sms
    webhook_method:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: POST
    delivery_receipt_webhook_url:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: https://hooks.example.org/receipts
    delivery_receipt_webhook_method:
      description: As the option; V(null) when nothing is set.
      type: str
      returned: when it was read
      sample: POST
    property_sid:
      description: The property that the number belongs to.
      type: str
      returned: always
      sample: PR0000000000000000000000000000SYDNEY
    flow_id:
      description: The ConfigId of the flow.
      type: str
      returned: when a flow is set
      sample: c0ffee00-0000-4000-8000-000000000001
    address_sid:
      description: The AddressSid of the address.
      type: str
      returned: when an address is set
      sample: AD0000000000000000000000000000SYDNEY
plan:
  description: How many numbers were to be changed, and how many were right already.
  type: dict
  returned: when the numbers could be read
  sample: {"create": 0, "update": 2, "delete": 0, "unchanged": 1}
results:
  description:
    - What became of each number, in the order of the list.
    - Those that were right already are left out. RV(numbers) holds them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: when the numbers could be read
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
        - V(unchanged), V(planned) in check mode, V(applied), V(failed) when it is certain that nothing was changed,
          V(unknown) when the number may have been changed, or V(not_tried).
      type: str
      returned: always
      sample: applied
    error:
      description: Why it failed, and what to do next.
      type: str
      returned: on failure
      sample: The provider asked to wait longer than the deadline allows.
failure:
  description:
    - Structured details of the failure. Beside these members it holds the lists V(applied), V(failed), V(unknown)
      and V(not_tried) of numbers when only a part of the work was done.
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
      sample: Fone Dynamics does not accept account_sid and token.
    next_step:
      description: What to do about it.
      type: str
      returned: always
      sample: Check both.
    status:
      description: The HTTP status of the answer.
      type: int
      returned: when there was an answer
      sample: 401
    code:
      description: The provider's own error code.
      type: str
      returned: when there is one
      sample: UNAUTHORIZED
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: when a request failed
      sample: POST https://api.fonedynamics.com/v2/Numbers/61255500101
api_calls:
  description: What the task cost.
  type: dict
  returned: always
  contains:
    requests:
      description: How many requests were sent, repetitions included.
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
        - How long the task waited between repetitions, or because the provider required it. Waits of several
          connections add up.
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
