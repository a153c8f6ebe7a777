#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_info
short_description: Read an office's phone routing from its accounts
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Reads everything in the accounts of an office, and returns it as the lists that M(office.telephony.office) takes.
  - All providers are read at the same time, each with one login. For a provider that cannot be read, the module returns
    the office's own lists, as far as the account is believed to match them.
options:
  calls:
    description:
      - Whether to return RV(model) as well, which describes what happens to calls to every number. Some providers need
        a few more requests for this.
    type: bool
    default: false
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.info
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.office
  - office.telephony.office.calls
  - office.telephony.office.providers
seealso:
  - module: office.telephony.office
"""

EXAMPLES = r"""
- name: Read all accounts with credentials
  office.telephony.office_info:
    office: stockholm
  register: stockholm

- name: Read only Sonetel
  office.telephony.office_info:
    office: stockholm
    providers: [sonetel]

- name: Find out what happens to calls as well
  office.telephony.office_info:
    office: stockholm
    providers: [sonetel]
    calls: true
"""

RETURN = r"""
lists:
  description: The items in the accounts, by provider and list.
  type: dict
  returned: success
  sample: {"sonetel": {"forwardings": [{"number": "+46846500412", "destination": {"phone": "+46701740605"}}]}}
model:
  description:
    - What happens to calls. C(numbers) and C(inside) are the places where calls arrive, C(nodes) are all places and
      where calls continue from there, and C(weeks) shows who answers when. C(people) and C(phones) show where people
      can be reached. C(findings), C(tests), C(unread) and C(open) show what is wrong, tested or not known.
  type: dict
  returned: if O(calls) is set
  sample: {"format": 1, "office": "stockholm", "numbers": [], "nodes": {}}
# Generated from here on by `make generate`; see tests/tools/returned.yml.
message:
  description: The lines that people read.
  type: list
  elements: str
  returned: always
  sample: ["stockholm: 14 items (7 API calls)"]
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.info import INFO, info_job
from ansible_collections.office.telephony.plugins.module_utils._ansible.office import run_office


def main() -> None:
    run_office(INFO, info_job)


if __name__ == "__main__":
    main()
