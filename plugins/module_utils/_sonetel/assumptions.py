# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the code assumes about Sonetel that no document settles. Facts: docs/providers/sonetel.md 11.

Private to the collection.
"""

from __future__ import annotations

from .._engine.diagnosis import Assumption

ASSUMPTIONS = (
    Assumption(
        "The login takes the client id sonetel-api, at the address with /beta.",
        "POST .../SonetelAuth/beta/oauth/token: the login of this module",
        "sonetel.md 11 #1",
    ),
    Assumption(
        "A refresh token alone gives a new access token.",
        "POST .../oauth/token with grant_type=refresh_token, without username and password",
        "sonetel.md 11 #2",
    ),
    Assumption(
        "A wrong password is answered with HTTP 400 or 401, and JSON that gives the reason.",
        "POST .../oauth/token with a wrong password, once",
        "sonetel.md 11 #3",
    ),
    Assumption(
        "A refused request is answered with HTTP 200 and status failed, or with a plain HTTP error.",
        "GET /account/ID/phonenumbersubscription/1",
        "sonetel.md 11 #4",
    ),
    Assumption(
        "A single number is returned as an object, or as a list of one; voice apps come with or without an envelope.",
        "GET /account/ID/phonenumbersubscription/NUMBER and GET /account/ID/voiceapp/APP",
        "sonetel.md 11 #5",
    ),
    Assumption(
        "An empty list is null, [] or the sentence No entries found.",
        "GET /account/ID/voiceapp/APP/prompt of a mailbox",
        "sonetel.md 11 #6",
    ),
    Assumption(
        "What a list does not contain does not exist.",
        "GET /account/ID/voiceapp/NONE beside GET /account/ID/voiceapp",
        "sonetel.md 11 #7",
    ),
    Assumption(
        "Only numbers whose voiceapp_connect is yes can be sent to a voice app.",
        "PUT connect_to of a spare number whose voiceapp_connect is add-on to a voice app",
        "sonetel.md 11 #8",
    ),
    Assumption(
        "A voice app as destination is an object, or its id where the object is refused.",
        "PUT connect_to of a spare number to a voice app, then GET it",
        "sonetel.md 11 #9",
    ),
    Assumption(
        "A menu may be written as a whole: eleven keys, with app_type and name.",
        "PUT one key of a test voice app's menu, then GET it",
        "sonetel.md 11 #10",
    ),
    Assumption(
        "final_action is written as an object, and only where the menu is off.",
        "PUT final_action of a test voice app with play_menu no, then GET it",
        "sonetel.md 11 #11",
    ),
    Assumption(
        "The system prompts are called sysprompts or sysprompt, and can be changed.",
        "GET /account/ID/voiceapp, then PUT error_voice of the system prompts as it is",
        "sonetel.md 11 #12",
    ),
    Assumption(
        "The actions and targets of menu keys are those of the documents.",
        "GET /account/ID/voiceapp after a menu was edited in the web app",
        "sonetel.md 11 #13",
    ),
    Assumption(
        "Phone numbers are returned in any spelling of the same digits.",
        "PUT connect_to of a spare number to +46..., then GET it",
        "sonetel.md 11 #14",
    ),
    Assumption(
        "A new prompt takes its name from the body or from the query.",
        "POST /account/ID/voiceapp/APP/prompt with the name in both",
        "sonetel.md 11 #15",
    ),
    Assumption(
        "Sonetel deletes a voice app once nothing that can be read leads to it.",
        "DELETE a test voice app to which a spare number leads",
        "sonetel.md 11 #17",
    ),
    Assumption(
        "The voice apps that an account came with cannot be deleted; the refusal is shown.",
        "DELETE one of them in a test account",
        "sonetel.md 11 #18",
    ),
    Assumption(
        "Call settings are read and written as a whole, with id, show and ring_time of the second action.",
        "POST /account/ID/user/USER/call with what GET shows, of a test user",
        "sonetel.md 11 #20",
    ),
    Assumption(
        "Too many requests are answered with HTTP 429 or 503.",
        "GET /account/ID, until it is refused",
        "sonetel.md 11 #22",
    ),
    Assumption(
        "A list is complete on one page.",
        "GET /account/ID/phonenumbersubscription of an account with more than 150 numbers: page_count",
        "sonetel.md 11 #23",
    ),
    Assumption(
        "The answer to a write shows the new state.",
        "PUT show of a spare number, then GET it at once",
        "sonetel.md 11 #24",
    ),
    Assumption(
        "Names may be as long as their users write them; the refusal is shown.",
        "POST a test voice app with a name of 300 letters",
        "sonetel.md 11 #25",
    ),
    Assumption(
        "A number with the business package can be sent to voice apps.",
        "PUT package business of a spare number (it costs money), then GET voiceapp_connect",
        "sonetel.md 4.4",
    ),
)

# What is open as well, by place, and why no code stands on it.
NOT_RELIED_ON = {
    "sonetel.md 11 #16": "no module resets uploaded audio to the default",
    "sonetel.md 11 #19": "no module cancels a package, or sends a number nowhere",
    "sonetel.md 11 #21": "no module creates users",
}
