# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: pretend_lines
short_description: Manage where calls to lines of the pretended provider go
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Makes the listed lines call what the list says.
options:
  lines:
    description: The lines.
    type: list
    elements: dict
    required: true
    suboptions:
      number:
        description: The line's phone number.
        type: raw
        required: true
      calls:
        description: The phone number that its calls go to.
        type: raw
extends_documentation_fragment:
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.pretend
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import converge
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import POLICY, REGION, ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._pretend.api import connect
from ansible_collections.office.telephony.plugins.module_utils._pretend.lines import Lines
from ansible_collections.office.telephony.plugins.module_utils._pretend.options import ACCOUNT, LINE


def main() -> None:
    lines = {"type": "list", "elements": "dict", "required": True, **LINE.suboptions()}
    converge(ACCOUNT + REGION + POLICY + ArgSpec({"lines": lines}), connect, Lines, many=True)


if __name__ == "__main__":
    main()
