# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the code assumes about Fone Dynamics that no document settles. Facts: docs/providers/fonedynamics.md 6.

Private to the collection.
"""

from __future__ import annotations

from .._engine.diagnosis import Assumption

ASSUMPTIONS = (
    Assumption(
        "Members that a request leaves out stay as they are.",
        "POST /Numbers/NUMBER with Friendly alone, of a spare number, then GET it",
        "fonedynamics.md 6 #1",
    ),
    Assumption(
        "An empty text clears a value.",
        "POST /Numbers/NUMBER with SendSmsTo empty, of a spare number, then GET it",
        "fonedynamics.md 6 #2",
    ),
    Assumption(
        "Absent, null and empty are the same.",
        "GET /Numbers/NUMBER of a number without attribution",
        "fonedynamics.md 6 #3",
    ),
    Assumption(
        "A flow needs no EndpointNumber beside it.",
        "POST /Numbers/NUMBER with RoutingMethod Flow and Flow, of a spare number",
        "fonedynamics.md 6 #4",
    ),
    Assumption(
        "An endpoint has no effect without the method Endpoint.",
        "POST /Numbers/NUMBER with EndpointNumber alone, of a spare number that has a flow",
        "fonedynamics.md 6 #5",
    ),
    Assumption(
        "The target of the other method may stay, and does not matter.",
        "POST /Numbers/NUMBER with the other RoutingMethod, of a spare number, then GET it",
        "fonedynamics.md 6 #6",
    ),
    Assumption(
        "SMS settings of a number without SMS are refused or do not stay.",
        "POST /Numbers/NUMBER with SendSmsTo, of a spare voice number",
        "fonedynamics.md 6 #7",
    ),
    Assumption(
        "Endpoints may be in any country.",
        "POST /Numbers/NUMBER with a foreign EndpointNumber, of a spare number",
        "fonedynamics.md 6 #8",
    ),
    Assumption(
        "A method matters only where there is a URL.",
        "POST /Numbers/NUMBER with WebHookMethod alone, of a spare number",
        "fonedynamics.md 6 #9",
    ),
    Assumption("Numbers in paths consist of digits only.", "GET /Numbers/NUMBER", "fonedynamics.md 6 #10"),
    Assumption(
        "If something does not exist, the code ends in _NOT_FOUND.", "GET /Numbers/61000000000", "fonedynamics.md 6 #11"
    ),
    Assumption(
        "A write is visible within five seconds.",
        "POST /Numbers/NUMBER with Friendly, of a spare number, then GET it at once",
        "fonedynamics.md 6 #12",
    ),
    Assumption(
        "A number that is Pending may refuse to be configured.",
        "POST /Numbers/NUMBER of a Pending one with Friendly",
        "fonedynamics.md 6 #14",
    ),
    Assumption(
        "Values that no document names may be in answers.",
        "GET /Accounts/SID/Numbers: RoutingMethod, Recording, Status",
        "fonedynamics.md 6 #15",
    ),
    Assumption(
        "Sending the same POST twice has the same effect as once.",
        "POST /Numbers/NUMBER with Friendly twice, of a spare number",
        "fonedynamics.md 6 #16",
    ),
    Assumption(
        "A list of numbers is an array, or an object with the array Numbers.",
        "GET /Accounts/SID/Numbers",
        "fonedynamics.md 3.4",
    ),
    Assumption(
        "A list may lack members that a single number has.",
        "GET /Accounts/SID/Numbers beside GET /Numbers/NUMBER: Flow, SendSmsTo",
        "fonedynamics.md 3.3",
    ),
)

# What is open as well, by place, and why no code stands on it.
NOT_RELIED_ON = {
    "fonedynamics.md 6 #13": "the modules send one request a number at a time; the last writer wins",
    "fonedynamics.md 6 #17": "no module moves a number",
    "fonedynamics.md 6 #18": "there is no environment other than that of api_url",
}
