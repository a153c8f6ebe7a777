#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: smspartner_callforwards
short_description: Manage call forwarding and voicemail of SMS Partner virtual numbers
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Sets whether the listed virtual numbers of an SMS Partner account forward their calls, take voice messages, or do
    neither. Other numbers are left alone.
  - SMS Partner has no way to read what a number does. Without O(journal), every run therefore writes.
    RV(callforwards[].destination_verified) shows whether a result is certain.
  - The module sends one request for each number that does not match according to O(journal), and up to three to replace
    a destination.
options:
  callforwards:
    description:
      - The virtual numbers and what they do with calls. List each number once.
    type: list
    elements: dict
    required: true
  on_conflict:
    description:
      - What to do if SMS Partner answers that the number already forwards calls or takes voice messages. SMS Partner
        does not say where to, so this may or may not be the desired destination.
      - V(keep) accepts this with a warning, and fails if the wrong one of the two is on. It never interrupts calls.
      - V(replace) switches the number off, and on again as desired. Calls are lost for a moment, and each run without
        O(journal) repeats this. If the second step fails, the module reports that the number is off. Another run
        repairs it.
      - V(fail) ends the task with an error.
      - Ignored if O(journal) or O(callforwards[].previous_destination) already knows what is set.
    type: str
    choices: [keep, replace, fail]
    default: keep
extends_documentation_fragment:
  - office.telephony.smspartner_callforward.listed
  - office.telephony.attributes
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
  - office.telephony.smspartner
seealso:
  - module: office.telephony.smspartner_callforward
"""

EXAMPLES = r"""
- name: Set the virtual numbers of an office, and remember this in a journal
  office.telephony.smspartner_callforwards:
    api_key: "{{ smspartner_api_key }}"
    journal: "{{ playbook_dir }}/smspartner-journal.json"
    region: FR
    policy:
      allowed_countries: [FR]
    callforwards:
      - number: 02 61 91 00 01
        destination: 03 53 01 00 01
      - number: "+33261910002"
        state: voicemail
        email: accueil@example.org
      - number: "+33261910005"
        state: disabled

- name: Replace a destination that was set in the web portal
  office.telephony.smspartner_callforwards:
    callforwards:
      - number: "+33261910001"
        destination: "+33353010002"
        previous_destination: "+33353010001"
"""

RETURN = r"""
# Generated from here on by `make generate`; see tests/tools/returned.yml.
callforwards:
  description: The listed numbers as they are after the task, or as they would be in check mode.
  type: list
  elements: dict
  returned: if the options are valid
  contains:
    number:
      description: The virtual number in E.164.
      type: str
      returned: always
      sample: "+33261910001"
    state:
      description: What happens to calls. V(null) if this is unknown after a failure.
      type: str
      returned: unless nothing was set and nothing is known
      sample: forward
    destination:
      description: The phone number that calls go to, in E.164. V(null) in other states.
      type: str
      returned: unless nothing was set and nothing is known
      sample: "+33353010001"
    email:
      description: The address that is notified of voice messages. V(null) in other states.
      type: str
      returned: unless nothing was set and nothing is known
      sample: null
    destination_verified:
      description:
        - Whether this run knows the setting, because it made it or because SMS Partner confirmed that the number is
          off. V(false) in check mode, if an existing setting was kept, or if only the journal knows it.
      type: bool
      returned: unless nothing was set and nothing is known
      sample: true
results:
  description:
    - What happened to each number, in the order of the list.
    - Items that already matched are left out. RV(callforwards) shows them, and RV(plan) counts them.
  type: list
  elements: dict
  returned: if the options are valid
  contains:
    number:
      description: The virtual number in E.164.
      type: str
      returned: always
      sample: "+33261910001"
    action:
      description:
        - What the plan was, V(update) or V(confirm).
        - V(confirm) sends a request to make sure, although C(previous_destination) says that the number is already
          right.
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
    code:
      description: SMS Partner's last code for this number. Its meaning differs from endpoint to endpoint.
      type: int
      returned: if SMS Partner answered
      sample: 16
    message:
      description: SMS Partner's last message for this number, in French or English.
      type: str
      returned: if SMS Partner answered
      sample: call forwarding already enabled
    attempts:
      description: How many requests were sent for this number, including retries.
      type: int
      returned: if SMS Partner answered
      sample: 1
    error:
      description: Why it failed, and what to do next.
      type: str
      returned: on failure
      sample: The provider asked to wait longer than the deadline allows.
plan:
  description:
    - How many numbers the plan creates, updates and deletes, and how many already match.
    - Numbers that match according to C(previous_destination) or the journal count as unchanged.
  type: dict
  returned: if the options are valid
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
        - Also V(journal) - the journal cannot be used.
      type: str
      returned: always
      sample: authentication
    message:
      description: What went wrong.
      type: str
      returned: always
      sample: SMS Partner refuses the account.
    next_step:
      description: What to do about it. Empty if nobody knows.
      type: str
      returned: always
      sample: Copy the key again from SMS Partner's web portal into api_key.
    status:
      description: The HTTP status of the answer.
      type: int
      returned: if there was an answer
      sample: 400
    code:
      description: The error code of SMS Partner.
      type: str
      returned: if the answer has one
      sample: "13"
    request:
      description: The method and the URL of the request, without its query.
      type: str
      returned: if a request failed
      sample: POST https://api.smspartner.fr/v1/vn/callforward
    applied:
      description: The numbers that were changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    partly:
      description: The numbers that were only partly changed. Left out if there are none.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    failed:
      description: The numbers that certainly were not changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    unknown:
      description: The numbers that may or may not have been changed.
      type: list
      elements: str
      returned: if several items were tried
      sample: []
    not_tried:
      description: The numbers that were not tried, because they would have failed for the same reason.
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
from ansible_collections.office.telephony.plugins.module_utils._smspartner.api import connect
from ansible_collections.office.telephony.plugins.module_utils._smspartner.callforwards import Callforwards
from ansible_collections.office.telephony.plugins.module_utils._smspartner.options import (
    ACCOUNT,
    CALLFORWARD,
    CONFLICTS,
    ON_CONFLICT,
)


def main() -> None:
    item = CALLFORWARD + ArgSpec({"on_conflict": {"type": "str", "choices": CONFLICTS}})
    callforwards = {"type": "list", "elements": "dict", "required": True, **item.suboptions()}
    spec = ACCOUNT + ON_CONFLICT + REGION + POLICY + ArgSpec({"callforwards": callforwards})
    converge(spec, connect, Callforwards, many=True)


if __name__ == "__main__":
    main()
