#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sonetel_prompt
short_description: Manage a prompt of a Sonetel voice app
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Creates or deletes a custom prompt of a voice app, and sets the audio of prompts from a WAV file or from text.
  - Sonetel shows no checksum of audio. The module therefore uploads the audio under a name with a hash of its source.
    As long as that hash is there, it uploads nothing and turns nothing into speech.
  - Sonetel documents no way to remove audio from a prompt, or to return to a prompt's original audio.
  - To create prompts together with the menus that play them, use M(office.telephony.sonetel_voiceapps).
extends_documentation_fragment:
  - office.telephony.sonetel_prompt
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.sonetel.account
  - office.telephony.sonetel.login
seealso:
  - module: office.telephony.sonetel_voiceapps
  - module: office.telephony.sonetel_voiceapp_info
"""

EXAMPLES = r"""
- name: Set the welcome of a menu from a file
  office.telephony.sonetel_prompt:
    username: admin@example.org
    password: "{{ sonetel_password }}"
    voiceapp: Reception
    name: Welcome
    wav: "{{ playbook_dir }}/files/welcome.wav"

- name: Create a custom prompt from text
  office.telephony.sonetel_prompt:
    voiceapp: Reception
    name: Opening hours
    text: We are open from nine to five on weekdays.
    language: en_GB

- name: Delete the prompt again
  office.telephony.sonetel_prompt:
    voiceapp: Reception
    name: Opening hours
    state: absent
"""

RETURN = r"""
prompt:
  description: The prompt as it is after the task, or as it would be in check mode. V(null) if it is deleted.
  type: dict
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
# Generated from here on by `make generate`; see tests/tools/returned.yml.
results:
  description: What happened to the prompt, as a list with one entry.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    prompt:
      description: The voice app and the name of the prompt.
      type: str
      returned: always
      sample: Main menu / Opening hours
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
  description: How many prompts the plan creates, updates and deletes, and how many already match.
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
from ansible_collections.office.telephony.plugins.module_utils._sonetel.answering_options import PROMPT
from ansible_collections.office.telephony.plugins.module_utils._sonetel.api import connect
from ansible_collections.office.telephony.plugins.module_utils._sonetel.options import ACCOUNT
from ansible_collections.office.telephony.plugins.module_utils._sonetel.prompts import Prompts


def main() -> None:
    converge(ACCOUNT + PROMPT, connect, Prompts, many=False)


if __name__ == "__main__":
    main()
