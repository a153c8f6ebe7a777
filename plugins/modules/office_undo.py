#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_undo
short_description: Undo one run of an office's job
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Restores the settings that one run has changed, from the record that the run left in O(state_directory).
  - Settings that are still as the run left them are restored. Settings that somebody has changed since are reported and
    left alone, unless O(changed) is set differently.
  - Items that the run deleted are created again. Items that the run created are deleted only as far as O(max_deletions)
    allows.
  - The result names what cannot be restored. The recording of a deleted prompt is not in the record, and the earlier
    setting of a number at SMS Partner is known only with a journal.
  - While the office is re-routed, nothing is done, because the restore must come first. Settings that a run restored at
    the end of a re-route are left alone.
  - An undo is itself a run with a record. If an undo was interrupted, or left something that another undo can finish,
    the next undo without O(record) continues it.
  - The module reads no variables of other offices, and does not use the lists of this office.
options:
  record:
    description:
      - Which run to undo, as the name of its record, such as V(2026-11-29T101500Z-onboard), or as the path.
      - The default is the office's newest record. If that is the record of a completed undo, nothing is changed.
    type: str
  max_deletions:
    description:
      - The maximum number of items created by the run to delete. If there are more, the task fails before the first
        write.
      - With V(0), nothing is deleted. The items that the run created stay and are listed.
    type: int
    default: 0
  changed:
    description:
      - What to do with settings that somebody has changed since the run. V(report) keeps the changed setting and fails,
        V(keep) keeps it, V(overwrite) restores the setting from before the run.
    type: str
    choices: [report, keep, overwrite]
    default: report
  providers:
    description: The providers to restore. The default is all providers in the record.
    type: list
    elements: str
    choices: [sonetel, ringcentral, smspartner, fonedynamics]
  reroute_directory:
    description:
      - The folder of the snapshots of re-routes (see M(office.telephony.office_reroute)). While the office is
        re-routed, nothing is undone.
      - If not set, this is not checked.
    type: path
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.office
  - office.telephony.office.people
attributes:
  idempotent:
    support: partial
    details:
      - Without O(record), the next run after a completed undo changes nothing.
notes:
  - The safety policy never refuses a destination that the account had before the run.
seealso:
  - module: office.telephony.office
  - module: office.telephony.office_reroute
"""

EXAMPLES = r"""
- name: Send a number elsewhere; the run leaves a record
  office.telephony.office:
    office: stockholm
    region: SE
    state_directory: "{{ office_state_directory }}"
    sonetel:
      forwardings:
        - number: "08-465 004 12"
          destination:
            user: erik.ohman@example.org
  register: stockholm_run

- name: Show what an undo of the last run would change
  office.telephony.office_undo:
    office: stockholm
    state_directory: "{{ office_state_directory }}"
  check_mode: true

- name: Undo one run, and delete at most one of the items that it created
  office.telephony.office_undo:
    office: stockholm
    state_directory: "{{ office_state_directory }}"
    record: "{{ stockholm_run.record }}"
    max_deletions: 1
"""

RETURN = r"""
undone:
  description: The record that was undone.
  type: str
  returned: success, or if something was planned
  sample: /var/lib/telephony/records/stockholm/2026-11-29T101500Z-onboard.json
changed_since:
  description: The settings that somebody has changed since the run. C(said) is a sentence about each.
  type: list
  elements: dict
  returned: success, or if something was planned
  sample: []
kept:
  description: The items that the run created and O(max_deletions) keeps.
  type: list
  elements: str
  returned: success, or if something was planned
  sample: ['Sonetel menu "Reception"']
notes:
  description: What cannot be restored or is left alone, one sentence each.
  type: list
  elements: str
  returned: success, or if something was planned
  sample: []
# Generated from here on by `make generate`; see tests/tools/returned.yml.
brief:
  description: The office's line in the table that M(office.telephony.office_results) shows.
  type: dict
  returned: success
  sample: {"state": "changed", "text": "Sonetel: 1 menu, 1 number"}
message:
  description: The lines that people read.
  type: list
  elements: str
  returned: always
  sample: ["stockholm: changed 2 (Sonetel: 1 menu, 1 number); 0 are right already; nothing was deleted (9 API calls)"]
record:
  description: The file with the record of the undo itself.
  type: str
  returned: if something was changed
  sample: /var/lib/telephony/records/stockholm/2026-11-29T104000Z-undo.json
calls:
  description: What callers notice, as far as the lists that were read show it. Empty if they notice nothing.
  type: list
  elements: dict
  returned: success, or if something was planned
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
changes:
  description: The items that differ, of all providers and lists.
  type: list
  elements: dict
  returned: success, or if something was planned
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
  returned: success, or if something was planned
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
from ansible_collections.office.telephony.plugins.module_utils._ansible.undo import UNDO, undo_job


def main() -> None:
    run_office(UNDO, undo_job)


if __name__ == "__main__":
    main()
