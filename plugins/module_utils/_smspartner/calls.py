# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What SMS Partner's virtual numbers do with calls. Facts: docs/providers/smspartner.md 1, 4.1.

Private to the collection.

SMS Partner shows nothing of it (smspartner.md 1), so all of it is believed: what the office's file or the journal says.

| state | a call | evidence |
|---|---|---|
| `forward` | goes to the destination; no timeout and no condition exist (smspartner.md 4.1) | documented |
| `voicemail` | is taken by the voicemail, and the address gets a notice (smspartner.md 4.1) | documented |
| `disabled` | what a caller hears is not documented (smspartner.md 4.1) | unknown |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .._calls.nodes import Draft, GoTo, Kind, Node, Place, To, number_key, number_node, to_unknown
from .._engine import naming
from .._engine.package import Item
from .._numbers.e164 import for_people
from .switching import DISABLED, FORWARD, VOICEMAIL

CALLS_FROM = ("callforwards",)
_BELIEVED = "that the number does what was last set, because SMS Partner does not show it"


def compile_calls(lists: Mapping[str, Sequence[Item]], draft: Draft) -> None:
    """Add the virtual numbers, and the voicemails that take their calls."""
    for position, item in enumerate(lists.get("callforwards", ())):
        number = draft.e164(item.get("number"))
        if number is not None:
            here = draft.place("callforwards", number, path=f"callforwards[{position}]")
            to = _target(item, number, here, draft)
            draft.add(number_node(number, GoTo(to), place=here, provider=draft.provider, believed=_BELIEVED))


def _target(item: Item, number: str, here: Place, draft: Draft) -> To:
    # The option's default counts where a file leaves it out.
    state = item.get("state") or (FORWARD if draft.of_file else None)
    if state == FORWARD:
        place = here.of(path="destination" if item.get("destination") is not None else "")
        destination = draft.e164(item.get("destination"))
        return to_unknown("to which number it forwards", place) if destination is None else _number(destination, place)
    if state == VOICEMAIL:
        return To(_voicemail(naming.folded(item.get("email")), number, here, draft), place=here.of(path="state"))
    if state == DISABLED:
        return to_unknown("what a caller hears while the number does nothing with calls", here.of(path="state"))
    return to_unknown("what the number does with calls", here)


def _number(e164: str, place: Place) -> To:
    return To(number_key(e164), place=place)


def _voicemail(email: str, number: str, here: Place, draft: Draft) -> str:
    return draft.add(
        Node(
            draft.key("callforwards", number, "voicemail"),
            Kind.MAILBOX,
            f"voicemail of {for_people(number)}",
            place=here.of(path="email" if email else ""),
            label=f"the voicemail of {for_people(number)}",
            provider=draft.provider,
            recipients=(email,) if email else None,
        )
    )
