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
        Sites, queues, menus, rules, numbers and everything else of a company need EditAccounts, which includes both.
      - If not set, E(RC_APP_CLIENT_ID) is used.
    type: str
  client_secret:
    description:
      - The client secret of the app.
      - If not set, E(RC_APP_CLIENT_SECRET) is used.
    type: str
  jwt:
    description:
      - The JWT credential of the user to log in as. You can create one in RingCentral's developer console.
      - If not set, E(RC_USER_JWT) is used.
    type: str
  access_token:
    description:
      - An access token, for example from M(office.telephony.ringcentral_token). With it, the module logs in only if the
        token is refused and O(client_id), O(client_secret) and O(jwt) are set as well.
      - RingCentral's limits apply to a user and an app, not to a token. For a token from another machine, one request a
        day finds out whose it is.
      - If not set, E(RC_ACCESS_TOKEN) is used.
    type: str
  server_url:
    description:
      - The base URL of RingCentral's platform, without a path. Partners such as AT&T Office@Hand have their own.
      - If not set, E(RC_SERVER_URL) is used.
    type: str
    default: https://platform.ringcentral.com
  cache_path:
    description:
      - The folder in which the tasks of one user on one machine share the state of the rate limits and, unless this is
        switched off, the access token. It must be owner-only (mode 0700) and is created if it does not exist. It
        contains only hashes of other tokens and credentials. A relative path is refused, and so is a folder that others
        can open.
      - If the folder cannot be used for another reason, such as a full disk, a warning shows the reason, and a private
        folder in the temporary directory (E(TMPDIR)) is used instead. If that cannot be used either, every task logs in
        separately.
      - The default is C(office.telephony) in E(XDG_CACHE_HOME) or in C(~/.cache).
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
      - Whether all tasks of one user on one machine share one access token. RingCentral allows five logins a minute and
        five sessions at a time for each user and app. Tasks with their own logins would soon be refused.
      - The token is stored in O(cache_path) until it expires, in a file that only its owner can read and whose name
        reveals nothing.
      - Without a shared token, a task fails rather than cause RingCentral's penalty for too many logins.
    type: bool
    default: true
notes:
  - RingCentral limits the number of requests of each kind in a minute. The tasks of one user on one machine observe
    these limits together and wait if necessary, within O(deadline). Long waits are shown.
"""

    EXPECTED = r"""
options:
  expected_forwarding_numbers:
    description:
      - The changes that an earlier task makes to the extensions' forwarding numbers, as
        M(office.telephony.ringcentral_forwarding_numbers) takes them.
      - Check mode assumes that they have been made. Numbers that are removed or replaced then no longer ring, and added
        numbers can ring. This costs one more request for each extension that both tasks name.
      - A run assumes that they have just been made, and waits a few seconds if the list does not show them yet.
    type: list
    elements: dict
    suboptions:
      extension:
        description:
          - The extension that the forwarding number belongs to, by extension number, id, e-mail address or exact name.
        type: str
        required: true
      phone_number:
        description:
          - The external phone number, in any common format and in quotes.
        type: raw
      previous_phone_number:
        description:
          - The present phone number of the record.
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
          - The label of the number.
        type: str
      flip_number:
        description:
          - The digit that flips a call to this number.
        type: int
      replace:
        description:
          - Whether the number may be deleted and created again if its type or device must change.
        type: bool
        default: false
      state:
        description:
          - V(absent) removes the number.
        type: str
        choices: [present, absent]
        default: present
"""
