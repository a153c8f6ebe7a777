# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._loading import load_providers
from ansible_collections.office.telephony.plugins.plugin_utils._office import IndexAction as ActionModule

__all__ = ["ActionModule"]

# The offices' own tasks come next, and share it.
load_providers()
