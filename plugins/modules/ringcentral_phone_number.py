#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_phone_number
short_description: Assign a phone number of a RingCentral account
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Assigns a number of the account to an extension of any kind, or to the company. The company's hours and rules then
    apply to its calls.
  - The module moves a number away from an extension only with O(expected_extension) or O(take_over), because its
    callers reach somebody else at once. It never moves the company's main number.
  - In an office, numbers are written last, when everything that they lead to is complete.
  - The module does not order numbers or give them up. It does not return them to the inventory either, because
    RingCentral has no way to do this.
  - A warning names the rules that apply to calls to the number. RingCentral does not document whether they still apply
    afterwards.
  - RingCentral allows ten requests for numbers a minute. Reading one number or all of them costs one of these.
  - The app needs the permission C(EditAccounts). The user needs the permission to edit the company's phone numbers.
extends_documentation_fragment:
  - office.telephony.ringcentral_phone_number
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_phone_numbers
  - module: office.telephony.ringcentral_company_info
"""

EXAMPLES = r"""
- name: Connect a number to the new menu
  office.telephony.ringcentral_phone_number:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    number: "+1 650 555 0183"
    extension: "8001"
    expected_extension: "7002"
"""

RETURN = r"""
phone_number:
  description:
    - The phone number as it is after the task, or as it would be in check mode. V(null) if it does not exist.
  type: dict
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
      sample: "DirectNumber"
# Generated from here on by `make generate`; see tests/tools/returned.yml.
results:
  description: What happened to the phone number, as a list with one entry.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import PHONE_NUMBER
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.phone_numbers import PhoneNumbers
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    converge(ACCOUNT + REGION + POLICY + PHONE_NUMBER, connect, PhoneNumbers, many=False)


if __name__ == "__main__":
    main()
