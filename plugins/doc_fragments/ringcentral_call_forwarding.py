# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a person's call forwarding at RingCentral: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  extension:
    description:
      - The extension whose calls are meant, by extension number, id, e-mail address or exact name. V(~) is the
        extension of the login.
    type: str
    required: true
  hours:
    description:
      - Which hours this applies to. V(work) is the extension's work hours, V(after) the rest of the week. There are no
        after hours while the work hours are around the clock.
      - V(all) is the form for emergencies, in which all calls are sent elsewhere whatever the hour. Only accounts with
        RingCentral's new call handling have it.
    type: str
    required: true
    choices: [work, after, all]
  enabled:
    description:
      - Whether all calls are forwarded, for O(hours=all) only. Switching it on removes a time limit that somebody has
        set for it.
    type: bool
  schedule:
    description:
      - The work hours, for O(hours=work) only. They replace the present ones as a whole. Days that are not listed have
        no work hours.
    type: dict
    suboptions:
      always:
        description:
          - V(true) means around the clock. RingCentral then forgets what is set for after hours.
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
  ring_mode:
    description:
      - Whether the steps of O(ring) ring one after the other or all at once.
      - V(in_order) is the default where nothing has rung before.
    type: str
    choices: [in_order, at_once]
  ring:
    description:
      - What rings, step by step. The list replaces the present one as a whole. An empty list rings nothing, so that
        calls go to O(then) at once; during work hours, only accounts with legacy answering rules can do so.
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
      - Where calls go when nobody has answered, or at once when nothing rings.
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
"""

    LISTED = listed("call_forwardings", DOCUMENTATION)
