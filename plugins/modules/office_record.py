#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_record
short_description: Write down what a job has changed in an office
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Writes two files, one as JSON for machines and one as Markdown for people. No provider is asked.
  - The role P(office.telephony.onboard#role) and those that use it write records where C(onboard_record_directory) is
    set, so usually that is what you want.
options:
  directory:
    description:
      - The folder of the records. Missing folders are made.
    type: path
    required: true
  office:
    description:
      - The name of the office, with which the names of the files begin. What cannot stand in a file name is written as
        percent and two digits.
    type: str
    required: true
  results:
    description:
      - What the plural modules have returned, by the module's name.
      - When not set, nothing is written, and the task fails if a record could not be.
    type: dict
extends_documentation_fragment:
  - office.telephony.attributes
attributes:
  check_mode:
    support: full
  diff_mode:
    support: none
    details:
      - A record is made of differences.
  idempotent:
    support: none
    details:
      - Each run makes another record.
seealso:
  - module: office.telephony.office_variables
"""

EXAMPLES = r"""
- name: Make sure that what is changed can be recorded
  office.telephony.office_record:
    directory: "{{ office_reroute_directory }}/records"
    office: "{{ inventory_hostname }}"

- name: Set the numbers
  office.telephony.sonetel_forwardings:
    forwardings:
      - number: "+46846500412"
        destination:
          phone: "+46701740606"
  diff: true
  register: numbers

- name: Record what was changed
  office.telephony.office_record:
    directory: "{{ office_reroute_directory }}/records"
    office: "{{ inventory_hostname }}"
    results:
      sonetel_forwardings: "{{ numbers }}"
"""

RETURN = r"""
directory:
  description: The folder of the records.
  type: str
  returned: success
  sample: /etc/telephony/records
files:
  description: The files that were written, or would be in check mode.
  type: list
  elements: str
  returned: success
  sample:
    - /etc/telephony/records/stockholm.2026-11-21T080000.000000Z.json
    - /etc/telephony/records/stockholm.2026-11-21T080000.000000Z.md
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
      sample: "/etc/telephony/records cannot be used: nothing may be written to /etc/telephony."
    next_step:
      description: What to do about it.
      type: str
      returned: always
      sample: Check the path and its permissions.
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import compute
from ansible_collections.office.telephony.plugins.module_utils._office.jobs import RECORD, record_changes


def main() -> None:
    compute(RECORD, record_changes)


if __name__ == "__main__":
    main()
