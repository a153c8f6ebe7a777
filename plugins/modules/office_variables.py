#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_variables
short_description: Write what accounts hold as the variables of an office
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Writes a file of host variables that P(office.telephony.onboard#role) takes, from what the info modules read.
    No provider is asked.
  - An item that calls a number which the O(policy) refuses is left out, with a comment in its place. So is the URL
    of a web hook in which something looks like a credential.
  - Only the file's owner may read it.
  - What a provider holds never becomes a template or another variable, whatever its names are. What a file cannot hold,
    such as half of a character, is left out with a comment.
  - Nothing is written where Ansible has masked a part of what was read because it equals a secret, or contains one.
  - The role P(office.telephony.export#role) does the reading as well, so usually it is what you want.
options:
  read:
    description:
      - What the accounts hold, by provider and list. Each list has C(items), as its info module returns them.
      - Where the provider cannot be read, C(items) are what check mode foresaw for the office's own list, and
        C(before) is the C(before) of that task's difference.
      - C(incomplete) of a list says why it may lack something, as info modules return it. The result says so too.
      - When not set, nothing is written, and the task fails if the file could not be.
    type: dict
  carried:
    description:
      - Variables that no account holds, such as C(office_region). They come first in the file. They must not be
        secret.
    type: dict
    default: {}
  numbers:
    description:
      - Only what belongs to these phone numbers. When not set, everything that was read.
    type: list
    elements: raw
  path:
    description:
      - The file to write. Missing folders are made.
      - Either this or O(directory) is needed.
    type: path
  directory:
    description:
      - The folder of the file, which is called like the O(office), with C(.yml) at its end.
    type: path
  office:
    description:
      - The name of the office. What cannot stand in a file name is written as percent and two digits.
    type: str
  overwrite:
    description:
      - Whether to replace a file that was not made by an export.
    type: bool
    default: false
requirements:
  - PyYAML
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.common.policy
  - office.telephony.common.region
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
    details:
      - The difference of the file.
  idempotent:
    support: full
seealso:
  - module: office.telephony.sonetel_forwarding_info
"""

EXAMPLES = r"""
- name: Read the accounts
  office.telephony.sonetel_forwarding_info:
  register: account

- name: Write the variables of an office
  office.telephony.office_variables:
    directory: "{{ office_reroute_directory }}/exported"
    office: stockholm
    carried:
      office_region: SE
    read:
      sonetel:
        forwardings:
          items: "{{ account.forwardings }}"
"""

RETURN = r"""
file:
  description: The file.
  type: str
  returned: success
  sample: /etc/telephony/exported/stockholm.yml
content:
  description: What the file holds.
  type: str
  returned: when O(read) is set
  sample: "office_region: SE"
lists:
  description: The lists in the file, by provider and list.
  type: dict
  returned: when O(read) is set
  sample: {"sonetel": {"forwardings": [{"number": "+46846500412", "destination": {"phone": "+46701740606"}}]}}
left_out:
  description: A sentence for each thing that could not be expressed.
  type: list
  elements: str
  returned: when O(read) is set
  sample: []
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
from ansible_collections.office.telephony.plugins.module_utils._office.jobs import VARIABLES, export_variables


def main() -> None:
    compute(VARIABLES, export_variables, writes_yaml=True)


if __name__ == "__main__":
    main()
