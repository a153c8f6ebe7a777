# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Foreign text in what people read, and masks in what is saved."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._files.masks import masked_places
from ansible_collections.office.telephony.plugins.module_utils._texts import json_text, markdown_text, one_line
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

HOSTILE = st.text(
    st.characters() | st.sampled_from('|`<>&\\*_[]()#!~{}%"\n\r\x0b\x0c\x1b\x1c\x85\x9b\u2028\u2029\u202e\ufeff\ud800')
)


@given(HOSTILE)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line


@given(st.recursive(HOSTILE | st.none() | st.integers(), lambda inner: st.dictionaries(HOSTILE, inner, max_size=3)))
def test_json_is_read_back_and_printable(value: Any) -> None:
    for indent in (None, 1):
        text = json_text(value, indent=indent)
        assert json.loads(text) == value
        assert text.replace("\n", "" if indent else "\n").isprintable()
        text.encode()


@given(HOSTILE)
def test_text_stays_text_in_markdown(text: str) -> None:
    shown = markdown_text(text)
    assert not re.search(r"[|`<>]|&(?!(amp|lt|gt|#124|#96);)", shown)
    assert html.unescape(re.sub(r"\\(.)", r"\1", shown)) == one_line(text)


@each(
    ("value", "places"),
    [
        ({"destination": {"voiceapp": "Reception"}}, []),
        ({"destination": {"voiceapp": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}}, ["destination.voiceapp"]),
        ({"menu": [{"key": "1"}, {"phone": "+46********06"}]}, ["menu[1].phone"]),
        ({"name": "Recep********"}, ["name"]),
        ({"name": "$REDACTED$"}, ["name"]),
        ({"name": "Reception $REDACTED$"}, ["name"]),
        ({"********": 1}, ["********"]),
        ({"name": "*** closed ***"}, []),
        (["x", "****************"], ["[1]"]),
    ],
)
def test_masks_are_recognized(value: Any, places: list[str]) -> None:
    assert list(masked_places(value)) == places
