#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_ivr_menus
short_description: Manage menus of a RingCentral account
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Creates, changes or deletes menus, in which callers press a key to go on.
  - A new menu is created empty. What it says and where its keys lead is written when everything exists that it leads
    to, so that menus may lead to each other and to themselves.
  - RingCentral may take some actions on some keys only, which no document says of menus. It decides, and the message
    says what may be wrong.
  - The app needs the permission C(EditAccounts), the user the permission to edit the auto-receptionist.
  - Before one is deleted, everything that can lead to it is read. That takes one request for each menu and site, and
    several for each queue and person.
options:
  ivr_menus:
    description:
      - The menus. Each may be listed once. They may lead to each other, in circles too.
    type: list
    elements: dict
    required: true
    suboptions:
      extension:
        description:
          - The extension number of up to eight digits. An existing menu can also be named by its id or its exact name.
          - A number that another extension has is refused. RingCentral's own choice of a number is never used.
        type: str
        required: true
      name:
        description:
          - The name that people see. Needed for a new menu.
        type: str
      site:
        description:
          - The site that it belongs to, by name or extension number. V(main) is the site that every account has.
        type: str
      prompt:
        description:
          - What callers hear.
        type: dict
        suboptions:
          text:
            description:
              - A text that RingCentral speaks.
              - Special characters such as V(!), V(&) or V(%) may be refused or left out. A text that lacks nothing else
                at RingCentral counts as the same, with a warning.
            type: str
          language:
            description:
              - The language of the text, such as V(en-US). When not set, it stays as it is, and a new menu speaks the
                language of the account.
            type: str
          prompt:
            description:
              - The name of a recording, which M(office.telephony.ringcentral_ivr_prompts) manages.
            type: str
      keys:
        description:
          - What each key does. When not set, all keys stay as they are.
        type: list
        elements: dict
        suboptions:
          extension:
            description:
              - An extension of any kind, by extension number, id, e-mail address or exact name.
            type: str
          phone_number:
            description:
              - An external phone number in any common spelling and in quotes. It must pass the O(policy).
            type: raw
          voicemail:
            description:
              - A mapping with C(extension) means the voicemail of that extension.
            type: raw
          announcement:
            description:
              - Not for menus.
            type: raw
          operator:
            description:
              - V(true) means the operator.
            type: bool
          hang_up:
            description:
              - V(true) ends the call.
            type: bool
          dial_by_name:
            description:
              - V(true) lets callers spell a name.
            type: bool
          repeat:
            description:
              - V(true) plays the menu again.
            type: bool
          root:
            description:
              - V(true) leads back to the first menu.
            type: bool
          previous:
            description:
              - V(true) leads back to the menu before.
            type: bool
          raw:
            description:
              - An action of RingCentral's that cannot be written, such as V(TransferToContactCenterNumber). It stays
                when the key has it already, and is refused otherwise. V(DoNothing) is the same as leaving out the key.
            type: str
          key:
            description:
              - The key. V(no_input) is for callers who press nothing.
            type: str
            required: true
            choices: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", no_input]
      keys_policy:
        description:
          - V(exact) clears the keys that are not listed. V(merge) leaves them as they are.
          - Where RingCentral keeps a key that was left out, the key is made to do nothing.
        type: str
        choices: [exact, merge]
        default: exact
      repeat:
        description:
          - How often callers hear the prompt.
        type: int
        choices: [1, 2, 3]
      state:
        description:
          - V(absent) deletes the menu. Its phone numbers become numbers of the company.
        type: str
        choices: [present, absent]
        default: present
extends_documentation_fragment:
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
- name: A menu and the one below it
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
ivr_menus:
  description:
    - The listed menus as they are after the task, or in check mode as they would be. Absent ones are left out.
    - Each has the options of O(ivr_menus), and C(extension_id), RingCentral's id of the menu. It is V(null) for one
      that check mode would create.
  type: list
  elements: dict
  returned: when the menus could be read
  sample: [{"extension": "8001", "name": "Main menu", "site": "main", "prompt": {"prompt": "Welcome"},
    "keys": [{"key": "1", "extension": "7001"}], "repeat": 3, "extension_id": "400000014"}]
plan:
  description:
    - How many menus were to be created, changed or deleted, and how many were right already.
  type: dict
  returned: when the menus could be read
  sample: {"create": 0, "update": 1, "delete": 0, "unchanged": 1}
results:
  description:
    - What became of each menu, in the order of the list.
    - Those that were right already are left out. RV(ivr_menus) holds them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: when the menus could be read
  contains:
    extension:
      description:
        - The extension number.
      type: str
      returned: always
      sample: "8001"
    action:
      description:
        - What the plan was, V(create), V(update) or V(delete).
      type: str
      returned: always
      sample: "update"
    status:
      description:
        - V(unchanged), V(planned) in check mode, V(applied), V(partly) when a part of it was done, V(failed) when it is
          certain that nothing was changed, V(unknown) when it may have been changed, or V(not_tried).
      type: str
      returned: always
      sample: "applied"
    error:
      description:
        - Why it failed, and what to do next.
      type: str
      returned: on failure
      sample: "RingCentral refused the request."
failure:
  description:
    - Structured details of the failure. Beside these members it holds the lists V(applied), V(failed), V(unknown)
      and V(not_tried) of menus when only a part of the work was done.
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
