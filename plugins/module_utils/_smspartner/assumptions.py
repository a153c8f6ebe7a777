# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the code assumes about SMS Partner that no document settles. Facts: docs/providers/smspartner.md 7.

Private to the collection.
"""

from __future__ import annotations

from .._engine.diagnosis import Assumption

ASSUMPTIONS = (
    Assumption(
        "Success is the member success, whatever the code is.",
        "POST /vn/callforward of a spare number, type 1",
        "smspartner.md 7 #1",
    ),
    Assumption(
        "The body counts, whatever the HTTP status is.",
        "POST /vn/callforward with an unknown number",
        "smspartner.md 7 #2",
    ),
    Assumption(
        "Numbers are sent as international digits without a plus.",
        "POST /vn/callforward of a spare number, type 0; 13 means another spelling",
        "smspartner.md 7 #3",
    ),
    Assumption("Code 10 means a missing key or a wrong one.", "GET /me with a wrong key, once", "smspartner.md 7 #4"),
    Assumption("Code 1 is a failure.", "POST /vn/callforward without a key", "smspartner.md 7 #5"),
    Assumption(
        "Code 5 may be about the number or about the e-mail address.",
        "POST /vn/callforward of a spare number, type 2, with a wrong e-mail address",
        "smspartner.md 7 #6",
    ),
    Assumption(
        "Codes 14 and 18 both mean that forwarding is off.",
        "POST /vn/callforward of a spare number, type 0, twice",
        "smspartner.md 7 #7",
    ),
    Assumption(
        "Code 15 is about the number, whatever the request is.",
        "POST /vn/callforward of a disabled number, type 0",
        "smspartner.md 7 #8",
    ),
    Assumption(
        "Type 0 switches voicemail off, too.",
        "POST /vn/callforward of a spare number, type 2, then type 0, then a call to it",
        "smspartner.md 7 #9",
    ),
    Assumption(
        "A parent's key does not reach the numbers of sub-accounts.",
        "POST /vn/callforward of a sub-account's spare number, type 0",
        "smspartner.md 7 #10",
    ),
    Assumption(
        "Any number in E.164 may be a destination; otherwise the answer is code 12.",
        "POST /vn/callforward of a spare number, type 1, to a foreign landline",
        "smspartner.md 7 #11",
    ),
    Assumption(
        "A change takes effect immediately.",
        "POST /vn/callforward of a spare number, type 1, then a call to it",
        "smspartner.md 7 #13",
    ),
    Assumption(
        "Code 16 may mean the same mode with any destination (mode only), or this destination.",
        "POST /vn/callforward of a spare number, type 1, to one number and then to another",
        "smspartner.md 6",
    ),
    Assumption(
        "Too many changes are refused before they are carried out (429).",
        "POST /vn/callforward of a spare number, type 0, until it is refused",
        "smspartner.md 2",
    ),
)

# What is open as well, by place, and why no code stands on it.
NOT_RELIED_ON = {
    "smspartner.md 7 #12": "the modules send one e-mail address",
    "smspartner.md 7 #14": "the modules send one request a number at a time",
    "smspartner.md 7 #15": "greetings and messages are not in the API",
    "smspartner.md 7 #16": "the modules never ask for XML",
    "smspartner.md 7 #17": "the modules never begin with http, and follow no redirect of a POST",
}
