#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_reroute_info
short_description: Show whether an office is re-routed
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Shows whether the calls of an office are sent elsewhere, since when, until when and why. Only the snapshot is read;
    nothing is requested from any provider.
options:
  fail_if_expired:
    description: Whether to fail where the planned end of a re-route has passed, for monitoring.
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
  sample: [stockholm is not re-routed.]
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
      description: Its name.
      type: str
      returned: when it is re-routed
      sample: stockholm
    since:
      description: Since when, in UTC.
      type: str
      returned: when it is re-routed
      sample: "2026-11-21T08:00:00Z"
    until:
      description: The planned end, in UTC; V(null) without one.
      type: str
      returned: when it is re-routed
      sample: "2026-11-21T16:00:00Z"
    expired:
      description: Whether that time has passed.
      type: bool
      returned: when it is re-routed
      sample: false
    reason:
      description: Why.
      type: str
      returned: when it is re-routed
      sample: Power cut
    to:
      description: Where to, as C(phone) and C(settings).
      type: dict
      returned: when it is re-routed
      sample: {"phone": "+46701740606", "settings": {}}
    numbers:
      description: The re-routed numbers.
      type: list
      elements: str
      returned: when it is re-routed
      sample: ["+46846500412"]
    switched:
      description: Those of C(numbers) whose calls go where the provider's portal says, and not to C(to).
      type: list
      elements: str
      returned: when it is re-routed
      sample: []
failure:
  description: Structured details of the failure.
  type: dict
  returned: on failure
  contains:
    kind:
      description: What kind of failure it is.
      type: str
      returned: always
      sample: input
    message:
      description: What went wrong.
      type: str
      returned: always
      sample: "Nothing was written. 1 problem:"
    next_step:
      description: What to do about it.
      type: str
      returned: always
      sample: ""
    problems:
      description: What is wrong with the office's variables.
      type: list
      elements: dict
      returned: when something is
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
          description: The provider that it concerns.
          type: str
          returned: always
          sample: sonetel
        title:
          description: What people call that provider.
          type: str
          returned: always
          sample: Sonetel
        position:
          description: File, line and column of the place.
          type: str
          returned: when ansible-core knows them
          sample: host_vars/stockholm.yml:61:7
api_calls:
  description: What the task cost, over all providers.
  type: dict
  returned: always
  contains:
    requests:
      description: How many requests were sent, logins and repetitions included.
      type: int
      returned: always
      sample: 4
    retries:
      description: How many of them were repetitions.
      type: int
      returned: always
      sample: 0
    waited_seconds:
      description: How long the task waited between repetitions, or because a provider required it.
      type: float
      returned: always
      sample: 0
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.office import STATUS, run_office, status_job


def main() -> None:
    run_office(STATUS, status_job)


if __name__ == "__main__":
    main()
