#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_sites
short_description: Create or change sites of a RingCentral account
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Creates or changes sites of an account with several sites. A site has a time zone, which applies to its hours, an
    operator, and a menu that its callers hear first.
  - Sites are never deleted, because extensions belong to them. The main site is not listed, because its hours and rules
    are those of the company.
  - Several sites are a feature of RingCentral's plans. Without it, RingCentral refuses to create a site.
  - The app needs the permission C(EditAccounts). The user needs the permission C(Sites).
options:
  sites:
    description:
      - The sites. List each one once.
    type: list
    elements: dict
    required: true
extends_documentation_fragment:
  - office.telephony.ringcentral_site.listed
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_site
  - module: office.telephony.ringcentral_company_info
"""

EXAMPLES = r"""
- name: Create sites, and set what their callers hear first
  office.telephony.ringcentral_sites:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    sites:
      - name: Los Angeles
        top_menu: "8001"
      - name: Denver
        extension: "9002"
        time_zone: America/Denver
        address:
          city: Denver
          street: 1 Example Street
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
sites:
  description:
    - The listed sites as they are after the task, or as they would be in check mode. Deleted ones are left out.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    name:
      description:
        - The name.
      type: str
      returned: always
      sample: Los Angeles
    extension:
      description:
        - The extension number.
      type: str
      returned: if it was read
      sample: "9001"
    email:
      description:
        - The e-mail address.
      type: str
      returned: if it was read
      sample: la@example.org
    time_zone:
      description:
        - The time zone.
      type: str
      returned: if it was read
      sample: America/Los_Angeles
    address:
      description:
        - The address.
      type: dict
      returned: if it was read
      sample: {"country": "United States", "state": "CA", "city": "Los Angeles", "zip": "90001"}
    caller_id_name:
      description:
        - The name that people see when the site calls them.
      type: str
      returned: if it was read
      sample: Example, LA
    operator:
      description:
        - The operator.
      type: str
      returned: if it was read
      sample: "101"
    top_menu:
      description:
        - The menu that callers hear first.
      type: str
      returned: if it was read
      sample: "8001"
    extension_id:
      description:
        - RingCentral's id of the site. V(null) if check mode would create it.
      type: str
      returned: always
      sample: "400000011"
results:
  description:
    - What happened to each site, in the order of the list.
    - Items that already matched are left out. RV(sites) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    name:
      description:
        - The name.
      type: str
      returned: always
      sample: Los Angeles
    action:
      description: What the plan was, V(create), V(update) or V(delete).
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
      sample: RingCentral refused the request.
plan:
  description: How many sites the plan creates, updates and deletes, and how many already match.
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
    applied:
      description: The sites that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The sites that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The sites that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The sites that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The sites that were not tried, because they would have failed for the same reason.
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
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.api import connect
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import SITE
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.sites import Sites
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    listed = {"type": "list", "elements": "dict", "required": True, **SITE.suboptions()}
    spec = ACCOUNT + REGION + POLICY + ArgSpec({"sites": listed})
    converge(spec, connect, Sites, many=True)


if __name__ == "__main__":
    main()
