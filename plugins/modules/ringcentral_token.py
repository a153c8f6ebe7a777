#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_token
short_description: Open or end a RingCentral session
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Logs in and returns an access token, or ends the session of a token.
  - You seldom need this module, because the other modules share one login through their cache. Use it if no token may
    be kept on disk, or to end a session at the end of a run.
  - The session is not in the cache that the other modules share, so ending it does not affect them. It counts towards
    the same rate limits as all sessions of the user and the app.
  - The result is a secret. The task fails unless it has C(no_log=true).
options:
  state:
    description:
      - V(present) opens a session and returns its token. Each run opens another session. RingCentral allows five logins
        a minute, and ends an older session if there are more than five.
      - V(absent) ends the session that O(access_token) belongs to, with all its tokens.
    type: str
    choices: [present, absent]
    default: present
extends_documentation_fragment:
  - office.telephony.ringcentral
  - office.telephony.attributes
  - office.telephony.common
attributes:
  check_mode:
    support: full
    details:
      - Logs in even in check mode, because later tasks need the token to read. It does not end a session.
  diff_mode:
    support: N/A
    details:
      - This module changes nothing that a diff could show.
  idempotent:
    support: full
    details:
      - Each run with O(state=present) returns another token. This does not count as a change.
seealso:
  - module: office.telephony.ringcentral_forwarding_numbers
"""

EXAMPLES = r"""
- name: Log in once
  office.telephony.ringcentral_token:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
  register: ringcentral
  no_log: true

- name: Use the token in later tasks
  office.telephony.ringcentral_forwarding_number:
    access_token: "{{ ringcentral.access_token }}"
    extension: "101"
    type: Mobile
    phone_number: "+16505550100"

- name: End the session
  office.telephony.ringcentral_token:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    access_token: "{{ ringcentral.access_token }}"
    state: absent
  no_log: true
"""

RETURN = r"""
access_token:
  description: The access token. It is a secret.
  type: str
  returned: if O(state=present)
  sample: U0pDMTFQMDFQQVMwMHxBQU...
expires_at:
  description: When the access token ends, in seconds since the Unix epoch.
  type: float
  returned: if O(state=present)
  sample: 1800000000
owner_id:
  description: The id of the extension that logged in.
  type: str
  returned: if O(state=present)
  sample: "400000002"
scope:
  description: The permissions of the app.
  type: str
  returned: if O(state=present)
  sample: ReadAccounts EditExtensions
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
      sample: RingCentral does not accept the login.
    next_step:
      description: What to do about it. Empty if nobody knows.
      type: str
      returned: always
      sample: Check client_id, client_secret and jwt.
    status:
      description: The HTTP status of the answer.
      type: int
      returned: if there was an answer
      sample: 400
    code:
      description: The error code of RingCentral.
      type: str
      returned: if the answer has one
      sample: OAU-213
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: if a request failed
      sample: POST https://platform.ringcentral.com/restapi/oauth/token
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import run
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.login import token_job
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import LOGIN


def main() -> None:
    state = {"type": "str", "choices": ["present", "absent"], "default": "present"}
    run(LOGIN + ArgSpec({"state": state}), token_job, secret_result=True)


if __name__ == "__main__":
    main()
