# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral: login, extensions, devices and forwarding numbers (docs/providers/ringcentral.md)."""

from __future__ import annotations

from simulator.ringcentral.provider import RingCentral

PROVIDER = RingCentral()
