# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The preset greetings of the dictionary, by what uses them (docs/providers/ringcentral-company.md 10).

Ids but 134405 are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.ringcentral import defaults

USER, DEPARTMENT = "UserExtensionAnsweringRule", "DepartmentExtensionAnsweringRule"
COMPANY, COMPANY_AFTER_HOURS = "CompanyAnsweringRule", "CompanyAfterHoursAnsweringRule"
BLOCKED_CALLS = "BlockedCalls"
USAGE_OF_TYPE = {
    "Department": DEPARTMENT,
    "Voicemail": "VoicemailExtensionAnsweringRule",
    "Announcement": "AnnouncementExtensionAnsweringRule",
    "Site": "ExtensionAnsweringRule",
}
"""What uses the greetings of an extension that is not a person."""
_CATEGORIES = {"None": "None", "Ring Tones": "RingTones", "Acoustic": "Music", "Corporate": "Music"}


@dataclass(frozen=True)
class Preset:
    """One greeting that comes with the service."""

    id: str
    name: str
    type: str
    usage: str

    @property
    def category(self) -> str:
        """What kind of sound it is."""
        return _CATEGORIES.get(self.name, "Message")


# By usage and type; the first of each is the default.
_CATALOGUE: dict[str, dict[str, dict[str, str]]] = {
    USER: defaults.PRESETS,
    DEPARTMENT: {
        "Introductory": {"134144": "None", "134145": "Default"},
        "ConnectingMessage": {"134404": "Default", "134405": "None"},
        "ConnectingAudio": {"134656": "Acoustic", "134657": "Ring Tones", "134658": "None"},
        "HoldMusic": {"134912": "Corporate", "134913": "Acoustic", "134914": "None"},
        "InterruptPrompt": {"135168": "Stay On Line", "135169": "Thank You For Holding"},
        "Voicemail": {"135424": "Default", "135425": "No One Available"},
        "Announcement": {"135680": "Default", "135681": "Office closed"},
        "Unavailable": {"135936": "Default", "135937": "Busy"},
    },
    "VoicemailExtensionAnsweringRule": {"Voicemail": {"136192": "Default", "136193": "No One Available"}},
    "AnnouncementExtensionAnsweringRule": {"Announcement": {"136448": "Default", "136449": "Office closed"}},
    "ExtensionAnsweringRule": {"Introductory": {"136704": "None", "136705": "Default"}},
    "SharedLinesGroupAnsweringRule": {"Voicemail": {"136960": "Default"}},
    "LimitedExtensionAnsweringRule": {"Voicemail": {"137216": "Default"}},
    COMPANY: {"Company": {"137472": "Default", "137473": "None"}},
    COMPANY_AFTER_HOURS: {"Company": {"137728": "Default", "137729": "Office closed"}},
    BLOCKED_CALLS: {
        "BlockedCallersAll": {"137984": "Default", "137985": "Not Accepting Calls"},
        "BlockedCallersSpecific": {"138240": "Default", "138241": "Not Accepting Calls"},
        "BlockedNoCallerId": {"138496": "Default", "138497": "Caller Id Needed"},
        "BlockedPayPhones": {"138752": "Default", "138753": "No Pay Phones"},
    },
    "CallRecording": {
        "StartRecording": {"139008": "Default"},
        "StopRecording": {"139264": "Default"},
        "AutomaticRecording": {"139520": "Default"},
    },
}
PRESETS = {
    key: Preset(key, name, kind, usage)
    for usage, kinds in _CATALOGUE.items()
    for kind, presets in kinds.items()
    for key, name in presets.items()
}
"""All presets by id."""


def default(usage: str, kind: str) -> Preset:
    """The greeting of that type that is played when nobody chose one."""
    return PRESETS[next(iter(_CATALOGUE[usage][kind]))]


def types_of(usage: str) -> tuple[str, ...]:
    """The types of greetings that this use knows."""
    return tuple(_CATALOGUE[usage])


USAGES = tuple(_CATALOGUE)
TYPES = tuple(dict.fromkeys(preset.type for preset in PRESETS.values()))
