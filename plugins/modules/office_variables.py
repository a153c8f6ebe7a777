#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_variables
short_description: Write the contents of the accounts as the host variables of an office
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Reads everything in the accounts of an office, and writes it as a file of host variables that
    M(office.telephony.office) takes. It does not change any account.
  - Settings that variables cannot express, or that the O(policy) refuses, become comments in the file. So do URLs of
    web hooks that seem to contain a credential, and items that other offices already name according to
    M(office.telephony.office_index) or the other hosts of the play.
  - Credentials are never written. Of a connection, the file contains only options that are not secret and that no
    environment variable can set. Only its owner may read the file.
  - For a provider that cannot be read, the file contains the office's own list, or the journal.
options:
  path:
    description:
      - The file that was written. The default has the office's name and is in O(directory).
    type: path
  directory:
    description:
      - The folder of the file if O(path) is not set. With O(variables), the default is C(exported) beside the
        inventory.
      - Characters of the office's name that file names cannot contain are written as a percent sign and two digits.
    type: path
  numbers:
    description: The phone numbers to write. The default is everything.
    type: list
    elements: raw
  overwrite:
    description: Whether to replace a file that no export has written.
    type: bool
    default: false
  verify:
    description:
      - Whether to plan the contents of the file, and to fail if that plan changes anything. Providers that cannot be
        read are left out.
    type: bool
    default: true
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.office
  - office.telephony.office.names
  - office.telephony.office.providers
seealso:
  - module: office.telephony.office
  - module: office.telephony.office_info
"""

EXAMPLES = r"""
- name: Write the accounts of an office to a file
  office.telephony.office_variables:
    office: stockholm
    region: SE
    path: exported/stockholm.yml

- name: Write two numbers of a Sonetel account
  office.telephony.office_variables:
    office: stockholm
    region: SE
    providers: [sonetel]
    numbers: ["08-465 004 12", "08-465 004 13"]
    path: exported/stockholm.yml
"""

RETURN = r"""
file:
  description: The file that was written.
  type: str
  returned: success
  sample: /etc/telephony/exported/stockholm.yml
lists:
  description: The lists in the file, by provider and list.
  type: dict
  returned: success
  sample: {"sonetel": {"forwardings": [{"number": "+46846500412", "destination": {"phone": "+46701740606"}}]}}
left_out:
  description: What could not be expressed or is left out, one sentence each.
  type: list
  elements: str
  returned: success
  sample: []
# Generated from here on by `make generate`; see tests/tools/returned.yml.
brief:
  description: The office's line in the table that M(office.telephony.office_results) shows.
  type: dict
  returned: success
  sample: {"state": "written", "text": "exported/stockholm.yml"}
message:
  description: The lines that people read.
  type: list
  elements: str
  returned: always
  sample: ["stockholm: exported/stockholm.yml was written (Sonetel 13 items; 7 API calls)"]
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
from ansible_collections.office.telephony.plugins.module_utils._ansible.variables import VARIABLES, variables_job


def main() -> None:
    run_office(VARIABLES, variables_job, writes_yaml=True)


if __name__ == "__main__":
    main()
