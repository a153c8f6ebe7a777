# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """How the collection's modules behave, and what they need."""

    DOCUMENTATION = r"""
options: {}
requirements:
  - Python 3.10 or newer
  - requests
  - phonenumbers
attributes:
  action:
    description: Has an action plugin, which decides where the module runs.
    support: full
    details:
      - It runs in Ansible's own worker, which saves starting another Python, if the task's connection is local, and its
        user, Python and environment are those of Ansible itself. It runs in a separate process everywhere else, on
        macOS, and if the controller's environment variable E(OFFICE_TELEPHONY_IN_WORKER) is V(no). The results are the
        same.
  async:
    description: Supports being used with the C(async) keyword.
    support: full
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying target.
  diff_mode:
    description:
      - Will return details on what has changed (or possibly needs changing in C(check_mode)), when in diff mode.
  idempotent:
    description:
      - When run twice in a row outside check mode, with the same arguments, the second invocation indicates no
        change.
      - This assumes that the system controlled or queried by the module has not changed in a relevant way.
notes:
  - The module runs where the task runs, which is usually the controller. With an inventory host that stands for an
    office, use C(ansible_connection=local) and C(ansible_python_interpreter="{{ ansible_playbook_python }}").
"""

    WRITE = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - Check mode sends no request that changes anything; the HTTP layer refuses it.
  diff_mode:
    support: full
  idempotent:
    support: full
"""

    INFO = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - This module does not modify anything.
  diff_mode:
    support: N/A
    details:
      - This module does not modify anything.
  idempotent:
    support: full
"""
