# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a Sonetel voice app: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  name:
    description:
      - What the voice app is called. It is found by this name, which is compared exactly, unless O(app_id) is set.
      - Together with O(app_id), the voice app is renamed to it.
    type: str
  app_id:
    description:
      - Sonetel's id. Only needed to rename, or where several voice apps share a name.
    type: str
  state:
    description:
      - Whether the voice app must exist. Deleting is permanent, and its prompts are deleted with it.
      - A voice app that a number, a menu or a final action still uses after the task is not deleted, and neither are
        those that came with the account.
    type: str
    choices: [present, absent]
    default: present
  force:
    description:
      - With O(state=absent), delete the voice app although it is still used. Those calls then fail.
      - With O(state=present), write also what Sonetel does not show and what can therefore not be compared, which is
        O(final_action) at most. The task then reports a change every time.
    type: bool
    default: false
  type:
    description:
      - What kind of voice app it is. Needed to create one.
      - A V(menu) lets the caller choose by key. An V(announcement) speaks and goes on to O(final_action). A
        V(mailbox) takes a message. The one of type V(system_prompts) comes with the account and can only be updated.
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
      - What each key does. Keys without a destination do nothing. For V(menu); an V(announcement) keeps one unused.
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
              - What kind of thing O(menu[].raw.id) is, for example V(csg).
            type: str
            default: ""
          id:
            description:
              - The id, number or address.
            type: str
            default: ""
  menu_policy:
    description:
      - With V(exact), keys that O(menu) does not list do nothing. With V(merge), they are left alone.
    type: str
    choices: [exact, merge]
    default: exact
  final_action:
    description:
      - What happens after an announcement. For V(announcement).
      - Whether Sonetel shows it is not documented. Where it does not, it is written together with any other change,
        and taken to be right otherwise.
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
              - What kind of thing O(final_action.raw.id) is, for example V(csg).
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
"""

    LISTED = listed("voiceapps", DOCUMENTATION)
