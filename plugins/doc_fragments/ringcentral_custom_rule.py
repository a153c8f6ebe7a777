# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.doc_fragments.ringcentral_call_forwarding import STEPS, THEN
from ansible_collections.office.telephony.plugins.doc_fragments.ringcentral_company_rule import DATES, HOURS
from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a person's custom rule at RingCentral: of its own module, and of an item in a list."""

    DOCUMENTATION: str = (
        r"""
options:
  extension:
    description:
      - The extension that the rule belongs to, by extension number, id, e-mail address or exact name. V(~) is the
        extension of the login.
    type: str
    required: true
  name:
    description:
      - The exact name of the rule, up to 127 characters. Names are not unique at RingCentral. The task fails if several
        rules of the extension have this name.
    type: str
    required: true
  enabled:
    description:
      - Whether the rule is in force. The default for a new rule is V(true).
    type: bool
  callers:
    description:
      - The callers that the rule applies to, as phone numbers in any common format and in quotes, or as extension
        numbers of the account.
      - V([]) means all callers.
    type: list
    elements: raw
  called_numbers:
    description:
      - The called numbers that the rule applies to. They must be direct numbers of the extension.
      - V([]) means all numbers.
    type: list
    elements: raw
  schedule:
    description:
      - Hours of the week, in the extension's time zone. It excludes O(dates). If one of them is set, it replaces the
        other.
      - V({}) means all hours.
    type: dict
    suboptions:
"""
        + HOURS
        + r"""  dates:
    description:
      - Ranges of dates, in the extension's time zone. After writing them, the module reads them back. The task fails if
        RingCentral has understood other times.
      - Only the formats shown here are accepted, so that 5 April is never mistaken for 4 May.
      - V([]) means all days.
    type: list
    elements: dict
    suboptions:
"""
        + DATES
        + r"""  ring_mode:
    description:
      - Whether the steps ring one after the other or all at once, as in
        M(office.telephony.ringcentral_call_forwardings).
    type: str
    choices: [in_order, at_once]
  ring:
    description:
      - What rings, as in M(office.telephony.ringcentral_call_forwardings). With V([]), nothing rings.
    type: list
    elements: dict
    suboptions:
"""
        + STEPS
        + r"""  then:
    description:
      - Where a call goes if nobody answers, or at once if nothing rings, as in
        M(office.telephony.ringcentral_call_forwardings). A new rule needs this or O(ring).
    type: dict
    suboptions:
"""
        + THEN
        + r"""  state:
    description:
      - V(absent) deletes the rule.
    type: str
    choices: [present, absent]
    default: present
"""
    )

    LISTED: str = listed("custom_rules", DOCUMENTATION)
