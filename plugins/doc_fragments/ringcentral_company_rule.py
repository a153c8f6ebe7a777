# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a rule of a RingCentral company: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  owner:
    description:
      - Whose calls these are. V(company), a site or a call queue by extension number, id or exact name. The main site
        is V(company).
    type: str
    required: true
  hours:
    description:
      - The rule of the business hours, V(work), or of the time after them, V(after). For V(after), the owner must have
        business hours that are not around the clock, see M(office.telephony.ringcentral_company_hours).
    type: str
    choices: [work, after]
  name:
    description:
      - The exact name of a custom rule. RingCentral takes up to 127 characters, on some accounts only 30.
    type: str
  enabled:
    description:
      - Whether the rule is in force. A new one is, unless this says otherwise. The rule of business hours always is.
    type: bool
  callers:
    description:
      - Who calls, as phone numbers in any common spelling and in quotes, or as extension numbers of the account. For
        O(name).
    type: list
    elements: raw
  called_numbers:
    description:
      - Which number is called. For O(name). It must be a number of the owner.
    type: list
    elements: raw
  schedule:
    description:
      - Hours of the week, on the owner's clock. For O(name). Does not go together with O(dates).
      - V({}) means at all hours.
    type: dict
    suboptions:
      always:
        description:
          - Not for rules. A rule without O(schedule) applies at all hours.
        type: bool
      monday: &ranges
        description:
          - Ranges such as V(09:00-17:00), in quotes and within the day. The end of the day is V(23:59).
        type: list
        elements: str
      tuesday: *ranges
      wednesday: *ranges
      thursday: *ranges
      friday: *ranges
      saturday: *ranges
      sunday: *ranges
  dates:
    description:
      - Ranges of dates, on the owner's clock. For O(name). They are sent with the offset of the owner's time zone, read
        back and compared as instants; the task fails where these differ.
      - Only the spellings shown here are taken, so that 5 April is never taken for 4 May.
      - V([]) means on all days.
    type: list
    elements: dict
    suboptions:
      from:
        description:
          - The first day, such as V(2026-12-24), or the local time at which it begins, such as V(2026-12-24 12:00).
        type: str
        required: true
      to:
        description:
          - The last day, which counts as a whole, or the local time at which it ends. When not set, the day of C(from).
        type: str
  destination:
    description:
      - Where calls go, exactly one of these. Needed for a new rule.
    type: dict
    suboptions:
      extension:
        description:
          - An extension of any kind, by extension number, id, e-mail address or exact name.
        type: str
      phone_number:
        description:
          - An external phone number in any common spelling and in quotes. It must pass the O(policy).
        type: raw
      voicemail:
        description:
          - V(true) means the voicemail of the queue itself. A mapping with C(extension) means the voicemail of that
            person or message-only extension.
        type: raw
      announcement:
        description:
          - V(true) plays the announcement of the rule and ends the call. A text is the name of one of RingCentral's
            preset greetings to play.
        type: raw
      operator:
        description:
          - V(true) means the operator of the company.
        type: bool
      hang_up:
        description:
          - V(true) ends the call.
        type: bool
      raw:
        description:
          - >-
            An action of RingCentral that no other option can say, as it was read. It is never written: the rule must
            have it already.
        type: str
  state:
    description:
      - V(absent) deletes the custom rule.
    type: str
    choices: [present, absent]
    default: present
"""

    LISTED = listed("company_rules", DOCUMENTATION)
