# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a person's custom rule at RingCentral: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  extension:
    description:
      - Whose rule it is, by extension number, id, e-mail address or exact name. V(~) is the extension of the login.
    type: str
    required: true
  name:
    description:
      - The exact name of the rule, up to 127 characters. Names are not unique at RingCentral. The task fails when
        several rules of the extension have this one.
    type: str
    required: true
  enabled:
    description:
      - Whether the rule is in force. A new one is, unless this says otherwise.
    type: bool
  callers:
    description:
      - Who calls, as phone numbers in any common spelling and in quotes, or as extension numbers of the account.
      - V([]) means all callers.
    type: list
    elements: raw
  called_numbers:
    description:
      - Which number is called. It must be a direct number of the extension.
      - V([]) means all numbers.
    type: list
    elements: raw
  schedule:
    description:
      - Hours of the week, on the extension's clock. Does not go together with O(dates). What is given replaces the
        other one.
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
      - Ranges of dates, on the extension's clock. They are read back after writing and compared as instants. The task
        fails where these differ.
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
  ring_mode:
    description:
      - As in M(office.telephony.ringcentral_call_forwardings).
    type: str
    choices: [in_order, at_once]
  ring:
    description:
      - What rings, as in M(office.telephony.ringcentral_call_forwardings). V([]) rings nothing. With legacy answering
        rules, phone numbers must be forwarding numbers of the extension, see
        M(office.telephony.ringcentral_forwarding_numbers).
    type: list
    elements: dict
    suboptions:
      phone_numbers:
        description:
          - External phone numbers, in any common spelling and in quotes. They must pass the O(policy), and their
            national spelling needs O(region).
          - Legacy answering rules ring only numbers that M(office.telephony.ringcentral_forwarding_numbers) has listed.
        type: list
        elements: raw
      devices:
        description:
          - Desk phones, by exact name or by id. Those of co-workers must be among the extension's forwarding numbers.
        type: list
        elements: str
      extensions:
        description:
          - Other extensions of which all phones ring, by extension number, id, e-mail address or exact name. Legacy
            answering rules cannot do that.
        type: list
        elements: str
      apps:
        description:
          - RingCentral's apps of the extension. Legacy answering rules ring both or none, in a step of their own that
            is the first or the last.
        type: list
        elements: str
        choices: [desktop, mobile]
      raw:
        description:
          - Any other targets, as the new call handling names them in a C(RingGroupAction). Legacy answering rules have
            none.
          - They must pass the O(policy). A type that is not known to be harmless needs O(policy.allow_raw).
        type: list
        elements: dict
      seconds:
        description:
          - How long the step rings. Legacy answering rules count rings, so that they need a multiple of 5.
          - When not set, 20 seconds.
        type: int
      always:
        description:
          - Whether the apps ring as long as anything rings. They need a step of their own.
        type: bool
        default: false
  then:
    description:
      - Where a call goes when nobody has answered, or at once when nothing rings, as in
        M(office.telephony.ringcentral_call_forwardings). A new rule needs this or O(ring).
    type: dict
    suboptions:
      voicemail:
        description:
          - V(true) means voicemail.
        type: bool
      mailbox:
        description:
          - The extension that gets the voicemail, if not the extension itself. When not set, it stays as it is.
        type: str
      extension:
        description:
          - Another extension, by extension number, id, e-mail address or exact name.
        type: str
      phone_number:
        description:
          - An external phone number in any common spelling and in quotes. It must pass the O(policy).
        type: raw
      announcement:
        description:
          - V(true) means that an announcement is played and the call is ended.
        type: bool
      greeting:
        description:
          - The announcement's greeting, for the new call handling only. Needed where the extension has had no
            announcement yet.
          - For one of RingCentral's own, its id; for one that somebody has uploaded, V(custom:) and its id.
        type: str
  state:
    description:
      - V(absent) deletes the rule.
    type: str
    choices: [present, absent]
    default: present
"""

    LISTED = listed("custom_rules", DOCUMENTATION)
