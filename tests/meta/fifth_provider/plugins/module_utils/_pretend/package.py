# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pretended provider as a part of an office."""

from __future__ import annotations

from .._engine.package import Away, OfficeList, Package, Phase
from .api import connect
from .lines import Lines
from .options import LINE

PACKAGE = Package(
    connect=connect,
    phases=(Phase(("lines",), lambda api, _earlier: [Lines(api)]),),
    lists=(
        OfficeList(
            name="lines",
            resource=Lines,
            options=LINE,
            module="pretend_lines",
            info=None,
            keys=("number",),
            noun="line",
            nouns="lines",
            claims="number",
            away=Away(("calls",), lambda phone, _item: {"calls": phone}),
        ),
    ),
)
