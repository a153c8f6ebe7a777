#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_results
short_description: Show one table about all offices of a play, failures first
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Shows one line for each office, from the result that its task has registered. Offices without changes share a line.
    With only one office, the module shows nothing.
  - Run it once, with C(run_once), in the C(always) section of a block around the offices' tasks, so that it also counts
    the offices that failed.
options:
  of:
    description: The name of the variable in which each host has registered its result.
    type: str
    required: true
attributes:
  action:
    description: Runs on the controller, in Ansible's own worker.
    support: full
  check_mode:
    description: Can run in C(check_mode).
    support: full
  diff_mode:
    description: There is no diff to show.
    support: none
  idempotent:
    description: Never reports a change.
    support: full
seealso:
  - module: office.telephony.office
"""

EXAMPLES = r"""
- name: Bring all offices in line, and show one table at the end
  block:
    - name: Bring the office in line
      office.telephony.office:
        variables: true
      register: outcome
  always:
    - name: All offices
      office.telephony.office_results:
        of: outcome
      run_once: true
"""

RETURN = r"""
msg:
  description: The lines of the table.
  type: list
  elements: str
  returned: if there is more than one office
  sample: ["FAILED     lyon       2 problems (see above)", "unchanged  paris, stockholm"]
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.controller import RESULTS, on_the_controller
from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import run_with


def main() -> None:
    run_with(RESULTS, on_the_controller)


if __name__ == "__main__":
    main()
