#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sonetel_user_info
short_description: Read Sonetel team members and where their calls go
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Returns the team members of a Sonetel account, and their own call settings in the form that
    M(office.telephony.sonetel_user_forwardings) takes. Writing the result back to the account changes nothing.
  - This costs one request for the team, and one for each person whose settings are returned.
options:
  users:
    description:
      - Return only the settings of these team members, by e-mail address. A warning names those that are not on the
        team.
      - If not set, the settings of all team members are returned.
    type: list
    elements: str
  raw:
    description:
      - Whether to return Sonetel's own records of the settings as well, in RV(raw).
    type: bool
    default: false
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.info
  - office.telephony.common
  - office.telephony.sonetel.account
  - office.telephony.sonetel.login
seealso:
  - module: office.telephony.sonetel_user_forwardings
"""

EXAMPLES = r"""
- name: Read the call settings of all team members
  office.telephony.sonetel_user_info:
    username: admin@example.org
    password: "{{ sonetel_password }}"
  register: team

- name: Restore them
  office.telephony.sonetel_user_forwardings:
    user_forwardings: "{{ team.user_forwardings }}"

- name: Read one person's settings with Sonetel's own record
  office.telephony.sonetel_user_info:
    users:
      - anna.lindqvist@example.org
    raw: true
"""

RETURN = r"""
user_forwardings:
  description: The settings in the form that the plural module takes, ordered by e-mail address.
  type: list
  elements: dict
  returned: success
  contains:
    user:
      description: The team member's e-mail address.
      type: str
      returned: always
      sample: anna.lindqvist@example.org
    first_action:
      description: What happens first with a call, in the form of the option.
      type: dict
      returned: if there is one
      sample: {"ring": "sip_phones", "ring_time": 25, "show": "caller"}
    second_action:
      description: What happens if nobody answers the first action, in the form of the option.
      type: dict
      returned: if there is one
      sample: {"voicemail": true}
    standard_action:
      description: What happens with calls between apps, in the form of the option.
      type: dict
      returned: if there is one
      sample: {"ring": "app", "ring_time": 10}
    outgoing_show:
      description: The number that phones show when this person calls.
      type: str
      returned: if it is set
      sample: auto
users:
  description: All team members of the account.
  type: list
  elements: dict
  returned: success
  contains:
    user_id:
      description: Sonetel's id.
      type: str
      returned: always
      sample: "3000000012"
    email:
      description: The e-mail address.
      type: str
      returned: always
      sample: anna.lindqvist@example.org
    first_name:
      description: The first name.
      type: str
      returned: always
      sample: Anna
    last_name:
      description: The last name.
      type: str
      returned: always
      sample: Lindqvist
    title:
      description: The title.
      type: str
      returned: always
      sample: Reception Stockholm
    type:
      description: V(regular) or V(admin).
      type: str
      returned: always
      sample: regular
raw:
  description: Sonetel's own records of the same settings, in the same order.
  type: list
  elements: dict
  returned: if O(raw=true)
  sample: [{"user": "anna.lindqvist@example.org", "incoming": {"first_action": {"action": "ring", "to": "sipphones"}}}]
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
incomplete:
  description:
    - Why lists of the account are not shown in full, one sentence for each such list.
    - What is missing from the result may still be in the account.
  type: list
  elements: str
  returned: if a list is incomplete
  sample: ["Sonetel shows only the first of 2 pages of its voiceapp list."]
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import inform
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._sonetel.api import connect
from ansible_collections.office.telephony.plugins.module_utils._sonetel.options import ACCOUNT
from ansible_collections.office.telephony.plugins.module_utils._sonetel.user_forwardings import UserForwardings, people


def main() -> None:
    spec = ArgSpec({"users": {"type": "list", "elements": "str"}, "raw": {"type": "bool", "default": False}})
    inform(ACCOUNT + spec, connect, UserForwardings, keys="users", also=people)


if __name__ == "__main__":
    main()
