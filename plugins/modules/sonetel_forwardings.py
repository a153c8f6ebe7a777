#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sonetel_forwardings
short_description: Manage where calls to Sonetel phone numbers go
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Sets where the listed phone numbers of a Sonetel account forward their calls. Other numbers are left alone.
  - The module requests the account's numbers once, and sends one write for each number that differs. It requests team
    members and voice apps only if a destination names one.
  - The module never buys numbers and never gives them back. Sonetel documents no way to disconnect a number, so there
    is nothing to prune.
options:
  forwardings:
    description:
      - The phone numbers and where their calls go. List each number once.
    type: list
    elements: dict
    required: true
extends_documentation_fragment:
  - office.telephony.sonetel_forwarding.listed
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.sonetel.account
  - office.telephony.sonetel.expected
  - office.telephony.sonetel.login
seealso:
  - module: office.telephony.sonetel_forwarding
  - module: office.telephony.sonetel_forwarding_info
"""

EXAMPLES = r"""
- name: Route the Stockholm numbers
  office.telephony.sonetel_forwardings:
    username: admin@example.org
    password: "{{ sonetel_password }}"
    region: SE
    policy:
      allowed_countries: [SE, US]
    forwardings:
      - number: "+46 8 465 004 12"
        destination:
          phone: 070-123 45 67
      - number: "08-465 004 13"
        destination:
          user: anna.lindqvist@example.org
      - number: "+46846500414"
        destination:
          voiceapp: Main menu

- name: Buy the business package for a number, so that a voice app can answer it, and renew it yearly
  office.telephony.sonetel_forwardings:
    forwardings:
      - number: "+12025550123"
        package: business
        show: called
        renewal: 1y
        destination:
          voiceapp: Reception

- name: Show what would change, in a run with --check --diff
  office.telephony.sonetel_forwardings:
    forwardings:
      - number: "+12025550124"
        destination:
          sip: reception@pbx.example.org
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
forwardings:
  description: The listed numbers as they are after the task, or as they would be in check mode.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    number:
      description: The phone number in E.164.
      type: str
      returned: always
      sample: "+46846500412"
    destination:
      description: Where its calls go, in the form of the option. Left out if it is not connected to anything.
      type: dict
      returned: always
      sample: {"user": "anna.lindqvist@example.org"}
    package:
      description: V(business).
      type: str
      returned: if the number has the business package
      sample: business
    show:
      description: Which number the answering phone shows.
      type: str
      returned: if it is known
      sample: caller
    renewal:
      description: How the number is renewed.
      type: str
      returned: if it is known
      sample: 1m
    destination_id:
      description: Sonetel's id of the team member or the voice app.
      type: str
      returned: if calls go to a team member or a voice app
      sample: "3000000012"
results:
  description:
    - What happened to each number, in the order of the list.
    - Items that already matched are left out. RV(forwardings) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    number:
      description: The phone number in E.164.
      type: str
      returned: always
      sample: "+46846500412"
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
  description: How many numbers the plan creates, updates and deletes, and how many already match.
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
      description: The numbers that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The numbers that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The numbers that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The numbers that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The numbers that were not tried, because they would have failed for the same reason.
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
from ansible_collections.office.telephony.plugins.module_utils._sonetel.api import connect
from ansible_collections.office.telephony.plugins.module_utils._sonetel.directory import expecting
from ansible_collections.office.telephony.plugins.module_utils._sonetel.forwardings import Forwardings
from ansible_collections.office.telephony.plugins.module_utils._sonetel.options import ACCOUNT, EXPECTED, FORWARDING


def main() -> None:
    forwardings = {"type": "list", "elements": "dict", "required": True, **FORWARDING.suboptions()}
    spec = ACCOUNT + REGION + POLICY + EXPECTED + ArgSpec({"forwardings": forwardings})
    converge(spec, connect, Forwardings, many=True, build=expecting(Forwardings))


if __name__ == "__main__":
    main()
