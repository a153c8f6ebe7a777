# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of the pretended provider."""

from __future__ import annotations

from .._engine.argspec import CONNECTION, ArgSpec, from_environment

ACCOUNT = CONNECTION + ArgSpec({"file": from_environment("PRETEND_FILE", no_log=True)})
LINE = ArgSpec({"number": {"type": "raw", "required": True}, "calls": {"type": "raw"}})
