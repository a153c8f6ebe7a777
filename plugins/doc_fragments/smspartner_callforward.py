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
      - A virtual number of the account, in any common spelling. Put it in quotes, because YAML reads an unquoted
        number as an integer and drops its leading plus or zero.
      - The national spelling needs O(region).
    type: raw
    required: true
  state:
    description:
      - What happens to calls. V(forward) sends them to O(destination), V(voicemail) records them and informs
        O(email), V(disabled) switches both off.
    type: str
    choices: [forward, voicemail, disabled]
    default: forward
  destination:
    description:
      - The phone number that calls go to, in any common spelling and in quotes. It must pass the O(policy).
      - Required if O(state=forward).
    type: raw
  email:
    description:
      - The one e-mail address that gets notices of new voice messages.
      - Required if O(state=voicemail).
    type: str
  previous_destination:
    description:
      - What you believe to be set now, a phone number or an e-mail address. It counts only for numbers that O(journal)
        does not know.
      - If it is as desired, a conflict counts as unchanged without a warning, and check mode shows that nothing
        would change. If it is something else, a conflict is resolved by switching the number off and on again,
        whatever O(on_conflict) is. Remove it when it is no longer true.
    type: raw
"""

    ONE_OF_MANY = """
  on_conflict:
    description:
      - For this number, instead of the task's O(on_conflict).
    type: str
    choices: [keep, replace, fail]
"""

    LISTED = listed("callforwards", DOCUMENTATION, ONE_OF_MANY)
