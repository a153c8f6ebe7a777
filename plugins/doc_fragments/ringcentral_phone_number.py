# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a phone number of a RingCentral account: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  number:
    description:
      - A number of the account, in any common format and in quotes.
    type: raw
    required: true
  extension:
    description:
      - The extension that receives the calls, by extension number, id, e-mail address or exact name.
    type: str
  company:
    description:
      - V(true) lets the company's hours and rules decide.
    type: bool
  expected_extension:
    description:
      - The extension that has the number at present. If another one has it, nothing is written.
    type: str
  take_over:
    description:
      - Whether the number may be taken from whatever extension has it.
    type: bool
    default: false
"""

    LISTED: str = listed("phone_numbers", DOCUMENTATION)
