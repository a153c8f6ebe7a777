#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_company_forward_all
short_description: Send all calls of a RingCentral company elsewhere, for an emergency
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Switches on or off that all calls to the company go to one extension, whatever its hours and rules say. Where they
    go, and for how long, is set in RingCentral's admin portal and nowhere else. Results and a warning say where.
  - It is not switched on while nothing is set up.
  - In an office's file it is a mapping and no list, because an account has it once.
  - The app needs the permission C(EditAccounts), the user the permission to edit the company's answering rules.
options:
  enabled:
    description:
      - Whether all calls go there.
    type: bool
    required: true
extends_documentation_fragment:
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_company_info
"""

EXAMPLES = r"""
- name: Send all calls of the company where the portal says
  office.telephony.ringcentral_company_forward_all:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    enabled: true
"""

RETURN = r"""
company_forward_all:
  description:
    - The switch as it is after the task, or in check mode as it would be.
  type: dict
  returned: when the switch could be read
  contains:
    account:
      description: Whose it is.
      type: str
      returned: always
      sample: company
    enabled:
      description: Whether all calls go there.
      type: bool
      returned: always
      sample: true
    extension:
      description: The extension that all calls go to, or would go to. V(null) while nothing is set up.
      type: str
      returned: always
      sample: "7101"
    ranges:
      description: When they do, as RingCentral shows it. V(null) for always.
      type: list
      elements: dict
      returned: always
      sample: [{"from": "2026-12-24T12:00:00.000Z", "to": "2026-12-27T08:00:00.000Z"}]
plan:
  description:
    - How many switches were to be changed, and how many were right already.
  type: dict
  returned: when the switch could be read
  sample: {"create": 0, "update": 1, "delete": 0, "unchanged": 0}
results:
  description:
    - What became of the switch.
  type: list
  elements: dict
  returned: when the switch could be read
  contains:
    account:
      description: Whose it is.
      type: str
      returned: always
      sample: company
    action:
      description: What the plan was, V(update) or V(none).
      type: str
      returned: always
      sample: update
    status:
      description:
        - V(unchanged), V(planned) in check mode, V(applied), V(failed) when it is certain that nothing was changed,
          V(unknown) when it may have been changed, or V(not_tried).
      type: str
      returned: always
      sample: applied
    error:
      description: Why it failed, and what to do next.
      type: str
      returned: on failure
      sample: RingCentral refused the request.
failure:
  description:
    - Structured details of the failure.
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
      sample: CMN-408
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
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import POLICY, REGION
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.api import connect
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.forward_all import (
    CompanyForwardAll,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import FORWARD_ALL
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    converge(ACCOUNT + REGION + POLICY + FORWARD_ALL, connect, CompanyForwardAll, many=False)


if __name__ == "__main__":
    main()
