#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_company_forward_all
short_description: Send all calls of a RingCentral company elsewhere in an emergency
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Switches the company's emergency forwarding on or off, which sends all calls to one extension, whatever its hours
    and rules are. The destination and the duration can be set only in RingCentral's admin portal. The result and a
    warning show the destination.
  - The module does not switch it on if no destination is set up.
  - In an office's file, it is a mapping and not a list, because an account has it once.
  - The app needs the permission C(EditAccounts). The user needs the permission to edit the company's answering rules.
options:
  enabled:
    description:
      - Whether all calls go to that extension.
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
- name: Send all calls of the company to the destination in the portal
  office.telephony.ringcentral_company_forward_all:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    enabled: true
"""

RETURN = r"""
company_forward_all:
  description:
    - The switch as it is after the task, or as it would be in check mode.
  type: dict
  returned: if the current state could be read
  contains:
    account:
      description: Whose it is.
      type: str
      returned: always
      sample: company
    enabled:
      description: Whether all calls go to that extension.
      type: bool
      returned: always
      sample: true
    extension:
      description: The extension that all calls go to, or would go to. V(null) if none is set up.
      type: str
      returned: always
      sample: "7101"
    ranges:
      description: When they go there, as RingCentral shows it. V(null) means always.
      type: list
      elements: dict
      returned: always
      sample: [{"from": "2026-12-24T12:00:00.000Z", "to": "2026-12-27T08:00:00.000Z"}]
# Generated from here on by `make generate`; see tests/tools/returned.yml.
results:
  description: What happened to the switch, as a list with one entry.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    account:
      description: Whose switch it is.
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
  description: How many switches the plan creates, updates and deletes, and how many already match.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.forward_all import (
    CompanyForwardAll,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import FORWARD_ALL
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    converge(ACCOUNT + REGION + POLICY + FORWARD_ALL, connect, CompanyForwardAll, many=False)


if __name__ == "__main__":
    main()
