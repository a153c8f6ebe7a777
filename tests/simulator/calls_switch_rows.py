# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls that depend on Sonetel's switches about callers, and what is met in each position."""

from __future__ import annotations

from typing import Any

from simulator.messages import Record
from tests.simulator.calls_offices import (
    ANNA,
    DESKS,
    ERIK,
    FRIDAY,
    IDS,
    MOBILES,
    OUTSIDE,
    announcement,
    entry,
    forward,
    mailbox,
    menu,
    n,
    person,
    ring,
    sonetel,
)

NOBODY: Record = {"unanswered": "all"}
TO_OUTSIDE = forward("phnum", OUTSIDE, ring_time="10")
BOX = mailbox("Box")
BOX_ON_SILENCE = entry("app", "VABox")
VOICEMAIL = f"voicemail voicemail {ANNA}"
OPERATOR = f"outside operator_voicemail {OUTSIDE}"

# An office and a call, the moment, other switches, and what is met in each position.
Row = tuple[Record, Record, str, Record, dict[Any, str]]


def row(office: Record, call: Record, *expected: Any, at: str = FRIDAY, others: Record | None = None) -> Row:
    return office, call, at, others or {}, dict(zip(expected[::2], expected[1::2], strict=True))


def numbers_of_one(**members: Any) -> Record:
    """A number that forwards to a phone outside, with these members."""
    return sonetel(n10={"connect_to_type": "phnum", "connect_to": OUTSIDE, **members})


def unready() -> Record:
    user = person(ANNA, ring(), forward("voicemail"))
    user["phones"][1]["receive_calls"] = "no"
    return sonetel(user, n10=ANNA)


SONETEL: dict[str, list[Row]] = {
    "sonetel.inactive_number": [
        row(
            numbers_of_one(status="inactive"),
            n("10"),
            "fails",
            "nowhere number +46846500410 0s",
            "works",
            f"outside phone {OUTSIDE} 0s",
            "announcement",
            "hang_up 0s",
        ),
    ],
    "sonetel.national_number": [
        row(
            numbers_of_one(connect_to="0701740699"),
            n("10"),
            "completed",
            f"outside phone {OUTSIDE} 0s",
            "fails",
            "nowhere number +46846500410 0s",
        ),
    ],
    "sonetel.unanswered_forward": [
        row(
            numbers_of_one(),
            n("10", **NOBODY),
            "falls_through",
            "hang_up 0s",
            "rings_on",
            f"unanswered phone {OUTSIDE} 0s",
            "operator_voicemail",
            f"{OPERATOR} 0s",
        ),
        row(
            sonetel(menu("M", timeout=BOX_ON_SILENCE, key_1=entry("phnum", OUTSIDE)), BOX, n10="M"),
            n("10", press=["1"], **NOBODY),
            "falls_through",
            "voicemail mailbox Box 0s",
            "rings_on",
            f"unanswered phone {OUTSIDE} 0s",
            "operator_voicemail",
            f"{OPERATOR} 0s",
        ),
        row(
            sonetel(announcement("A", entry("phnum", OUTSIDE)), n10="A"),
            n("10", **NOBODY),
            "falls_through",
            "hang_up 0s",
            "rings_on",
            f"unanswered phone {OUTSIDE} 0s",
            "operator_voicemail",
            f"{OPERATOR} 0s",
        ),
        row(
            sonetel(person(ANNA, TO_OUTSIDE, forward("voicemail")), n10=ANNA),
            n("10", **NOBODY),
            "falls_through",
            f"{VOICEMAIL} 10s",
            "rings_on",
            f"unanswered phone {OUTSIDE} 0s",
            "operator_voicemail",
            f"{OPERATOR} 0s",
        ),
        # Busy: no time passes, and nothing rings on
        row(
            sonetel(person(ANNA, TO_OUTSIDE, forward("voicemail")), n10=ANNA),
            n("10", busy=[OUTSIDE]),
            "falls_through",
            f"{VOICEMAIL} 0s",
            "rings_on",
            "hang_up 0s",
            "operator_voicemail",
            f"{OPERATOR} 0s",
        ),
        # What answers at a SIP address may have a voicemail as well
        row(
            sonetel(n10="desk@sip.example.org"),
            n("10", **NOBODY),
            "falls_through",
            "hang_up 0s",
            "rings_on",
            "unanswered sip desk@sip.example.org 0s",
            "operator_voicemail",
            "outside operator_voicemail desk@sip.example.org 0s",
        ),
        # Erik's number answers after 15 seconds, which is too late for Anna's 10
        row(
            sonetel(
                person(ANNA, forward("phnum", "+46846500411", ring_time="10"), forward("voicemail")),
                person(ERIK, ring(ring_time="15"), forward("voicemail")),
                n10=ANNA,
                n11=ERIK,
            ),
            n("10", **NOBODY),
            "falls_through",
            f"{VOICEMAIL} 10s",
            "rings_on",
            f"voicemail voicemail {ERIK} 15s",
            "operator_voicemail",
            f"voicemail voicemail {ERIK} 15s",
        ),
    ],
    "sonetel.app_by_sip": [
        row(
            sonetel(BOX, n10="VABox@sonetel.net"),
            n("10"),
            "reached",
            "voicemail mailbox Box 0s",
            "outside",
            "outside sip VABox@sonetel.net 0s",
        ),
    ],
    "sonetel.menu_without_timeout": [
        row(sonetel(menu("M"), n10="M"), n("10"), "repeat", "repeats menu M 0s", "hang_up", "hang_up 0s"),
        row(
            sonetel(menu("M", key_1=entry("user", IDS[ANNA])), person(ANNA, ring()), n10="M"),
            n("10", press=["wait", "1"]),
            "repeat",
            f"person sip {DESKS[ANNA]} 0s",
            "hang_up",
            "hang_up 0s",
        ),
    ],
    "sonetel.unassigned_key": [
        row(
            sonetel(menu("M", timeout=BOX_ON_SILENCE, key_1=entry("app", "VAOne")), BOX, mailbox("One"), n10="M"),
            n("10", press=[key, "1"]),
            "repeat",
            "voicemail mailbox One 0s",
            "as_timeout",
            "voicemail mailbox Box 0s",
            "hang_up",
            "hang_up 0s",
        )
        for key in ("2", "*", "#")
    ],
    "sonetel.invalid_extension": [
        row(
            sonetel(menu("M", timeout=BOX_ON_SILENCE, get_extension="yes"), BOX, n10="M"),
            n("10", press=["999"]),
            "repeat",
            "voicemail mailbox Box 0s",
            "hang_up",
            "hang_up 0s",
        ),
    ],
    "sonetel.after_prompt": [
        row(
            sonetel(menu("M", timeout=BOX_ON_SILENCE, key_1=entry("prompt", "PR1")), BOX, n10="M"),
            n("10", press=["1"]),
            "again",
            "voicemail mailbox Box 0s",
            "hang_up",
            "hang_up 0s",
        ),
        row(
            sonetel(announcement("A", entry("prompt", "PR1")), n10="A"),
            n("10"),
            "again",
            "loop announcement A 0s",
            "hang_up",
            "hang_up 0s",
        ),
    ],
    "sonetel.no_final_action": [
        row(sonetel(announcement("A"), n10="A"), n("10"), "hang_up", "hang_up 0s", "repeat", "loop announcement A 0s"),
        row(
            sonetel(announcement("A", {"action": "", "to": "", "id": ""}), n10="A"),
            n("10"),
            "hang_up",
            "hang_up 0s",
            "repeat",
            "loop announcement A 0s",
        ),
    ],
    "sonetel.extension_without_menu": [
        row(
            sonetel(announcement("A", BOX_ON_SILENCE, get_extension="yes"), BOX, person(ANNA, ring()), n10="A"),
            n("10", press=["012"]),
            "dialled",
            f"person sip {DESKS[ANNA]} 0s",
            "ignored",
            "voicemail mailbox Box 0s",
            "needed",
            f"person sip {DESKS[ANNA]} 0s",
        ),
        row(
            sonetel(announcement("A", BOX_ON_SILENCE, get_extension="yes"), BOX, n10="A"),
            n("10"),
            "dialled",
            "voicemail mailbox Box 0s",
            "ignored",
            "voicemail mailbox Box 0s",
            "needed",
            "hang_up 0s",
        ),
    ],
    "sonetel.missing_target": [
        row(
            sonetel(announcement("A", entry("app", "VAgone")), n10="A"),
            n("10"),
            "fails",
            "nowhere announcement A 0s",
            "unassigned",
            "hang_up 0s",
        ),
        row(
            sonetel(person(ANNA, forward("voiceapp", "VAgone"), forward("voicemail")), n10=ANNA),
            n("10"),
            "fails",
            f"nowhere person {ANNA} 0s",
            "unassigned",
            f"{VOICEMAIL} 0s",
        ),
    ],
    "sonetel.user_unanswered": [
        row(
            sonetel(person(ANNA, ring()), n10=ANNA),
            n("10", **NOBODY),
            "hang_up",
            "hang_up 20s",
            "voicemail",
            f"{VOICEMAIL} 20s",
            "rings_on",
            f"unanswered person {ANNA} 20s",
        ),
        row(
            sonetel(person(ANNA, ring(), ring("sipphones", "10")), n10=ANNA),
            n("10", **NOBODY),
            "hang_up",
            "hang_up 30s",
            "voicemail",
            f"{VOICEMAIL} 30s",
            "rings_on",
            f"unanswered person {ANNA} 30s",
        ),
        row(
            sonetel(person(ANNA), n10=ANNA),
            n("10"),
            "hang_up",
            "hang_up 0s",
            "voicemail",
            f"{VOICEMAIL} 0s",
            "rings_on",
            f"unanswered person {ANNA} 0s",
        ),
    ],
    "sonetel.forwarder_second_action": [
        row(
            sonetel(person(ANNA, forward("user", IDS[ERIK]), forward("voicemail")), person(ERIK, ring()), n10=ANNA),
            n("10", **NOBODY),
            "left_out",
            "hang_up 20s",
            "tried",
            f"{VOICEMAIL} 20s",
        ),
    ],
    "sonetel.missing_ring_time": [
        row(
            sonetel(person(ANNA, ring(ring_time=None), forward("voicemail")), n10=ANNA),
            n("10", **NOBODY),
            30,
            f"{VOICEMAIL} 30s",
            5,
            f"{VOICEMAIL} 5s",
        ),
    ],
    "sonetel.no_phone": [
        row(
            sonetel(person(ANNA, ring(), forward("voicemail"), phones=[]), n10=ANNA),
            n("10"),
            "ring_time",
            f"{VOICEMAIL} 20s",
            "at_once",
            f"{VOICEMAIL} 0s",
        ),
    ],
    "sonetel.busy_phones": [
        row(
            sonetel(person(ANNA, ring(), forward("voicemail")), n10=ANNA),
            n("10", busy=[ANNA]),
            "at_once",
            f"{VOICEMAIL} 0s",
            "ring_time",
            f"{VOICEMAIL} 20s",
        ),
    ],
    "sonetel.unready_phone": [
        row(
            unready(),
            n("10", picks_up=[MOBILES[ANNA]]),
            "silent",
            f"{VOICEMAIL} 20s",
            "rings",
            f"person phone {MOBILES[ANNA]} 0s",
        ),
    ],
}
