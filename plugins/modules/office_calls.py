#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_calls
short_description: Find out who answers calls to an office
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Follows calls through everything that an office has at all providers - numbers, menus, people, opening hours - and
    shows who answers. It runs the office's call tests and lists findings, such as calls that go round in circles.
  - Reads the accounts of all providers at the same time, each with one login, or only the office's lists. It never
    writes to an account.
  - With O(verify), it also compares the accounts with the lists, and fails if they differ.
  - Calls that reach a number of another office are followed through the lists of that office, if the task has
    O(variables) and M(office.telephony.office_index) has run before.
options:
  of:
    description:
      - What to follow calls through. V(accounts) means everything in the accounts. V(files) means the office's lists,
        which needs no account.
    type: str
    choices: [accounts, files]
    default: accounts
  providers:
    description:
      - The providers to use. The default is all providers that the office has lists for, or all with credentials if it
        has no lists.
    type: list
    elements: str
    choices: [sonetel, ringcentral, smspartner, fonedynamics]
  calls:
    description:
      - Calls to follow. A list of mappings with C(dial) and, if required, C(at), C(from), C(press), C(unanswered),
        C(voicemail_answers), C(busy), C(full) and C(name). They mean the same as in a call test.
      - Without C(at), the call is followed once for each time at which something different happens to it.
    type: list
    elements: dict
  verify:
    description:
      - Whether to compare the accounts with the office's lists. The task fails if they differ, if a call test fails, or
        if a call test without C(undecided=ok) is undecided. Findings do not fail it.
      - While the office is re-routed, the accounts are compared with the settings of the re-route, and call tests are
        skipped.
      - With O(of=files), nothing is compared.
    type: bool
    default: false
  pictures:
    description:
      - Whether to return a picture of each number - a flowchart for Mermaid, its nodes and edges as data, and its week.
    type: bool
    default: false
  numbers:
    description: The numbers to return pictures of. The default is all numbers of the office.
    type: list
    elements: raw
  junit_directory:
    description:
      - A folder for a JUnit file about the office, which has the office's name. CI systems can show such files. Check
        mode does not write it.
      - The file contains phone numbers and names. Writing it does not count as a change.
    type: path
  junit_mode:
    description: The mode of that file, in quotes.
    type: raw
    default: '0600'
  keep_model:
    description:
      - Whether to keep the results for M(office.telephony.office_report), in an owner-only file that Ansible removes at
        the end of the run.
      - Calls that reach an office of another group then end outside. The variable C(report_group) names the variable
        that holds the group of a host.
    type: bool
    default: false
  reroute_directory:
    description: The folder of the snapshots of re-routes. If not set, no office counts as re-routed.
    type: path
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.info
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.office
  - office.telephony.office.claims
  - office.telephony.office.calls
seealso:
  - ref: ansible_collections.office.telephony.docsite.guide_call_tests
    description: Call tests, and verifying offices.
  - module: office.telephony.office
  - module: office.telephony.office_info
"""

EXAMPLES = r"""
- name: Find out who answers on Saturday at ten if the caller presses 2
  office.telephony.office_calls:
    office: stockholm
    region: SE
    timezone: Europe/Stockholm
    providers: [sonetel]
    calls:
      - dial: 08-465 004 13
        at: saturday 10:00
        press: ["2"]
  register: stockholm

- name: Show the route, step by step
  ansible.builtin.debug:
    msg: "{{ stockholm.routes[0].lines }}"

- name: Draw a picture of one number
  office.telephony.office_calls:
    office: stockholm
    region: SE
    providers: [sonetel]
    pictures: true
    numbers: [08-465 004 13]

- name: Compare the accounts with the office's variables, and leave a file for CI
  office.telephony.office_calls:
    variables: true
    verify: true
    junit_directory: "{{ playbook_dir }}/junit"

- name: Keep the results for the report of all offices
  office.telephony.office_calls:
    variables: true
    keep_model: true
"""

RETURN = r"""
routes:
  description: What happens to each of O(calls).
  type: list
  elements: dict
  returned: if everything could be read
  contains:
    name:
      description: The name of the call.
      type: str
      returned: always
      sample: dial +46 8 465 004 13
    path:
      description: Its place in the options.
      type: str
      returned: always
      sample: calls[0]
    lines:
      description: The routes as people read them.
      type: list
      elements: str
      returned: always
      sample:
        - dial +46 8 465 004 16, Sat 5 Dec 2026 10:00
        - "    1  Erik Öhman's mobile is outside; the call is answered there"
    moments:
      description:
        - The results for each time of the call. C(when) is the time, C(why) explains why there is no route, and
          C(routes) are the routes, one for each phone that may be picked up first.
      type: list
      elements: dict
      returned: always
      sample:
        - when: Sat 5 Dec 2026 10:00
          why: ""
          routes:
            - ends: outside
              reached: Erik Öhman's mobile
              seconds: 0
              plus: []
              evidence: documented
              unknown: ""
              not_pressed: []
              steps:
                - {"at": "number/+46701740606", "does": "it is answered there", "seconds": 0, "evidence": "documented"}
pictures:
  description: A picture of each number.
  type: list
  elements: dict
  returned: if O(pictures) is set and there are numbers
  contains:
    number:
      description: The number.
      type: str
      returned: always
      sample: "+46846500416"
    label:
      description: The number as people write it.
      type: str
      returned: always
      sample: +46 8 465 004 16
    mermaid:
      description: A flowchart for Mermaid. Steps that the provider does not document have dotted lines.
      type: str
      returned: always
      sample: flowchart TD
    graph:
      description: The same as C(nodes) and C(edges).
      type: dict
      returned: always
      sample: {"nodes": [{"id": "n0", "kind": "number", "label": "+46 8 465 004 16"}], "edges": []}
    week:
      description: An ordinary week, by day with its C(bands). C(from) and C(to) are minutes of the day.
      type: list
      elements: dict
      returned: always
      sample: [{"day": "monday", "bands": [{"from": 0, "to": 1440, "text": "Erik Öhman's mobile", "index": 0}]}]
model_path:
  description: The file that contains the model.
  type: str
  returned: if O(keep_model) is set and everything could be read
  sample: /home/me/.ansible/tmp/ansible-local-1234/office-index-1a2b3c/stockholm.model
rerouted:
  description: The re-route that is in force. C(active) shows whether there is one.
  type: dict
  returned: success
  sample: {"active": false}
# Generated from here on by `make generate`; see tests/tools/returned.yml.
brief:
  description: The office's line in the table that M(office.telephony.office_results) shows.
  type: dict
  returned: success
  sample: {"state": "ok", "text": "accounts match the files. 6 of 6 call tests pass. No findings"}
message:
  description: The lines that people read. A failed task returns them as well.
  type: list
  elements: str
  returned: always
  sample: ["stockholm: accounts match the files. 6 of 6 call tests pass. No findings. (14 API calls)"]
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
  description:
    - What callers would notice if the office were onboarded. C(before) is what happens to their calls today.
  type: list
  elements: dict
  returned: if O(verify) is set
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
  description: The result of each call test.
  type: list
  elements: dict
  returned: if the accounts could be read
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

from ansible_collections.office.telephony.plugins.module_utils._ansible.calls import OFFICE_CALLS, calls_job
from ansible_collections.office.telephony.plugins.module_utils._ansible.office import run_office


def main() -> None:
    run_office(OFFICE_CALLS, calls_job)


if __name__ == "__main__":
    main()
