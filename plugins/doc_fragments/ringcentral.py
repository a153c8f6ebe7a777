# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """RingCentral's connection options. To be listed before the attributes that all modules share: the first wins."""

    DOCUMENTATION = r"""
options:
  client_id:
    description:
      - The client id of an app that may use the JWT grant and has the permissions ReadAccounts and EditExtensions.
        What a company has, such as sites, queues, menus, rules and numbers, needs EditAccounts, which includes both.
      - When not set, E(RC_APP_CLIENT_ID) is used.
    type: str
  client_secret:
    description:
      - The client secret of the app.
      - When not set, E(RC_APP_CLIENT_SECRET) is used.
    type: str
  jwt:
    description:
      - The JWT credential of the user to log in as, made in RingCentral's developer console.
      - When not set, E(RC_USER_JWT) is used.
    type: str
  access_token:
    description:
      - A ready access token, for example from M(office.telephony.ringcentral_token). With it no login is made, unless
        it is refused and O(client_id), O(client_secret) and O(jwt) are set as well.
      - RingCentral's limits hold for a user and an app, not for a token. For a token that was not opened on this
        machine, one request a day finds out whose it is.
      - When not set, E(RC_ACCESS_TOKEN) is used.
    type: str
  server_url:
    description:
      - The base URL of RingCentral's platform, without path. Partners such as AT&T Office@Hand have their own.
      - When not set, E(RC_SERVER_URL) is used.
    type: str
    default: https://platform.ringcentral.com
  cache_path:
    description:
      - The folder in which the tasks of one user on one machine share what they know of the rate limits and, unless
        it is switched off, the access token. It must be owner-only (mode 0700) and is made when it is missing. Of
        tokens that are not kept, and of other credentials, it holds no more than a hash. A relative path is refused,
        and so is a folder that is open to others.
      - When the folder cannot be used for another reason, such as a full disk, a warning says so, and a private folder
        in the temporary directory (E(TMPDIR)) is used instead. When that cannot be used either, every task logs in
        for itself.
      - When not set, C(office.telephony) in E(XDG_CACHE_HOME) or in C(~/.cache) is used.
    type: path
attributes:
  action_group:
    description:
      - Use C(group/office.telephony.ringcentral) or C(group/office.telephony.all) in C(module_defaults) to set
        defaults for this module.
    support: full
    membership:
      - office.telephony.all
      - office.telephony.ringcentral
"""

    ACCOUNT = r"""
options:
  account_id:
    description:
      - The RingCentral account. V(~) is the account that the login belongs to.
    type: str
    default: "~"
  token_cache:
    description:
      - Whether all tasks of one user on one machine share one access token. RingCentral allows five logins a minute
        and five sessions at once to a user and an app, so that tasks with logins of their own would soon be
        refused.
      - The token is kept in O(cache_path) in a file that only its owner can read, under a name that reveals
        nothing, and only until it expires.
      - Without it, a task fails rather than start the penalty that RingCentral has for too many logins.
    type: bool
    default: true
notes:
  - RingCentral limits how many requests of each kind may be sent in a minute. The tasks of one user on one machine
    keep to these limits together and wait when they must, within O(deadline). Long waits are shown.
"""

    EXPECTED = r"""
options:
  expected_forwarding_numbers:
    description:
      - What another task is about to make of the extensions' forwarding numbers, as
        M(office.telephony.ringcentral_forwarding_numbers) takes it.
      - Check mode takes it to be done. What it removes or makes anew rings no more then, and what it adds can ring.
        That takes one more request for each extension that both name.
      - A run takes it to have been done just now, and waits for some seconds where the list does not show it yet.
    type: list
    elements: dict
    suboptions:
      extension:
        description:
          - The extension whose forwarding number it is, by extension number, id, e-mail address or exact name.
        type: str
        required: true
      phone_number:
        description:
          - The external phone number, in any common format and in quotes.
        type: raw
      previous_phone_number:
        description:
          - The phone number that the record has until now.
        type: raw
      device:
        description:
          - A co-worker's desk phone, by its exact name or id.
        type: str
      device_extension:
        description:
          - The extension that the device belongs to.
        type: str
      forwarding_number_id:
        description:
          - RingCentral's id of the record.
        type: str
      type:
        description:
          - What kind of number it is.
        type: str
        choices: [Other, Home, Mobile, Work, PhoneLine, Outage, BusinessMobilePhone, ExtensionApps]
      label:
        description:
          - What the number is called.
        type: str
      flip_number:
        description:
          - The digit with which a call is flipped to this number.
        type: int
      replace:
        description:
          - Whether the number may be deleted and created anew where its type or device must change.
        type: bool
        default: false
      state:
        description:
          - V(absent) means that the number is removed.
        type: str
        choices: [present, absent]
        default: present
"""
