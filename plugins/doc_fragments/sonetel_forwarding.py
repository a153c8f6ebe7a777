# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a Sonetel number: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  number:
    description:
      - A phone number of the account, in any common spelling. Put it in quotes, because YAML reads an unquoted
        number as an integer and drops its leading plus or zero.
      - The national spelling needs O(region).
    type: raw
    required: true
  destination:
    description:
      - Where the calls go. When not set, this number's destination is left alone.
    type: dict
    suboptions:
      phone:
        description:
          - Any phone number, in any common spelling and in quotes. It must pass the O(policy).
        type: raw
      sip:
        description:
          - A SIP address such as V(reception@pbx.example.org).
        type: str
      user:
        description:
          - A team member, by e-mail address or id. The call follows that person's own call settings.
        type: str
      voiceapp:
        description:
          - A voice app such as an IVR menu or a mailbox, by its exact name or by id. If several have the name, use
            the id.
          - The number must be allowed to connect to voice apps, which usually takes Sonetel's business package.
        type: str
      raw:
        description:
          - Anything else, in Sonetel's own words. Only the destinations above are documented to be writable.
          - It must pass the O(policy). A kind that is not known to be harmless needs O(policy.allow_raw).
        type: dict
        suboptions:
          connect_to_type:
            description:
              - Sonetel's type of destination, for example V(csg) for a call group.
            type: str
            required: true
          connect_to:
            description:
              - The id or address that goes with O(destination.raw.connect_to_type).
            type: str
            required: true
  package:
    description:
      - V(business) buys the number Sonetel's business package, which voice apps need, unless it has it.
      - It costs 4.99 USD a month (a warning repeats this). It cannot be cancelled here; only Sonetel's web app ends
        it.
    type: str
    choices: [business]
  show:
    description:
      - The number that is shown to who is called, that of the V(caller) or the one that was V(called). It matters
        where O(destination) is no team member.
    type: str
    choices: [caller, called]
  renewal:
    description:
      - For how long the number is renewed, a month, a year or three years, or V(never).
    type: str
    choices: [1m, 1y, 3y, never]
"""

    LISTED = listed("forwardings", DOCUMENTATION)
