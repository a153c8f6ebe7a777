# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed

# The suboptions of `ring` and of `then`, which custom rules have as well.
STEPS = r"""
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
"""
THEN = r"""
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
"""


class ModuleDocFragment:
    """The options of a person's call forwarding at RingCentral: of its own module, and of an item in a list."""

    DOCUMENTATION: str = (
        r"""
options:
  extension:
    description:
      - The extension, by extension number, id, e-mail address or exact name. V(~) is the extension of the login.
    type: str
    required: true
  hours:
    description:
      - Which hours this applies to. V(work) is the extension's work hours, V(after) is the rest of the week. If the
        work hours are around the clock, there are no after hours.
      - V(all) is for emergencies and sends all calls elsewhere at any hour. Only accounts with RingCentral's new call
        handling have it.
    type: str
    required: true
    choices: [work, after, all]
  enabled:
    description:
      - Whether all calls are forwarded. For O(hours=all) only. Switching it on removes any time limit that is set for
        it.
    type: bool
  schedule:
    description:
      - The work hours. For O(hours=work) only. They replace the present ones as a whole. Days that are not listed have
        no work hours.
    type: dict
    suboptions:
      always:
        description:
          - V(true) means around the clock. RingCentral then deletes the settings for after hours.
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
  ring_mode:
    description:
      - Whether the steps of O(ring) ring one after the other or all at once.
      - The default is V(in_order) if nothing has rung before.
    type: str
    choices: [in_order, at_once]
  ring:
    description:
      - What rings, step by step. The list replaces the present one as a whole. With an empty list, nothing rings and
        calls go to O(then) at once. For work hours, only accounts with legacy answering rules can do this.
    type: list
    elements: dict
    suboptions:
"""
        + STEPS
        + r"""  then:
    description:
      - Where calls go if nobody answers, or at once if nothing rings.
    type: dict
    suboptions:
"""
        + THEN
        + r""""""
    )

    LISTED: str = listed("call_forwardings", DOCUMENTATION)
