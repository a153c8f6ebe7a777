# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rule of a call queue is written as a whole: what does not change is sent as it was read."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.company import Company
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.destinations import (
    EXTENSION,
    PHONE_NUMBER,
    VOICEMAIL,
    Destination,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.queue_rules import body_of
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.directory import Extension
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

RULE: dict[str, Any] = {
    "id": "business-hours-rule",
    "queue": {
        "transferMode": "Rotating",
        "holdTimeExpirationAction": "TransferToExtension",
        "maxCallersAction": "UnconditionalForwarding",
        "noAnswerAction": "WaitPrimaryMembers",
        "transfer": [{"extension": {"id": "400000002", "extensionNumber": "101"}, "action": "HoldTimeExpiration"}],
        "unconditionalForwarding": [{"phoneNumber": "+16505550100", "action": "MaxCallers"}],
    },
    "voicemail": {"enabled": True, "recipient": {"id": "400000008"}},
}
KEPT_TRANSFER = {"extension": {"id": "400000002"}, "action": "HoldTimeExpiration"}
KEPT_NUMBER = {"phoneNumber": "+16505550100", "action": "MaxCallers"}


@each(
    ("after", "transfers", "numbers"),
    [
        ({"ring_seconds": 30}, [KEPT_TRANSFER], [KEPT_NUMBER]),
        ({"on_no_answer": Destination(VOICEMAIL)}, [KEPT_TRANSFER], [KEPT_NUMBER]),
        (
            {"on_no_answer": Destination(EXTENSION, Extension("400000003", "102", "User"))},
            [KEPT_TRANSFER, {"extension": {"id": "400000003"}, "action": "NoAnswer"}],
            [KEPT_NUMBER],
        ),
        ({"on_max_wait": Destination(VOICEMAIL)}, [], [KEPT_NUMBER]),
        (
            {"on_full": Destination(PHONE_NUMBER, "+16505550101")},
            [KEPT_TRANSFER],
            [{"phoneNumber": "+16505550101", "action": "MaxCallers"}],
        ),
    ],
)
def test_where_callers_go_stays_where_it_does_not_change(
    after: dict[str, Any], transfers: list[Any], numbers: list[Any]
) -> None:
    body = body_of(RULE, after, set(after), cast(Company, SimpleNamespace(presets=None)))
    assert body["queue"]["transfer"] == transfers
    assert body["queue"]["unconditionalForwarding"] == numbers
    assert body["voicemail"] == RULE["voicemail"]
    assert "id" not in body
