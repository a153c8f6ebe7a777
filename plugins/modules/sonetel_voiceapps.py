#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sonetel_voiceapps
short_description: Manage Sonetel voice apps and their prompts
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Creates, updates and deletes menus, announcements and mailboxes of a Sonetel account, and their prompts.
  - Menus may refer to each other, even in circles, and to prompts and voice apps that the same task creates. Where this
    requires it, the module creates objects first and completes them afterwards, with as few requests as possible.
  - The module requests the account's voice apps once. It requests team members only if a destination names one, prompts
    only of voice apps that O(prompts) lists or whose menu plays one, and phone numbers only before a deletion.
options:
  voiceapps:
    description:
      - The voice apps. List each one once.
    type: list
    elements: dict
    default: []
  prompts:
    description:
      - The prompts of voice apps, listed or not. List each one once.
    type: list
    elements: dict
    default: []
  prune:
    description:
      - Whether to delete voice apps that O(voiceapps) does not list. Prompts, and voice apps that came with the
        account, are never deleted.
    type: bool
    default: false
  max_deletions:
    description:
      - The maximum number of voice apps, and of prompts, to delete. If the task would delete more, it writes nothing
        and fails.
    type: int
extends_documentation_fragment:
  - office.telephony.sonetel_prompt.listed
  - office.telephony.sonetel_voiceapp.listed
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.sonetel.account
  - office.telephony.sonetel.login
seealso:
  - module: office.telephony.sonetel_voiceapp
  - module: office.telephony.sonetel_voiceapp_info
  - module: office.telephony.sonetel_prompt
  - module: office.telephony.sonetel_forwardings
"""

EXAMPLES = r"""
- name: Create two menus that lead to each other, an announcement and a mailbox
  office.telephony.sonetel_voiceapps:
    username: admin@example.org
    password: "{{ sonetel_password }}"
    region: SE
    voiceapps:
      - name: Opening
        type: announcement
        voice: swe
        final_action:
          voiceapp: Switchboard
      - name: Switchboard
        type: menu
        voice: swe
        menu:
          - key: 1
            voiceapp: Sales
          - key: 2
            user: anna.lindqvist@example.org
          - key: 3
            prompt: Opening hours
          - key: 9
            hang_up: true
          - key: timeout
            voiceapp: Sales mailbox
      - name: Sales
        type: menu
        menu:
          - key: 1
            phone: "070-174 06 05"
          - key: 2
            voiceapp: Sales mailbox
          - key: 0
            voiceapp: Switchboard
          - key: timeout
            voiceapp: Sales mailbox
      - name: Sales mailbox
        type: mailbox
        deliver_to:
          email: sales@example.org
    prompts:
      - voiceapp: Switchboard
        name: Opening hours
        text: Vi har öppet vardagar nio till fem.
        language: sv_SE

- name: Delete all other voice apps, but at most five
  office.telephony.sonetel_voiceapps:
    prune: true
    max_deletions: 5
    voiceapps:
      - name: Reception
      - name: Sales voicemail
      - name: Växel Stockholm
      - app_id: VAdup1icate1
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
voiceapps:
  description:
    - The listed voice apps as they are after the task, or as they would be in check mode. Deleted ones are left out.
  type: list
  elements: dict
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
prompts:
  description:
    - The listed prompts as they are after the task, or as they would be in check mode. Deleted ones are left out.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    voiceapp:
      description: The voice app that it belongs to.
      type: str
      returned: always
      sample: Main menu
    name:
      description: The name.
      type: str
      returned: always
      sample: Opening hours
    audio:
      description:
        - The name of its audio file, which includes a hash of the content. V(null) if it has no audio of its own.
      type: str
      returned: always
      sample: opening-hours-t32242092d50db753779b.wav
    prompt_id:
      description: Sonetel's id. V(null) for an object that check mode would create.
      type: str
      returned: always
      sample: PRh3j6k9l2mn
results:
  description:
    - What happened to each voice app and prompt, in the order of the list.
    - Items that already matched are left out. RV(voiceapps) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    name:
      description: The name.
      type: str
      returned: for voice apps
      sample: Main menu
    prompt:
      description: The voice app and the name of the prompt.
      type: str
      returned: for prompts
      sample: Main menu / Opening hours
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
      sample: The provider asked to wait longer than the deadline allows.
plan:
  description: How many voice apps and prompts the plan creates, updates and deletes, and how many already match.
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
    applied:
      description: The voice apps and prompts that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The voice apps and prompts that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The voice apps and prompts that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The voice apps and prompts that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The voice apps and prompts that were not tried, because they would have failed for the same reason.
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import converge_together
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import POLICY, REGION, ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._sonetel.answering_options import PROMPT, VOICEAPP
from ansible_collections.office.telephony.plugins.module_utils._sonetel.api import connect
from ansible_collections.office.telephony.plugins.module_utils._sonetel.options import ACCOUNT
from ansible_collections.office.telephony.plugins.module_utils._sonetel.prompts import Prompts, voiceapps_with_prompts
from ansible_collections.office.telephony.plugins.module_utils._sonetel.voiceapps import Voiceapps


def main() -> None:
    spec = ArgSpec(
        {
            "voiceapps": {"type": "list", "elements": "dict", "default": [], **VOICEAPP.suboptions()},
            "prompts": {"type": "list", "elements": "dict", "default": [], **PROMPT.suboptions()},
            "prune": {"type": "bool", "default": False},
            "max_deletions": {"type": "int"},
        }
    )
    converge_together(ACCOUNT + REGION + POLICY + spec, connect, [Voiceapps, Prompts], voiceapps_with_prompts)


if __name__ == "__main__":
    main()
