# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state that the simulator starts with: one company's account, and another one with one number."""

from __future__ import annotations

from simulator.messages import Record

API_KEY = "Fake&key+smspartner%1"
OTHER_API_KEY = "Fake&key+smspartner%2"
NUMBER = "33261910001"
VOICEMAIL_NUMBER = "33261910002"
FORWARDED_NUMBER = "33261910003"
INACTIVE_NUMBER = "33261910004"
SECOND_NUMBER = "33261910005"
FOREIGN_NUMBER = "33261910090"


def number(kind: int = 0, param: str = "", *, active: bool = True, configured: bool = False) -> Record:
    """A virtual number: `type` and `param` as they were set last, and whether they ever were."""
    return {"type": kind, "param": param, "active": active, "configured": configured or kind != 0}


def default_state() -> Record:
    """A new copy of the state."""
    return {
        "accounts": {
            API_KEY: {
                "username": "ops@example.org",
                "firstname": "Ada",
                "lastname": "Test",
                "refused_with": None,
                "numbers": {
                    NUMBER: number(),
                    VOICEMAIL_NUMBER: number(2, "accueil@example.org"),
                    FORWARDED_NUMBER: number(1, "33353010003"),
                    INACTIVE_NUMBER: number(active=False),
                    SECOND_NUMBER: number(configured=True),
                },
            },
            OTHER_API_KEY: {
                "username": "other@example.org",
                "firstname": "Grace",
                "lastname": "Test",
                "refused_with": None,
                "numbers": {FOREIGN_NUMBER: number()},
            },
        }
    }


def environment(url: str) -> dict[str, str]:
    """Return the variables with which the modules find the simulator at *url* and the first account."""
    return {"SMSPARTNER_API_KEY": API_KEY, "SMSPARTNER_API_URL": f"{url}/smspartner/v1"}
