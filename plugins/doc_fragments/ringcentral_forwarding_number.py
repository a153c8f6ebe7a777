# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a RingCentral forwarding number: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  extension:
    description:
      - The extension whose forwarding number it is, by extension number, id, e-mail address or exact name. V(~) is the
        extension of the login.
    type: str
    required: true
  phone_number:
    description:
      - The external phone number, in any common spelling and in quotes. It must pass the O(policy), and its national
        spelling needs O(region).
    type: raw
  previous_phone_number:
    description:
      - The phone number that the record has until now, where the number of an existing record is to be changed. The
        record keeps its place in the extension's call handling. Nothing is changed where it has O(phone_number)
        already.
    type: raw
  device:
    description:
      - A co-worker's desk phone to ring instead of a phone number, by its exact name or by id.
    type: str
  device_extension:
    description:
      - The extension that O(device) belongs to. Needed to add a device by name.
      - With it, only a device of that extension is meant, which takes one more request for each owner. Without it, a
        name means the one device in the list that bears it.
    type: str
  forwarding_number_id:
    description:
      - RingCentral's id of the record. Needed only where several records have the same phone number.
      - What else the item says of the record must agree. A phone number of its own changes that of the record, unless
        another record has it.
    type: str
  type:
    description:
      - What kind of number it is. There is one number of each of V(Home), V(Mobile) and V(Work); where the extension
        has another number of the type, it is changed. V(Other) is for all others and is the default for a new number;
        V(PhoneLine) is the default for a device.
      - V(Outage), V(BusinessMobilePhone) and V(ExtensionApps) are managed by RingCentral itself. They are never changed
        and can only be named.
      - The type of an existing number cannot be changed, see O(replace).
    type: str
    choices: [Other, Home, Mobile, Work, PhoneLine, Outage, BusinessMobilePhone, ExtensionApps]
  label:
    description:
      - What the number is called, for type V(Other) only and at most 60 characters. Each label is used once in an
        extension.
    type: str
  flip_number:
    description:
      - The digit, 1 to 8, with which a call is flipped to this number. RingCentral chooses one for a new number.
      - A digit that another number has must be freed first, in a task of its own.
    type: int
  replace:
    description:
      - Whether the number may be deleted and created anew where its type or device must change. It then gets another id
        and drops out of the extension's answering rules.
    type: bool
    default: false
  state:
    description:
      - V(absent) removes the number from the extension, and from its answering rules.
    type: str
    choices: [present, absent]
    default: present
"""

    LISTED = listed("forwarding_numbers", DOCUMENTATION)
