# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a RingCentral prompt: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  name:
    description:
      - The name of the prompt, which menus refer to, without the hash and an ending such as C(.wav).
      - You can also name an existing prompt by its id.
    type: str
    required: true
  file:
    description:
      - A WAV or MP3 file of at most 20 MB on the machine that runs the module.
      - Required for a new prompt. Without it, the prompt must exist and does not change.
    type: path
  state:
    description:
      - V(absent) deletes the prompt, unless a menu plays it.
    type: str
    choices: [present, absent]
    default: present
"""

    LISTED: str = listed("ivr_prompts", DOCUMENTATION)
