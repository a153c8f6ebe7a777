# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the code assumes about RingCentral that no document settles. Facts: docs/providers/ringcentral.md 11.

Private to the collection.
"""

from __future__ import annotations

from .._engine.diagnosis import Assumption
from .company_assumptions import COMPANY_ASSUMPTIONS, COMPANY_NOT_RELIED_ON

ASSUMPTIONS = (
    Assumption(
        "An external number is in an extension's list at most once.",
        "POST extension/ID/forwarding-number with a number that is listed, of a test extension",
        "ringcentral.md 11 #1",
    ),
    Assumption(
        "Forwarding numbers of v1.0 still work on accounts with the new call handling.",
        "GET extension/ID/forwarding-number where this module reports the new call handling",
        "ringcentral.md 11 #2",
    ),
    Assumption(
        "A label that is in use is refused (FPN-102) when a number is created, too.",
        "POST extension/ID/forwarding-number with a label that is in use, of a test extension",
        "ringcentral.md 11 #3",
    ),
    Assumption(
        "Numbers in E.164 with a plus are stored as they are sent.",
        "POST extension/ID/forwarding-number with +1..., then GET it",
        "ringcentral.md 11 #4",
    ),
    Assumption(
        "An update may contain everything that can be written for the type.",
        "PUT extension/ID/forwarding-number/ID with phoneNumber, label and flipNumber as they are",
        "ringcentral.md 11 #5",
    ),
    Assumption(
        "An update needs no type.",
        "PUT extension/ID/forwarding-number/ID without type, as it is",
        "ringcentral.md 11 #6",
    ),
    Assumption(
        "A label has at most 60 characters.",
        "POST extension/ID/forwarding-number with a label of 61",
        "ringcentral.md 11 #7",
    ),
    Assumption(
        "A number of type Other needs a label.",
        "POST extension/ID/forwarding-number of type Other with an empty label",
        "ringcentral.md 11 #8",
    ),
    Assumption(
        "A flip number is from 1 to 8.",
        "PUT extension/ID/forwarding-number/ID with flipNumber 9",
        "ringcentral.md 11 #9",
    ),
    Assumption(
        "A number that a rule rings can be deleted.",
        "DELETE extension/ID/forwarding-number/ID of a test extension whose rule rings it",
        "ringcentral.md 11 #10",
    ),
    Assumption(
        "A new number rings only when a rule names it.",
        "POST extension/ID/forwarding-number, then GET extension/ID/answering-rule/business-hours-rule",
        "ringcentral.md 11 #11",
    ),
    Assumption(
        "RingCentral decides which desk phones count towards the ten numbers.",
        "POST extension/ID/forwarding-number until FPN-103, on a test extension with a desk phone",
        "ringcentral.md 11 #12",
    ),
    Assumption(
        "An extension's own lines are in its list.",
        "GET extension/ID/forwarding-number of an extension with a desk phone",
        "ringcentral.md 11 #13",
    ),
    Assumption(
        "An extension's own lines cannot be deleted (FPN-107).",
        "DELETE extension/ID/forwarding-number/ID of an own line, of a test extension",
        "ringcentral.md 11 #14",
    ),
    Assumption(
        "An unknown extension is HTTP 404 with CMN-102.", "GET extension/1/forwarding-number", "ringcentral.md 11 #15"
    ),
    Assumption(
        "After a write, a list may be out of date for about six seconds at most.",
        "POST extension/ID/forwarding-number, then GET the list at once",
        "ringcentral.md 11 #18",
    ),
    Assumption(
        "A write during maintenance is HTTP 503.",
        "PUT extension/ID/forwarding-number/ID as it is, during announced maintenance",
        "ringcentral.md 11 #19",
    ),
    Assumption(
        "The features of the login's own extension apply to the whole account.",
        "GET extension/ID/features?featureId=NewCallHandlingAndForwarding of another extension",
        "ringcentral.md 11 #21",
    ),
    Assumption(
        "A sixth session of a user and app ends the oldest one.",
        "POST /restapi/oauth/token six times, a minute apart after the fifth, then GET extension/~ with each",
        "ringcentral.md 3.7",
    ),
    Assumption(
        "Replacing a number with another type removes it from the rules that ring it.",
        "DELETE and POST extension/ID/forwarding-number of a test extension, then GET its rules",
        "ringcentral.md 1 #3",
    ),
    Assumption(
        "An empty schedule means open around the clock.",
        "PUT extension/ID/business-hours of a test extension with an empty schedule, then GET it",
        "ringcentral.md 8",
    ),
    Assumption(
        "Writing business hours replaces the days that are not named.",
        "PUT extension/ID/business-hours of a test extension with one day, then GET it",
        "ringcentral.md 8",
    ),
    Assumption(
        "Work hours and after hours use the extension's own time zone.",
        "GET extension/ID, whose regionalSettings have the time zone, beside its work hours in the web portal",
        "ringcentral.md 8",
    ),
    Assumption(
        "Work hours of the new call handling are the conditions of the state work-hours.",
        "GET v2/.../ID/comm-handling/states, beside the web portal",
        "ringcentral.md 9.2",
    ),
    Assumption(
        "A ring lasts about five seconds in the new call handling.",
        "GET v2/.../ID/comm-handling/voice/state-rules/work-hours of an extension that was moved",
        "ringcentral.md 9.5",
    ),
    *COMPANY_ASSUMPTIONS,
)

# What is open as well, by place, and why no code stands on it.
NOT_RELIED_ON = {
    "ringcentral.md 11 #16": "the order of the server's checks does not matter",
    "ringcentral.md 11 #17": "no module deletes many numbers in one request",
    "ringcentral.md 11 #20": "no module sends an endpoint_id",
    **COMPANY_NOT_RELIED_ON,
}
