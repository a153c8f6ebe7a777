#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_person
short_description: Find every place where somebody is still reached
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Looks through everything that was read from the accounts for a person's e-mail address, phone numbers and
    extensions, and says what to write to put a successor there. No provider is asked, and nothing is written.
  - The role P(office.telephony.leaver#role) does the reading and the writing as well.
options:
  read:
    description:
      - What the accounts hold, by provider and list. Each list has C(items), as its info module returns them.
      - Where the provider cannot be read, C(items) are what check mode foresaw for the office's own list, and
        C(before) is the C(before) of that task's difference.
      - C(people) of a list tells whose the account's extensions are, as
        M(office.telephony.ringcentral_forwarding_number_info) returns C(extensions). Without it, a person is
        not found by e-mail address where only extension numbers are used.
      - C(incomplete) of a list says why it may lack something, as info modules return it. The result says so too.
    type: dict
    required: true
  person:
    description:
      - Whom to look for.
    type: dict
    required: true
    suboptions: &person
      email:
        description:
          - The e-mail address that the person is known by at the providers.
        type: str
      phones:
        description:
          - The person's phone numbers, in quotes.
        type: list
        elements: raw
        default: []
      extension:
        description:
          - The person's extension at RingCentral, by number, id or exact name.
          - When not set, the extensions with the e-mail address are meant.
        type: str
  successor:
    description:
      - Who takes over. An e-mail address stands in for an e-mail address, an extension for an extension, the first
        phone number for any phone number and for desk phones that others ring.
      - Where the phone number is needed, it must pass the O(policy).
      - When not set, RV(lists) is empty.
    type: dict
    suboptions: *person
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.common.policy
  - office.telephony.common.region
attributes:
  check_mode:
    support: full
  diff_mode:
    support: none
    details:
      - It changes nothing.
  idempotent:
    support: full
seealso:
  - module: office.telephony.sonetel_forwardings
"""

EXAMPLES = r"""
- name: Read the accounts
  office.telephony.sonetel_forwarding_info:
  register: account

- name: Find out where Anna is still reached
  office.telephony.office_person:
    read:
      sonetel:
        forwardings:
          items: "{{ account.forwardings }}"
    person:
      email: anna.lindqvist@example.org
      phones: ["+46 70 174 06 05"]
    successor:
      email: erik.ohman@example.org
      phones: ["+46 70 174 06 06"]
"""

RETURN = r"""
found:
  description: The places where the person is reached.
  type: list
  elements: dict
  returned: success
  contains:
    list:
      description: The provider and its list.
      type: str
      returned: always
      sample: sonetel.forwardings
    key:
      description: The item's natural key.
      type: str
      returned: always
      sample: "+46846500412"
    option:
      description: The option that holds the person.
      type: str
      returned: always
      sample: destination.user
    value:
      description: What it holds.
      type: str
      returned: always
      sample: anna.lindqvist@example.org
own:
  description: Items that are the person's own, such as their call settings, and hold nothing to be replaced. They are
    left alone.
  type: list
  elements: dict
  returned: success
  sample: []
unsearched:
  description: A sentence for each thing that was not looked for, because it is not known of the person.
  type: list
  elements: str
  returned: success
  sample: []
lists:
  description: What to write to put the successor in all these places, by provider and list.
  type: dict
  returned: success
  sample: {"sonetel": {"forwardings": [{"number": "+46846500412", "destination": {"user": "erik.ohman@example.org"}}]}}
failure:
  description: The failure in a form for machines.
  type: dict
  returned: on failure
  contains:
    kind:
      description: Always V(input).
      type: str
      returned: always
      sample: input
    message:
      description: What is wrong.
      type: str
      returned: always
      sample: lyon has no phone numbers that calls could be sent elsewhere from.
    next_step:
      description: What to do about it.
      type: str
      returned: always
      sample: Check the lists in its variables, and which providers are read.
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import compute
from ansible_collections.office.telephony.plugins.module_utils._office.jobs import PERSON, find_person


def main() -> None:
    compute(PERSON, find_person)


if __name__ == "__main__":
    main()
