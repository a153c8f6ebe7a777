# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Sonetel's connection options."""

    LOGIN = r"""
attributes:
  action_group:
    description:
      - Use C(group/office.telephony.sonetel) or C(group/office.telephony.all) in C(module_defaults) to set defaults
        for this module.
    support: full
    membership:
      - office.telephony.all
      - office.telephony.sonetel
options:
  username:
    description:
      - The e-mail address that an administrator of the Sonetel account logs in with.
      - If not set, E(SONETEL_USERNAME) is used.
    type: str
  password:
    description:
      - The password for O(username).
      - If not set, E(SONETEL_PASSWORD) is used.
    type: str
  auth_url:
    description:
      - The full URL of the token endpoint.
      - If not set, E(SONETEL_AUTH_URL) is used.
    type: str
    default: https://api.sonetel.com/SonetelAuth/beta/oauth/token
  client_id:
    description:
      - The OAuth client to use. The default is the public client of Sonetel's own tools.
    type: str
    default: sonetel-api
  client_secret:
    description:
      - The secret of O(client_id). The default is the same text as O(client_id), as with Sonetel's public clients.
    type: str
"""

    ACCOUNT = r"""
options:
  access_token:
    description:
      - An access token, for example from M(office.telephony.sonetel_token). With it, the module logs in only if the
        token is refused and O(username) and O(password) are set as well.
      - If not set, E(SONETEL_ACCESS_TOKEN) is used.
    type: str
  account_id:
    description:
      - The Sonetel account. If not set, E(SONETEL_ACCOUNT_ID) is used, else the account that the token belongs to.
    type: str
  api_url:
    description:
      - The base URL of the REST API.
      - If not set, E(SONETEL_API_URL) is used.
    type: str
    default: https://public-api.sonetel.com
"""

    EXPECTED = r"""
options:
  expected_voiceapps:
    description:
      - The names of voice apps that an earlier task of the same play creates. In check mode, that task has created
        nothing. With this option, destinations may name these voice apps anyway.
      - Outside check mode, it has no effect.
    type: list
    elements: str
"""
