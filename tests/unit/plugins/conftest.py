# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all unit tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# How long an example takes says nothing on a machine that does other things as well. FUZZ=10000 makes runs that long.
settings.register_profile("unhurried", deadline=None, max_examples=int(os.environ.get("FUZZ", "100")))
settings.load_profile("unhurried")
