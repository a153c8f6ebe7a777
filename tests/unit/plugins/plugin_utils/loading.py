# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later


"""Loads files of host variables as Ansible does, in a process of its own: texts in, variables out, a JSON line each.

Once Ansible's own parts are imported, modules in the same process behave as if they ran on the controller.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible.vars.manager import VariableManager


def loaded(text: str) -> Any:
    """Return the variables of a host whose file holds *text*, templated as a task sees them."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "host_vars").mkdir()
        (place / "host_vars/office.yml").write_text(text, encoding="utf-8")
        (place / "hosts").write_text("office\nanother\n")
        loader = DataLoader()
        inventory = InventoryManager(loader=loader, sources=[str(place / "hosts")])
        manager = VariableManager(loader=loader, inventory=inventory)
        found, others = (
            manager.get_vars(host=inventory.get_host(name), include_hostvars=False) for name in ("office", "another")
        )
        templar = Templar(loader=loader, variables=found)
        return {name: plain(templar.template(found[name])) for name in found if name not in others}


def plain(value: Any) -> Any:
    """Return *value* without the types that Ansible gives what it has read. JSON has no other keys than texts."""
    if isinstance(value, dict):
        return {plain(name): plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(member) for member in value]
    return str(value) if isinstance(value, str) else value


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(loaded(json.loads(line))), flush=True)
