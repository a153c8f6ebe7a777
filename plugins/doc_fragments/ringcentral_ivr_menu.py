# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a RingCentral menu: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  extension:
    description:
      - The extension number, with up to eight digits. You can also name an existing menu by its id or exact name.
      - A number of another extension is refused. RingCentral never chooses the number.
    type: str
    required: true
  name:
    description:
      - The name that people see. Required for a new menu.
    type: str
  site:
    description:
      - The site that it belongs to, by name or extension number. V(main) is the main site, which every account has.
    type: str
  prompt:
    description:
      - What callers hear.
    type: dict
    suboptions:
      text:
        description:
          - A text that RingCentral speaks.
          - RingCentral may refuse or drop special characters such as V(!), V(&) or V(%). If nothing else of the text is
            missing there, it counts as the same, with a warning.
        type: str
      language:
        description:
          - The language of the text, such as V(en-US). If not set, it does not change, and a new menu uses the language
            of the account.
        type: str
      prompt:
        description:
          - The name of a recording that M(office.telephony.ringcentral_ivr_prompts) manages.
        type: str
  keys:
    description:
      - What each key does. If not set, no key changes.
    type: list
    elements: dict
    suboptions:
      extension:
        description:
          - An extension of any kind, by extension number, id, e-mail address or exact name.
        type: str
      phone_number:
        description:
          - An external phone number in any common format and in quotes. The O(policy) must allow it.
        type: raw
      voicemail:
        description:
          - A mapping with C(extension) means the voicemail of that extension.
        type: raw
      announcement:
        description:
          - Not for menus.
        type: raw
      operator:
        description:
          - V(true) means the operator.
        type: bool
      hang_up:
        description:
          - V(true) ends the call.
        type: bool
      dial_by_name:
        description:
          - V(true) lets callers spell a name.
        type: bool
      repeat:
        description:
          - V(true) plays the menu again.
        type: bool
      root:
        description:
          - V(true) leads back to the first menu.
        type: bool
      previous:
        description:
          - V(true) leads back to the menu before.
        type: bool
      raw:
        description:
          - One of RingCentral's actions that cannot be written, such as V(TransferToContactCenterNumber). It is
            accepted only if the key already has it. V(DoNothing) is the same as leaving out the key.
        type: str
      key:
        description:
          - The key. V(no_input) is for callers who press nothing.
        type: str
        required: true
        choices: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", no_input]
  keys_policy:
    description:
      - V(exact) clears keys that are not listed. V(merge) does not change them.
      - If RingCentral keeps a key that was left out, the module sets it to do nothing.
    type: str
    choices: [exact, merge]
    default: exact
  repeat:
    description:
      - How often callers hear the prompt.
    type: int
    choices: [1, 2, 3]
  state:
    description:
      - V(absent) deletes the menu. Its phone numbers become company numbers.
    type: str
    choices: [present, absent]
    default: present
"""

    LISTED: str = listed("ivr_menus", DOCUMENTATION)
