#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sonetel_voiceapp_info
short_description: Read Sonetel voice apps and their prompts
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Returns the voice apps of a Sonetel account in the form that M(office.telephony.sonetel_voiceapps) takes. Writing
    the result back to the account changes nothing.
  - Team members, voice apps and prompts are shown by name, or by id if several share the name.
options:
  voiceapps:
    description:
      - Return only these voice apps, by name, or by id if several share the name. A warning lists names that are not in
        the account.
      - If not set, all are returned.
    type: list
    elements: str
  prompts:
    description:
      - Whether to return the custom prompts of these voice apps as well. This costs one request for each voice app.
        Audio cannot be read.
    type: bool
    default: false
  raw:
    description:
      - Whether to return Sonetel's own records as well, in RV(raw).
    type: bool
    default: false
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.info
  - office.telephony.common
  - office.telephony.sonetel.account
  - office.telephony.sonetel.login
seealso:
  - module: office.telephony.sonetel_voiceapps
  - module: office.telephony.sonetel_prompt
"""

EXAMPLES = r"""
- name: Read all voice apps
  office.telephony.sonetel_voiceapp_info:
    username: admin@example.org
    password: "{{ sonetel_password }}"
  register: account

- name: Copy them to another account
  office.telephony.sonetel_voiceapps:
    voiceapps: "{{ account.voiceapps }}"

- name: Read one menu with its prompts and Sonetel's own record
  office.telephony.sonetel_voiceapp_info:
    voiceapps:
      - Reception
    prompts: true
    raw: true
"""

RETURN = r"""
voiceapps:
  description: The voice apps in the form that the plural module takes, ordered by name.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description: The name.
      type: str
      returned: always
      sample: Main menu
    app_id:
      description: Sonetel's id.
      type: str
      returned: if several voice apps share the name
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
  description: The custom prompts in the form that the plural module takes.
  type: list
  elements: dict
  returned: if O(prompts=true)
  sample: [{"voiceapp": "Reception", "name": "Opening hours"}]
raw:
  description: Sonetel's own records of the same voice apps, in the same order.
  type: list
  elements: dict
  returned: if O(raw=true)
  sample: [{"app_id": "VAq7k2m9x1za", "name": "Reception", "app_type": "ivr", "shortcode": "*21*2"}]
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
incomplete:
  description:
    - Why lists of the account are not shown in full, one sentence for each such list.
    - What is missing from the result may still be in the account.
  type: list
  elements: str
  returned: if a list is incomplete
  sample: ["Sonetel shows only the first of 2 pages of its voiceapp list."]
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
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._sonetel.api import connect
from ansible_collections.office.telephony.plugins.module_utils._sonetel.options import ACCOUNT
from ansible_collections.office.telephony.plugins.module_utils._sonetel.prompts import custom_prompts
from ansible_collections.office.telephony.plugins.module_utils._sonetel.voiceapps import Voiceapps


def main() -> None:
    spec = ArgSpec(
        {
            "voiceapps": {"type": "list", "elements": "str"},
            "prompts": {"type": "bool", "default": False},
            "raw": {"type": "bool", "default": False},
        }
    )
    inform(ACCOUNT + spec, connect, Voiceapps, keys="voiceapps", also=custom_prompts)


if __name__ == "__main__":
    main()
