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
  - Makes the listed menus, announcements and mailboxes of a Sonetel account, and their prompts, what the lists say.
  - Menus may name each other, also in a circle, and prompts and voice apps that the same task creates. What must be
    named before it is complete is created first and completed afterwards, in as few requests as possible.
  - The account's voice apps are requested once. Team members are only requested when a destination names one, prompts
    only of voice apps that O(prompts) lists or whose menu plays one, and phone numbers only before something is
    deleted.
options:
  voiceapps:
    description:
      - The voice apps. Each may be listed once.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - What the voice app is called. It is found by this name, which is compared exactly, unless
            O(voiceapps[].app_id) is set.
          - Together with O(voiceapps[].app_id), the voice app is renamed to it.
        type: str
      app_id:
        description:
          - Sonetel's id. Only needed to rename, or where several voice apps share a name.
        type: str
      state:
        description:
          - Whether the voice app must exist. Deleting is permanent, and its prompts are deleted with it.
          - A voice app that a number, a menu or a final action still uses after the task is not deleted, and neither
            are those that came with the account.
        type: str
        choices: [present, absent]
        default: present
      force:
        description:
          - With O(voiceapps[].state=absent), delete the voice app although it is still used. Those calls then fail.
          - With O(voiceapps[].state=present), write also what Sonetel does not show and what can therefore not be
            compared, which is O(voiceapps[].final_action) at most. The task then reports a change every time.
        type: bool
        default: false
      type:
        description:
          - What kind of voice app it is. Needed to create one.
          - A V(menu) lets the caller choose by key. An V(announcement) speaks and goes on to
            O(voiceapps[].final_action). A V(mailbox) takes a message. The one of type V(system_prompts) comes with
            the account and can only be updated.
          - V(menu) and V(announcement) can be turned into each other; no other type can be changed.
        type: str
        choices: [menu, announcement, mailbox, system_prompts]
      voice:
        description:
          - The voice of the default prompts, for example V(en), V(swe) or V(fr-fe). Not for V(system_prompts).
        type: str
      play_welcome:
        description:
          - Whether the prompt C(Welcome) is played first. For V(menu) and V(announcement).
        type: bool
      extension_dialing:
        description:
          - Whether callers may dial an internal number of three digits. For V(menu) and V(announcement).
        type: bool
      menu:
        description:
          - What each key does. Keys without a destination do nothing. For V(menu); an V(announcement) keeps one
            unused.
          - When not set, all keys are left alone.
        type: list
        elements: dict
        suboptions:
          key:
            description:
              - The key, or V(timeout) for a caller who presses none.
            type: str
            required: true
            choices: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", timeout]
          phone:
            description:
              - Any phone number, in any common spelling and in quotes. It must pass the O(policy).
            type: raw
          sip:
            description:
              - A SIP address such as V(reception@pbx.example.org).
            type: str
          user:
            description:
              - A team member, by e-mail address or id. The call follows that person's own call settings.
            type: str
          voiceapp:
            description:
              - A voice app, by its exact name or by id; itself and those that the same task creates
                included.
            type: str
          prompt:
            description:
              - A prompt of the same voice app, by its exact name or by id. The caller hears it.
            type: str
          team:
            description:
              - The id of a team (Sonetel's call group).
            type: str
          hang_up:
            description:
              - Hang up. Only V(true) makes sense.
            type: bool
          raw:
            description:
              - Anything else, in Sonetel's own words. It is written as it stands.
              - It must pass the O(policy). A kind that is not known to be harmless needs O(policy.allow_raw).
            type: dict
            suboptions:
              action:
                description:
                  - What happens, for example V(call).
                type: str
                required: true
              to:
                description:
                  - What kind of thing O(voiceapps[].menu[].raw.id) is, for example V(csg).
                type: str
                default: ""
              id:
                description:
                  - The id, number or address.
                type: str
                default: ""
      menu_policy:
        description:
          - With V(exact), keys that O(voiceapps[].menu) does not list do nothing. With V(merge), they are left alone.
        type: str
        choices: [exact, merge]
        default: exact
      final_action:
        description:
          - What happens after an announcement. For V(announcement).
          - Whether Sonetel shows it is not documented. Where it does not, it is written together with any other
            change, and taken to be right otherwise.
        type: dict
        suboptions:
          phone:
            description:
              - Any phone number, in any common spelling and in quotes. It must pass the O(policy).
            type: raw
          sip:
            description:
              - A SIP address such as V(reception@pbx.example.org).
            type: str
          user:
            description:
              - A team member, by e-mail address or id. The call follows that person's own call settings.
            type: str
          voiceapp:
            description:
              - A voice app, by its exact name or by id; itself and those that the same task creates
                included.
            type: str
          prompt:
            description:
              - A prompt of the same voice app, by its exact name or by id. The caller hears it.
            type: str
          team:
            description:
              - The id of a team (Sonetel's call group).
            type: str
          hang_up:
            description:
              - Hang up. Only V(true) makes sense.
            type: bool
          raw:
            description:
              - Anything else, in Sonetel's own words. It is written as it stands.
              - It must pass the O(policy). A kind that is not known to be harmless needs O(policy.allow_raw).
            type: dict
            suboptions:
              action:
                description:
                  - What happens, for example V(call).
                type: str
                required: true
              to:
                description:
                  - What kind of thing O(voiceapps[].final_action.raw.id) is, for example V(csg).
                type: str
                default: ""
              id:
                description:
                  - The id, number or address.
                type: str
                default: ""
      greeting:
        description:
          - Whether a mailbox plays its greeting.
        type: bool
      goodbye:
        description:
          - Whether a mailbox says goodbye.
        type: bool
      deliver_to:
        description:
          - Where a mailbox delivers its messages.
        type: dict
        suboptions:
          user:
            description:
              - A team member, by e-mail address or id.
            type: str
          email:
            description:
              - An e-mail address.
            type: str
      error_voice:
        description:
          - The voice of error messages. For V(system_prompts).
        type: str
      error_repeat_voice:
        description:
          - The voice in which error messages are repeated. For V(system_prompts).
        type: str
  prompts:
    description:
      - The prompts of voice apps, listed or not. Each may be listed once.
    type: list
    elements: dict
    default: []
    suboptions:
      voiceapp:
        description:
          - The voice app that the prompt belongs to, by its exact name or by id.
        type: str
        required: true
      name:
        description:
          - What the prompt is called. A menu has prompts from the start, such as C(Welcome) and C(Main Menu); any
            other name is a custom prompt, which is created.
        type: str
        required: true
      state:
        description:
          - Whether the prompt must exist. Prompts that a voice app has from the start cannot be deleted.
        type: str
        choices: [present, absent]
        default: present
      wav:
        description:
          - The path of a WAV file on the machine that runs the task, best made absolute with C(playbook_dir) or
            C(inventory_dir).
          - It must be uncompressed PCM with 16 bit and at most 10 MB, which is checked before anything is sent.
        type: path
      text:
        description:
          - A text to be spoken. Turning it into speech counts against the account's quota; it is done only when the
            text, O(prompts[].language) or O(prompts[].tts_voice) has changed.
        type: str
      language:
        description:
          - The language of O(prompts[].text), for example V(sv_SE).
        type: str
      tts_voice:
        description:
          - The voice that speaks O(prompts[].text), for example V(sv-SE-Neural2-A). When not set, the language's
            default voice.
        type: str
  prune:
    description:
      - Whether voice apps that O(voiceapps) does not list are deleted. Those that came with the account never are,
        and neither are prompts.
    type: bool
    default: false
  max_deletions:
    description:
      - How many voice apps, and how many prompts, may be deleted at most. If there would be more, nothing is written.
    type: int
extends_documentation_fragment:
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
- name: Two menus that lead to each other, an opening announcement and a mailbox
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

- name: Delete all other voice apps, five at most
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
voiceapps:
  description: The listed voice apps as they are after the task, or in check mode as they would be.
  type: list
  elements: dict
  returned: when the account could be read
  contains:
    name:
      description: What it is called.
      type: str
      returned: always
      sample: Main menu
    app_id:
      description: Sonetel's id; V(null) in check mode for what would be created.
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
      returned: when the type has it
      sample: swe
    play_welcome:
      description: Whether the prompt C(Welcome) is played first.
      type: bool
      returned: when the type has it
      sample: true
    extension_dialing:
      description: Whether callers may dial an internal number.
      type: bool
      returned: when the type has it
      sample: false
    menu:
      description: What the keys do, in the form of the option; keys that do nothing are left out.
      type: list
      elements: dict
      returned: when the type has it
      sample: [{"key": "1", "user": "anna.lindqvist@example.org"}]
    final_action:
      description: What happens after an announcement, in the form of the option.
      type: dict
      returned: when the type has it and Sonetel shows it
      sample: {"voiceapp": "Main menu"}
    greeting:
      description: Whether a mailbox plays its greeting.
      type: bool
      returned: when the type has it
      sample: true
    goodbye:
      description: Whether a mailbox says goodbye.
      type: bool
      returned: when the type has it
      sample: true
    deliver_to:
      description: Where a mailbox delivers its messages, in the form of the option.
      type: dict
      returned: when the type has it
      sample: {"email": "sales@example.org"}
    error_voice:
      description: The voice of error messages.
      type: str
      returned: when the type has it
      sample: en
    error_repeat_voice:
      description: The voice in which error messages are repeated.
      type: str
      returned: when the type has it
      sample: en-fe
prompts:
  description: The listed prompts as they are after the task, or in check mode as they would be.
  type: list
  elements: dict
  returned: when the account could be read
  contains:
    voiceapp:
      description: The voice app that it belongs to.
      type: str
      returned: always
      sample: Main menu
    name:
      description: What it is called.
      type: str
      returned: always
      sample: Opening hours
    audio:
      description: The name of its audio file, which holds a hash of the content; V(null) when it has none of its own.
      type: str
      returned: always
      sample: opening-hours-t32242092d50db753779b.wav
    prompt_id:
      description: Sonetel's id; V(null) in check mode for what would be created.
      type: str
      returned: always
      sample: PRh3j6k9l2mn
plan:
  description: How many voice apps and prompts were to be created, updated and deleted, and how many were right already.
  type: dict
  returned: when the account could be read
  sample: {"create": 1, "update": 2, "delete": 0, "unchanged": 1}
results:
  description:
    - What became of each voice app, and then of each prompt, in the order of the list.
    - Those that were right already are left out. RV(voiceapps) holds them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: when the account could be read
  contains:
    name:
      description: The name of the voice app, or its id where several share it.
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
        - V(unchanged), V(planned) in check mode, V(applied), V(partly) when a part of it was done, V(failed) when it
          is certain that nothing was changed, V(unknown) when it may have been changed, or V(not_tried).
      type: str
      returned: always
      sample: applied
    error:
      description: Why it failed, and what to do next.
      type: str
      returned: on failure
      sample: The provider asked to wait longer than the deadline allows.
failure:
  description:
    - Structured details of the failure. Beside these members it holds the lists V(applied), V(partly),
      V(failed), V(unknown) and V(not_tried) of numbers when only a part of the work was done.
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
      sample: Sonetel does not accept the login.
    next_step:
      description: What to do about it.
      type: str
      returned: always
      sample: Check username and password.
    status:
      description: The HTTP status of the answer.
      type: int
      returned: when there was an answer
      sample: 401
    code:
      description: The provider's own error code.
      type: str
      returned: when there is one
      sample: "10060002"
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: when a request failed
      sample: GET https://public-api.sonetel.com/account/301234567/phonenumbersubscription
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
        - How long the task waited between repetitions, or because the provider required it. Waits of several
          connections add up.
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
