#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ringcentral_call_queue
short_description: Manage a call queue of a RingCentral account
version_added: 1.0.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Creates, changes or deletes call queues. This includes their members, how these ring, what waiting callers hear, and
    where unanswered calls go.
  - A new queue is enabled. A queue that somebody has disabled stays disabled. Options that are not set do not change.
  - Changes are written in this order - the queue itself, its members and how they ring, its overflow, its hours, and
    what happens after hours. If RingCentral refuses a part, the result shows what was set, and another run sets the
    rest.
  - RingCentral requires that a fixed order names exactly the members. Therefore the module writes the order with every
    change of members. If RingCentral refuses such a change, the queue briefly rings the member who has been idle the
    longest, until the new order is written.
  - A queue is not deleted while menus, rules, other queues or phone numbers lead to it. The module never frees the
    queue's own phone numbers.
  - RingCentral allows ten changes of members a minute for the whole account. Reading the overflow counts as well, so
    the module reads it only for queues with O(overflow).
  - The app needs the permission C(EditAccounts). The user needs the permissions to add and edit extensions, and those
    for groups and answering rules.
  - Before a deletion, the module reads everything that could lead there. This costs one request for each menu and site,
    and several for each queue and person.
extends_documentation_fragment:
  - office.telephony.ringcentral_call_queue
  - office.telephony.ringcentral
  - office.telephony.ringcentral.account
  - office.telephony.attributes
  - office.telephony.attributes.write
  - office.telephony.common
  - office.telephony.common.policy
  - office.telephony.common.region
seealso:
  - module: office.telephony.ringcentral_call_queues
  - module: office.telephony.ringcentral_company_info
"""

EXAMPLES = r"""
- name: Create a sales queue that takes a message after three minutes
  office.telephony.ringcentral_call_queue:
    client_id: "{{ ringcentral_client_id }}"
    client_secret: "{{ ringcentral_client_secret }}"
    jwt: "{{ ringcentral_jwt }}"
    extension: "7010"
    name: Sales
    email: sales@example.org
    members: ["101", "102", "103"]
    ring: longest_idle
    max_wait: 180
    on_max_wait:
      voicemail: true
    voicemail_to: "7101"
"""

RETURN = r"""
call_queue:
  description:
    - The queue as it is after the task, or as it would be in check mode. V(null) if it does not exist.
  type: dict
  returned: if the current state could be read
  contains:
    extension:
      description:
        - The extension number.
      type: str
      returned: always
      sample: "7001"
    name:
      description:
        - Its name.
      type: str
      returned: if it was read
      sample: "Sales"
    email:
      description:
        - Its e-mail address.
      type: str
      returned: if it was read
      sample: "sales@example.org"
    site:
      description:
        - The site that it belongs to, by its number.
      type: str
      returned: if it was read
      sample: "main"
    time_zone:
      description:
        - Its time zone.
      type: str
      returned: if it was read
      sample: "America/New_York"
    language:
      description:
        - Its language.
      type: str
      returned: if it was read
      sample: "en-US"
    status:
      description:
        - Whether it takes calls, in RingCentral's terms.
      type: str
      returned: if it was read
      sample: "Enabled"
    members:
      description:
        - The people that it rings. If the order is fixed, in that order.
      type: list
      elements: str
      returned: if it was read
      sample: ["101", "102"]
    ring:
      description:
        - How calls ring.
      type: str
      returned: if it was read
      sample: "longest_idle"
    ring_seconds:
      description:
        - How many seconds one member rings.
      type: int
      returned: if it was read
      sample: 20
    wrap_up:
      description:
        - How many seconds members have between two calls.
      type: int
      returned: if it was read
      sample: 15
    max_wait:
      description:
        - How many seconds a caller waits at most.
      type: int
      returned: if it was read
      sample: 180
    on_max_wait:
      description:
        - Where callers go after that time.
      type: dict
      returned: if it was read
      sample: {"voicemail": true}
    max_callers:
      description:
        - How many callers can wait at the same time.
      type: int
      returned: if it was read
      sample: 10
    on_full:
      description:
        - Where further callers go.
      type: dict
      returned: if it was read
      sample: {"extension": "7002"}
    on_no_answer:
      description:
        - What happens if nobody answers.
      type: dict
      returned: if it was read
      sample: {"wait": "members"}
    overflow:
      description:
        - Queues whose members help out.
      type: list
      elements: str
      returned: if it was read
      sample: ["7002"]
    voicemail_to:
      description:
        - The extension that receives the messages.
      type: str
      returned: if it was read
      sample: "7101"
    editable_member_status:
      description:
        - Whether members may choose whether they take the queue's calls.
      type: bool
      returned: if it was read
      sample: true
    greetings:
      description:
        - What callers hear, by the name of the greeting.
      type: dict
      returned: if it was read
      sample: {"introductory": "None", "hold_music": "Acoustic"}
    hours:
      description:
        - When the queue takes calls.
      type: dict
      returned: if it was read
      sample: {"always": true}
    after_hours:
      description:
        - What happens at all other times.
      type: dict
      returned: if it was read
      sample: {"announcement": "Default"}
    extension_id:
      description:
        - RingCentral's id of the queue. V(null) if check mode would create it.
      type: str
      returned: always
      sample: "400000012"
# Generated from here on by `make generate`; see tests/tools/returned.yml.
results:
  description: What happened to the queue, as a list with one entry.
  type: list
  elements: dict
  returned: if the current state could be read
  contains:
    extension:
      description:
        - The extension number.
      type: str
      returned: always
      sample: "7001"
    action:
      description: What the plan was, V(create), V(update), V(delete) or V(none).
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
  description: How many queues the plan creates, updates and deletes, and how many already match.
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
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import POLICY, REGION
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.api import connect
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.call_queues import CallQueues
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.lists import alone
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.company.options import CALL_QUEUE
from ansible_collections.office.telephony.plugins.module_utils._ringcentral.options import ACCOUNT


def main() -> None:
    converge(ACCOUNT + REGION + POLICY + CALL_QUEUE, connect, CallQueues, many=False, build=alone(CallQueues))


if __name__ == "__main__":
    main()
