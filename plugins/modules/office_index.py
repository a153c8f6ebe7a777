#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_index
short_description: Read the variables of all offices once, so that no two offices manage the same items
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Reads which phone numbers, voice apps, team members and extensions all hosts of the inventory manage, and writes
    this to an owner-only folder. The offices' tasks in the same run read it from there. Ansible removes the folder at
    the end of the run.
  - Run it once, with C(run_once), before the offices' own tasks, as the playbooks of the collection do. It sends no
    requests to providers and resolves no secrets.
  - If the variables of a host cannot be resolved, for example because a vault password is missing, the task warns.
attributes:
  action:
    description: Runs on the controller, in Ansible's own worker.
    support: full
  check_mode:
    description: Can run in C(check_mode). The index is written even then, because plans need it.
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
# In a play of all hosts, before the tasks of the offices
- name: Read the variables of all offices
  office.telephony.office_index:
  run_once: true
"""

RETURN = r"""
hosts:
  description: How many hosts have an office's lists.
  type: int
  returned: success
  sample: 4
ansible_facts:
  description: Where the index is, for the offices' tasks.
  type: dict
  returned: success
  contains:
    office_telephony_index:
      description: The folder of the index.
      type: str
      returned: success
      sample: /home/me/.ansible/tmp/ansible-local-1234/office-index-1a2b3c
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.controller import INDEX, on_the_controller
from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import run_with


def main() -> None:
    run_with(INDEX, on_the_controller)


if __name__ == "__main__":
    main()
