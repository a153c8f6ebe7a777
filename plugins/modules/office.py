#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office
short_description: Bring an office's phone routing in line with its variables
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Makes the accounts of all providers match an office's lists, in one task. The module checks all lists, reads all
    accounts and plans all changes before it writes anything. Items may refer to others that the same run creates.
  - Nothing is written if anything in the lists is wrong or known to be impossible. All problems are reported at once,
    each with its place in the office's variables.
  - Each account costs one login, and each required list is read once.
options:
  prune:
    description:
      - Whether to delete items that the lists do not name, for lists that can be pruned. Items that a provider manages
        itself are never deleted.
      - Pruning C(company_rules) does not delete rules that the list C(holidays) manages.
    type: bool
    default: false
  prune_shared:
    description:
      - Whether to prune even if the variables of other offices cannot be read, so that their items are not known.
      - O(prune) never deletes items that other offices are known to name or refer to.
    type: bool
    default: false
  max_deletions:
    description:
      - The maximum number of items to delete, over all lists. A plan that deletes more is refused. It is required if a
        list is empty and O(prune) is on, because this deletes everything of that kind.
    type: int
  max_changes:
    description:
      - The maximum number of items to change, such as V(20), or their share of all items in the lists, such as V(10%).
        A plan that changes more is refused.
    type: raw
  on_error:
    description:
      - What happens if one provider fails. V(stop) writes nothing if any account cannot be read, and nothing more after
        a failure. V(continue) goes on with the other providers. The task fails in both cases.
    type: str
    choices: [stop, continue]
    default: stop
  verify:
    description: Whether to read the accounts again after writing, and to fail if something would still change.
    type: bool
    default: true
  validate_only:
    description:
      - Whether to check only what can be known without a provider. This sends no requests and needs no credentials.
        Options for plans and writing have no effect.
      - It checks names, types, values, phone numbers and files of all lists, and that no other office manages the same
        items.
      - Destinations that the O(policy) forbids are warnings, because they may stay if the account already has them.
    type: bool
    default: false
  on_failed_call_test:
    description:
      - What happens if one of O(call_tests) fails. With V(refuse), a test that fails for the plan prevents all writes.
        If a test fails for the accounts as read after writing, the task fails, but nothing is rolled back.
      - V(warn) only shows the failure. V(off) runs no tests. An undecided test never prevents writes.
    type: str
    choices: [refuse, warn, "off"]
    default: refuse
  expect_plan:
    description:
      - The RV(plan_digest) of each office's preview, by office. Any other plan is refused, so that a run makes only the
        approved changes. An office that is missing here is refused as well.
    type: dict
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.office
  - office.telephony.office.claims
  - office.telephony.office.names
  - office.telephony.office.calls
  - office.telephony.office.providers
  - office.telephony.office.reroutes
seealso:
  - ref: ansible_collections.office.telephony.docsite.guide_reading_a_plan
    description: What the lines of a plan mean.
  - module: office.telephony.office_index
  - module: office.telephony.office_info
  - module: office.telephony.office_reroute
"""

EXAMPLES = r"""
- name: Bring an office in line with its host variables
  office.telephony.office:
    office: "{{ inventory_hostname }}"
    variables: true

- name: Bring one number in line, with credentials from the environment, and keep a record for undo
  office.telephony.office:
    office: stockholm
    region: SE
    state_directory: "{{ office_state_directory }}"
    sonetel:
      forwardings:
        - number: "08-465 004 12"
          destination:
            phone: "070-174 06 06"

- name: Send the calls of a number elsewhere only if a call test passes
  office.telephony.office:
    office: stockholm
    region: SE
    timezone: Europe/Stockholm
    people:
      - name: Erik Öhman
        email: erik.ohman@example.org
        phones: ["070-174 06 06"]
    sonetel:
      forwardings:
        - number: "08-465 004 14"
          destination:
            phone: "070-174 06 06"
    call_tests:
      - name: Erik answers on Saturday
        dial: "08-465 004 14"
        at: saturday 10:00
        expect:
          reaches: Erik Öhman

- name: Check the host variables of an office without credentials
  office.telephony.office:
    office: "{{ inventory_hostname }}"
    variables: true
    validate_only: true

- name: Show what would be deleted because the list does not name it
  office.telephony.office:
    office: stockholm
    prune: true
    max_deletions: 5
    max_changes: 100%
    sonetel:
      voiceapps:
        - name: Reception
          type: menu
        - name: Sales voicemail
          type: mailbox
  check_mode: true
"""

RETURN = r"""
checked:
  description: How many items the lists hold.
  type: int
  returned: if O(validate_only=true)
  sample: 13
plan_digest:
  description: A text that is the same for the same plan, for O(expect_plan).
  type: str
  returned: if the accounts could be read
  sample: 6f1ed002ab5595859014ebf0951522d9f3fd1f3a3b1c3c0f6c4a2c3e7a1b9c55
# Generated from here on by `make generate`; see tests/tools/returned.yml.
brief:
  description: The office's line in the table that M(office.telephony.office_results) shows.
  type: dict
  returned: success
  sample: {"state": "changed", "text": "Sonetel: 2 numbers, 1 menu"}
message:
  description: The lines that people read.
  type: list
  elements: str
  returned: always
  sample: ["stockholm: nothing to change (13 items checked; 7 API calls)"]
record:
  description: The file with the record of the run, for M(office.telephony.office_undo).
  type: str
  returned: if something was changed and O(state_directory) is set
  sample: /var/lib/telephony/records/stockholm/2026-11-29T101500Z-onboard.json
changes:
  description: The items that differ, of all providers and lists.
  type: list
  elements: dict
  returned: if the accounts could be read
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
calls:
  description: What callers notice of the plan, in check mode and after a run. Empty if they notice nothing.
  type: list
  elements: dict
  returned: if the accounts could be read
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
call_tests:
  description: The results of O(call_tests), and those tests of other offices that fail because of the plan.
  type: list
  elements: dict
  returned: if there are any
  contains:
    name:
      description: The name of the test.
      type: str
      returned: always
      sample: Saturday reaches the mailbox
    status:
      description: V(pass), V(fail), V(undecided) or V(skipped).
      type: str
      returned: always
      sample: fail
    path:
      description: The test's place in the office's variables.
      type: str
      returned: always
      sample: call_tests[0]
    office:
      description: The office that the test belongs to.
      type: str
      returned: always
      sample: stockholm
    when:
      description: The time of the call that decided the result.
      type: str
      returned: always
      sample: Sat 5 Dec 2026 10:00
    why:
      description: What was expected and did not happen, or what is not known.
      type: list
      elements: str
      returned: always
      sample: ["expected to end in Voice Mail, but Erik Öhman's mobile answers"]
    route:
      description: The route of that call, step by step.
      type: list
      elements: str
      returned: always
      sample: ["+46 8 465 004 16 forwards to Erik Öhman's mobile"]
    lines:
      description: The result as people read it.
      type: list
      elements: str
      returned: always
      sample: ["FAILED \"Saturday reaches the mailbox\": dial +46 8 465 004 16, Sat 5 Dec 2026 10:00"]
findings:
  description: Problems in the routes of calls, the most serious first.
  type: list
  elements: dict
  returned: if the accounts could be read
  contains:
    code:
      description: What kind of problem it is.
      type: str
      returned: always
      sample: menu-repeats
    severity:
      description: V(refuse), V(warn), V(info) or V(accepted).
      type: str
      returned: always
      sample: warn
    at:
      description: The place, as O(accepted_findings) takes it.
      type: str
      returned: always
      sample: sonetel/voiceapps/Reception
    path:
      description: The place in the office's variables. Empty if they do not have it.
      type: str
      returned: always
      sample: office_sonetel.voiceapps[0]
    position:
      description: File, line and column of that place.
      type: str
      returned: if ansible-core knows them
      sample: host_vars/stockholm.yml:61:7
    office:
      description: The office that the place belongs to.
      type: str
      returned: always
      sample: stockholm
    what:
      description: What is wrong.
      type: str
      returned: always
      sample: menu "Reception" repeats for a caller who presses nothing
    call:
      description: The shortest call that shows it.
      type: str
      returned: always
      sample: dial +46 8 465 004 12 and press nothing
    when:
      description: The times of such calls. Empty means at any time.
      type: str
      returned: always
      sample: ""
    documented:
      description: Whether the provider documents every step of that call.
      type: bool
      returned: always
      sample: true
    new:
      description: Whether the plan makes that call possible.
      type: bool
      returned: always
      sample: false
    accepted:
      description: Who accepts the finding, why, and until when.
      type: dict
      returned: if it is accepted
      sample: {"why": "The owner wants it so", "by": "Anna", "until": "2026-12-31"}
plan:
  description: How many items the plan creates, updates and deletes, and how many already match.
  type: dict
  returned: if the accounts could be read
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.office import run_office
from ansible_collections.office.telephony.plugins.module_utils._ansible.onboard import ONBOARD, onboard_job


def main() -> None:
    run_office(ONBOARD, onboard_job)


if __name__ == "__main__":
    main()
