#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_leaver
short_description: Find every place where a person is still reached, and replace them with a successor
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Searches the accounts of an office for a person's e-mail address, phone numbers and extensions, and follows calls to
    their extensions, team members and desk phones, even where no call goes at present. With O(successor), the module
    changes the places where callers reach the person, so that they reach the successor.
  - It searches only providers that the office has lists for. An empty mapping is enough. The person's own call settings
    are left alone.
options:
  person:
    description: The person to look for.
    type: dict
    required: true
    suboptions: &person
      email:
        description: The e-mail address that the providers know the person by.
        type: str
      phones:
        description:
          - The person's phone numbers, in quotes.
          - A text with one number on each line counts as a list. An empty text counts as no number.
        type: list
        elements: raw
        default: []
      extension:
        description:
          - The person's extension at RingCentral, by number, id or exact name.
          - The default is all extensions with the e-mail address.
        type: str
  successor:
    description:
      - The person who takes over. The e-mail address replaces the e-mail address, the extension replaces the extension,
        and the first phone number replaces any phone number, and desk phones that others ring.
      - If the phone number is used, the O(policy) must allow it.
      - If not set, nothing is written.
    type: dict
    suboptions: *person
  call_tests:
    description:
      - The call tests of the office, as for M(office.telephony.office). The module lists those that name the person. It
        does not run any.
    type: list
    elements: dict
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.office
  - office.telephony.office.people
  - office.telephony.office.providers
  - office.telephony.office.reroutes
seealso:
  - module: office.telephony.office_info
"""

EXAMPLES = r"""
- name: Find out where Anna is still reached
  office.telephony.office_leaver:
    office: stockholm
    sonetel:
      forwardings: []
    person:
      email: anna.lindqvist@example.org
      phones: ["+46 70 174 06 05"]

- name: Replace her with Erik
  office.telephony.office_leaver:
    office: stockholm
    state_directory: "{{ office_state_directory }}"
    reroute_directory: "{{ office_reroute_directory }}"
    sonetel:
      forwardings: []
    person:
      email: anna.lindqvist@example.org
      phones: ["+46 70 174 06 05"]
    successor:
      email: erik.ohman@example.org
      phones: ["+46 70 174 06 06"]

- name: Send the calls of the office elsewhere
  office.telephony.office_reroute:
    office: stockholm
    reroute_directory: "{{ office_reroute_directory }}"
    to: "+46 70 174 06 07"
    sonetel:
      forwardings:
        - number: "+46 8 465 004 12"

- name: Find out what a restore would bring back
  office.telephony.office_leaver:
    office: stockholm
    reroute_directory: "{{ office_reroute_directory }}"
    sonetel:
      forwardings: []
    person:
      email: erik.ohman@example.org
"""

RETURN = r"""
found:
  description: The places where the person is reached.
  type: list
  elements: dict
  returned: success
  contains: &places
    list:
      description: The provider and its list.
      type: str
      returned: always
      sample: sonetel.forwardings
    key:
      description: What identifies the item in its list.
      type: str
      returned: always
      sample: "+46846500412"
    option:
      description: The option that names the person.
      type: str
      returned: always
      sample: destination.user
    value:
      description: The value of the option.
      type: str
      returned: always
      sample: anna.lindqvist@example.org
    noun:
      description: What kind of item it is.
      type: str
      returned: always
      sample: number
    where:
      description: The place in the item, such as C(key 2) of a menu.
      type: str
      returned: always
      sample: destination.user
own:
  description: Items that are the person's own, such as their call settings. They are left alone.
  type: list
  elements: dict
  returned: success
  sample: []
notified:
  description:
    - Where the person is notified of calls and messages, such as those of a queue. The collection does not manage these
      settings. Change them in the provider's portal.
  type: list
  elements: dict
  returned: success
  contains:
    list:
      description: The provider and its list.
      type: str
      returned: always
      sample: ringcentral.call_queues
    key:
      description: What identifies the item in its list.
      type: str
      returned: always
      sample: "7001"
    noun:
      description: What kind of item it is.
      type: str
      returned: always
      sample: call queue
    where:
      description: The provider's name of the setting.
      type: str
      returned: always
      sample: emailAddresses
    value:
      description: The address or the phone number.
      type: str
      returned: always
      sample: ben@example.org
in_variables:
  description: The places in the office's lists that still name the person. Onboarding would bring them back.
  type: list
  elements: dict
  returned: success
  contains: *places
restored:
  description: The places in the snapshot that name the person. A restore would bring them back.
  type: list
  elements: dict
  returned: if the office is re-routed
  contains: *places
call_tests:
  description: The call tests that name the person.
  type: list
  elements: dict
  returned: success
  contains:
    name:
      description: The name of the test.
      type: str
      returned: always
      sample: Key 2 reaches Anna
    options:
      description: The options of the test that name the person.
      type: list
      elements: str
      returned: always
      sample: ["expect.reaches"]
unsearched:
  description: What was not searched, or not looked for, one sentence each.
  type: list
  elements: str
  returned: success
  sample: []
# Generated from here on by `make generate`; see tests/tools/returned.yml.
brief:
  description: The office's line in the table that M(office.telephony.office_results) shows.
  type: dict
  returned: success
  sample: {"state": "found", "text": "3 places"}
message:
  description: The lines that people read.
  type: list
  elements: str
  returned: always
  sample: ["stockholm: anna.lindqvist@example.org is still reached in 3 places"]
snapshot:
  description: The office's re-route.
  type: dict
  returned: if the office is re-routed
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
calls:
  description: What callers notice of the successor. Empty if they notice nothing.
  type: list
  elements: dict
  returned: if O(successor) is set
  contains:
    numbers:
      description:
        - The numbers that callers dial. An extension that no number leads to is C(ringcentral/extensions/101).
      type: list
      elements: str
      returned: always
      sample: ["+46846500413"]
    press:
      description: The keys that callers press, if the change is the same for all of these numbers.
      type: list
      elements: str
      returned: always
      sample: ["2"]
    when:
      description: The times of the calls. Empty means at any time.
      type: str
      returned: always
      sample: Mon-Fri 09:00-17:00
    before:
      description: What happened to such a call before.
      type: str
      returned: always
      sample: Anna Lindqvist's phones (20 s), then her voicemail
    after:
      description: What happens to it now.
      type: str
      returned: always
      sample: Erik Öhman's SIP phones (15 s), then +46 70 174 06 06
    text:
      description: The change in one line.
      type: str
      returned: always
      sample: "+46 8 465 004 13, key 2: Anna Lindqvist's phones -> Erik Öhman's SIP phones"
record:
  description: The file with the record of the run, for M(office.telephony.office_undo).
  type: str
  returned: if something was changed and O(state_directory) is set
  sample: /var/lib/telephony/records/stockholm/2026-11-29T101500Z-onboard.json
changes:
  description: The items that differ, of all providers and lists.
  type: list
  elements: dict
  returned: if O(successor) is set
  contains:
    provider:
      description: The provider's name in variables.
      type: str
      returned: always
      sample: sonetel
    list:
      description: The list that the item belongs to.
      type: str
      returned: always
      sample: forwardings
    key:
      description: What identifies the item in its list.
      type: str
      returned: always
      sample: "+46846500412"
    noun:
      description: What kind of item it is.
      type: str
      returned: always
      sample: number
    action:
      description: What the plan does with the item.
      type: str
      returned: always
      sample: update
    status:
      description: What came of it.
      type: str
      returned: always
      sample: applied
    before:
      description: The options that differ, with their values before the change. V(null) if the item did not exist.
      type: dict
      returned: always
      sample: {"destination": {"phone": "+46701740605"}}
    after:
      description: The options that differ, with their values after the change. V(null) if the item is deleted.
      type: dict
      returned: always
      sample: {"destination": {"user": "anna.lindqvist@example.org"}}
    error:
      description: Why the change failed.
      type: str
      returned: if it failed
      sample: ""
plan:
  description: How many items the plan creates, updates and deletes, and how many already match.
  type: dict
  returned: if O(successor) is set
  sample: {"create": 0, "update": 1, "delete": 0, "unchanged": 12}
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.leaver import LEAVER, leaver_job
from ansible_collections.office.telephony.plugins.module_utils._ansible.office import run_office


def main() -> None:
    run_office(LEAVER, leaver_job)


if __name__ == "__main__":
    main()
