#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_ivr_prompts
short_description: Manage recordings for menus of a RingCentral account
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Uploads, replaces or deletes recordings for menus.
  - RingCentral shows no checksum of a recording. The module therefore uploads the file under a name with a hash of its
    content, such as C(Welcome-3f2a9c01b7de.wav), and uploads it again only if the content has changed.
  - The module uploads a changed file first. Then it switches all menus from the old recording to the new one, including
    menus that no task manages, and finally deletes the old recording.
  - If several prompts have the same name, whatever the endings of their files, the task fails, because menus could mean
    any of them.
  - The app needs the permission C(EditAccounts). The user needs the permissions to edit company greetings and menus.
options:
  ivr_prompts:
    description:
      - The prompts. List each one once.
    type: list
    elements: dict
    required: true
extends_documentation_fragment:
  - office.telephony.ringcentral_ivr_prompt.listed
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_ivr_prompt
  - module: office.telephony.ringcentral_company_info
  - module: office.telephony.ringcentral_ivr_menu
"""

EXAMPLES = r"""
- name: Upload the recordings of all menus
  office.telephony.ringcentral_ivr_prompts:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    ivr_prompts:
      - name: Welcome
        file: "{{ playbook_dir }}/files/welcome.wav"
      - name: Support
        file: "{{ playbook_dir }}/files/welcome.wav"
      - name: Summer closing
        state: absent
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
ivr_prompts:
  description:
    - The listed prompts as they are after the task, or as they would be in check mode. Deleted ones are left out.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    name:
      description:
        - The name of the prompt.
      type: str
      returned: always
      sample: Welcome
    audio:
      description:
        - The name of its file at RingCentral, which includes a hash of the content.
      type: str
      returned: if it was read
      sample: Welcome-3f2a9c01b7de.wav
    prompt_id:
      description:
        - RingCentral's id of the prompt. V(null) if check mode would create it.
      type: str
      returned: always
      sample: "560000001"
results:
  description:
    - What happened to each prompt, in the order of the list.
    - Items that already matched are left out. RV(ivr_prompts) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    name:
      description:
        - The name of the prompt.
      type: str
      returned: always
      sample: Welcome
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
      sample: it is still played by menu 8001 (Main menu); let it play something else first
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
      description: The prompts that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The prompts that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The prompts that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The prompts that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The prompts that were not tried, because they would have failed for the same reason.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.ivr_prompts import IvrPrompts
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import IVR_PROMPT
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    listed = {"type": "list", "elements": "dict", "required": True, **IVR_PROMPT.suboptions()}
    spec = ACCOUNT + REGION + POLICY + ArgSpec({"ivr_prompts": listed})
    converge(spec, connect, IvrPrompts, many=True)


if __name__ == "__main__":
    main()
