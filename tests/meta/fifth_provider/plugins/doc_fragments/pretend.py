# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """How to connect to the pretended provider."""

    DOCUMENTATION = r"""
options:
  file:
    description: The file that holds the lines. When not set, E(PRETEND_FILE) is used.
    type: str
"""
