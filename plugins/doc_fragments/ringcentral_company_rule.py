# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed

# The suboptions of `schedule` and of `dates`, which the rules of people have as well.
HOURS = r"""
      always:
        description:
          - Not for rules. A rule without O(schedule) applies at any hour.
        type: bool
      monday: &ranges
        description:
          - Ranges such as V(09:00-17:00), in quotes. A range cannot cross midnight; the end of the day is V(23:59).
        type: list
        elements: str
      tuesday: *ranges
      wednesday: *ranges
      thursday: *ranges
      friday: *ranges
      saturday: *ranges
      sunday: *ranges
"""
DATES = r"""
      from:
        description:
          - The first day, such as V(2026-12-24), or the local time of the beginning, such as V(2026-12-24 12:00).
        type: str
        required: true
      to:
        description:
          - The last day, which is included, or the local time of the end. The default is the day of C(from).
        type: str
"""


class ModuleDocFragment:
    """The options of a rule of a RingCentral company: of its own module, and of an item in a list."""

    DOCUMENTATION: str = (
        r"""
options:
  owner:
    description:
      - Whose calls the rule handles. V(company), or a site or call queue by extension number, id or exact name. The
        main site is V(company).
    type: str
    required: true
  hours:
    description:
      - V(work) is the rule for business hours, V(after) the rule for all other times. For V(after), the owner's
        business hours must not be around the clock; see M(office.telephony.ringcentral_company_hours).
    type: str
    choices: [work, after]
  name:
    description:
      - The exact name of a custom rule. RingCentral accepts up to 127 characters, on some accounts only 30.
    type: str
  enabled:
    description:
      - Whether the rule is in force. The default for a new rule is V(true). The rule for business hours is always in
        force.
    type: bool
  callers:
    description:
      - The callers that the rule applies to, as phone numbers in any common format and in quotes, or as extension
        numbers of the account. Only with O(name).
    type: list
    elements: raw
  called_numbers:
    description:
      - The called numbers that the rule applies to. Only with O(name). They must be numbers of the owner.
    type: list
    elements: raw
  schedule:
    description:
      - Hours of the week, in the owner's time zone. Only with O(name). It excludes O(dates).
      - V({}) means all hours.
    type: dict
    suboptions:
"""
        + HOURS
        + r"""  dates:
    description:
      - Ranges of dates, in the owner's time zone. Only with O(name). After writing them, the module reads them back.
        The task fails if RingCentral has understood other times.
      - Only the formats shown here are accepted, so that 5 April is never mistaken for 4 May.
      - V([]) means all days.
    type: list
    elements: dict
    suboptions:
"""
        + DATES
        + r"""  destination:
    description:
      - Where calls go. Set exactly one of these. Required for a new rule.
    type: dict
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
          - V(true) means the queue's own voicemail. A mapping with C(extension) means the voicemail of that person or
            message-only extension.
        type: raw
      announcement:
        description:
          - V(true) plays the rule's announcement and ends the call. A text plays RingCentral's preset greeting of that
            name.
        type: raw
      operator:
        description:
          - V(true) means the company's operator.
        type: bool
      hang_up:
        description:
          - V(true) ends the call.
        type: bool
      raw:
        description:
          - An action of RingCentral that no other option can express, as the info module returns it. It is never
            written, so the rule must already have it.
        type: str
  state:
    description:
      - V(absent) deletes the custom rule.
    type: str
    choices: [present, absent]
    default: present
"""
    )

    LISTED: str = listed("company_rules", DOCUMENTATION)
