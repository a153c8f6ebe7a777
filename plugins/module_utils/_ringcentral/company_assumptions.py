# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the code assumes about a company's call routing. Facts: docs/providers/ringcentral-company.md 20 and 22.

Private to the collection.
"""

from __future__ import annotations

from .._engine.diagnosis import Assumption

_PAGE = "ringcentral-company.md"

COMPANY_ASSUMPTIONS = (
    Assumption(
        "An extension number that is taken is refused, with any code.",
        "POST extension of type Department with the number of another extension",
        f"{_PAGE} 20 #1, 22 #3",
    ),
    Assumption(
        "Extensions of different types may have the same number, so the type decides.",
        "POST sites with the number of a queue",
        f"{_PAGE} 20 #2",
    ),
    Assumption(
        "A new queue takes no calls before its status is Enabled.",
        "POST extension of type Department, then GET it, and call its number",
        f"{_PAGE} 20 #3, 22 #4",
    ),
    Assumption(
        "A queue can be enabled without a PIN.",
        "PUT extension/ID of a new queue with status Enabled alone",
        f"{_PAGE} 20 #4",
    ),
    Assumption(
        "Several groups may have the same e-mail address.",
        "POST extension of type Department with the address of another queue",
        f"{_PAGE} 20 #5",
    ),
    Assumption(
        "Writing a menu's keys replaces all of them.",
        "PUT ivr-menus/ID of a test menu with one key, then GET it",
        f"{_PAGE} 20 #6",
    ),
    Assumption(
        "The server may limit which key takes which action; its refusal is shown.",
        "PUT ivr-menus/ID of a test menu with Repeat on NoInput",
        f"{_PAGE} 20 #7",
    ),
    Assumption(
        "A key to an unknown extension may be accepted, so targets are looked up first.",
        "PUT ivr-menus/ID of a test menu with a Connect to id 1",
        f"{_PAGE} 20 #8",
    ),
    Assumption(
        "Special characters in a prompt's text may be dropped or refused.",
        "PUT ivr-menus/ID of a test menu with the text 'Press # (now)!', then GET it",
        f"{_PAGE} 20 #9, 22 #5",
    ),
    Assumption(
        "A menu key's phone number is the same with and without plus.",
        "PUT ivr-menus/ID of a test menu with a Transfer to digits without plus, then GET it",
        f"{_PAGE} 20 #10",
    ),
    Assumption(
        "A prompt is identified by the file name of its upload.",
        "POST ivr-prompts with a name that is not the file's, then GET the list",
        f"{_PAGE} 20 #11",
    ),
    Assumption(
        "A prompt that a menu plays must not be deleted.",
        "DELETE ivr-prompts/ID of a prompt that a test menu plays",
        f"{_PAGE} 20 #12",
    ),
    Assumption(
        "With multi-level IVR company rules take Bypass only (AWR-182).",
        "PUT answering-rule/business-hours-rule of the company with Operator, where menus have prompts",
        f"{_PAGE} 20 #13, 22 #9",
    ),
    Assumption(
        "A company rule's name has at most 127 characters; a shorter limit is refused.",
        "POST answering-rule of the company with a name of 31 characters",
        f"{_PAGE} 20 #14",
    ),
    Assumption(
        "It is not documented which of two matching custom rules wins, so they must not overlap.",
        "POST answering-rule twice with the same callers, then call from there",
        f"{_PAGE} 20 #15, 22 #2",
    ),
    Assumption(
        "Dates with an offset are stored as that instant, whatever form they are returned in.",
        "POST answering-rule with ranges from 2030-12-24T12:00:00+01:00, then GET it, beside the web portal",
        f"{_PAGE} 20 #16, 22 #1",
    ),
    Assumption(
        "Rules of queues, sites and groups stay v1.0 on moved accounts; each is read by id.",
        "GET extension/ID/answering-rule/after-hours-rule of a queue of a moved account",
        f"{_PAGE} 20 #17",
    ),
    Assumption(
        "After a change of members the fixed order is stale until it is written.",
        "POST call-queues/ID/bulk-assign without one member of a queue in fixed order, then GET its rule",
        f"{_PAGE} 20 #18",
    ),
    Assumption(
        "Adding a member twice may be refused, so only differences are sent.",
        "POST call-queues/ID/bulk-assign with a present member",
        f"{_PAGE} 20 #19",
    ),
    Assumption(
        "The server decides which ring seconds of a queue are valid.",
        "PUT extension/ID/answering-rule/business-hours-rule of a queue with agentTimeout 22, then GET it",
        f"{_PAGE} 20 #20, 22 #6",
    ),
    Assumption(
        "A greeting that an answer leaves out is the default.",
        "GET extension/ID/answering-rule/business-hours-rule of a new queue",
        f"{_PAGE} 20 #21",
    ),
    Assumption(
        "A custom greeting is identified by its id alone.",
        "GET extension/ID/answering-rule/business-hours-rule of a queue with a custom greeting",
        f"{_PAGE} 20 #22",
    ),
    Assumption(
        "Deleting an extension that others name would leave them without target.",
        "DELETE extension/ID of a test queue that a test menu names, then GET the menu",
        f"{_PAGE} 20 #23, 22 #10",
    ),
    Assumption(
        "Direct numbers of a deleted extension become company numbers.",
        "DELETE extension/ID of a test queue with a direct number, then GET phone-numbers",
        f"{_PAGE} 20 #24",
    ),
    Assumption(
        "Rules may keep or lose a called number that moved, so who uses it is shown.",
        "PATCH phone-numbers/ID of a number that a rule names, then GET the rule",
        f"{_PAGE} 20 #25",
    ),
    Assumption(
        "Without several sites no request names a site.",
        "POST extension of type Department with site main-site on such an account",
        f"{_PAGE} 20 #26, 22 #12",
    ),
    Assumption(
        "Writing some members of a rule leaves the others unchanged.",
        "PUT extension/ID/answering-rule/business-hours-rule of a test queue with transfer alone, then GET it",
        f"{_PAGE} 22 #7",
    ),
    Assumption(
        "Queue overflow without its feature is HTTP 403 with the permission's name.",
        "GET extension/ID/overflow-settings of a queue, with a login without CallQueueToCallQueue",
        f"{_PAGE} 22 #8",
    ),
    Assumption(
        "A queue's hours use the time zone of the queue's own extension.",
        "GET extension/ID of a queue with a zone that is not the company's, beside its hours in the web portal",
        f"{_PAGE} 22 #11",
    ),
    Assumption(
        "The list of menus is complete, with and without paging.",
        "GET ivr-menus of an account with more than 100 menus",
        f"{_PAGE} 20 #30",
    ),
    Assumption(
        "Numbers are listed and written by v2 only.",
        "GET /restapi/v2/accounts/ID/phone-numbers",
        f"{_PAGE} 22 #13",
    ),
)

# What is open as well, by place, and why no code stands on it.
COMPANY_NOT_RELIED_ON = {
    f"{_PAGE} 20 #27": "no module deletes a site",
    f"{_PAGE} 20 #28": "no module blocks callers",
    f"{_PAGE} 20 #29": "no module writes notifications",
}
