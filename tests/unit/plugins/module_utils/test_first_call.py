# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a first call needs of the layers below: comparing clocks, one try a request, and the age of numbering plans."""

from __future__ import annotations

import time
from datetime import date

import pytest

from ansible_collections.office.telephony.plugins.module_utils._errors import ServerFailed
from ansible_collections.office.telephony.plugins.module_utils._http.client import HttpClient, Settings
from ansible_collections.office.telephony.plugins.module_utils._http.messages import Request
from ansible_collections.office.telephony.plugins.module_utils._http.secrets import Secrets
from ansible_collections.office.telephony.plugins.module_utils._numbers.metadata_age import released_about
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.loopback import (
    PretendedClock,
    Reply,
    scripted,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each


@each("off", [-700, 0, 700])
@each("status", [200, 401])
def test_clocks_are_compared_by_any_answer(off: int, status: int) -> None:
    http = HttpClient(Settings(), Secrets(), clock=PretendedClock(time.time() + off))
    assert http.ahead() is None
    with scripted(Reply(status)) as server:
        http.send(Request("GET", server.url))
    assert http.ahead() == pytest.approx(off, abs=5)


def test_one_try_is_one_request() -> None:
    with scripted(Reply(503)) as server, pytest.raises(ServerFailed):
        HttpClient(Settings(attempts=1), Secrets(), clock=PretendedClock()).send(Request("GET", server.url))


@each(
    ("version", "expected"),
    [
        ("8.13.0", date(2022, 10, 27)),
        ("9.0.0", date(2025, 3, 1)),
        ("9.0.10", date(2025, 7, 19)),
        ("99.0.1", None),
        ("9.0", None),
        ("9.0.1rc1", None),
        ("", None),
    ],
)
def test_the_age_of_numbering_plans(version: str, expected: date | None) -> None:
    assert released_about(version) == expected
