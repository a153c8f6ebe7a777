# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._engine.keys import Key

PARTS = st.text('a/ "\\', min_size=1, max_size=5).filter(lambda part: part == part.strip())


def test_a_key_as_people_read_it() -> None:
    assert str(Key("+46846500413")) == "+46846500413"
    assert str(Key("101", "work")) == "101 / work"
    assert str(Key("Sales/Support", "Welcome")) == "Sales/Support / Welcome"
    assert str(Key("a / b", "c")) == '"a / b" / c'
    assert str(Key("ö / 日", "c")) == '"ö / 日" / c'
    assert str(Key("a / b")) == "a / b"


def test_a_key_is_compared_by_its_parts() -> None:
    assert Key("a / b", "c") != Key("a", "b / c")
    assert Key(" a ", "o\u0308").folded() == Key("a", "\u00f6")
    assert copy.deepcopy(Key("a", "b")) == Key("a", "b")


# Of few parts, so that some are equal.
PAIRS = st.tuples(PARTS, PARTS) | st.tuples(*[st.sampled_from(["a", "a / b", '"'])] * 2)


@given(one=PAIRS, other=PAIRS)
def test_two_keys_are_never_read_as_one(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (str(Key(*one)) == str(Key(*other))) is (one == other)
