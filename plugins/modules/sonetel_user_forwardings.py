#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sonetel_user_forwardings
short_description: Manage where calls to Sonetel team members go
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Sets the call settings of the listed team members. They apply to calls to these people, and to numbers that are
    connected to them. Other team members are left alone.
  - The module requests the team once, the settings once for each listed person, and sends one write for each person
    with different settings. Settings that the task does not name are kept.
options:
  user_forwardings:
    description:
      - The team members and where their calls go. List each one once.
    type: list
    elements: dict
    required: true
extends_documentation_fragment:
  - office.telephony.sonetel_user_forwarding.listed
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.sonetel.account
  - office.telephony.sonetel.expected
  - office.telephony.sonetel.login
seealso:
  - module: office.telephony.sonetel_user_forwarding
  - module: office.telephony.sonetel_user_info
"""

EXAMPLES = r"""
- name: Set where calls to two people go
  office.telephony.sonetel_user_forwardings:
    username: admin@example.org
    password: "{{ sonetel_password }}"
    region: SE
    user_forwardings:
      - user: anna.lindqvist@example.org
        first_action:
          ring: all_phones
          ring_time: 25
        second_action:
          voicemail: true
      - user: erik.ohman@example.org
        first_action:
          phone: 070-174 06 06
          show: caller
        outgoing_show: "08-465 004 14"
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
user_forwardings:
  description: The listed team members as they are after the task, or as they would be in check mode.
  type: list
  elements: dict
  returned: if the current state could be read
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
results:
  description:
    - What happened to each team member, in the order of the list.
    - Items that already matched are left out. RV(user_forwardings) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    user:
      description: The team member's e-mail address.
      type: str
      returned: always
      sample: anna.lindqvist@example.org
    action:
      description: What the plan was, V(update).
      type: str
      returned: always
      sample: update
    status:
      description:
        - What came of it. V(unchanged), V(planned) in check mode, V(applied), V(partly) if only a part of the change
          was made, V(failed) if certainly nothing was changed, V(unknown) if the change may or may not have been made,
          or V(not_tried).
      type: str
      returned: always
      sample: applied
    error:
      description: Why it failed, and what to do next.
      type: str
      returned: on failure
      sample: The provider asked to wait longer than the deadline allows.
plan:
  description: How many team members the plan creates, updates and deletes, and how many already match.
  type: dict
  returned: if the current state could be read
  sample: {"create": 0, "update": 1, "delete": 0, "unchanged": 1}
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
    applied:
      description: The team members that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The team members that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The team members that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The team members that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The team members that were not tried, because they would have failed for the same reason.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import converge
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import POLICY, REGION, ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._sonetel.answering_options import USER_FORWARDING
from ansible_collections.office.telephony.plugins.module_utils._sonetel.api import connect
from ansible_collections.office.telephony.plugins.module_utils._sonetel.directory import expecting
from ansible_collections.office.telephony.plugins.module_utils._sonetel.options import ACCOUNT, EXPECTED
from ansible_collections.office.telephony.plugins.module_utils._sonetel.user_forwardings import UserForwardings


def main() -> None:
    listed = {"type": "list", "elements": "dict", "required": True, **USER_FORWARDING.suboptions()}
    spec = ACCOUNT + REGION + POLICY + EXPECTED + ArgSpec({"user_forwardings": listed})
    converge(spec, connect, UserForwardings, many=True, build=expecting(UserForwardings))


if __name__ == "__main__":
    main()
