#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_reroute_info
short_description: Show whether an office is re-routed
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Shows whether the calls of an office are sent elsewhere, since when, until when and why. The module reads only the
    snapshot and sends no requests to providers.
options:
  fail_if_expired:
    description: Whether to fail if the planned end of a re-route has passed. Use it for monitoring.
    type: bool
    default: false
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.info
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.office
  - office.telephony.office.snapshots
seealso:
  - module: office.telephony.office_reroute
"""

EXAMPLES = r"""
- name: Find out whether an office is re-routed
  office.telephony.office_reroute_info:
    office: stockholm
    reroute_directory: "{{ office_reroute_directory }}"
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
brief:
  description: The office's line in the table that M(office.telephony.office_results) shows.
  type: dict
  returned: success
  sample: {"state": "not re-routed", "text": ""}
message:
  description: The lines that people read.
  type: list
  elements: str
  returned: always
  sample: ["stockholm is not re-routed."]
snapshot:
  description: The office's re-route.
  type: dict
  returned: always
  contains:
    active:
      description: Whether the office is re-routed.
      type: bool
      returned: always
      sample: true
    office:
      description: The office's name.
      type: str
      returned: if the office is re-routed
      sample: stockholm
    since:
      description: When the re-route began, in UTC.
      type: str
      returned: if the office is re-routed
      sample: "2026-11-21T08:00:00Z"
    until:
      description: The planned end, in UTC; V(null) if there is none.
      type: str
      returned: if the office is re-routed
      sample: "2026-11-21T16:00:00Z"
    expired:
      description: Whether the planned end has passed.
      type: bool
      returned: if the office is re-routed
      sample: false
    reason:
      description: Why the office is re-routed.
      type: str
      returned: if the office is re-routed
      sample: Power cut
    to:
      description: Where calls go, as C(phone) and C(settings).
      type: dict
      returned: if the office is re-routed
      sample: {"phone": "+46701740606", "settings": {}}
    numbers:
      description: The natural keys of what is re-routed. Most are numbers.
      type: list
      elements: str
      returned: if the office is re-routed
      sample: ["+46846500412"]
    switched:
      description: Those of C(numbers) whose calls go where the provider's portal says, and not to C(to).
      type: list
      elements: str
      returned: if the office is re-routed
      sample: []
    counts:
      description: How many items of each kind now ring C(to).
      type: dict
      returned: if the office is re-routed
      sample: {"number": 5, "rule": 2}
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.office import run_office
from ansible_collections.office.telephony.plugins.module_utils._ansible.reroute_info import STATUS, status_job


def main() -> None:
    run_office(STATUS, status_job)


if __name__ == "__main__":
    main()
