# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed

# Suboptions of what a call can lead to; ACTION is the option that they belong to.
CALLED = r"""
      phone:
        description:
          - Any phone number, in any common format and in quotes. The O(policy) must allow it.
        type: raw
      sip:
        description:
          - A SIP address such as V(reception@pbx.example.org).
        type: str
"""
USER = r"""
      user:
        description:
          - A team member, by e-mail address or id. That person's own call settings then apply.
        type: str
"""
REST = r"""
      voiceapp:
        description:
          - A voice app, by its exact name or by id; including this one and those that the same task creates.
        type: str
      hang_up:
        description:
          - V(true) ends the call.
        type: bool
      raw:
        description:
          - Any other action, in Sonetel's own terms. It is written as it is.
          - The O(policy) must allow it. Kinds that are not known to be harmless also need O(policy.allow_raw).
        type: dict
        suboptions:
          action:
            description:
              - What happens, for example V(call).
            type: str
            required: true
          to:
            description:
              - The kind of object that O(ACTION.raw.id) names, for example V(csg).
            type: str
            default: ""
          id:
            description:
              - The id, number or address.
            type: str
            default: ""
"""
_OWN = r"""
      ring:
        description:
          - Rings the person's own phones, V(all_phones), V(sip_phones) or the V(app).
        type: str
        choices: [all_phones, sip_phones, app]
      own_phone:
        description:
          - Rings one phone of the person that is not a SIP phone, by its name, number or id.
        type: str
      voicemail:
        description:
          - V(true) means the person's own voicemail.
        type: bool
"""
_RINGING = r"""
      ring_time:
        description:
          - How many seconds to ring, 5 to 30. If not set, it does not change.
        type: int
      show:
        description:
          - Which number the ringing phone shows, V(caller), V(none) or a number of the account in quotes.
          - If not set, it does not change.
        type: raw
"""
_ONLY_FIRST = r"""
      user:
        description:
          - Another team member, by e-mail address or id. Only O(first_action) can do this.
        type: str
"""


def _action(name: str, what: str, user: str = _ONLY_FIRST) -> str:
    """Return the documentation of one of the actions."""
    targets = f"{_OWN}{CALLED}{user}{REST.replace('ACTION', name)}{_RINGING}"
    said = f"{what} If not set, it does not change."
    return f"  {name}:\n    description:\n      - {said}\n    type: dict\n    suboptions:\n{targets}"


class ModuleDocFragment:
    """The options of a team member's call settings at Sonetel: of its own module, and of an item in a list."""

    DOCUMENTATION: str = (
        r"""
options:
  user:
    description:
      - The team member, by e-mail address or id.
    type: str
    required: true
"""
        + _action("first_action", "What happens first with a call to this person.", USER)
        + _action("second_action", "What happens if nobody answers the first action.")
        + _action("standard_action", "What happens with calls between apps (WebRTC).")
        + r"""  outgoing_show:
    description:
      - The number that is shown when this person calls, V(auto), V(none) or a number of the account in quotes.
      - If not set, it does not change.
    type: raw
"""
    )

    LISTED: str = listed("user_forwardings", DOCUMENTATION)
