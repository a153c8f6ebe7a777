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
      - The extension that the forwarding number belongs to, by extension number, id, e-mail address or exact name. V(~)
        is the extension of the login.
    type: str
    required: true
  phone_number:
    description:
      - The external phone number, in any common format and in quotes. The O(policy) must allow it. The national format
        needs O(region).
    type: raw
  previous_phone_number:
    description:
      - The present phone number of a record that gets O(phone_number) instead. The record keeps its place in the
        extension's call handling. Nothing happens if it already has O(phone_number).
    type: raw
  device:
    description:
      - A co-worker's desk phone to ring instead of a phone number, by its exact name or id.
    type: str
  device_extension:
    description:
      - The extension that O(device) belongs to. Required to add a device by name.
      - It restricts the search to devices of that extension, which costs one more request for each owner. Without it,
        O(device) is the one device of that name in the list of forwarding numbers.
    type: str
  forwarding_number_id:
    description:
      - RingCentral's id of the record. Required only if several records have the same phone number.
      - Everything else in the item must agree with the record. O(phone_number) may differ; it then becomes the record's
        number, unless another record has it.
    type: str
  type:
    description:
      - What kind of number it is. An extension has one number each of the types V(Home), V(Mobile) and V(Work). If it
        has another number of that type, that one is changed. V(Other) is for all other numbers and is the default for a
        new number. V(PhoneLine) is the default for a device.
      - RingCentral itself manages V(Outage), V(BusinessMobilePhone) and V(ExtensionApps). The module never changes
        them; an item can only say that they exist.
      - The type of an existing number cannot be changed. See O(replace).
    type: str
    choices: [Other, Home, Mobile, Work, PhoneLine, Outage, BusinessMobilePhone, ExtensionApps]
  label:
    description:
      - The label of the number, with at most 60 characters. Only for type V(Other). Each label of an extension is
        unique.
    type: str
  flip_number:
    description:
      - The digit, 1 to 8, that flips a call to this number. RingCentral chooses one for a new number.
      - If another number has the digit, free it first in a separate task.
    type: int
  replace:
    description:
      - Whether the number may be deleted and created again if its type or device must change. It then gets another id
        and is no longer part of the extension's answering rules.
    type: bool
    default: false
  state:
    description:
      - V(absent) removes the number from the extension, and from its answering rules.
    type: str
    choices: [present, absent]
    default: present
"""

    LISTED: str = listed("forwarding_numbers", DOCUMENTATION)
