# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a virtual number of SMS Partner: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  number:
    description:
      - A virtual number of the account, in any common format. Put it in quotes, because YAML reads an unquoted number
        as an integer and drops its leading plus or zero.
      - The national format needs O(region).
    type: raw
    required: true
  state:
    description:
      - What happens to calls. V(forward) sends them to O(destination), V(voicemail) records messages and notifies
        O(email), V(disabled) switches both off.
    type: str
    choices: [forward, voicemail, disabled]
    default: forward
  destination:
    description:
      - The phone number that calls go to, in any common format and in quotes. The O(policy) must allow it.
      - Required if O(state=forward).
    type: raw
  email:
    description:
      - The e-mail address that is notified of new voice messages. Only one is possible.
      - Required if O(state=voicemail).
    type: str
  previous_destination:
    description:
      - The phone number or e-mail address that you believe is set now. It is used only for numbers that O(journal) does
        not know.
      - If it is the desired one, a conflict counts as unchanged without a warning, and check mode reports no change. If
        it is another one, the module resolves a conflict by switching the number off and on again, whatever
        O(on_conflict) is. Remove it once it is no longer true.
    type: raw
"""

    ONE_OF_MANY = """
  on_conflict:
    description:
      - Replaces the task's O(on_conflict) for this number.
    type: str
    choices: [keep, replace, fail]
"""

    LISTED: str = listed("callforwards", DOCUMENTATION, ONE_OF_MANY)
