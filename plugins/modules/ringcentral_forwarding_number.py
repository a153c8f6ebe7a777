#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_forwarding_number
short_description: Manage a forwarding number of a RingCentral extension
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Adds, changes or removes one number that a RingCentral extension can forward its calls to. The extension's call
    handling decides which of these numbers ring, and in which order.
  - One request reads the numbers of an extension, one request looks up all extensions, and one write changes each
    number that differs. If the answer to a write is lost, the module checks the list before it repeats the write, so
    that no number is added twice.
  - Records that RingCentral manages itself, such as the person's own desk phone, are left alone.
extends_documentation_fragment:
  - office.telephony.ringcentral_forwarding_number
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_forwarding_numbers
  - module: office.telephony.ringcentral_forwarding_number_info
"""

EXAMPLES = r"""
- name: Allow calls to be forwarded to Ada's mobile phone
  office.telephony.ringcentral_forwarding_number:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    extension: "101"
    type: Mobile
    phone_number: "+1 650 555 0100"

- name: Add a number with a label; the credentials are in the environment
  office.telephony.ringcentral_forwarding_number:
    extension: ada@example.org
    phone_number: "(650) 555-0101"
    region: US
    label: Reception

- name: Add a co-worker's desk phone
  office.telephony.ringcentral_forwarding_number:
    extension: "101"
    device: Yealink T54W
    device_extension: "102"

- name: Change Ada's number, and keep it in her call handling
  office.telephony.ringcentral_forwarding_number:
    extension: "101"
    phone_number: "+1 650 555 0106"
    previous_phone_number: "+1 650 555 0100"

- name: Remove a number
  office.telephony.ringcentral_forwarding_number:
    extension: "101"
    phone_number: "+16505550101"
    state: absent
"""

RETURN = r"""
forwarding_number:
  description: The number as it is after the task, or as it would be in check mode. V(null) if it does not exist.
  type: dict
  returned: if the current state could be read
  contains:
    extension:
      description: The extension number, or the extension's id if it has no number.
      type: str
      returned: always
      sample: "101"
    phone_number:
      description: The phone number in E.164.
      type: str
      returned: if there is one
      sample: "+16505550100"
    device:
      description: The device's name, or its id if several have the same name.
      type: str
      returned: for type V(PhoneLine)
      sample: Yealink T54W
    type:
      description: The type.
      type: str
      returned: always
      sample: Other
    label:
      description: The label.
      type: str
      returned: for type V(Other)
      sample: Reception
    flip_number:
      description: The flip number.
      type: int
      returned: if there is one
      sample: 2
    forwarding_number_id:
      description: RingCentral's id of the record.
      type: str
      returned: if the record exists
      sample: "700000001"
    extension_id:
      description: RingCentral's id of the extension.
      type: str
      returned: if the record exists
      sample: "400000002"
# Generated from here on by `make generate`; see tests/tools/returned.yml.
results:
  description: What happened to the number, as a list with one entry.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    extension:
      description: The extension number, or the extension's id if it has no number.
      type: str
      returned: always
      sample: "101"
    phone_number:
      description: The phone number in E.164.
      type: str
      returned: if there is one
      sample: "+16505550100"
    device:
      description: The device's name, or its id if several have the same name.
      type: str
      returned: for type V(PhoneLine)
      sample: Yealink T54W
    forwarding_number_id:
      description: RingCentral's id of the record.
      type: str
      returned: if the record has neither phone number nor device
      sample: "700000001"
    action:
      description: What the plan was, V(create), V(update), V(delete), V(replace) or V(none).
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
      sample: The number belongs to the company or to one of its extensions.
plan:
  description:
    - How many numbers the plan creates, updates and deletes, and how many already match.
    - A replacement counts as a deletion and a creation.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.forwarding_numbers.resource import (
    ForwardingNumbers,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT, FORWARDING_NUMBER


def main() -> None:
    converge(ACCOUNT + REGION + POLICY + FORWARDING_NUMBER, connect, ForwardingNumbers, many=False)


if __name__ == "__main__":
    main()
