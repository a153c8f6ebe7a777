# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SMS Partner as a part of an office: its list, and how its calls are sent elsewhere. Private to the collection."""

from __future__ import annotations

from .._engine.argspec import ArgSpec
from .._engine.package import Away, OfficeList, Package, Phase
from .api import connect
from .assumptions import ASSUMPTIONS
from .callforwards import Callforwards
from .calls import CALLS_FROM, compile_calls
from .first_call import check
from .options import CALLFORWARD, CONFLICTS

PACKAGE = Package(
    connect=connect,
    identity=lambda api: str(api.identity),
    check=check,
    assumptions=ASSUMPTIONS,
    compile_calls=compile_calls,
    calls_from=CALLS_FROM,
    phases=(Phase(("callforwards",), lambda api, _earlier: [Callforwards(api)]),),
    lists=(
        OfficeList(
            name="callforwards",
            resource=Callforwards,
            options=CALLFORWARD + ArgSpec({"on_conflict": {"type": "str", "choices": CONFLICTS}}),
            module="smspartner_callforwards",
            info=None,
            keys=("number",),
            noun="number",
            nouns="numbers",
            claims="number",
            away=Away(
                ("state", "destination", "email"), lambda phone, _item: {"state": "forward", "destination": phone}
            ),
            # The default would keep whatever the number does now, because that cannot be read.
            insist={"on_conflict": "replace"},
            reported=("destination_verified",),
        ),
    ),
)
