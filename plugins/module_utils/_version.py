# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection's version, for the user agent and the schema of office files. Private to the collection."""

from __future__ import annotations

COLLECTION_VERSION = "1.0.0"
