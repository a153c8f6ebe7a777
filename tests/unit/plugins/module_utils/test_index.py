# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The index of all offices: what each reads of it, and that nobody else can."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ansible_collections.office.telephony.plugins.module_utils._engine.keys import Key
from ansible_collections.office.telephony.plugins.module_utils._engine.plan import Current
from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._office.claims import claims_of
from ansible_collections.office.telephony.plugins.module_utils._office.index import (
    Index,
    OtherOffices,
    collisions_of,
    everything,
)
from ansible_collections.office.telephony.plugins.module_utils._office.lists import TABLES, canonical
from ansible_collections.office.telephony.plugins.module_utils._office.others import Others

LISTS = {
    "lund": {"sonetel": {"forwardings": [{"number": "08-465 004 12"}, {"number": "08-465 004 13"}]}},
    "malmö/väst": {
        "sonetel": {
            "forwardings": [{"number": "+46846500412", "destination": {"voiceapp": "Växel"}}],
            "voiceapps": [{"name": "Brevlåda"}],
        }
    },
    "ystad": {"sonetel": {"forwardings": []}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    index = Index(unread={"kiruna": "no vault password"})
    for host, lists in LISTS.items():
        index.add(host, claims_of(host, lists, "SE", {}, canonical), lists)
    index.write(lambda host, path: f"host_vars/{host}.yml:3:7" if host == "lund" else "", folder)
    return folder


def test_each_office_finds_its_own_collisions_with_the_place_of_the_other(folder: Path) -> None:
    (mine,) = collisions_of(folder, "lund")
    assert (mine["path"], mine["provider"]) == ("office_sonetel.forwardings[0]", "sonetel")
    assert "malmö/väst, office_sonetel.forwardings[0]" in mine["what"]
    (theirs,) = collisions_of(folder, "malmö/väst")
    assert "lund, host_vars/lund.yml:3:7" in theirs["what"]
    assert collisions_of(folder, "ystad") == collisions_of(folder, "../lund") == []


@pytest.mark.parametrize(("same_group", "known"), [(False, True), (True, False)])
def test_another_groups_offices_are_known_unless_a_report_is_for_one_group(
    tmp_path: Path, same_group: bool, known: bool
) -> None:
    index = Index(groups={"lund": "north", "malmö/väst": "south", "ystad": "north"})
    for host, lists in LISTS.items():
        office = {**lists, "people": [{"name": f"Somebody in {host}"}], "region": "SE"}
        index.add(host, claims_of(host, lists, "SE", {}, canonical), office)
    index.write(lambda host, path: "", tmp_path / "index")
    others = OtherOffices(tmp_path / "index", "ystad", same_group=same_group)
    assert others.group == "north"
    assert others.host_of("+46846500413") == "lund"
    assert others.host_of("+46846500412") == ("malmö/väst" if known else "")
    assert ("Somebody in malmö/väst" in {person.name for person in others.people}) is known
    assert "Somebody in lund" in {person.name for person in others.people}


def test_only_the_owner_can_read_it(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert [path.name for path in folder.parent.iterdir()] == ["index"]


def test_without_an_index_nothing_is_known(tmp_path: Path) -> None:
    assert collisions_of(tmp_path / "none", "lund") == []
    assert everything(tmp_path / "none") == {}


def test_prune_leaves_alone_what_others_name_or_refer_to(folder: Path) -> None:
    others = Others("lund", everything(folder))
    apps, numbers = TABLES["sonetel.voiceapps"], TABLES["sonetel.forwardings"]
    for table, values, used in (
        (apps, {"name": "Va\u0308xel "}, True),
        (apps, {"name": "Brevlåda"}, True),
        (apps, {"name": "Lunds egen"}, False),
        (numbers, {"number": "+46846500412"}, True),
        (numbers, {"number": "+46846500413"}, False),
    ):
        assert others.uses(table, Current(Key(next(iter(values.values()))), values, None)) is used, values
    with pytest.raises(InputError, match="kiruna"):
        others.refuse_unread()
    Others("lund", {}).refuse_unread()
