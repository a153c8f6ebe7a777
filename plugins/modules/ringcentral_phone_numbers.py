#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_phone_numbers
short_description: Assign phone numbers of a RingCentral account
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Assigns a number of the account to an extension of any kind, or to the company. The company's hours and rules then
    apply to its calls.
  - The module moves a number away from an extension only with O(phone_numbers[].expected_extension) or
    O(phone_numbers[].take_over), because its callers reach somebody else at once. It never moves the company's main
    number.
  - In an office, numbers are written last, when everything that they lead to is complete.
  - The module does not order numbers or give them up. It does not return them to the inventory either, because
    RingCentral has no way to do this.
  - A warning names the rules that apply to calls to the number. RingCentral does not document whether they still apply
    afterwards.
  - RingCentral allows ten requests for numbers a minute. Reading one number or all of them costs one of these.
  - The app needs the permission C(EditAccounts). The user needs the permission to edit the company's phone numbers.
options:
  phone_numbers:
    description:
      - The numbers. List each one once.
    type: list
    elements: dict
    required: true
extends_documentation_fragment:
  - office.telephony.ringcentral_phone_number.listed
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_phone_number
  - module: office.telephony.ringcentral_company_info
"""

EXAMPLES = r"""
- name: Assign the numbers of an office
  office.telephony.ringcentral_phone_numbers:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    phone_numbers:
      - number: "+1 650 555 0186"
        extension: "8001"
      - number: "+1 650 555 0187"
        company: true
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
phone_numbers:
  description:
    - The listed phone numbers as they are after the task, or as they would be in check mode. Deleted ones are left out.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    number:
      description:
        - The number.
      type: str
      returned: always
      sample: "+16505550183"
    extension:
      description:
        - The extension that receives the calls.
      type: str
      returned: if one has it
      sample: "7002"
    company:
      description:
        - Whether the company's hours and rules apply.
      type: bool
      returned: if they do
      sample: true
    usage:
      description:
        - What the number is used for, in RingCentral's terms.
      type: str
      returned: always
      sample: DirectNumber
results:
  description:
    - What happened to each phone number, in the order of the list.
    - Items that already matched are left out. RV(phone_numbers) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    number:
      description:
        - The number.
      type: str
      returned: always
      sample: "+16505550183"
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
  description: How many phone numbers the plan creates, updates and deletes, and how many already match.
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
      description: The phone numbers that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The phone numbers that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The phone numbers that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The phone numbers that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The phone numbers that were not tried, because they would have failed for the same reason.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import PHONE_NUMBER
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.phone_numbers import PhoneNumbers
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    listed = {"type": "list", "elements": "dict", "required": True, **PHONE_NUMBER.suboptions()}
    spec = ACCOUNT + REGION + POLICY + ArgSpec({"phone_numbers": listed})
    converge(spec, connect, PhoneNumbers, many=True)


if __name__ == "__main__":
    main()
