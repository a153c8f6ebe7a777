# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral's error codes about a company mean, and what to do about them.

Facts: docs/providers/ringcentral-company.md 4 to 13. Private to the collection.
"""

from __future__ import annotations

_NO_RULES = "Extensions of this type are always open and have no rules of their own."
_CHOOSE_ANOTHER_GREETING = "Name another of RingCentral's preset greetings, one for this kind of extension."

COMPANY_ADVICE = {
    "AWR-106": "Set each kind of greeting only once.",
    "AWR-107": "Name each number or caller only once.",
    "AWR-108": "Only rules with a name can be created; those of the hours exist already.",
    "AWR-110": "The rules of the hours always stay; set where they lead instead.",
    "AWR-111": "Set for which callers, called numbers or times the rule applies.",
    "AWR-113": "Choose other conditions; RingCentral does not accept these together.",
    "AWR-120": "A rule for the hours needs another condition as well.",
    "AWR-121": "Set business hours first; they are around the clock until then.",
    "AWR-123": _CHOOSE_ANOTHER_GREETING,
    "AWR-124": _CHOOSE_ANOTHER_GREETING,
    "AWR-125": _CHOOSE_ANOTHER_GREETING,
    "AWR-126": "A rule has at most 1000 ranges of dates; remove some.",
    "AWR-128": "The audio file is empty.",
    "AWR-129": "Use an audio file of the type WAV or MP3.",
    "AWR-138": "Name only numbers of this extension as called numbers, and none of a contact centre.",
    "AWR-139": "Set after how many seconds the waiting music is interrupted.",
    "AWR-140": "Seconds go only with waiting music that is interrupted again and again.",
    "AWR-144": "Name only members of the queue in its fixed order.",
    "AWR-147": _CHOOSE_ANOTHER_GREETING,
    "AWR-148": "The fixed order must name all members of the queue, and nobody else; run again.",
    "AWR-149": "Choose another extension to get the messages.",
    "AWR-150": (
        "Messages of a queue go to a person, a message-only extension, a group of shared lines or the queue itself."
    ),
    "AWR-152": "The voicemail of a queue cannot be switched off.",
    "AWR-164": "The type of a rule cannot be changed; create another rule.",
    "AWR-165": "Waiting music belongs to the rule of the business hours and applies to all rules.",
    "AWR-166": "Extensions of this type do not play this kind of greeting.",
    "AWR-170": "The company's rules play the preset greeting of the company.",
    "AWR-172": "Set the extension that the calls go to.",
    "AWR-173": "An extension goes only with a rule that sends calls to one.",
    "AWR-177": "A day has too many ranges; join some.",
    "AWR-178": "The company has other kinds of greetings; set this one for an extension.",
    "AWR-179": "Choose a shorter name.",
    "AWR-182": (
        "With multi-level IVR, rules of the company send calls to an extension and do nothing else. Name an extension: "
        "the operator's own, or an announcement-only extension instead of hanging up."
    ),
    "AWR-191": _NO_RULES,
    "AWR-192": _NO_RULES,
    "AWR-193": _NO_RULES,
    "BIL-103": (
        "The service plan does not include this feature. A new site needs several sites, which RingCentral switches on."
    ),
    "CLR-103": "This kind of greeting belongs to the company, not to an extension.",
    "CMN-109": (
        "The service plan or the account does not have this feature. A new site needs several sites, which RingCentral "
        "switches on."
    ),
    "EXT-356": "Only people have a last name; put the whole name in name.",
    "EXT-401": "Nobody can be added to a queue and removed from it at the same time; run again.",
    "EXT-405": "Only people can be members of a queue.",
    "IVR-100": "Use an audio file of the type WAV or MP3.",
    "IVR-101": "Name the audio file.",
    "IVR-103": "Name an audio file that is not empty.",
    "JWS-1736": "It is the last device of a group of shared lines; delete the group in RingCentral's admin portal.",
    "PRS-105": "The extension is switched off; switch it on in RingCentral's admin portal.",
    "PRS-106": "Only extensions of people have a presence.",
}
