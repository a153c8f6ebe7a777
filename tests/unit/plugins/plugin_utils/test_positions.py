# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a variable stands in a file, as the ansible-core in use knows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader

from ansible_collections.office.telephony.plugins.plugin_utils._positions import position_of
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

FILE = """\
office_region: SE
office_sonetel:
  forwardings:
    - number: "08-465 004 12"
      destination:
        user: anna@example.org
    - number: "08-465 004 13"
      destinaton: {phone: "070-174 06 05"}
office_made: "{{ somewhere_else }}"
"""


@pytest.fixture
def variables(tmp_path: Path) -> Any:
    file = tmp_path / "host_vars" / "lund.yml"
    file.parent.mkdir()
    file.write_text(FILE)
    return DataLoader().load_from_file(str(file))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("office_region", 1),
        ("office_sonetel.forwardings[0].destination.user", 6),
        ("office_sonetel.forwardings[1].destinaton", 8),
        ("office_sonetel.forwardings[1].destinaton.phone", 8),
        ("office_sonetel.forwardings[1].missing", 7),
        ("office_made", 9),
        ("office_made.forwardings[0].number", 9),
    ],
)
def test_a_place_has_file_and_line(path: str, line: int, variables: Any, tmp_path: Path) -> None:
    file, found, column = position_of(variables, path).rsplit(":", 2)
    assert Path(file) == tmp_path / "host_vars" / "lund.yml"
    # Up to ansible-core 2.18, a mapping's place is that of its first key's line or the line before its values.
    assert abs(int(found) - line) <= 1
    assert int(column) > 0


@each("path", ["office_sonetel", "office_sonetel.forwardings[0].number", "", "[0]", "a.b[1]"])
def test_what_was_computed_has_no_place(path: str) -> None:
    assert position_of({"office_sonetel": {"forwardings": [{"number": "1"}]}}, path) == ""
