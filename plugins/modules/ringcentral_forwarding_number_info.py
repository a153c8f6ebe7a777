#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_forwarding_number_info
short_description: Read the forwarding numbers of RingCentral extensions
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Returns the forwarding numbers of RingCentral extensions in the form that
    M(office.telephony.ringcentral_forwarding_numbers) takes. Writing the result back to the account changes nothing.
  - The module sends one request for each extension, and one for the list of extensions. If desk phones are among the
    numbers, it looks for their owners, with one more request for each extension until it has found them.
options:
  extensions:
    description:
      - The extensions, each by extension number, id, e-mail address or exact name. V(~) is the extension of the login.
      - If not set, all extensions of people are read.
    type: list
    elements: str
  used_by:
    description:
      - Whether to return the rules that ring the numbers as well, in RV(used_by). Deleting a number removes it from
        these rules.
      - This costs one request, and one more for each extension with numbers, or two if the account uses the new call
        handling.
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
  - module: office.telephony.ringcentral_forwarding_numbers
"""

EXAMPLES = r"""
- name: Read the forwarding numbers of two extensions
  office.telephony.ringcentral_forwarding_number_info:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    extensions:
      - "101"
      - ben@example.org
  register: account

- name: Show them in the form that the plural module takes
  ansible.builtin.debug:
    var: account.forwarding_numbers

- name: Show which rules ring an extension's numbers before you remove one
  office.telephony.ringcentral_forwarding_number_info:
    extensions: ["101"]
    used_by: true

- name: Read your own extension with RingCentral's own records
  office.telephony.ringcentral_forwarding_number_info:
    extensions: ["~"]
    raw: true

- name: Read those of all extensions, and their owners
  office.telephony.ringcentral_forwarding_number_info:
  register: everybody
"""

RETURN = r"""
forwarding_numbers:
  description: The numbers in the form that the plural module takes, ordered by extension and number.
  type: list
  elements: dict
  returned: success
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
      description: The device's name, or its id if several have the same name or its owner cannot be read.
      type: str
      returned: for type V(PhoneLine)
      sample: Yealink T54W
    device_extension:
      description: The extension number of the co-worker whose desk phone it is.
      type: str
      returned: for a co-worker's desk phone whose owner can be read
      sample: "102"
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
      returned: if nothing else distinguishes the record
      sample: "700000001"
used_by:
  description:
    - The numbers that rules ring, including disabled rules. A warning names extensions if the login may not read their
      rules.
  type: list
  elements: dict
  returned: if O(used_by=true)
  contains:
    extension:
      description: The extension number, or the extension's id if it has no number.
      type: str
      returned: always
      sample: "101"
    phone_number:
      description: The phone number in E.164.
      type: str
      returned: unless it is a device
      sample: "+16505550100"
    device:
      description: The device's name, or its id if several have the same name.
      type: str
      returned: for a device
      sample: Yealink T54W
    forwarding_number_id:
      description: RingCentral's id of the record.
      type: str
      returned: if the record has neither phone number nor device
      sample: "700000001"
    rules:
      description: V(work hours), V(after hours), and the names of other rules.
      type: list
      elements: str
      returned: always
      sample: [work hours]
extensions:
  description: The owners of the account's extensions, in RingCentral's order. They cost no request.
  type: list
  elements: dict
  returned: unless O(extensions) is set
  contains:
    extension:
      description: The extension number.
      type: str
      returned: always
      sample: "102"
    extension_id:
      description: RingCentral's id of the extension.
      type: str
      returned: always
      sample: "400000003"
    name:
      description: The name.
      type: str
      returned: if there is one
      sample: Ben Okafor
    email:
      description: The e-mail address.
      type: str
      returned: if there is one
      sample: ben@example.org
    status:
      description: RingCentral's status of the extension.
      type: str
      returned: unless it is V(Enabled)
      sample: Disabled
raw:
  description: RingCentral's own records in the same order, with C(extensionId) and C(extensionNumber) added.
  type: list
  elements: dict
  returned: if O(raw=true)
  sample: [{"id": "700000001", "phoneNumber": "+16505550100", "type": "Mobile", "extensionNumber": "101"}]
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.forwarding_numbers.resource import (
    ForwardingNumbers,
    also_reported,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    spec = ArgSpec(
        {
            "extensions": {"type": "list", "elements": "str"},
            "used_by": {"type": "bool", "default": False},
            "raw": {"type": "bool", "default": False},
        }
    )
    inform(ACCOUNT + REGION + spec, connect, ForwardingNumbers, keys="extensions", also=also_reported)


if __name__ == "__main__":
    main()
