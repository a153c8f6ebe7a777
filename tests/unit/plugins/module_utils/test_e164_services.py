# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Short national service numbers are read where a plan holds them; short codes and extensions stay refused."""

from __future__ import annotations

import pytest

from ansible_collections.office.telephony.plugins.module_utils._numbers.e164 import NumberError, parse
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each


@each(
    ("text", "region", "e164"),
    [
        ("13 12 34", "AU", "+61131234"),
        ("131234", "AU", "+61131234"),
        ("+61 13 12 34", None, "+61131234"),
        ("61131234", "AU", "+61131234"),
        ("1300 975 707", "AU", "+611300975707"),
        ("1800-975-707", "AU", "+611800975707"),
        ("(02) 5550 0101", "AU", "+61255500101"),
        ("0011 61 2 5550 0101", "AU", "+61255500101"),
        ("0061 2 5550 0101", "AU", "+61255500101"),
        ("61255500101", "AU", "+61255500101"),
        ("020 1234", "SE", "+46201234"),
    ],
)
def test_read(text: str, region: str | None, e164: str) -> None:
    number = parse(text, region)
    assert (number.e164, number.doubt) == (e164, "")


@each(
    ("text", "region"),
    [
        ("131234", None),
        ("131234", "SE"),
        ("123456", "AU"),
        ("1345", "AU"),
        ("000", "AU"),
        ("112", "SE"),
        ("02800", "NO"),
        ("201", "DE"),
        ("123456", "DE"),
        ("61131234", None),
    ],
)
def test_refused(text: str, region: str | None) -> None:
    with pytest.raises(NumberError):
        parse(text, region)
