#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_forwarding_numbers
short_description: Manage forwarding numbers of RingCentral extensions
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Makes the forwarding numbers of RingCentral extensions what the list says. Which of these numbers ring, and in which
    order, is decided by the extensions' call handling.
  - One request reads the numbers of an extension, one request looks up all extensions, and one write is made for each
    number that differs. A write whose answer is lost is looked up before it is repeated, so that no number is listed
    twice.
  - Records that RingCentral manages itself, such as one's own desk phone, are left alone.
options:
  forwarding_numbers:
    description:
      - The forwarding numbers. Each may be listed once for an extension.
    type: list
    elements: dict
    required: true
  prune:
    description:
      - Whether to remove the numbers of the listed extensions that are not listed. Lines of desk phones and what
        RingCentral manages itself are kept. Extensions that are not listed are left alone.
    type: bool
    default: false
  max_deletions:
    description:
      - Do nothing and fail if more than this many numbers would be deleted, replacements included.
    type: int
extends_documentation_fragment:
  - office.telephony.ringcentral_forwarding_number.listed
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_forwarding_number
  - module: office.telephony.ringcentral_forwarding_number_info
"""

EXAMPLES = r"""
- name: Give an extension its forwarding numbers, and no others
  office.telephony.ringcentral_forwarding_numbers:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    region: US
    policy:
      allowed_countries: [US, CA]
    prune: true
    max_deletions: 2
    forwarding_numbers:
      - extension: "101"
        type: Mobile
        phone_number: "(650) 555-0100"
      - extension: "101"
        type: Home
        phone_number: "(650) 555-0101"
      - extension: "101"
        label: Reception
        phone_number: "(650) 555-0102"
        flip_number: 5
      - extension: "101"
        device: Yealink T54W
        device_extension: "102"

- name: Turn a number of type Other into that of type Work, which means a new record
  office.telephony.ringcentral_forwarding_numbers:
    forwarding_numbers:
      - extension: "101"
        phone_number: "+16505550102"
        type: Work
        replace: true
"""

RETURN = r"""
forwarding_numbers:
  description: The listed numbers as they are after the task, or in check mode as they would be; absent ones are left
    out.
  type: list
  elements: dict
  returned: when the numbers could be read
  contains:
    extension:
      description: The extension number, or the extension's id where it has no number.
      type: str
      returned: always
      sample: "101"
    phone_number:
      description: The phone number in E.164.
      type: str
      returned: when there is one
      sample: "+16505550100"
    device:
      description: The device's name, or its id where several are called the same.
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
      returned: when there is one
      sample: 2
    forwarding_number_id:
      description: RingCentral's id of the record.
      type: str
      returned: when the record exists
      sample: "700000001"
    extension_id:
      description: RingCentral's id of the extension.
      type: str
      returned: when the record exists
      sample: "400000002"
plan:
  description: How many numbers were to be changed, and how many were right already. A replacement counts as a deletion
    and a creation.
  type: dict
  returned: when the numbers could be read
  sample: {"create": 1, "update": 0, "delete": 0, "unchanged": 3}
results:
  description:
    - What became of each number, in the order of the list; pruned ones last.
    - Those that were right already are left out. RV(forwarding_numbers) holds them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: when the numbers could be read
  contains:
    extension:
      description: The extension number.
      type: str
      returned: always
      sample: "101"
    phone_number:
      description: The phone number in E.164.
      type: str
      returned: unless it is a device
      sample: "+16505550100"
    device:
      description: The device.
      type: str
      returned: for a device
      sample: Yealink T54W
    forwarding_number_id:
      description: RingCentral's id of the record.
      type: str
      returned: when the record has neither phone number nor device
      sample: "700000001"
    action:
      description: What the plan was, V(create), V(update), V(delete) or V(replace).
      type: str
      returned: always
      sample: create
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
      sample: The number belongs to the company or to one of its extensions.
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
      sample: RingCentral does not accept the login.
    next_step:
      description: What to do about it.
      type: str
      returned: always
      sample: Check client_id, client_secret and jwt.
    status:
      description: The HTTP status of the answer.
      type: int
      returned: when there was an answer
      sample: 400
    code:
      description: RingCentral's own error code.
      type: str
      returned: when there is one
      sample: FPN-105
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: when a request failed
      sample: GET https://platform.ringcentral.com/restapi/v1.0/account/~/extension
api_calls:
  description: What the task cost.
  type: dict
  returned: always
  contains:
    requests:
      description: How many requests were sent, logins and repetitions included.
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
        - How long the task waited for the rate limits, between repetitions, or because RingCentral required it. Waits
          of several connections add up.
      type: float
      returned: always
      sample: 0
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import converge
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import POLICY, REGION, ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.api import connect
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.forwarding_numbers.resource import (
    ForwardingNumbers,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import (
    ACCOUNT,
    FORWARDING_NUMBER,
    PRUNE,
)


def main() -> None:
    numbers = {"type": "list", "elements": "dict", "required": True, **FORWARDING_NUMBER.suboptions()}
    spec = ACCOUNT + REGION + POLICY + PRUNE + ArgSpec({"forwarding_numbers": numbers})
    converge(spec, connect, ForwardingNumbers, many=True)


if __name__ == "__main__":
    main()
