#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: fonedynamics_number_info
short_description: Read the configuration of Fone Dynamics phone numbers
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Returns the phone numbers of a Fone Dynamics account and their settings, in the form that
    M(office.telephony.fonedynamics_numbers) takes. Writing the result back to the account changes nothing.
  - Flows and addresses are shown by name, or by id if several share the name.
  - Settings without a value are left out, so that writing the list back does not touch them.
  - If the account's list does not show enough of the numbers, each one is read on its own.
options:
  numbers:
    description:
      - Return only these phone numbers. Put them in quotes. A warning names those that are not in the account.
      - If not set, all numbers are returned.
    type: list
    elements: raw
  raw:
    description:
      - Whether to return Fone Dynamics' own records as well, in RV(raw).
    type: bool
    default: false
extends_documentation_fragment:
  - office.telephony.fonedynamics
  - office.telephony.attributes
  - office.telephony.attributes.info
  - office.telephony.common
  - office.telephony.common.region
seealso:
  - module: office.telephony.fonedynamics_numbers
"""

EXAMPLES = r"""
- name: Read the settings of all numbers
  office.telephony.fonedynamics_number_info:
    account_sid: AC00000000000000000000000000EXAMPLE
    token: "{{ fonedynamics_token }}"
  register: account

- name: Show them in the form that the plural module takes
  ansible.builtin.debug:
    var: account.numbers

- name: Read two numbers with Fone Dynamics' own records
  office.telephony.fonedynamics_number_info:
    region: AU
    numbers:
      - "1300 975 707"
      - "(02) 5550 0101"
    raw: true
"""

RETURN = r"""
numbers:
  description: The numbers in the form that the plural module takes, ordered by number.
  type: list
  elements: dict
  returned: success
  contains:
    number:
      description: The phone number in E.164.
      type: str
      returned: always
      sample: "+61255500101"
    friendly_name:
      description: As the option.
      type: str
      returned: if set
      sample: Sydney front desk
    address:
      description: The address by name, or by AddressSid if the name is not unique.
      type: str
      returned: if set
      sample: Sydney office
    attribution_source:
      description: As the option.
      type: str
      returned: if set
      sample: radio
    attribution_medium:
      description: As the option.
      type: str
      returned: if set
      sample: spot
    attribution_campaign:
      description: As the option.
      type: str
      returned: if set
      sample: spring
    attribution_content:
      description: As the option.
      type: str
      returned: if set
      sample: morning
    routing_method:
      description: How calls are routed.
      type: str
      returned: if set
      sample: flow
    endpoint_number:
      description: As the option.
      type: str
      returned: if set
      sample: "+61491570156"
    flow:
      description: The flow by name, or by ConfigId if the name is not unique.
      type: str
      returned: if set
      sample: Main menu
    recording:
      description: As the option.
      type: str
      returned: if set
      sample: 'off'
    send_sms_from:
      description: As the option.
      type: str
      returned: if set
      sample: Office
    send_sms_to:
      description: As the option.
      type: str
      returned: if set
      sample: "+61491570156"
    send_email_from:
      description: As the option.
      type: str
      returned: if set
      sample: noreply@example.org
    send_email_to:
      description: As the option.
      type: str
      returned: if set
      sample: sms@example.org
    webhook_url:
      description: As the option.
      type: str
      returned: if set
      sample: https://hooks.example.org/sms
    webhook_method:
      description: As the option.
      type: str
      returned: if set
      sample: POST
    delivery_receipt_webhook_url:
      description: As the option.
      type: str
      returned: if set
      sample: https://hooks.example.org/receipts
    delivery_receipt_webhook_method:
      description: As the option.
      type: str
      returned: if set
      sample: POST
raw:
  description: Fone Dynamics' own records of the same numbers, in the same order.
  type: list
  elements: dict
  returned: if O(raw=true)
  sample: [{"Number": "+61255500101", "RoutingMethod": "Endpoint", "EndpointNumber": "+61491570156"}]
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
incomplete:
  description:
    - Why lists of the account are not shown in full, one sentence for each such list.
    - What is missing from the result may still be in the account.
  type: list
  elements: str
  returned: if a list is incomplete
  sample: ["Fone Dynamics' list of Numbers ended after 200 of 230."]
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
from ansible_collections.office.telephony.plugins.module_utils._fonedynamics.api import connect
from ansible_collections.office.telephony.plugins.module_utils._fonedynamics.numbers import Numbers
from ansible_collections.office.telephony.plugins.module_utils._fonedynamics.options import ACCOUNT


def main() -> None:
    spec = ArgSpec({"numbers": {"type": "list", "elements": "raw"}, "raw": {"type": "bool", "default": False}})
    inform(ACCOUNT + REGION + spec, connect, Numbers, keys="numbers")


if __name__ == "__main__":
    main()
