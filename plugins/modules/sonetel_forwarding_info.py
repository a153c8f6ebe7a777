#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: sonetel_forwarding_info
short_description: Read where calls to Sonetel phone numbers go
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Returns the phone numbers of a Sonetel account and where their calls go, in the form that
    M(office.telephony.sonetel_forwardings) takes. Writing the result back to the account changes nothing.
  - Team members and voice apps are shown by name, or by id if several share the name.
options:
  numbers:
    description:
      - Return only these phone numbers. Put them in quotes. A warning names those that are not in the account.
      - If not set, all numbers are returned.
    type: list
    elements: raw
  raw:
    description:
      - Whether to return Sonetel's own records as well, in RV(raw).
    type: bool
    default: false
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.info
  - office.telephony.common
  - office.telephony.common.region
  - office.telephony.sonetel.account
  - office.telephony.sonetel.login
seealso:
  - module: office.telephony.sonetel_forwardings
"""

EXAMPLES = r"""
- name: Read the forwarding of all numbers
  office.telephony.sonetel_forwarding_info:
    username: admin@example.org
    password: "{{ sonetel_password }}"
  register: account

- name: Show it in the form that the plural module takes
  ansible.builtin.debug:
    var: account.forwardings

- name: Read two numbers with Sonetel's own records
  office.telephony.sonetel_forwarding_info:
    numbers:
      - "+12025550123"
      - "+12025550124"
    raw: true
"""

RETURN = r"""
forwardings:
  description: The numbers in the form that the plural module takes, ordered by number.
  type: list
  elements: dict
  returned: success
  contains:
    number:
      description: The phone number in E.164.
      type: str
      returned: always
      sample: "+46846500412"
    destination:
      description: Where its calls go.
      type: dict
      returned: if the number is connected to something
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
raw:
  description: Sonetel's own records of the same numbers, in the same order.
  type: list
  elements: dict
  returned: if O(raw=true)
  sample: [{"phnum": "46846500412", "connect_to_type": "user", "connect_to": "3000000012"}]
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
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import REGION, ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._sonetel.api import connect
from ansible_collections.office.telephony.plugins.module_utils._sonetel.forwardings import Forwardings
from ansible_collections.office.telephony.plugins.module_utils._sonetel.options import ACCOUNT


def main() -> None:
    spec = ArgSpec({"numbers": {"type": "list", "elements": "raw"}, "raw": {"type": "bool", "default": False}})
    inform(ACCOUNT + REGION + spec, connect, Forwardings, keys="numbers")


if __name__ == "__main__":
    main()
