#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sonetel_voiceapp
short_description: Manage a Sonetel voice app
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Creates, updates, renames or deletes a menu (IVR), an announcement or a mailbox of a Sonetel account.
  - For several voice apps, or menus that refer to each other, use M(office.telephony.sonetel_voiceapps).
extends_documentation_fragment:
  - office.telephony.sonetel_voiceapp
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.sonetel.account
  - office.telephony.sonetel.login
seealso:
  - module: office.telephony.sonetel_voiceapps
  - module: office.telephony.sonetel_voiceapp_info
  - module: office.telephony.sonetel_prompt
"""

EXAMPLES = r"""
- name: Create a menu with four keys
  office.telephony.sonetel_voiceapp:
    username: admin@example.org
    password: "{{ sonetel_password }}"
    name: Reception
    type: menu
    menu:
      - key: 1
        user: anna.lindqvist@example.org
      - key: 2
        phone: "+1 202 555 0144"
      - key: 3
        voiceapp: Sales voicemail
      - key: timeout
        voiceapp: Sales voicemail

- name: Change one key and keep the others
  office.telephony.sonetel_voiceapp:
    name: Reception
    menu_policy: merge
    menu:
      - key: 2
        sip: desk@pbx.example.org

- name: Create a mailbox that sends messages to an e-mail address
  office.telephony.sonetel_voiceapp:
    name: Support voicemail
    type: mailbox
    deliver_to:
      email: support@example.org

- name: Rename a voice app
  office.telephony.sonetel_voiceapp:
    app_id: VAw3x5y7z9ab
    name: Switchboard Stockholm

- name: Delete a voice app that nothing uses
  office.telephony.sonetel_voiceapp:
    name: Support voicemail
    state: absent
"""

RETURN = r"""
voiceapp:
  description: The voice app as it is after the task, or as it would be in check mode. V(null) if it is deleted.
  type: dict
  returned: if the current state could be read
  contains:
    name:
      description: The name.
      type: str
      returned: always
      sample: Main menu
    app_id:
      description: Sonetel's id. V(null) for an object that check mode would create.
      type: str
      returned: always
      sample: VAq7k2m9x1za
    type:
      description:
        - What kind of voice app it is, which decides what else is returned.
      type: str
      returned: always
      sample: menu
    voice:
      description: The voice of the default prompts.
      type: str
      returned: if the type has it
      sample: swe
    play_welcome:
      description: Whether the prompt C(Welcome) is played first.
      type: bool
      returned: if the type has it
      sample: true
    extension_dialing:
      description: Whether callers may dial an internal number.
      type: bool
      returned: if the type has it
      sample: false
    menu:
      description: What the keys do, in the form of the option. Keys that do nothing are left out.
      type: list
      elements: dict
      returned: if the type has it
      sample: [{"key": "1", "user": "anna.lindqvist@example.org"}]
    final_action:
      description: What happens after an announcement, in the form of the option.
      type: dict
      returned: if the type has it and Sonetel shows it
      sample: {"voiceapp": "Main menu"}
    greeting:
      description: Whether a mailbox plays its greeting.
      type: bool
      returned: if the type has it
      sample: true
    goodbye:
      description: Whether a mailbox says goodbye.
      type: bool
      returned: if the type has it
      sample: true
    deliver_to:
      description: Where a mailbox delivers its messages, in the form of the option.
      type: dict
      returned: if the type has it
      sample: {"email": "sales@example.org"}
    error_voice:
      description: The voice of error messages.
      type: str
      returned: if the type has it
      sample: en
    error_repeat_voice:
      description: The voice in which error messages are repeated.
      type: str
      returned: if the type has it
      sample: en-fe
# Generated from here on by `make generate`; see tests/tools/returned.yml.
results:
  description: What happened to the voice app, as a list with one entry.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    name:
      description: The name.
      type: str
      returned: always
      sample: Main menu
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
      sample: The provider asked to wait longer than the deadline allows.
plan:
  description: How many voice apps the plan creates, updates and deletes, and how many already match.
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
      sample: Sonetel does not accept the login.
    next_step:
      description: What to do about it. Empty if nobody knows.
      type: str
      returned: always
      sample: Check username and password.
    status:
      description: The HTTP status of the answer.
      type: int
      returned: if there was an answer
      sample: 401
    code:
      description: The error code of Sonetel.
      type: str
      returned: if the answer has one
      sample: "10060002"
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: if a request failed
      sample: GET https://public-api.sonetel.com/account/301234567/phonenumbersubscription
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
from ansible_collections.office.telephony.plugins.module_utils._sonetel.answering_options import VOICEAPP
from ansible_collections.office.telephony.plugins.module_utils._sonetel.api import connect
from ansible_collections.office.telephony.plugins.module_utils._sonetel.options import ACCOUNT
from ansible_collections.office.telephony.plugins.module_utils._sonetel.voiceapps import Voiceapps


def main() -> None:
    converge(ACCOUNT + REGION + POLICY + VOICEAPP, connect, Voiceapps, many=False)


if __name__ == "__main__":
    main()
