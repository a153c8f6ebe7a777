# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Fone Dynamics' connection options. To be listed before the attributes that all modules share: the first wins."""

    DOCUMENTATION = r"""
options:
  account_sid:
    description:
      - The account's AccountSid, which is the user name of the API.
      - If not set, E(FONEDYNAMICS_ACCOUNT_SID) is used.
    type: str
  token:
    description:
      - A token of the account, which is the password of the API. You can create one in Fone Dynamics' portal.
      - If not set, E(FONEDYNAMICS_TOKEN) is used.
    type: str
  api_url:
    description:
      - The base URL of the REST API.
      - If not set, E(FONEDYNAMICS_API_URL) is used.
    type: str
    default: https://api.fonedynamics.com/v2
attributes:
  action_group:
    description:
      - Use C(group/office.telephony.fonedynamics) or C(group/office.telephony.all) in C(module_defaults) to set
        defaults for this module.
    support: full
    membership:
      - office.telephony.all
      - office.telephony.fonedynamics
"""
