#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_ivr_menus
short_description: Manage menus of a RingCentral account
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Creates, changes or deletes menus, in which callers choose by key.
  - A new menu is created empty. Its text and its keys are written once everything that they refer to exists. Menus may
    therefore lead to each other and to themselves.
  - RingCentral may accept some actions only on some keys, and does not document which. If it refuses an action, the
    message names the possible reasons.
  - The app needs the permission C(EditAccounts). The user needs the permission to edit the auto-receptionist.
  - Before a deletion, the module reads everything that could lead there. This costs one request for each menu and site,
    and several for each queue and person.
options:
  ivr_menus:
    description:
      - The menus. List each one once. They may lead to each other, even in circles.
    type: list
    elements: dict
    required: true
extends_documentation_fragment:
  - office.telephony.ringcentral_ivr_menu.listed
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_ivr_menu
  - module: office.telephony.ringcentral_company_info
  - module: office.telephony.ringcentral_ivr_prompt
"""

EXAMPLES = r"""
- name: Create a menu with a submenu
  office.telephony.ringcentral_ivr_menus:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    ivr_menus:
      - extension: "8001"
        name: Main menu
        prompt:
          prompt: welcome
        keys:
          - key: "1"
            extension: "7001"
          - key: "2"
            extension: "8002"
      - extension: "8002"
        name: Support menu
        prompt:
          text: To leave a message, press 1.
        keys:
          - key: "1"
            voicemail:
              extension: "7101"
          - key: "#"
            previous: true
        repeat: 2
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
ivr_menus:
  description:
    - The listed menus as they are after the task, or as they would be in check mode. Deleted ones are left out.
  type: list
  elements: dict
  returned: if the current state could be read
  sample:
    - extension: '8001'
      name: Main menu
      site: main
      prompt:
        prompt: Welcome
      keys:
      - key: '1'
        extension: '7001'
      repeat: 3
      extension_id: '400000014'
results:
  description:
    - What happened to each menu, in the order of the list.
    - Items that already matched are left out. RV(ivr_menus) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    extension:
      description: The menu's extension number.
      type: str
      returned: always
      sample: "8001"
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
  description: How many menus the plan creates, updates and deletes, and how many already match.
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
      description: The menus that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The menus that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The menus that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The menus that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The menus that were not tried, because they would have failed for the same reason.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.ivr_menus import IvrMenus
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.lists import alone
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import IVR_MENU
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    listed = {"type": "list", "elements": "dict", "required": True, **IVR_MENU.suboptions()}
    spec = ACCOUNT + REGION + POLICY + ArgSpec({"ivr_menus": listed})
    converge(spec, connect, IvrMenus, many=True, build=alone(IvrMenus))


if __name__ == "__main__":
    main()
