#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_group_extension
short_description: Manage a message-only or announcement-only extension of a RingCentral account
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Creates, changes or deletes extensions that are not people. A message-only extension takes a message from every
    caller. An announcement-only extension plays an announcement and ends the call. Menus, hours and rules of a company
    lead to them.
  - A new extension is enabled. An extension that somebody has disabled stays disabled.
  - An extension is not deleted while menus, rules, queues or phone numbers lead to it. The module never frees the
    extension's own phone numbers.
  - The app needs the permission C(EditAccounts). The user needs the permissions to add and edit extensions.
  - Before a deletion, the module reads everything that could lead there. This costs one request for each menu and site,
    and several for each queue and person.
extends_documentation_fragment:
  - office.telephony.ringcentral_group_extension
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_group_extensions
  - module: office.telephony.ringcentral_company_info
"""

EXAMPLES = r"""
- name: Create an extension that takes messages at night
  office.telephony.ringcentral_group_extension:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    extension: "7102"
    kind: message_only
    name: Night messages
    email: messages@example.org
    voicemail_to: "101"
"""

RETURN = r"""
group_extension:
  description:
    - The extension as it is after the task, or as it would be in check mode. V(null) if it does not exist.
  type: dict
  returned: if the current state could be read
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
      returned: if it was read
      sample: "message_only"
    name:
      description:
        - Its name.
      type: str
      returned: if it was read
      sample: "Messages"
    email:
      description:
        - Its e-mail address.
      type: str
      returned: if it was read
      sample: "messages@example.org"
    site:
      description:
        - The site that it belongs to, by its number.
      type: str
      returned: if it was read
      sample: "main"
    time_zone:
      description:
        - Its time zone.
      type: str
      returned: if it was read
      sample: "America/New_York"
    language:
      description:
        - Its language.
      type: str
      returned: if it was read
      sample: "en-US"
    voicemail_to:
      description:
        - The extension that receives the messages.
      type: str
      returned: if it was read
      sample: "101"
    status:
      description:
        - Whether it takes calls, in RingCentral's terms.
      type: str
      returned: if it was read
      sample: "Enabled"
    extension_id:
      description:
        - RingCentral's id of the extension. V(null) if check mode would create it.
      type: str
      returned: always
      sample: "400000016"
# Generated from here on by `make generate`; see tests/tools/returned.yml.
results:
  description: What happened to the extension, as a list with one entry.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    extension:
      description:
        - The extension number.
      type: str
      returned: always
      sample: "7101"
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
  description: How many extensions the plan creates, updates and deletes, and how many already match.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.group_extensions import (
    GroupExtensions,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.lists import alone
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import GROUP_EXTENSION
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    converge(
        ACCOUNT + REGION + POLICY + GROUP_EXTENSION, connect, GroupExtensions, many=False, build=alone(GroupExtensions)
    )


if __name__ == "__main__":
    main()
