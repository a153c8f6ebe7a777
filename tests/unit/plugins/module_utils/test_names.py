# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When two names mean the same thing."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._engine.naming import by_id, folded, meant, only_once
from ansible_collections.office.telephony.plugins.module_utils._office.lists import canonical, same

_BLANKS = [chr(code) for code in range(sys.maxunicode) if chr(code).isspace()]


@given(st.text(max_size=12), st.sampled_from(_BLANKS), st.booleans())
@example("\u0345\u1fac\u0338", " ", True)
def test_a_name_means_what_its_other_spellings_mean(name: str, blank: str, ignore_case: bool) -> None:
    form = folded(name, ignore_case=ignore_case)
    assert folded(form, ignore_case=ignore_case) == form
    spellings = [unicodedata.normalize(way, name) for way in ("NFC", "NFD")]
    # A mark would combine with a blank before it.
    if not unicodedata.combining(name[:1] or "x"):
        spellings += [f"{blank}{name}", f"{name}{blank}{blank}"]
    if ignore_case:
        spellings.append(unicodedata.normalize("NFD", name).casefold())
    assert {folded(spelling, ignore_case=ignore_case) for spelling in spellings} == {form}


def test_blanks_within_and_case_count() -> None:
    names = ["Front desk", "Front  desk", "Front\N{NO-BREAK SPACE}desk", "front desk", "Frontdesk"]
    assert len(set(map(folded, names))) == len(names)
    assert folded("A@B", ignore_case=True) == folded("a@b", ignore_case=True)
    assert folded(None) == ""


def test_ids_by_name() -> None:
    names = {"1": "Kväll ", "2": unicodedata.normalize("NFD", "Kväll"), "3": "Dag", "4": "", "5": "3"}
    assert meant("Kväll", names) == ["1", "2"]
    assert meant(" Dag", names) == ["3"]
    assert meant("4 ", names) == ["4"]
    assert meant("3", names) == ["5"]
    assert meant("", names) == []
    assert only_once(names) == {"3": "Dag", "5": "3"}
    assert only_once({"1": "a", "2": "A"}) == {"1": "a", "2": "A"}
    assert only_once({"1": "a", "2": "A"}, ignore_case=True) == {}
    assert by_id({"2": "b ", "1": "a"}) == "1 ('a'), 2 ('b ')"
    assert by_id({"2": "a", "1": "a"}) == "1, 2"


def test_the_offices_jobs_compare_the_same_way() -> None:
    one, other = {"voiceapp": "Kväll "}, {"voiceapp": unicodedata.normalize("NFD", " Kväll")}
    assert same(one, other, None)
    assert not same(one, {"voiceapp": "kväll"}, None)
    assert canonical(" Anna@Example.org\N{NO-BREAK SPACE}", None) == "anna@example.org"
