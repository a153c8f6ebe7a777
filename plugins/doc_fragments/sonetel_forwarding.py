# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.doc_fragments.sonetel_user_forwarding import CALLED, USER
from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a Sonetel number: of its own module, and of an item in a list."""

    DOCUMENTATION: str = (
        r"""
options:
  number:
    description:
      - A phone number of the account, in any common format. Put it in quotes, because YAML reads an unquoted number as
        an integer and drops its leading plus or zero.
      - The national format needs O(region).
    type: raw
    required: true
  destination:
    description:
      - Where the calls go. If not set, the number's destination does not change.
    type: dict
    suboptions:
"""
        + CALLED
        + USER
        + r"""      voiceapp:
        description:
          - A voice app such as an IVR menu or a mailbox, by its exact name or id. If several have this name, use the
            id.
          - The number must be allowed to connect to voice apps, which usually requires Sonetel's business package.
        type: str
      raw:
        description:
          - Any other destination, in Sonetel's own terms. Sonetel documents only the destinations above as writable.
          - The O(policy) must allow it. Kinds that are not known to be harmless also need O(policy.allow_raw).
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
      - V(business) buys Sonetel's business package for the number, unless it has it already. Voice apps need it.
      - The package costs 4.99 USD a month (a warning repeats this). It cannot be cancelled here, only in Sonetel's web
        app.
    type: str
    choices: [business]
  show:
    description:
      - Which number the answering phone shows, that of the V(caller) or the V(called) one. It matters only if
        O(destination) is not a team member.
    type: str
    choices: [caller, called]
  renewal:
    description:
      - How the number is renewed, for a month, a year or three years, or V(never).
    type: str
    choices: [1m, 1y, 3y, never]
"""
    )

    LISTED: str = listed("forwardings", DOCUMENTATION)
