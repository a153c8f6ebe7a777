# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Calls that depend on RingCentral's switches about callers of a company, and what is met in each position."""

from __future__ import annotations

from simulator.messages import Record
from tests.simulator.calls_companies import (
    MAIN,
    actions,
    company,
    dates,
    dial,
    ident,
    mailbox,
    menu,
    queue,
    queue_rule,
    site,
)
from tests.simulator.calls_offices import ADAS_PHONE, ANNA, BEN, BENS_PHONE, forward, n, person, sonetel
from tests.simulator.calls_switch_rows import NOBODY, Row, row

BOX = mailbox("7101")
IN_BOX, HANG_UP = "voicemail voicemail 7101 0s", "hang_up 0s"
ADAS, BENS = f"person device {ADAS_PHONE}", f"person device {BENS_PHONE}"
BENS_APPS = "person app ringcentral:102:desktop"
BOTH: Record = {"picks_up": [ADAS_PHONE, BENS_PHONE]}
DISCONNECT = {"callHandlingAction": "Disconnect"}
IN_SITE = {"site": ident("9001")}
OVERFLOW: Record = {"noAnswerAction": "WaitPrimaryAndOverflowMembers", "overflow": ("7002",)}
TO_BOX: Record = {"holdTimeExpirationAction": "TransferToExtension", "transfer": {"HoldTimeExpiration": "7101"}}


def forwarding(*ranges: tuple[str, str]) -> Record:
    """All calls are forwarded to a mailbox."""
    forward_all = {"enabled": True, "extension": ident("7101"), "ranges": dates(*ranges)["ranges"]}
    return company(BOX, work=DISCONNECT, forward_all=forward_all)


def in_site(found: Record, operator: str | None = None, **ivr: object) -> Record:
    """A menu of a site."""
    return company(BOX, site("9001", "101", ivr=ivr, operator=operator), found, menu("8002", k1="Connect 7101"))


def ways_back() -> Record:
    """8001 leads to 8002, and that to 8003."""
    return company(
        BOX,
        menu("8001", k1="Connect 8002", k3="Connect 7101", star="ReturnToPrevious", no_input="Disconnect"),
        menu("8002", k1="Connect 8003", k3="Connect 102", star="ReturnToPrevious"),
        menu("8003", k3="Connect 301", star="ReturnToPrevious", no_input="Connect 7101"),
    )


def closed_overflow() -> Record:
    """An overflow queue with a holiday."""
    holiday = queue_rule("7", "PlayAnnouncementOnly", schedule=dates(("2026-12-04T00:00:00", "2026-12-05T00:00:00")))
    return company(
        queue("7001", "101", **OVERFLOW), queue("7002", "102", extension={"custom_rules": (holiday,), "zone": "64"})
    )


def in_time() -> Record:
    """Somebody at Sonetel whose calls have ten seconds to be taken by a queue."""
    office = company(queue("7001", "102"), work={"callHandlingAction": "Bypass", "extension": ident("7001")})
    return office | sonetel(person(ANNA, forward("phnum", MAIN, ring_time="10"), forward("voicemail")), n10=ANNA)


def disabled_ben() -> Record:
    office = company(queue("7001", "102", "101"))
    office["ringcentral"]["extensions"][BEN]["record"]["status"] = "Disabled"
    return office


TOP: Record = {"work": {"callHandlingAction": "Bypass", "extension": ident("8002")}}
COMPANY: dict[str, list[Row]] = {
    "forward_all_calls": [
        row(forwarding(), {"number": BENS_PHONE}, "company_numbers", f"{BENS_APPS} 0s", "all_numbers", IN_BOX),
    ],
    "forward_all_period": [
        row(
            forwarding(("2026-12-05T00:00:00", "2026-12-06T00:00:00")),
            {"number": MAIN},
            "within",
            HANG_UP,
            "ignored",
            IN_BOX,
        ),
    ],
    "company_greeting": [
        row(
            company(),
            {"number": MAIN, "press": ["102"], "picks_up": [ADAS_PHONE, BENS_PHONE, "ringcentral:102:apps"]},
            "operator",
            f"{ADAS} 0s",
            "dials_extension",
            f"{BENS_APPS} 0s",
        ),
    ],
    "inactive_queue": [
        row(
            company(queue("7001", "102", extension={"status": "NotActivated"})),
            dial("7001", **BOTH),
            "fails",
            "nowhere queue 7001 0s",
            "works",
            f"{BENS} 0s",
        ),
        row(
            company(queue("7001", "101", **OVERFLOW), queue("7002", "102", extension={"status": "Disabled"})),
            dial("7001", picks_up=[BENS_PHONE]),
            "fails",
            "voicemail voicemail 7001 60s",
            "works",
            f"{BENS} 20s",
        ),
    ],
    "unassigned_key": [
        row(
            company(BOX, menu("8001", repeat=2, k1="Connect 7101", no_input="Connect 102")),
            dial("8001", press=["2", "2", "2", "1"]),
            "replays",
            IN_BOX,
            "uses_repeat",
            f"{BENS_APPS} 0s",
            "hang_up",
            HANG_UP,
        ),
    ],
    "no_input": [
        row(company(menu("8001")), dial("8001"), "hang_up", HANG_UP, "replays", "repeats menu 8001 0s"),
    ],
    "menu_extensions": [
        row(
            company(BOX, menu("8001", k1="Connect 7101")),
            dial("8001", press=["102"]),
            "keys",
            IN_BOX,
            "dialled",
            f"{BENS_APPS} 0s",
        ),
    ],
    "menu_voicemail": [
        row(
            company(found, menu("8001", k1=f"Voicemail {number}")),
            dial("8001", press=["1"]),
            "own",
            f"voicemail voicemail {number} 0s",
            "recipient",
            "voicemail voicemail 102 0s",
        )
        for number, found in (("7001", queue("7001", recipient="102")), ("7101", mailbox("7101", "102")))
    ],
    "menu_operator": [
        row(
            in_site(menu("8001", k1="ConnectToOperator", extension=IN_SITE), operator="102"),
            dial("8001", press=["1"]),
            "site",
            f"{BENS_APPS} 0s",
            "company",
            "person app ringcentral:101:desktop 0s",
        ),
    ],
    "site_keys": [
        row(
            in_site(menu("8001", extension=IN_SITE), actions=actions(k0="Connect 7101", no_input="Connect 7101")),
            dial("8001", press=press),
            "defaults",
            IN_BOX,
            "none",
            HANG_UP,
        )
        for press in (["0"], [])
    ],
    "root_menu": [
        row(
            office,
            dial("8001", press=["1", "#", "1"]),
            "first_met",
            "repeats menu 8003 0s",
            "top_menu",
            IN_BOX,
        )
        for office in (
            company(
                BOX,
                menu("8001", k1="Connect 8003"),
                menu("8002", k1="Connect 7101"),
                menu("8003", hash="ReturnToRoot", no_input="Repeat"),
                **TOP,
            ),
            company(
                BOX,
                site("9001", "101", ivr={"top_menu": ident("8002")}),
                menu("8001", k1="Connect 8003"),
                menu("8002", k1="Connect 7101"),
                menu("8003", hash="ReturnToRoot", no_input="Repeat", extension=IN_SITE),
            ),
        )
    ],
    "previous_menu": [
        row(
            ways_back(),
            dial("8001", press=["1", "1", "*", "*", "3"]),
            "parent",
            IN_BOX,
            "last_met",
            HANG_UP,
        ),
        row(
            company(
                BOX,
                menu("8001", k1="Connect 8002", k3="Connect 7101"),
                menu("8002", k1="Connect 7001", k3="Connect 102", star="ReturnToPrevious"),
                queue("7001", holdTimeExpirationAction="TransferToExtension", transfer={"HoldTimeExpiration": "8002"}),
            ),
            dial("8001", press=["1", "1", "*", "3"]),
            "parent",
            "voicemail voicemail 7101 60s",
            "last_met",
            f"{BENS_APPS} 60s",
        ),
    ],
    "previous_of_first": [
        row(ways_back(), dial("8001", press=["*", "3"]), "replays", IN_BOX, "hang_up", HANG_UP),
    ],
    "member_phones": [
        row(
            company(queue("7001", "102")),
            dial("7001", picks_up=["ringcentral:102:apps"]),
            "phones_and_apps",
            f"{BENS_APPS} 0s",
            "phones",
            "voicemail voicemail 7001 60s",
        ),
    ],
    "longest_idle": [
        row(
            company(queue("7001", "101", "102", transferMode="Rotating")),
            dial("7001", **BOTH),
            "as_listed",
            f"{ADAS} 0s",
            "reversed",
            f"{BENS} 0s",
        ),
    ],
    "disabled_member": [
        row(disabled_ben(), dial("7001", picks_up=[ADAS_PHONE]), "skipped", f"{ADAS} 0s", "rings", f"{ADAS} 20s"),
    ],
    "empty_queue": [
        row(
            company(BOX, queue("7001", **TO_BOX)),
            dial("7001"),
            "waits",
            "voicemail voicemail 7101 60s",
            "at_once",
            IN_BOX,
        ),
        row(
            company(BOX, queue("7001", noAnswerAction="Voicemail", **TO_BOX)),
            dial("7001"),
            "waits",
            "voicemail voicemail 7101 60s",
            "at_once",
            "voicemail voicemail 7001 0s",
        ),
    ],
    "hold_time": [
        row(
            company(queue("7001", "101", "102", holdTime=30)),
            dial("7001", **NOBODY),
            "cuts_ringing",
            "voicemail voicemail 7001 30s",
            "ring_ends",
            "voicemail voicemail 7001 40s",
        ),
    ],
    "no_wait": [
        row(
            company(queue("7001", "101", "102", holdTime=1, transferMode=mode)),
            dial("7001", picks_up=[BENS_PHONE]),
            "at_once",
            "voicemail voicemail 7001 0s",
            "one_round",
            f"{BENS} {seconds}s",
        )
        for mode, seconds in (("FixedOrder", 20), ("Simultaneous", 0))
    ],
    "round_as_long_as_wait": [
        row(
            company(BOX, queue("7001", "101", "102", holdTime=40, noAnswerAction="Voicemail", **TO_BOX)),
            dial("7001", **NOBODY),
            "no_answer",
            "voicemail voicemail 7001 40s",
            "wait_over",
            "voicemail voicemail 7101 40s",
        ),
    ],
    "overflow_order": [
        row(
            company(queue("7001", "101", transferMode="Simultaneous", **OVERFLOW), queue("7002", "102")),
            dial("7001", picks_up=[BENS_PHONE]),
            "members_first",
            "voicemail voicemail 7001 60s",
            "together",
            f"{BENS} 0s",
        ),
        row(
            company(queue("7001", "101", transferMode="Rotating", **OVERFLOW), queue("7002", "102")),
            dial("7001", picks_up=[BENS_PHONE]),
            "members_first",
            f"{BENS} 20s",
            "together",
            f"{BENS} 0s",
            others={"longest_idle": "reversed"},
        ),
    ],
    "overflow_rules": [
        row(
            closed_overflow(),
            dial("7001", picks_up=[BENS_PHONE]),
            "hours",
            f"{BENS} 20s",
            "rules",
            "voicemail voicemail 7001 60s",
        ),
    ],
    "queue_answers": [
        row(
            in_time(),
            n("10", **NOBODY),
            "at_once",
            "voicemail voicemail 7001 60s",
            "member",
            f"voicemail voicemail {ANNA} 10s",
        ),
    ],
}
