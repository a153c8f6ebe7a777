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
  dates:
    description:
      - Ranges of dates, in the extension's time zone. After writing them, the module reads them back. The task fails if
        RingCentral has understood other times.
      - Only the formats shown here are accepted, so that 5 April is never mistaken for 4 May.
      - V([]) means all days.
    type: list
    elements: dict
    suboptions:
      from:
        description:
          - The first day, such as V(2026-12-24), or the local time of the beginning, such as V(2026-12-24 12:00).
        type: str
        required: true
      to:
        description:
          - The last day, which is included, or the local time of the end. The default is the day of C(from).
        type: str
  ring_mode:
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
      phone_numbers:
        description:
          - External phone numbers, in any common format and in quotes. The O(policy) must allow them. The national
            format needs O(region).
          - Legacy answering rules ring only the extension's forwarding numbers; see
            M(office.telephony.ringcentral_forwarding_numbers).
        type: list
        elements: raw
      devices:
        description:
          - Desk phones, by exact name or id. Co-workers' phones must be among the extension's forwarding numbers.
        type: list
        elements: str
      extensions:
        description:
          - Other extensions, by extension number, id, e-mail address or exact name. All of their phones ring. Legacy
            answering rules cannot do this.
        type: list
        elements: str
      apps:
        description:
          - RingCentral's apps of the extension. Legacy answering rules ring both apps or none. The apps then need a
            step of their own, which must be the first or the last one.
        type: list
        elements: str
        choices: [desktop, mobile]
      raw:
        description:
          - Any other targets, in the form of a C(RingGroupAction) of the new call handling. Legacy answering rules have
            none.
          - The O(policy) must allow them. Types that are not known to be harmless also need O(policy.allow_raw).
        type: list
        elements: dict
      seconds:
        description:
          - How many seconds the step rings. Legacy answering rules count rings and need a multiple of 5.
          - If not set, the step rings for 20 seconds.
        type: int
      always:
        description:
          - Whether the apps ring as long as anything else rings. They need a step of their own.
        type: bool
        default: false
  then:
    description:
      - Where a call goes if nobody answers, or at once if nothing rings, as in
        M(office.telephony.ringcentral_call_forwardings). A new rule needs this or O(ring).
    type: dict
    suboptions:
      voicemail:
        description:
          - V(true) means voicemail.
        type: bool
      mailbox:
        description:
          - The extension that receives the voicemail, if not the extension itself. If not set, it does not change.
        type: str
      extension:
        description:
          - Another extension, by extension number, id, e-mail address or exact name.
        type: str
      phone_number:
        description:
          - An external phone number in any common format and in quotes. The O(policy) must allow it.
        type: raw
      announcement:
        description:
          - V(true) plays an announcement and ends the call.
        type: bool
      greeting:
        description:
          - The greeting of the announcement, for the new call handling only. Required if the extension has had no
            announcement yet.
          - For one of RingCentral's greetings, its id. For an uploaded one, V(custom:) and its id.
        type: str
  state:
    description:
      - V(absent) deletes the rule.
    type: str
    choices: [present, absent]
    default: present
"""

    LISTED: str = listed("custom_rules", DOCUMENTATION)
