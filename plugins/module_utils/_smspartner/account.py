# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SMS Partner as a part of an office, as far as every office needs it. Private to the collection."""

from __future__ import annotations

from .._engine.account import Account
from .._engine.package import Package
from .options import ACCOUNT


def _load() -> Package:
    # Only here, so that offices without SMS Partner never import it.
    from .package import PACKAGE

    return PACKAGE


SMSPARTNER = Account(
    name="smspartner",
    title="SMS Partner",
    connection=ACCOUNT,
    load=_load,
    also={"on_conflict": "keep"},
    state_files={"journal": "smspartner-journal.json"},
)
