# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls to the example offices, worked out by hand from their files and from the providers' pages.

Each row: the office, what is dialled and when, what else is special about the call, and what becomes of it: how the
call ends, where, and after how many seconds of ringing. Where a page of `docs/providers` leaves that open, it is
"unknown", and the ends that are possible follow, of which the seconds do not matter.
"""

from __future__ import annotations

from typing import Any, NamedTuple

ANNA, ERIK, JOHN = "anna.lindqvist@example.org", "erik.ohman@example.org", "john.miller@example.org"
ADA, BEN, CLEO = "ada@example.org", "ben@example.org", "cleo@example.org"
ADA_MOBILE, ADA_HOME, RECEPTION = "+12025550171", "+12025550172", "+12025550173"
ERIK_MOBILE, ANNA_MOBILE, JOHN_MOBILE = "+46701740606", "+46701740605", "+12025550144"
PARIS_MOBILE = "+33353010001"
NOBODY = {"unanswered": ["all"]}


class Row(NamedTuple):
    """*ends*: one for each who may pick up first; "unknown" stands before what is possible."""

    office: str
    dial: Any
    at: str
    special: dict[str, Any]
    ends: tuple[str, ...]


def _paris(last: str, at: str, *ends: str, **special: Any) -> Row:
    return Row("paris", f"+3326191000{last}", at, special, ends)


def _stockholm(last: str, at: str, *ends: str, **special: Any) -> Row:
    return Row("stockholm", f"+4684650041{last}", at, special, ends)


def _sydney(dial: str, at: str, *ends: str, **special: Any) -> Row:
    return Row("sydney", dial, at, special, ends)


def _newyork(dial: Any, at: str, *ends: str, **special: Any) -> Row:
    return Row("newyork", dial, at, special, ends)


def _washington(dial: Any, at: str, *ends: str, **special: Any) -> Row:
    return Row("washington", dial, at, special, ends)


def _outside(phone: str, seconds: int = 0) -> str:
    return f"outside number/{phone} {seconds}"


def _operator(phone: str, seconds: int = 0) -> str:
    return f"outside operator {phone} {seconds}"


def _later(end: str) -> str:
    """What comes after announcements, and the wait in menus, which take a time that no page tells."""
    return f"{end} or more"


_BOX = "voicemail box/Brevlåda Stockholm 0"
_ANNA_ANSWERS, _ANNAS_VOICEMAIL = f"person sonetel/{ANNA} 0", f"voicemail voicemail/sonetel/{ANNA} 20"
_FLOW = "flow flow/c0ffee00-0000-4000-8000-00000000000"

# SMS Partner: no time, no condition; what a forward does that is not answered is open (smspartner.md 4.1).
PARIS = (
    _paris("1", "mon 10:00", _outside(PARIS_MOBILE)),
    _paris("1", "sat 03:00", _outside(PARIS_MOBILE), **{"from": "+33639980001"}),
    _paris("1", "mon 10:00", "unknown", "hang_up", "unanswered", _operator(PARIS_MOBILE), **NOBODY),
    _paris("1", "mon 10:00", "unknown", "hang_up", _operator(PARIS_MOBILE), busy=[PARIS_MOBILE]),
    _paris("1", "mon 10:00", _operator(PARIS_MOBILE), voicemail_answers=[PARIS_MOBILE]),
    _paris("5", "mon 10:00", "voicemail voicemail/smspartner/+33261910005 0"),
    _paris("5", "sun 00:00", "voicemail voicemail/smspartner/+33261910005 0", **NOBODY),
)

# Fone Dynamics: an endpoint or a flow (fonedynamics.md 3.1). The hotline goes on at the front desk's number.
SYDNEY = (
    _sydney("+61255500101", "wed 12:00", f"{_FLOW}1 0"),
    _sydney("+61255500101", "sun 23:59", f"{_FLOW}1 0", **NOBODY),
    _sydney("+611300975707", "wed 12:00", f"{_FLOW}1 0"),
    _sydney("+611300975707", "wed 12:00", f"{_FLOW}1 0", press=["1"]),
    # Numbers that the account has beside those of the file.
    _sydney("+61255500102", "wed 12:00", f"{_FLOW}2 0"),
    _sydney("+61370100101", "wed 12:00", f"{_FLOW}5 0"),
    # Neither a routing method nor a target: what callers meet is open (fonedynamics.md 6 #5).
    _sydney("+61491570006", "wed 12:00", "unknown", "nowhere", "unanswered", "hang_up"),
    _sydney("+611800975707", "wed 12:00", "unknown", "nowhere", "unanswered", "hang_up"),
    # Pending as well (fonedynamics.md 6 #14).
    _sydney("+61255500190", "wed 12:00", "unknown", "nowhere", "unanswered", "hang_up"),
)

STOCKHOLM = (
    # Anna's phones ring for twenty seconds, then her voicemail answers (sonetel.md 7.1).
    _stockholm("2", "mon 09:00", _ANNA_ANSWERS),
    _stockholm("2", "sat 02:00", _ANNA_ANSWERS),
    _stockholm("2", "mon 09:00", _ANNAS_VOICEMAIL, unanswered=[ANNA]),
    _stockholm("2", "mon 09:00", _ANNAS_VOICEMAIL, **NOBODY),
    # Her SIP phone is still there.
    _stockholm("2", "mon 09:00", _ANNA_ANSWERS, unanswered=[ERIK, ERIK_MOBILE]),
    # Opening, then the main menu, which goes to the mailbox when nothing is pressed.
    _stockholm("3", "mon 09:00", _later(_BOX)),
    _stockholm("3", "mon 09:00", _later(_BOX), press=["wait"]),
    _stockholm("3", "sun 12:00", _later(_BOX), **NOBODY),
    _stockholm("3", "mon 09:00", _later(_outside(ERIK_MOBILE)), press=["1", "1"]),
    _stockholm("3", "mon 09:00", _later(_BOX), press=["1", "2"]),
    _stockholm("3", "mon 09:00", _later(_operator(ERIK_MOBILE)), press=["1", "1"], voicemail_answers=[ERIK_MOBILE]),
    _stockholm("3", "mon 09:00", _later(_ANNA_ANSWERS), press=["2"]),
    _stockholm("3", "mon 09:00", _later(_ANNAS_VOICEMAIL), press=["2"], unanswered=[ANNA]),
    # The sales menu goes to the mailbox as well when nothing is pressed.
    _stockholm("3", "mon 09:00", _later(_BOX), press=["1"]),
    _stockholm("3", "sun 12:00", _later(_BOX), press=["1", "wait"], **NOBODY),
    # Key 0 of the sales menu leads back.
    _stockholm("3", "mon 09:00", _later(_BOX), press=["1", "0"]),
    _stockholm("3", "mon 09:00", _later(_ANNA_ANSWERS), press=["1", "0", "2"]),
    _stockholm("3", "mon 09:00", _later(_outside(ERIK_MOBILE)), press=["1", "0", "1", "1"]),
    _stockholm("3", "mon 09:00", _later(_BOX), press=["1", "0", "1", "0", "wait"]),
    # Several digits are so many keys, for nobody can dial an extension there (sonetel.md 5.2).
    _stockholm("3", "mon 09:00", _later(_outside(ERIK_MOBILE)), press=["11"]),
    _stockholm("3", "mon 09:00", _later(_ANNA_ANSWERS), press=["102"]),
    # What follows a prompt, and what an unassigned key does, is open (sonetel.md 5.3, 5.4).
    _stockholm("3", "mon 09:00", "unknown", _BOX, "hang_up", press=["3"]),
    _stockholm("3", "mon 09:00", "unknown", _ANNA_ANSWERS, "hang_up", press=["4", "2"]),
    _stockholm("3", "mon 09:00", "unknown", _BOX, "hang_up", press=["9"]),
    _stockholm("3", "mon 09:00", "unknown", _ANNA_ANSWERS, _BOX, "hang_up", press=["9", "2"]),
    _stockholm("3", "mon 09:00", "unknown", _BOX, "hang_up", press=["1", "9"]),
    _stockholm("4", "mon 09:00", _BOX),
    _stockholm("4", "mon 09:00", _BOX, press=["1"]),
    _stockholm("5", "mon 09:00", _outside(JOHN_MOBILE)),
    _stockholm("5", "mon 09:00", "unknown", "hang_up", "unanswered", _operator(JOHN_MOBILE), unanswered=[JOHN]),
    _stockholm("6", "mon 09:00", _outside(ERIK_MOBILE)),
    _stockholm("6", "mon 09:00", "unknown", "hang_up", "unanswered", _operator(ERIK_MOBILE), **NOBODY),
    # Whether busy phones ring out is open, but not where the call goes then.
    _stockholm("2", "mon 09:00", f"voicemail voicemail/sonetel/{ANNA} 0 or more", busy=[ANNA]),
)

_EXTENSION = {"ringcentral": "101"}
_ADA, _BEN = "person ringcentral/101 {}", "person ringcentral/102 {}"
_AT_WORK = (_ADA.format(0), _outside(ADA_MOBILE))
_AT_HOME = (_outside(ADA_MOBILE), _outside(ADA_HOME))
_SECOND_STEP = (_BEN.format(15), _outside(RECEPTION, 15))
_ADAS_VOICEMAIL = "voicemail voicemail/ringcentral/101 {}"
_BENS_VOICEMAIL = "voicemail voicemail/ringcentral/102 {} or more"
_ERIK_AWAY = ("hang_up", f"voicemail voicemail/sonetel/{ERIK} 20", "unanswered", _operator(ERIK_MOBILE))
_NO_ADA = [ADA, ADA_MOBILE]

WASHINGTON = (
    # Erik's SIP phones, fifteen seconds, then his mobile: he is on Stockholm's team as well.
    _washington("+12025550123", "tue 10:00", f"person sonetel/{ERIK} 0"),
    _washington("+12025550123", "tue 10:00", f"person sonetel/{ERIK} 0", unanswered=[ERIK_MOBILE]),
    _washington("+12025550123", "tue 10:00", "unknown", *_ERIK_AWAY, **NOBODY),
    # The main menu has nothing assigned (sonetel.md 5.3).
    _washington("+12025550124", "tue 10:00", "unknown", "repeats", "hang_up"),
    _washington("+12025550124", "tue 10:00", "unknown", "repeats", "hang_up", press=["1"]),
    _washington("+12025550125", "tue 10:00", _outside(JOHN_MOBILE)),
    _washington("+12025550126", "tue 10:00", "outside sip/frontdesk@sip.example.org:5060 0"),
    _washington("+12025550127", "tue 10:00", _outside(ANNA_MOBILE)),
    # Ada at work: the apps all the while, the mobile first, then reception together with Ben's desk phone.
    _washington(_EXTENSION, "mon 09:00", *_AT_WORK),
    _washington(_EXTENSION, "tue 16:59", *_AT_WORK),
    _washington(_EXTENSION, "fri 14:59", *_AT_WORK),
    # Her clocks count, not the caller's.
    _washington(_EXTENSION, "fri 13:59", *_AT_WORK, zone="America/Chicago"),
    _washington(_EXTENSION, "fri 14:00", *_AT_HOME, zone="America/Chicago"),
    _washington("+16505550111", "fri 10:00", *_AT_WORK),
    _washington(_EXTENSION, "mon 10:00", _outside(ADA_MOBILE), unanswered=[ADA]),
    _washington(_EXTENSION, "mon 10:00", _outside(ADA_MOBILE), busy=[ADA]),
    _washington(_EXTENSION, "mon 10:00", _ADA.format(0), unanswered=[ADA_MOBILE]),
    _washington(_EXTENSION, "mon 10:00", *_SECOND_STEP, unanswered=_NO_ADA),
    _washington(_EXTENSION, "mon 10:00", _BEN.format(15), unanswered=[*_NO_ADA, RECEPTION]),
    _washington(_EXTENSION, "mon 10:00", _outside(RECEPTION, 15), unanswered=[*_NO_ADA, BEN]),
    _washington(_EXTENSION, "mon 10:00", _ADAS_VOICEMAIL.format(30), **NOBODY),
    _washington(_EXTENSION, "mon 10:00", _operator(ADA_MOBILE), unanswered=[ADA], voicemail_answers=[ADA_MOBILE]),
    # After hours: both private phones at once, then Ben's extension.
    _washington(_EXTENSION, "mon 08:59", *_AT_HOME),
    _washington(_EXTENSION, "tue 17:00", *_AT_HOME),
    _washington(_EXTENSION, "fri 15:00", *_AT_HOME),
    _washington(_EXTENSION, "sat 10:00", *_AT_HOME),
    _washington("+16505550111", "sun 23:59", *_AT_HOME),
    _washington(_EXTENSION, "sat 10:00", _outside(ADA_HOME), unanswered=[ADA_MOBILE]),
    _washington(_EXTENSION, "sat 10:00", _BEN.format(15), unanswered=[ADA_MOBILE, ADA_HOME]),
    # How long apps ring alone is open (ringcentral.md 8); then Ben's voicemail answers.
    _washington(_EXTENSION, "sat 10:00", _BENS_VOICEMAIL.format(15), **NOBODY),
    # A rule of Ada's own for one caller comes before the hours (ringcentral.md 8).
    _washington(_EXTENSION, "mon 10:00", _ADAS_VOICEMAIL.format(0), **{"from": "+16505550160"}),
    _washington(_EXTENSION, "sat 10:00", _ADAS_VOICEMAIL.format(0), **{"from": "+16505550160"}),
    _washington(_EXTENSION, "mon 10:00", *_AT_WORK, **{"from": "anonymous"}),
    _washington({"ringcentral": "102"}, "mon 10:00", _BEN.format(0)),
    _washington("+16505550112", "sun 03:00", _BENS_VOICEMAIL.format(0), **NOBODY),
    # An extension that only announces, and one whose kind is not read.
    _washington({"ringcentral": "301"}, "mon 10:00", _later("hang_up 0")),
    _washington({"ringcentral": "201"}, "mon 10:00", "unknown", "unknown"),
    _washington({"ringcentral": "103"}, "mon 10:00", "person ringcentral/103 0"),
)

_MAIN, _SUPPORT_LINE = "+16505550180", "+16505550186"
_CLEO = "person ringcentral/103 {}"
_SALES = (_ADA.format(0), _BEN.format(0))
_MESSAGES, _ADA_LISTENS = "voicemail voicemail/ringcentral/7301 {}", "voicemail voicemail/ringcentral/101 0"
_CLOSED = "hang_up 0 or more"

# The company's hours lead to the menu or the announcement, the menu to the queues (ringcentral-company.md 4, 6.3, 7).
NEWYORK = (
    # Who of sales has been idle for longest is not known, so either may ring first.
    _newyork(_MAIN, "mon 10:00", *_SALES, press=["1"]),
    _newyork(_MAIN, "mon 10:00", _BEN.format(0) + " or more", press=["1"], unanswered=[ADA]),
    _newyork(_MAIN, "mon 10:00", _MESSAGES.format(120), press=["1"], **NOBODY),
    # Nothing is pressed, and how long the menu waits for that is open.
    _newyork(_MAIN, "mon 10:00", *map(_later, _SALES)),
    # In the order of the file, twenty seconds each, and round again until the minute is over.
    _newyork(_MAIN, "mon 10:00", _CLEO.format(0), press=["2"]),
    _newyork(_MAIN, "mon 10:00", _ADA.format(20), press=["2"], unanswered=[CLEO]),
    _newyork(_MAIN, "mon 10:00", _MESSAGES.format(60), press=["2"], **NOBODY),
    # A caller who chose the mailbox leaves a message for Ada, to whom its messages go.
    _newyork(_MAIN, "mon 10:00", _ADA_LISTENS, press=["3"]),
    _newyork(_MAIN, "mon 10:00", _ADA_LISTENS, press=["*", "3"]),
    _newyork(_MAIN, "mon 10:00", _CLEO.format(0), press=["*", "*", "2"]),
    # A key without an action (ringcentral-company.md 4).
    _newyork(_MAIN, "mon 10:00", "unknown", *_SALES, "hang_up", press=["9"]),
    # The edges of the hours, on the company's clock.
    _newyork(_MAIN, "mon 08:59", _CLOSED),
    _newyork(_MAIN, "mon 09:00", _ADA_LISTENS, press=["3"]),
    _newyork(_MAIN, "thu 16:59", _ADA_LISTENS, press=["3"]),
    _newyork(_MAIN, "thu 17:00", _CLOSED),
    _newyork(_MAIN, "fri 15:59", _CLEO.format(0), press=["2"]),
    _newyork(_MAIN, "fri 16:00", _CLOSED),
    _newyork(_MAIN, "sat 10:00", _CLOSED, **NOBODY),
    _newyork(_MAIN, "fri 14:59", _ADA_LISTENS, press=["3"], zone="America/Chicago"),
    _newyork(_MAIN, "fri 15:00", _CLOSED, zone="America/Chicago"),
    # The direct line has the hours of support, which are longer.
    _newyork(_SUPPORT_LINE, "mon 07:59", _MESSAGES.format(0)),
    _newyork(_SUPPORT_LINE, "mon 08:00", _CLEO.format(0)),
    _newyork(_SUPPORT_LINE, "fri 17:59", _ADA.format(20), unanswered=[CLEO]),
    _newyork(_SUPPORT_LINE, "fri 18:00", _MESSAGES.format(0)),
    _newyork(_SUPPORT_LINE, "mon 12:00", _MESSAGES.format(60), **NOBODY),
    # Sales are open around the clock for those who dial the extension.
    _newyork({"ringcentral": "7201"}, "sun 03:00", *_SALES),
    _newyork({"ringcentral": "7301"}, "mon 10:00", _ADA_LISTENS),
    _newyork({"ringcentral": "7302"}, "mon 10:00", _CLOSED),
    # A menu has no hours, but what it leads to has.
    _newyork({"ringcentral": "8101"}, "sun 10:00", _MESSAGES.format(0), press=["2"]),
)
ROWS = (*NEWYORK, *PARIS, *SYDNEY, *STOCKHOLM, *WASHINGTON)
