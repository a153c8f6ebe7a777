# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""States of the simulated RingCentral that are not complete."""

from __future__ import annotations

import pytest

from simulator.messages import BadInput
from simulator.ringcentral import seed
from simulator.ringcentral.state import check_state


@pytest.mark.parametrize(
    ("path", "value", "hint"),
    [
        (("company", "operator"), "1", "company.operator"),
        (("company", "forward_all"), {}, "company.forward_all"),
        (("company", "prompts"), {"1": {}}, "company.prompts.1"),
        (("extensions", seed.SALES_ID, "queue"), None, "of the type Department"),
        (("extensions", seed.SALES_ID, "queue", "members"), ["1"], "queue.members"),
        (("extensions", seed.MENU_ID, "queue"), {}, "of the type Department"),
        (("extensions", seed.MENU_ID, "menu", "repeat"), "3", "menu.repeat"),
        (("extensions", seed.MENU_ID, "record", "contact"), None, "record.contact"),
        (("extensions", seed.MENU_ID, "record", "extensionNumber"), None, "record.extensionNumber"),
        (("extensions", seed.SITE_ID, "site", "ivr"), {}, "site.ivr"),
        (("extensions", seed.SITE_ID, "record", "regionalSettings"), None, "record.regionalSettings"),
        (("extensions", seed.SUPPORT_ID, "record", "site"), {"id": seed.SALES_ID}, "record.site"),
        (("extensions", seed.MESSAGES_ID, "answering_rules"), {}, "answering_rules"),
    ],
)
def test_a_state_that_is_not_complete_is_refused(path: tuple[str, ...], value: object, hint: str) -> None:
    state = holder = seed.default_state()
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = value
    with pytest.raises(BadInput, match=hint):
        check_state(state)
