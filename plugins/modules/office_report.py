#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_report
short_description: Write one report about who answers the calls to all offices of a play
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Merges the results that M(office.telephony.office_calls) has kept for each office into one report. It shows every
    number with its week and its route, people and where they are reached, phones without an owner, findings and call
    tests. Offices without a result come first, with the reason.
  - The HTML file needs no other file and no network. The Markdown file contains the routes as Mermaid flowcharts, and
    the JSON file contains everything in machine-readable form.
  - Run it once, with C(run_once), after the offices' own tasks. It sends no requests to providers.
options:
  of:
    description:
      - The name of the variable in which each host has registered the result of M(office.telephony.office_calls).
    type: str
    required: true
  variables:
    description:
      - Whether to take options that the task does not set from the host's variables, whose names begin with O(prefix).
      - Relative paths in variables are relative to the inventory's folder.
    type: bool
    default: false
  prefix:
    description: With O(variables), the beginning of the variables' names, without the underscore.
    type: str
  directory:
    description:
      - The folder of the report. It is created if it does not exist.
      - With O(variables), the default is C(reports) beside the inventory.
    type: path
  mode:
    description: The mode of the files, in quotes. A report contains phone numbers and names.
    type: raw
    default: '0600'
  formats:
    description: Which files to write. They are called C(report.html), C(report.md) and C(report.json).
    type: list
    elements: str
    choices: [html, markdown, json]
    default: [html, markdown, json]
  group:
    description:
      - The name of a variable that holds the group of each host. Each group has its own report, called
        C(report-VALUE.html), in which the numbers of other groups are outside.
      - It must also be in the variable C(report_group) of all hosts, because it limits what
        M(office.telephony.office_calls) keeps.
    type: str
  mask_numbers:
    description: Whether to show only the last three digits of every phone number.
    type: bool
    default: false
  models:
    description: The results of the hosts' tasks. Set by the action. Not for playbooks.
    type: list
    elements: dict
    default: []
attributes:
  action:
    description: Runs on the controller, in Ansible's own worker where that is possible.
    support: full
  action_group:
    description: Use C(group/office.telephony.office) in C(module_defaults) to set options for all modules of whole
      offices.
    support: full
    membership: [office.telephony.office]
  check_mode:
    description: Can run in C(check_mode). It then writes nothing.
    support: full
  diff_mode:
    description: There is no diff to show.
    support: none
  idempotent:
    description: Never reports a change. Each run writes the report again, because it holds the time.
    support: full
seealso:
  - module: office.telephony.office_calls
  - ref: ansible_collections.office.telephony.docsite.guide_report
    description: What the report shows.
"""

EXAMPLES = r"""
- name: Find out who answers
  office.telephony.office_calls:
    variables: true
    keep_model: true
  register: calls

- name: Write one report about all offices
  office.telephony.office_report:
    of: calls
    directory: "{{ playbook_dir }}/reports"
    mask_numbers: true
  run_once: true
"""

RETURN = r"""
msg:
  description: What the report contains, and which offices are missing.
  type: list
  elements: str
  returned: success
  sample: ["14 numbers of 4 offices"]
files:
  description: The files that were written, or that would be written in check mode.
  type: list
  elements: str
  returned: success
  sample: [/home/me/offices/reports/report.html, /home/me/offices/reports/report.md]
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.report import REPORT, report_job
from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import run_with


def main() -> None:
    run_with(REPORT, report_job)


if __name__ == "__main__":
    main()
