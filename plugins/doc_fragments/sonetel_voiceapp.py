# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.doc_fragments.sonetel_user_forwarding import CALLED, REST, USER
from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed

_OF_APPS = r"""
      prompt:
        description:
          - A prompt of the same voice app, by its exact name or id. The caller hears it.
        type: str
      team:
        description:
          - The id of a team (Sonetel's call group).
        type: str
"""


def _targets(of: str) -> str:
    """Return the suboptions of what a call can lead to; *of* is the option that they belong to."""
    return CALLED + USER + _OF_APPS + REST.replace("ACTION", of)


class ModuleDocFragment:
    """The options of a Sonetel voice app: of its own module, and of an item in a list."""

    DOCUMENTATION: str = (
        r"""
options:
  name:
    description:
      - The exact name of the voice app, which identifies it unless O(app_id) is set.
      - With O(app_id), the voice app is renamed to this.
    type: str
  app_id:
    description:
      - Sonetel's id. Required only to rename a voice app, or if several share a name.
    type: str
  state:
    description:
      - Whether the voice app must exist. Deleting is permanent, and its prompts are deleted with it.
      - A voice app is not deleted if a number, a menu or a final action still uses it after the task. Voice apps that
        came with the account are never deleted.
    type: str
    choices: [present, absent]
    default: present
  force:
    description:
      - With O(state=absent), deletes the voice app even if it is still used. Calls that use it then fail.
      - With O(state=present), also writes what cannot be compared because Sonetel does not show it, at most
        O(final_action). The task then reports a change every time.
    type: bool
    default: false
  type:
    description:
      - What kind of voice app it is. Required to create one.
      - A V(menu) lets callers choose by key. An V(announcement) plays and continues with O(final_action). A V(mailbox)
        takes messages. The voice app of type V(system_prompts) comes with the account and can only be updated.
      - V(menu) and V(announcement) can be changed into each other. No other type can be changed.
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
      - What each key does. Keys without a destination do nothing. For V(menu). An V(announcement) keeps its menu, but
        does not use it.
      - If not set, no key changes.
    type: list
    elements: dict
    suboptions:
      key:
        description:
          - The key, or V(timeout) for a caller who presses none.
        type: str
        required: true
        choices: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", timeout]
"""
        + _targets("menu[]")
        + r"""  menu_policy:
    description:
      - With V(exact), keys that O(menu) does not list do nothing. With V(merge), they do not change.
    type: str
    choices: [exact, merge]
    default: exact
  final_action:
    description:
      - What happens after an announcement. For V(announcement).
      - Sonetel does not document whether it shows this. If it does not, the module writes it together with any other
        change, and otherwise assumes that it is right.
    type: dict
    suboptions:
"""
        + _targets("final_action")
        + r"""  greeting:
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
    )

    LISTED: str = listed("voiceapps", DOCUMENTATION)
