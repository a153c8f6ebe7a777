#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sonetel_token
short_description: Log in to Sonetel and return an access token
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Logs in and returns an access token, so that later tasks need no login of their own.
  - The result is a secret. The task fails unless it has C(no_log=true).
  - A token is valid until it expires. The API cannot revoke it.
options:
  refresh_token:
    description:
      - A refresh token from an earlier login, to use instead of the password. If Sonetel refuses it, the module uses
        O(username) and O(password), if they are set.
    type: str
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.common
  - office.telephony.sonetel.login
attributes:
  check_mode:
    support: full
    details:
      - Logs in even in check mode, because later tasks need the token to read. Nothing else is changed.
  diff_mode:
    support: N/A
    details:
      - This module changes nothing that a diff could show.
  idempotent:
    support: full
    details:
      - Each run returns another token. This does not count as a change.
seealso:
  - module: office.telephony.sonetel_forwardings
"""

EXAMPLES = r"""
- name: Log in once
  office.telephony.sonetel_token:
    username: admin@example.org
    password: "{{ sonetel_password }}"
  register: sonetel
  no_log: true

- name: Use the token in later tasks
  office.telephony.sonetel_forwarding:
    access_token: "{{ sonetel.access_token }}"
    number: "+12025550124"
    destination:
      phone: "+12025550199"
"""

RETURN = r"""
access_token:
  description: The access token. It is a secret.
  type: str
  returned: success
  sample: eyJhbGciOi...
refresh_token:
  description: The token to give to O(refresh_token) later, V(null) if Sonetel sent none. It is a secret.
  type: str
  returned: success
  sample: eyJhbGciOi...
expires_at:
  description: When the access token ends, in seconds since the Unix epoch, V(null) if it is not known.
  type: float
  returned: success
  sample: 1800000000
account_id:
  description: The account that the token belongs to, V(null) if the token does not hold it.
  type: str
  returned: success
  sample: "301234567"
user_id:
  description: The team member who logged in, V(null) if the token does not hold it.
  type: str
  returned: success
  sample: "3000000011"
# Generated from here on by `make generate`; see tests/tools/returned.yml.
failure:
  description: Details of the failure, for conditions and reports.
  type: dict
  returned: on failure
  contains:
    kind:
      description:
        - What kind of failure it is. V(input) - an option is wrong or cannot be satisfied; V(authentication) - the
          login is refused, or a permission is missing; V(connection) - no answer came; V(deadline) - the deadline has
          passed, or the task would have to wait beyond it; V(rate_limit) - the provider received too many requests;
          V(answer) - the answer cannot be read; V(rejected) - the provider refused the request; V(server) - the
          provider had an error; V(not_applied) - the provider accepted the change but does not show it; V(interrupted)
          - a change of several requests stopped between them.
      type: str
      returned: always
      sample: authentication
    message:
      description: What went wrong.
      type: str
      returned: always
      sample: Sonetel does not accept the login.
    next_step:
      description: What to do about it. Empty if nobody knows.
      type: str
      returned: always
      sample: Check username and password.
    status:
      description: The HTTP status of the answer.
      type: int
      returned: if there was an answer
      sample: 401
    code:
      description: The error code of Sonetel.
      type: str
      returned: if the answer has one
      sample: "10060002"
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: if a request failed
      sample: GET https://public-api.sonetel.com/account/301234567/phonenumbersubscription
api_calls:
  description: What the task cost.
  type: dict
  returned: always
  contains:
    requests:
      description: How many requests were sent, including logins and retries.
      type: int
      returned: always
      sample: 4
    retries:
      description: How many of them were retries.
      type: int
      returned: always
      sample: 0
    waited_seconds:
      description:
        - How long the task waited between retries, for rate limits, or because the provider asked it to. Waits of
          several connections add up.
      type: float
      returned: always
      sample: 0
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import log_in
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._sonetel.api import identity, token_source
from ansible_collections.office.telephony.plugins.module_utils._sonetel.options import LOGIN


def main() -> None:
    log_in(LOGIN + ArgSpec({"refresh_token": {"type": "str", "no_log": True}}), token_source, identity)


if __name__ == "__main__":
    main()
