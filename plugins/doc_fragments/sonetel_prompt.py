# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a Sonetel prompt: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  voiceapp:
    description:
      - The voice app that the prompt belongs to, by its exact name or id.
    type: str
    required: true
  name:
    description:
      - The name of the prompt. Every menu has prompts such as C(Welcome) and C(Main Menu) from the start. Any other
        name is a custom prompt, which the module creates.
    type: str
    required: true
  state:
    description:
      - Whether the prompt must exist. Prompts that every voice app has from the start cannot be deleted.
    type: str
    choices: [present, absent]
    default: present
  wav:
    description:
      - The path of a WAV file on the machine that runs the task. Make it absolute with C(playbook_dir) or
        C(inventory_dir).
      - It must be uncompressed PCM with 16 bits and at most 10 MB. The module checks this before it sends anything.
    type: path
  text:
    description:
      - The text to speak. Turning it into speech counts against the account's quota. This happens only if the text,
        O(language) or O(tts_voice) has changed.
    type: str
  language:
    description:
      - The language of O(text), for example V(sv_SE).
    type: str
  tts_voice:
    description:
      - The voice that speaks O(text), for example V(sv-SE-Neural2-A). The default is the language's default voice.
    type: str
"""

    LISTED: str = listed("prompts", DOCUMENTATION)
