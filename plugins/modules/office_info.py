#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = EXAMPLES = RETURN = ""

from ansible_collections.office.telephony.plugins.module_utils._ansible.office import OFFICE, READ, info_job, run_office


def main() -> None:
    run_office(OFFICE + READ, info_job)


if __name__ == "__main__":
    main()
