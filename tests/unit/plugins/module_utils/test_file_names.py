# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""File names from offices' names, and places that are looked at before anything is done."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.plugins.module_utils._files.names import (
    check_place,
    file_name,
    make_private,
    office_of,
    refuse_open_folder,
)
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

NFD = unicodedata.normalize("NFD", "Malmö")


@each(
    ("office", "name"),
    [
        ("stockholm", "stockholm"),
        ("Malmö", "Malmö"),
        ("St. Gallen (alt)", "St. Gallen (alt)"),
        ("../../escaped", "%2E.%2F..%2Fescaped"),
        ("Nord/Malmö", "Nord%2FMalmö"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("a.", "a%2E"),
        ("a ", "a%20"),
        (" a", " a"),
        ("-rf", "%2Drf"),
        ("~root", "%7Eroot"),
        ("a\nb", "a%0Ab"),
        ("a\x00b", "a%00b"),
        ("a\\b", "a%5Cb"),
        ("50%", "50%25"),
        ("CON", "CON"),
        (NFD, "Malmo%CC%88"),
        ("a\u202eb", "a%E2%80%AEb"),
    ],
)
def test_a_file_name(office: str, name: str) -> None:
    assert file_name(office) == name
    assert office_of(name) == office


@given(st.text(st.characters(), min_size=1, max_size=30))
def test_a_file_name_is_safe_and_can_be_read_back(office: str) -> None:
    name = file_name(office)
    assert office_of(name) == office
    assert office_of(unicodedata.normalize("NFD", name)) == office
    assert Path("folder", name).parent == Path("folder")
    assert name.isprintable()
    assert name[0] not in ".-~"
    assert name[-1] not in ". "
    os.fsencode(name)


@given(st.lists(st.text(st.characters(), min_size=1, max_size=8), unique=True, min_size=2, max_size=2))
def test_two_offices_never_have_one_file(offices: list[str]) -> None:
    one, other = (unicodedata.normalize("NFC", file_name(office)) for office in offices)
    assert one != other


@each("office", ["", "x" * 201, "ö" * 101, "/" * 70])
def test_what_makes_no_file_name_is_refused(office: str) -> None:
    assert len(file_name("x" * 200)) == 200
    with pytest.raises(InputError):
        file_name(office)


def test_folders_are_made_for_their_owner_whatever_the_umask(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        make_private(tmp_path / "a/b/c")
    finally:
        os.umask(umask)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "a").rglob("*")} == {0o700}
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700


def test_places_are_looked_at_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link.yml").symlink_to(tmp_path / "file")
    (tmp_path / "dangling").symlink_to(tmp_path / "missing")
    collection = tmp_path / "ansible_collections/office/telephony"
    collection.mkdir(parents=True)
    (collection / "MANIFEST.json").write_text("{}")
    sources = tmp_path / "sources/ansible_collections/office/telephony"
    sources.mkdir(parents=True)
    (sources / "galaxy.yml").touch()
    before = sorted(tmp_path.rglob("*"))
    check_place(sources / "exported/x.yml")
    check_place(tmp_path / "a/b/c.yml")
    check_place(tmp_path / "file")
    check_place(tmp_path / "a", folder=True)
    refused = [
        (tmp_path / "file/x.yml", False, "is not a folder"),
        (tmp_path / "file", True, "is not a folder"),
        (tmp_path / "dangling/x.yml", False, "is not a folder"),
        (tmp_path / "link.yml", False, "is a symbolic link"),
        (tmp_path, False, "is not a file"),
        (tmp_path / "a\x00b", False, "cannot be a path"),
        (tmp_path / ("x" * 252), False, "is too long"),
        (collection / "roles/x.yml", False, "inside the installed collection"),
        (collection, True, "inside the installed collection"),
    ]
    for path, folder, words in refused:
        with pytest.raises(InputError, match=words):
            check_place(path, folder=folder)
    with (
        mock.patch.object(os, "access", return_value=False),
        pytest.raises(InputError, match="is not writable"),
    ):
        check_place(tmp_path / "a/b/c.yml")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(("mode", "open_to_others"), [(0o700, False), (0o755, False), (0o770, True), (0o1777, True)])
def test_a_folder_that_others_may_write_to(tmp_path: Path, mode: int, open_to_others: bool) -> None:
    folder = tmp_path / "reroutes"
    refuse_open_folder(folder, "what is kept")
    folder.mkdir()
    folder.chmod(mode)
    if open_to_others:
        with pytest.raises(InputError, match=rf"can be written by others \(mode {mode:04o}, owner \d+\).*chmod go-w"):
            refuse_open_folder(folder, "what is kept")
    else:
        refuse_open_folder(folder, "what is kept")
