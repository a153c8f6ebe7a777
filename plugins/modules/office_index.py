#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_index
short_description: Read the variables of all offices once, so that no two of them manage the same
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Reads what all hosts of the inventory claim by their variables (phone numbers, voice apps, team members, extensions)
    and writes it to an owner-only folder, from which the tasks of the offices of the same run read what concerns them.
    Ansible removes the folder at the end of the run.
  - Run it once, with C(run_once), before the offices' own tasks. The playbooks of the collection do so. Nothing is
    requested from any provider, and no secret is resolved.
  - A host whose variables cannot be resolved, for want of a vault password for example, is a warning.
attributes:
  action:
    description: Runs on the controller, in Ansible's own worker.
    support: full
  check_mode:
    description: Can run in C(check_mode); the index is still written, because the plans need it.
    support: full
  diff_mode:
    description: There is no difference to show.
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
  description: How many hosts have lists of an office.
  type: int
  returned: success
  sample: 4
ansible_facts:
  description: Where the index is, for the tasks of the offices.
  type: dict
  returned: success
  contains:
    office_telephony_index:
      description: Its folder.
      type: str
      returned: success
      sample: /home/me/.ansible/tmp/ansible-local-1234/office-index-1a2b3c
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.office import INDEX, on_the_controller
from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import run_with


def main() -> None:
    run_with(INDEX, on_the_controller)


if __name__ == "__main__":
    main()
