#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_reroute
short_description: Send all calls of an office elsewhere, and restore them
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - With O(state=rerouted), the module sends all numbers of an office to one phone, or to destinations that you choose.
    Before the first write, it saves the present destinations to a snapshot.
  - With O(state=closed), it does the same permanently, for an office that is closed.
  - With O(state=restored), it restores the snapshot. Settings that somebody has changed since are reported and left
    alone, unless O(changed) is set differently.
  - You can interrupt the task at any time and run it again. An emergency must work even if something else is broken, so
    problems of single items in the office's lists are only warnings, and no variables of other offices are needed. If
    the office's numbers cannot be determined completely, the module re-routes the rest and the task fails.
  - The message shows what callers notice. The module reads nothing else for this, so the message only names menus or
    team members that calls went to.
options:
  state:
    description:
      - Whether calls go elsewhere, or where they went before.
      - V(closed) sends them elsewhere permanently. The snapshot is then stored with the ended ones, so that nothing
        restores it by accident.
    type: str
    choices: [rerouted, restored, closed]
    default: rerouted
  to:
    description:
      - With O(state=rerouted), the phone number that all calls go to, in quotes. The O(policy) must allow it.
    type: raw
  settings:
    description:
      - With O(state=rerouted), the options to set instead, by provider and list, as the module of that list takes them.
    type: dict
    default: {}
  until:
    description:
      - With O(state=rerouted), the planned end, as a duration such as V(90m), V(8h), V(2d) or V(1w), or as a time with
        its zone such as V(2026-11-21T18:00:00+01:00), at most ten years away.
      - The planned end is only recorded. The re-route ends when a task with O(state=restored) and O(only_expired=true)
        runs afterwards, for example on a schedule.
    type: str
  reason:
    description: With O(state=rerouted), the reason, which is recorded.
    type: str
  change_destination:
    description:
      - With O(state=rerouted), whether the destination of an office that is already re-routed may change.
    type: bool
    default: false
  irreversible:
    description:
      - With O(state=rerouted), whether to re-route even numbers whose present destination cannot be read. They cannot
        be restored.
    type: bool
    default: false
  numbers:
    description:
      - With O(state=rerouted), which numbers to re-route. V(office) means the numbers in the office's lists. V(account)
        means all numbers in the accounts that the office has lists for.
    type: str
    choices: [office, account]
    default: office
  changed:
    description:
      - With O(state=restored), what to do with settings that somebody has changed since the re-route. V(report) keeps
        the changed setting and fails, V(keep) keeps it, V(overwrite) restores the setting from before the re-route.
    type: str
    choices: [report, keep, overwrite]
    default: report
  leave_out:
    description:
      - With O(state=restored), what not to restore, in the form of RV(snapshot.numbers). Phone numbers may be in any
        format. A RingCentral extension stands for all of its hours.
    type: list
    elements: raw
    default: []
  only_expired:
    description: With O(state=restored), whether to do nothing unless the planned end has passed.
    type: bool
    default: false
  ignore_findings:
    description:
      - With O(state=rerouted) and O(state=closed), whether to send calls even to destinations where they would go round
        in circles without reaching anybody.
      - Otherwise, the module refuses this before the first write, if the providers document each step and the calls did
        not go round in circles before. It takes settings that it has not read from the office's lists. It does not look
        for other findings.
    type: bool
    default: false
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.office
  - office.telephony.office.people
  - office.telephony.office.snapshots
attributes:
  idempotent:
    support: partial
    details:
      - If O(until) is a duration, each run moves the planned end.
seealso:
  - module: office.telephony.office_reroute_info
"""

EXAMPLES = r"""
- name: Send the calls of an office to a mobile phone for the rest of the day
  office.telephony.office_reroute:
    office: stockholm
    region: SE
    state_directory: "{{ office_state_directory }}"
    reroute_directory: "{{ office_reroute_directory }}"
    to: "070-174 06 06"
    until: 8h
    reason: Power cut
    sonetel:
      forwardings:
        - number: "08-465 004 12"

- name: Restore where the calls went before
  office.telephony.office_reroute:
    office: stockholm
    reroute_directory: "{{ office_reroute_directory }}"
    state: restored
"""

RETURN = r"""
file:
  description: The file of the snapshot, which O(state=restored) moves into the folder C(ended).
  type: str
  returned: if the office is or was re-routed, except by a preview of O(state=restored)
  sample: /etc/telephony/reroutes/stockholm.json
changed_since:
  description: The settings that somebody has changed since the re-route. C(said) is a sentence about each.
  type: list
  elements: dict
  returned: if O(state=restored) and the office was re-routed
  sample: []
notes:
  description: What cannot be restored or is left out, one sentence each.
  type: list
  elements: str
  returned: if O(state=restored) and the office was re-routed
  sample: []
# Generated from here on by `make generate`; see tests/tools/returned.yml.
brief:
  description: The office's line in the table that M(office.telephony.office_results) shows.
  type: dict
  returned: success
  sample: {"state": "changed", "text": "5 numbers now ring +46 70 174 06 06."}
message:
  description: The lines that people read.
  type: list
  elements: str
  returned: always
  sample: ["stockholm: 5 numbers now ring +46 70 174 06 06."]
snapshot:
  description: The office's re-route. With O(state=restored), as it was before the task.
  type: dict
  returned: success
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
  description: What callers notice, as far as the lists that were read show it. Empty if they notice nothing.
  type: list
  elements: dict
  returned: success, if the office is or was re-routed
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
  returned: if the office is or was re-routed
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
  returned: if the office is or was re-routed
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
from ansible_collections.office.telephony.plugins.module_utils._ansible.reroute import REROUTE, reroute_job


def main() -> None:
    run_office(REROUTE, reroute_job)


if __name__ == "__main__":
    main()
