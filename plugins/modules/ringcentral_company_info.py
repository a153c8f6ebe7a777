#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_company_info
short_description: Read how a RingCentral company handles its calls
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Returns the lists of a company, each in the form that the module of that list takes. Writing the result back to the
    account changes nothing.
  - Settings that a list cannot express are left out, with a warning.
  - The module sends one request for the extensions of the account, and about one to four for each object. RV(api_calls)
    shows the total. RingCentral allows ten requests a minute for the list of phone numbers and for the overflow of
    queues. The overflow is therefore read only for queues whose callers wait for it.
options:
  gather:
    description:
      - The lists to read, each by the name of the option in its module.
      - If not set, all lists are read, or only those that O(extensions) and O(numbers) select from.
    type: list
    elements: str
    choices:
      - sites
      - phone_numbers
      - company_forward_all
      - ivr_prompts
      - ivr_menus
      - call_queues
      - group_extensions
      - company_hours
      - company_rules
      - custom_rules
  extensions:
    description:
      - The extensions to read, with their hours and rules, each by extension number, id or exact name. V(company) is
        the company itself.
      - Lists that do not belong to an extension are read only if O(gather) names them.
    type: list
    elements: str
  numbers:
    description:
      - The phone numbers to read, in any common format and in quotes.
    type: list
    elements: raw
  raw:
    description:
      - Whether to return RingCentral's own answers as well, in RV(raw).
    type: bool
    default: false
extends_documentation_fragment:
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.info
  - office.telephony.common
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_call_queues
  - module: office.telephony.ringcentral_company_hours
  - module: office.telephony.ringcentral_company_rules
  - module: office.telephony.ringcentral_group_extensions
  - module: office.telephony.ringcentral_ivr_menus
  - module: office.telephony.ringcentral_ivr_prompts
  - module: office.telephony.ringcentral_phone_numbers
  - module: office.telephony.ringcentral_sites
"""

EXAMPLES = r"""
- name: Read everything of the company
  office.telephony.ringcentral_company_info:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
  register: company

- name: Show it in the form that the plural module takes
  ansible.builtin.debug:
    var: company.group_extensions

- name: Read two extensions
  office.telephony.ringcentral_company_info:
    extensions: ["7101", Support]
    raw: true
"""

RETURN = r"""
sites:
  description: The sites as M(office.telephony.ringcentral_sites) takes them, ordered by name, without the main site.
  type: list
  elements: dict
  returned: if they were read
  sample: [{"name": "Los Angeles", "extension": "9001", "time_zone": "America/Los_Angeles"}]
phone_numbers:
  description:
    - The numbers as M(office.telephony.ringcentral_phone_numbers) takes them, ordered by number. Numbers of the company
      follow its hours and rules. Numbers in RingCentral's inventory ring nowhere and are left out; a warning names
      them.
  type: list
  elements: dict
  returned: if they were read
  sample: [{"number": "+16505550180", "company": true}, {"number": "+16505550183", "extension": "7002"}]
company_forward_all:
  description: Whether all calls of the company go elsewhere, in the form that an office's file holds.
  type: dict
  returned: if it was read
  sample: {"enabled": false}
ivr_prompts:
  description: The recordings as M(office.telephony.ringcentral_ivr_prompts) takes them, ordered by name.
  type: list
  elements: dict
  returned: if they were read
  sample: [{"name": "Welcome"}]
ivr_menus:
  description: The menus as M(office.telephony.ringcentral_ivr_menus) takes them, ordered by number.
  type: list
  elements: dict
  returned: if they were read
  sample: [{"extension": "8001", "name": "Main menu", "keys": [{"key": "1", "extension": "7001"}], "repeat": 3}]
call_queues:
  description:
    - The queues as M(office.telephony.ringcentral_call_queues) takes them, ordered by number.
    - The overflow is read only for queues whose callers wait for it.
  type: list
  elements: dict
  returned: if they were read
  sample: [{"extension": "7001", "name": "Sales", "members": ["101", "102"], "ring": "longest_idle"}]
group_extensions:
  description: The extensions as M(office.telephony.ringcentral_group_extensions) takes them, ordered by number.
  type: list
  elements: dict
  returned: if they were read
  sample: [{"extension": "7101", "kind": "message_only", "name": "Messages", "voicemail_to": "101"}]
company_hours:
  description:
    - The hours as M(office.telephony.ringcentral_company_hours) takes them, ordered by owner.
    - The hours of call queues, and their rules for after hours, are in RV(call_queues) unless O(extensions) names the
      queue.
  type: list
  elements: dict
  returned: if they were read
  sample: [{"owner": "company", "schedule": {"monday": ["09:00-17:00"]}}]
company_rules:
  description:
    - The rules as M(office.telephony.ringcentral_company_rules) takes them, ordered by owner. They include holidays,
      each as a rule with dates.
  type: list
  elements: dict
  returned: if they were read
  sample: [{"owner": "company", "hours": "work", "destination": {"extension": "8001"}}]
custom_rules:
  description:
    - People's custom rules as M(office.telephony.ringcentral_custom_rules) takes them, ordered by extension and name.
  type: list
  elements: dict
  returned: if they were read
  sample: [{"extension": "101", "name": "Nuisance", "callers": ["+16505550160"], "then": {"voicemail": true}}]
raw:
  description: RingCentral's own answers, by request.
  type: dict
  returned: if O(raw) is set
  sample: {"GET /restapi/v1.0/account/~/extension/400000016": {"id": 400000016, "type": "Voicemail"}}
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
incomplete:
  description:
    - Why lists of the account are not shown in full, one sentence for each such list.
    - What is missing from the result may still be in the account.
  type: list
  elements: str
  returned: if a list is incomplete
  sample: ["RingCentral's list of extension records ended after 100 of 120."]
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
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import REGION
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.info import (
    COMPANY_INFO,
    read_company,
)
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    run(ACCOUNT + REGION + COMPANY_INFO, read_company)


if __name__ == "__main__":
    main()
