# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral's menus without a simulator: names of recordings, and when two texts are the same."""

from __future__ import annotations

import pytest

from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.menu_prompts import (
    Speech,
    left_out,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.prompt_files import (
    mark_of,
    marked,
    name_of,
)


@pytest.mark.parametrize(
    ("file_name", "name", "mark"),
    [
        ("Welcome-3f2a9c01b7de.wav", "Welcome", "3f2a9c01b7de"),
        ("Welcome-3f2a9c01b7de", "Welcome", "3f2a9c01b7de"),
        ("Welcome.WAV", "Welcome", ""),
        ("welcome.mp3 ", "welcome", ""),
        ("Closed-20241224.wav", "Closed-20241224", ""),
        ("Line 6505550100-3F2A9C01B7DE.wav", "Line 6505550100-3F2A9C01B7DE", ""),
        ("a-000000000000-3f2a9c01b7de.mp3", "a-000000000000", "3f2a9c01b7de"),
        (None, "", ""),
    ],
)
def test_the_name_of_a_prompt_is_its_file_without_hash_and_ending(file_name: str | None, name: str, mark: str) -> None:
    assert (name_of(file_name), mark_of(file_name or "")) == (name, mark)


def test_another_hash_takes_the_place_of_the_first() -> None:
    assert marked("Welcome.wav", "0" * 12) == "Welcome-000000000000.wav"
    assert marked("Welcome-3f2a9c01b7de.mp3", "0" * 12) == "Welcome-000000000000.mp3"


@pytest.mark.parametrize(
    ("wanted", "there", "lost"),
    [
        ("Press 1!", "Press 1", "!"),
        ("A & B: (C)", "A B C", "& : ( )"),
        ("A & B: C", "A  B: C", "&"),
        ("Press 1", "Press 1!", ""),
        ("Press 1?", "Press 1!", ""),
        ("Press 1!", "Press 2", ""),
        ("Press 1", "Press  1", ""),
    ],
)
def test_a_text_is_the_same_where_only_special_characters_were_left_out(wanted: str, there: str, lost: str) -> None:
    assert left_out(wanted, there) == lost
    assert (Speech(wanted) == Speech(there, "en-US")) is bool(lost)


def test_a_language_counts_only_where_the_user_names_one() -> None:
    assert Speech("A") == Speech("A", "en-US")
    assert Speech("A", "en-GB") != Speech("A", "en-US")
