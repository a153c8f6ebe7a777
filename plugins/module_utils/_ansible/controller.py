# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where modules that are about all offices meet Ansible: only their actions do anything. Private to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._engine.argspec import ArgSpec
from .._errors import InputError
from .runner import Result, Surroundings

INDEX = ArgSpec({})
RESULTS = ArgSpec({"of": {"type": "str", "required": True}})


def on_the_controller(options: Mapping[str, Any], surroundings: Surroundings, check_mode: bool) -> Result:
    """Refuse to run on a host what only its action can do, because it needs the variables of other hosts."""
    raise InputError(
        "This module runs only on the controller, through its action plugin.", next_step="Run it in a playbook."
    )
