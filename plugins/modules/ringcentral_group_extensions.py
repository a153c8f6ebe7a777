#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_group_extensions
short_description: Manage message-only and announcement-only extensions of a RingCentral account
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Creates, changes or deletes extensions that are not people. A message-only extension takes a message from every
    caller, an announcement-only extension plays an announcement and ends the call. They are what menus, hours and rules
    of a company lead to.
  - A new extension is switched on. One that somebody has disabled stays so.
  - An extension that menus, rules, queues or phone numbers still lead to is not deleted. Its own phone numbers are
    never freed.
  - The app needs the permission C(EditAccounts), the user the permissions to add extensions and to edit them.
  - Before one is deleted, everything that can lead to it is read. That takes one request for each menu and site, and
    several for each queue and person.
options:
  group_extensions:
    description:
      - The extensions. Each may be listed once.
    type: list
    elements: dict
    required: true
extends_documentation_fragment:
  - office.telephony.ringcentral_group_extension.listed
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_group_extension
  - module: office.telephony.ringcentral_company_info
"""

EXAMPLES = r"""
- name: What callers hear when the office is closed, and where they leave a message
  office.telephony.ringcentral_group_extensions:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    group_extensions:
      - extension: "7102"
        kind: message_only
        name: Night messages
        email: messages@example.org
        voicemail_to: "101"
      - extension: "7103"
        kind: announcement
        name: We are closed
        email: office@example.org
"""

RETURN = r"""
group_extensions:
  description:
    - The listed extensions as they are after the task, or in check mode as they would be. Absent ones are left out.
  type: list
  elements: dict
  returned: when the extensions could be read
  contains:
    extension:
      description:
        - The extension number.
      type: str
      returned: always
      sample: "7101"
    kind:
      description:
        - What it does.
      type: str
      returned: when it was read
      sample: "message_only"
    name:
      description:
        - Its name.
      type: str
      returned: when it was read
      sample: "Messages"
    email:
      description:
        - Its e-mail address.
      type: str
      returned: when it was read
      sample: "messages@example.org"
    site:
      description:
        - The site that it belongs to, by its number.
      type: str
      returned: when it was read
      sample: "main"
    time_zone:
      description:
        - Its time zone.
      type: str
      returned: when it was read
      sample: "America/New_York"
    language:
      description:
        - Its language.
      type: str
      returned: when it was read
      sample: "en-US"
    voicemail_to:
      description:
        - The extension that gets the messages.
      type: str
      returned: when it was read
      sample: "101"
    status:
      description:
        - Whether it takes calls, in RingCentral's words.
      type: str
      returned: when it was read
      sample: "Enabled"
    extension_id:
      description:
        - RingCentral's id of the extension. V(null) for one that check mode would create.
      type: str
      returned: always
      sample: "400000016"
plan:
  description:
    - How many extensions were to be created, changed or deleted, and how many were right already.
  type: dict
  returned: when the extensions could be read
  sample: {"create": 0, "update": 1, "delete": 0, "unchanged": 1}
results:
  description:
    - What became of each extension, in the order of the list.
    - Those that were right already are left out. RV(group_extensions) holds them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: when the extensions could be read
  contains:
    extension:
      description:
        - The extension number.
      type: str
      returned: always
      sample: "7101"
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
      and V(not_tried) of extensions when only a part of the work was done.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.group_extensions import (
    GroupExtensions,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.lists import alone
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import GROUP_EXTENSION
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    listed = {"type": "list", "elements": "dict", "required": True, **GROUP_EXTENSION.suboptions()}
    spec = ACCOUNT + REGION + POLICY + ArgSpec({"group_extensions": listed})
    converge(spec, connect, GroupExtensions, many=True, build=alone(GroupExtensions))


if __name__ == "__main__":
    main()
