# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The list of providers; a new one adds its import and its name. Private to the collection."""

from __future__ import annotations

from .._fonedynamics.account import FONEDYNAMICS
from .._ringcentral.account import RINGCENTRAL
from .._smspartner.account import SMSPARTNER
from .._sonetel.account import SONETEL

PROVIDERS = {account.name: account for account in (SONETEL, RINGCENTRAL, SMSPARTNER, FONEDYNAMICS)}
