# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a RingCentral call queue: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  extension:
    description:
      - The extension number, with up to eight digits. You can also name an existing queue by its id or exact name.
      - A number of another extension is refused. RingCentral never chooses the number.
    type: str
    required: true
  name:
    description:
      - The name that people see. Required for a new queue.
    type: str
  email:
    description:
      - The e-mail address that notifications are sent to. Required for a new queue.
    type: str
  site:
    description:
      - The site that it belongs to, by name or extension number. V(main) is the main site, which every account has.
    type: str
  time_zone:
    description:
      - RingCentral's name of the time zone, such as V(America/New_York). The queue's hours are in this time zone.
    type: str
  language:
    description:
      - The language in which RingCentral speaks to callers, such as V(en-US).
    type: str
  members:
    description:
      - The people that the queue rings, each by extension number, id, e-mail address or exact name. With
        O(ring=fixed_order), they ring in the order of this list.
      - Members decide whether they take the queue's calls at the moment. The module does not manage this.
    type: list
    elements: str
  members_policy:
    description:
      - What happens to members who are not listed.
      - V(exact) removes them from the queue, V(add) keeps them.
    type: str
    choices: [exact, add]
    default: exact
  ring:
    description:
      - How calls ring. V(longest_idle) rings the member who has been idle the longest, V(simultaneous) rings up to ten
        members at once, and V(fixed_order) rings one member after the other in the order of O(members), which is then
        required.
    type: str
    choices: [longest_idle, simultaneous, fixed_order]
  ring_seconds:
    description:
      - How many seconds one member rings. RingCentral may accept only multiples of 5. It has no effect with
        O(ring=simultaneous).
    type: int
  wrap_up:
    description:
      - How many seconds members have between two calls, up to 300.
    type: int
  max_wait:
    description:
      - How many seconds a caller waits at most, until O(on_max_wait) applies. V(1) means that callers do not wait.
    type: int
  on_max_wait:
    description:
      - Where callers go after O(max_wait) seconds.
    type: dict
    suboptions:
      extension: &extension
        description:
          - An extension of any kind, by extension number, id, e-mail address or exact name.
        type: str
      phone_number: &phone_number
        description:
          - An external phone number in any common format and in quotes. The O(policy) must allow it.
        type: raw
      voicemail: &voicemail
        description:
          - V(true) means the mailbox of the queue, see O(voicemail_to).
        type: raw
  max_callers:
    description:
      - How many callers can wait at the same time, up to 25.
    type: int
  on_full:
    description:
      - Where further callers go if O(max_callers) are waiting.
    type: dict
    suboptions:
      extension: *extension
      phone_number: *phone_number
      voicemail: *voicemail
      announcement:
        description:
          - V(true) plays the greeting C(unavailable) of O(greetings) and ends the call. A text plays the preset
            greeting of that name instead.
        type: raw
  on_no_answer:
    description:
      - What happens if every member has been rung once and nobody has answered. With O(ring=simultaneous), callers can
        only wait.
    type: dict
    suboptions:
      extension: *extension
      phone_number: *phone_number
      voicemail: *voicemail
      wait:
        description:
          - With V(members), callers wait for a member. With V(members_and_overflow), they wait for a member of this
            queue or of those in O(overflow).
        type: str
        choices: [members, members_and_overflow]
  overflow:
    description:
      - Call queues whose members help out, each by extension number, id or exact name. An empty list switches this off.
      - It has an effect only if callers wait for members and overflow, see O(on_no_answer).
    type: list
    elements: str
  voicemail_to:
    description:
      - The extension that receives the messages, by extension number, id, e-mail address or exact name. It must be a
        person, a message-only extension, a group of shared lines, or the queue itself.
    type: str
  editable_member_status:
    description:
      - Whether members may choose whether they take the queue's calls.
    type: bool
  greetings:
    description:
      - What callers hear in business hours, by the names of RingCentral's preset greetings. Greetings that are not
        listed do not change.
      - For an uploaded greeting, write C(custom:) and its id.
    type: dict
    suboptions:
      introductory:
        description:
          - What callers hear first. V(None) also sets C(connecting_message) to V(None) unless that is listed, because
            RingCentral would play it instead.
        type: str
      connecting_audio:
        description:
          - What callers hear while a member rings.
        type: str
      connecting_message:
        description:
          - What callers hear before a member rings.
        type: str
      hold_music:
        description:
          - What callers hear while they wait.
        type: str
      interrupt_prompt:
        description:
          - What interrupts the music from time to time.
        type: str
      voicemail:
        description:
          - The greeting that asks callers to leave a message.
        type: str
      announcement:
        description:
          - The announcement in business hours. For after hours, use C(announcement) of O(after_hours).
        type: str
      unavailable:
        description:
          - What callers hear if the queue is full and O(on_full) is an announcement.
        type: str
  hours:
    description:
      - When the queue takes calls, in its own time zone. Set either V(always=true) or ranges by day.
    type: dict
    suboptions:
      always:
        description:
          - V(true) means around the clock.
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
  after_hours:
    description:
      - What happens to calls at all other times. The queue must have limited hours, either in O(hours) or set earlier.
    type: dict
    suboptions:
      extension: *extension
      phone_number: *phone_number
      voicemail:
        description:
          - V(true) means the owner's voicemail. A mapping with C(extension) means the voicemail of that extension.
        type: raw
      announcement:
        description:
          - V(true) plays the owner's announcement and ends the call. A text plays RingCentral's preset greeting of that
            name.
        type: raw
  state:
    description:
      - V(absent) deletes the queue. Its phone numbers become company numbers.
    type: str
    choices: [present, absent]
    default: present
"""

    LISTED: str = listed("call_queues", DOCUMENTATION)
