# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a team member's call settings at Sonetel: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  user:
    description:
      - The team member, by e-mail address or id.
    type: str
    required: true
  first_action:
    description:
      - What happens first with a call to this person. When not set, it is left alone.
    type: dict
    suboptions:
      ring:
        description:
          - Ring the person's own phones, V(all_phones), V(sip_phones) or the V(app).
        type: str
        choices: [all_phones, sip_phones, app]
      own_phone:
        description:
          - Ring one phone of the person that is no SIP phone, by its name, number or id.
        type: str
      voicemail:
        description:
          - The person's own voicemail. Only V(true) makes sense.
        type: bool
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
          - A voice app, by its exact name or by id; itself and those that the same task creates
            included.
        type: str
      hang_up:
        description:
          - Hang up. Only V(true) makes sense.
        type: bool
      raw:
        description:
          - Anything else, in Sonetel's own words. It is written as it stands.
          - It must pass the O(policy). A kind that is not known to be harmless needs O(policy.allow_raw).
        type: dict
        suboptions:
          action:
            description:
              - What happens, for example V(call).
            type: str
            required: true
          to:
            description:
              - What kind of thing O(first_action.raw.id) is, for example V(csg).
            type: str
            default: ""
          id:
            description:
              - The id, number or address.
            type: str
            default: ""
      ring_time:
        description:
          - For how many seconds to ring, 5 to 30. When not set, it is left alone.
        type: int
      show:
        description:
          - The number that is shown to who is called, V(caller), V(none) or a number of the account in quotes.
          - When not set, it is left alone.
        type: raw
  second_action:
    description:
      - What happens when the first action does not answer. When not set, it is left alone.
    type: dict
    suboptions:
      ring:
        description:
          - Ring the person's own phones, V(all_phones), V(sip_phones) or the V(app).
        type: str
        choices: [all_phones, sip_phones, app]
      own_phone:
        description:
          - Ring one phone of the person that is no SIP phone, by its name, number or id.
        type: str
      voicemail:
        description:
          - The person's own voicemail. Only V(true) makes sense.
        type: bool
      phone:
        description:
          - Any phone number, in any common spelling and in quotes. It must pass the O(policy).
        type: raw
      sip:
        description:
          - A SIP address such as V(reception@pbx.example.org).
        type: str
      voiceapp:
        description:
          - A voice app, by its exact name or by id; itself and those that the same task creates
            included.
        type: str
      hang_up:
        description:
          - Hang up. Only V(true) makes sense.
        type: bool
      raw:
        description:
          - Anything else, in Sonetel's own words. It is written as it stands.
          - It must pass the O(policy). A kind that is not known to be harmless needs O(policy.allow_raw).
        type: dict
        suboptions:
          action:
            description:
              - What happens, for example V(call).
            type: str
            required: true
          to:
            description:
              - What kind of thing O(second_action.raw.id) is, for example V(csg).
            type: str
            default: ""
          id:
            description:
              - The id, number or address.
            type: str
            default: ""
      user:
        description:
          - Another team member, by e-mail address or id. Only O(first_action) can do that.
        type: str
      ring_time:
        description:
          - For how many seconds to ring, 5 to 30. When not set, it is left alone.
        type: int
      show:
        description:
          - The number that is shown to who is called, V(caller), V(none) or a number of the account in quotes.
          - When not set, it is left alone.
        type: raw
  standard_action:
    description:
      - What happens with calls between apps (WebRTC). When not set, it is left alone.
    type: dict
    suboptions:
      ring:
        description:
          - Ring the person's own phones, V(all_phones), V(sip_phones) or the V(app).
        type: str
        choices: [all_phones, sip_phones, app]
      own_phone:
        description:
          - Ring one phone of the person that is no SIP phone, by its name, number or id.
        type: str
      voicemail:
        description:
          - The person's own voicemail. Only V(true) makes sense.
        type: bool
      phone:
        description:
          - Any phone number, in any common spelling and in quotes. It must pass the O(policy).
        type: raw
      sip:
        description:
          - A SIP address such as V(reception@pbx.example.org).
        type: str
      voiceapp:
        description:
          - A voice app, by its exact name or by id; itself and those that the same task creates
            included.
        type: str
      hang_up:
        description:
          - Hang up. Only V(true) makes sense.
        type: bool
      raw:
        description:
          - Anything else, in Sonetel's own words. It is written as it stands.
          - It must pass the O(policy). A kind that is not known to be harmless needs O(policy.allow_raw).
        type: dict
        suboptions:
          action:
            description:
              - What happens, for example V(call).
            type: str
            required: true
          to:
            description:
              - What kind of thing O(standard_action.raw.id) is, for example V(csg).
            type: str
            default: ""
          id:
            description:
              - The id, number or address.
            type: str
            default: ""
      user:
        description:
          - Another team member, by e-mail address or id. Only O(first_action) can do that.
        type: str
      ring_time:
        description:
          - For how many seconds to ring, 5 to 30. When not set, it is left alone.
        type: int
      show:
        description:
          - The number that is shown to who is called, V(caller), V(none) or a number of the account in quotes.
          - When not set, it is left alone.
        type: raw
  outgoing_show:
    description:
      - The number that is shown when this person calls, V(auto), V(none) or a number of the account in quotes.
      - When not set, it is left alone.
    type: raw
"""

    LISTED = listed("user_forwardings", DOCUMENTATION)
