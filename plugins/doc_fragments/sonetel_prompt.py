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
      - The voice app that the prompt belongs to, by its exact name or by id.
    type: str
    required: true
  name:
    description:
      - What the prompt is called. A menu has prompts from the start, such as C(Welcome) and C(Main Menu); any other
        name is a custom prompt, which is created.
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
      - A text to be spoken. Turning it into speech counts against the account's quota; it is done only when the text,
        O(language) or O(tts_voice) has changed.
    type: str
  language:
    description:
      - The language of O(text), for example V(sv_SE).
    type: str
  tts_voice:
    description:
      - The voice that speaks O(text), for example V(sv-SE-Neural2-A). When not set, the language's default voice.
    type: str
"""

    LISTED = listed("prompts", DOCUMENTATION)
