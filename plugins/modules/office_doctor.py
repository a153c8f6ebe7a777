#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_doctor
short_description: Find out whether an office's accounts can be used
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Sends a first request to each provider and shows whether the login works, what it may do, and which features the
    account has. It also checks this machine (clock, versions, folders) and shows who shares the account.
  - The module only reads. Each provider costs one login and at most six more requests. All providers are asked at the
    same time, and a failure of one does not hide the results of the others.
  - The task fails if a provider that the office uses does not work. The message shows what is wrong, why, and what to
    do next.
  - The collection makes some assumptions about each provider that its documentation does not settle. Set O(assumptions)
    to list them, each with the request that settles it. The module does not send these requests, because several of
    them write.
options:
  providers:
    description:
      - The providers to check, all of which must work. The default is all providers that the office has lists or
        credentials for. Then those with lists must work.
    type: list
    elements: str
    choices: [sonetel, ringcentral, smspartner, fonedynamics]
  assumptions:
    description: Whether to list the assumptions about the providers.
    type: bool
    default: false
  reroute_directory:
    description: The folder of the snapshots of re-routes, which must be writable. If not set, it is not checked.
    type: path
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.info
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.office
  - office.telephony.office.claims
  - office.telephony.office.names
seealso:
  - module: office.telephony.office
  - module: office.telephony.office_info
"""

EXAMPLES = r"""
- name: Check all accounts with credentials
  office.telephony.office_doctor:
    office: stockholm
  register: stockholm

- name: Check only Sonetel, and list the assumptions about it
  office.telephony.office_doctor:
    office: stockholm
    providers: [sonetel]
    assumptions: true
"""

RETURN = r"""
providers:
  description: The findings, by provider.
  type: dict
  returned: success
  sample:
    sonetel:
      works: true
      findings:
        - {"level": "ok", "text": "logged in as admin@example.org", "next_step": ""}
      shared_with: [lyon]
# Generated from here on by `make generate`; see tests/tools/returned.yml.
brief:
  description: The office's line in the table that M(office.telephony.office_results) shows.
  type: dict
  returned: success
  sample: {"state": "ok", "text": "Sonetel can be used"}
message:
  description: The lines that people read. A failed task returns them as well.
  type: list
  elements: str
  returned: always
  sample:
    - 'stockholm: Sonetel can be used (4 API calls)'
    - '  Sonetel       ok    logged in as admin@example.org'
    - '  This machine  ok    the clock agrees with Sonetel within 30 s'
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
      sample: "Nothing was written. 1 problem:"
    next_step:
      description: What to do about it. Empty if nobody knows.
      type: str
      returned: always
      sample: ""
    status:
      description: The HTTP status of the answer.
      type: int
      returned: if there was an answer
      sample: 401
    code:
      description: The error code of the provider.
      type: str
      returned: if the answer has one
      sample: "10060002"
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: if a request failed
      sample: GET https://public-api.sonetel.com/account/301234567/phonenumbersubscription
    problems:
      description: What is wrong with the office's variables.
      type: list
      elements: dict
      returned: if something is wrong with them
      contains:
        path:
          description: The place in the office's variables.
          type: str
          returned: always
          sample: office_sonetel.forwardings[3].destination.user
        what:
          description: What is wrong there.
          type: str
          returned: always
          sample: no such option. Did you mean 'destination'?
        provider:
          description: The provider that the place belongs to.
          type: str
          returned: always
          sample: sonetel
        title:
          description: The provider's name as people know it.
          type: str
          returned: always
          sample: Sonetel
        position:
          description: File, line and column of the place.
          type: str
          returned: if ansible-core knows them
          sample: host_vars/stockholm.yml:61:7
api_calls:
  description: What the task cost, over all providers.
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.doctor import DOCTOR, doctor_job
from ansible_collections.office.telephony.plugins.module_utils._ansible.office import run_office


def main() -> None:
    # One attempt, because people who run it want to know what is wrong now.
    run_office(DOCTOR, doctor_job, attempts=1)


if __name__ == "__main__":
    main()
