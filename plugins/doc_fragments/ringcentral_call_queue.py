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
      - The extension number of up to eight digits. An existing queue can also be named by its id or its exact name.
      - A number that another extension has is refused. RingCentral's own choice of a number is never used.
    type: str
    required: true
  name:
    description:
      - The name that people see. Needed for a new queue.
    type: str
  email:
    description:
      - The e-mail address that notifications are sent to. Needed for a new queue.
    type: str
  site:
    description:
      - The site that it belongs to, by name or extension number. V(main) is the site that every account has.
    type: str
  time_zone:
    description:
      - A time zone by its name at RingCentral, such as V(America/New_York). The hours of the queue are in its own time
        zone.
    type: str
  language:
    description:
      - The language of what RingCentral says to callers, such as V(en-US).
    type: str
  members:
    description:
      - The people whom the queue rings, each by extension number, id, e-mail address or exact name. For
        O(ring=fixed_order), they ring in the order of this list.
      - Whether a member takes calls of the queue just now is up to the member, and is not managed.
    type: list
    elements: str
  members_policy:
    description:
      - What happens to members who are not listed.
      - V(exact) removes them from the queue, V(add) leaves them in it.
    type: str
    choices: [exact, add]
    default: exact
  ring:
    description:
      - Whom a call rings. V(longest_idle) rings the member who has been idle for longest, V(simultaneous) rings up to
        ten members at once, and V(fixed_order) rings one after the other in the order of O(members), which it needs.
    type: str
    choices: [longest_idle, simultaneous, fixed_order]
  ring_seconds:
    description:
      - How many seconds one member rings. RingCentral may take multiples of 5 only. It means nothing for
        O(ring=simultaneous).
    type: int
  wrap_up:
    description:
      - How many seconds a member has after a call before the next one, up to 300.
    type: int
  max_wait:
    description:
      - How many seconds a caller waits at most before O(on_max_wait) happens. V(1) means that callers do not wait at
        all.
    type: int
  on_max_wait:
    description:
      - Where callers go who have waited for O(max_wait).
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
          - V(true) means the mailbox of the queue, which O(voicemail_to) names.
        type: raw
  max_callers:
    description:
      - How many callers can wait at a time, up to 25.
    type: int
  on_full:
    description:
      - Where further callers go when O(max_callers) are waiting.
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
          - V(true) means the mailbox of the queue, which O(voicemail_to) names.
        type: raw
      announcement:
        description:
          - V(true) plays the greeting C(unavailable) of O(greetings) and ends the call. A text is the name of the
            preset greeting to play, and stands for both.
        type: raw
  on_no_answer:
    description:
      - What happens when every member was rung once and nobody has answered. With O(ring=simultaneous), callers can
        only wait.
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
          - V(true) means the mailbox of the queue, which O(voicemail_to) names.
        type: raw
      wait:
        description:
          - V(members) lets callers wait for a member, V(members_and_overflow) also for a member of the queues in
            O(overflow).
        type: str
        choices: [members, members_and_overflow]
  overflow:
    description:
      - Call queues whose members help out, each by extension number, id or exact name. An empty list switches this off.
      - It has an effect only while members and overflow are waited for, which O(on_no_answer) says.
    type: list
    elements: str
  voicemail_to:
    description:
      - The extension that gets the messages, by extension number, id, e-mail address or exact name. It must be a
        person, a message-only extension, a group of shared lines, or the queue itself.
    type: str
  editable_member_status:
    description:
      - Whether members may change themselves whether they take calls of the queue.
    type: bool
  greetings:
    description:
      - What callers hear in business hours, as the names of RingCentral's preset greetings. What is not named is left
        as it is.
      - An uploaded greeting is C(custom:) and its id.
    type: dict
    suboptions:
      introductory:
        description:
          - What callers hear first. With V(None), C(connecting_message) is set to V(None) as well unless it is given,
            because RingCentral would play that instead.
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
          - What asks callers to leave a message.
        type: str
      announcement:
        description:
          - The announcement of the business hours. That of after hours is C(announcement) of O(after_hours).
        type: str
      unavailable:
        description:
          - What callers hear when the queue is full and O(on_full) is an announcement.
        type: str
  hours:
    description:
      - When the queue takes calls, in its own time zone. Either V(always=true), or ranges by day.
    type: dict
    suboptions:
      always:
        description:
          - V(true) means around the clock.
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
  after_hours:
    description:
      - What happens to calls at all other times. The queue must have limited hours, given here as O(hours) or set
        already.
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
          - V(true) means the voicemail of the owner itself. A mapping with C(extension) means the voicemail of that
            extension.
        type: raw
      announcement:
        description:
          - V(true) plays the announcement of the owner and ends the call. A text is the name of one of RingCentral's
            preset greetings to play.
        type: raw
  state:
    description:
      - V(absent) deletes the queue. Its phone numbers become numbers of the company.
    type: str
    choices: [present, absent]
    default: present
"""

    LISTED = listed("call_queues", DOCUMENTATION)
