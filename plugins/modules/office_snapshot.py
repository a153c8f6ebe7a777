#!/usr/bin/python
# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: office_snapshot
short_description: Remember where the calls of an office went before they are re-routed
version_added: 0.1.0
author:
  - office.telephony contributors (@office-telephony)
description:
  - Keeps the snapshots that P(office.telephony.reroute#role) makes and P(office.telephony.restore#role) puts back,
    and says what to write for either. No provider is asked, and no call is re-routed by this module.
  - A snapshot is a file that only its owner can read. It is saved before anything is written at a provider, is only
    replaced as a whole, and what it says of the time before the re-route is never changed.
options:
  directory:
    description:
      - The folder of the snapshots. It is made when missing, readable for its owner alone.
      - A folder or a snapshot that others could write to is refused, because they could change where a restore sends
        the calls.
    type: path
    required: true
  office:
    description:
      - The name of the office. When not set, O(state=queried) tells of all offices.
      - The snapshot is called like it. What cannot stand in a file name is written as percent and two digits.
    type: str
  state:
    description:
      - V(queried) tells what is re-routed, and changes nothing.
      - V(checked) does the same, and fails if the snapshot could not be saved or ended.
      - V(saved) saves what was read, if the office is not re-routed yet, and returns what to write in RV(lists). Of
        an office that is re-routed already, only items that are new are added. Nothing is saved where Ansible has
        masked a part of what was read because it equals a secret, or contains one.
      - With V(saved), a number that another office in the same folder has re-routed already gets what that office's
        snapshot says of the time before, and a warning says so.
      - V(compared) compares what was read with the snapshot and returns what to write to put it back in RV(lists). What
        another office has re-routed later, and is still re-routed, is left to the restore of that office.
      - V(ended) moves the snapshot into the folder C(ended), where it is kept. With O(undecided), it stays where it is,
        and remembers that everything else was put back.
    type: str
    choices: [queried, checked, saved, compared, ended]
    default: queried
  read:
    description:
      - What the accounts hold, by provider and list. Each list has C(items), as its info module returns them.
      - Where the provider cannot be read, C(items) are what check mode foresaw for the office's own list, and
        C(before) is the C(before) of that task's difference.
      - C(incomplete) of a list says why it may lack something, as info modules return it. The result says so too.
    type: dict
    default: {}
  phone:
    description:
      - With O(state=saved), the phone number that all calls shall go to. It must pass the O(policy).
    type: raw
  settings:
    description:
      - With O(state=saved), by provider and list the options to set there instead, as its plural module takes them.
    type: dict
    default: {}
  until:
    description:
      - With O(state=saved), when the re-route shall end, as a duration such as V(90m), V(8h), V(2d) or V(1w), or as a
        time with its zone such as V(2026-11-21T18:00:00+01:00), at most ten years away. It is recorded; nothing happens
        by itself.
    type: str
  reason:
    description:
      - With O(state=saved), why; it is recorded.
    type: str
  change_destination:
    description:
      - With O(state=saved), whether an office that is re-routed already may get another destination.
    type: bool
    default: false
  irreversible:
    description:
      - With O(state=saved), whether to re-route also numbers that say nothing about where their calls go now, or
        something that cannot be written or that Ansible masks, so that they could not be put back.
    type: bool
    default: false
  overwrite:
    description:
      - With O(state=compared), whether to put back also what somebody else has changed since.
    type: bool
    default: false
  leave_out:
    description:
      - With O(state=compared), what is not put back, as RV(snapshot.numbers) names it. Phone numbers may be in any
        spelling, and a RingCentral extension means all of its hours.
      - With O(state=ended), what was not put back.
    type: list
    elements: raw
    default: []
  undecided:
    description:
      - With O(state=ended), the RV(changed_since) of comparing, while nobody has decided about them. These and
        O(leave_out) still count as re-routed.
      - What was put back does no more belong to the re-route, and what is undecided belongs to whoever has changed it.
        When the office is re-routed once more, what they do then is saved, and this snapshot is kept in C(ended).
    type: list
    elements: dict
    default: []
extends_documentation_fragment:
  - office.telephony.attributes
  - office.telephony.common.policy
  - office.telephony.common.region
attributes:
  check_mode:
    support: full
  diff_mode:
    support: none
    details:
      - What it saves is meant for the computer.
  idempotent:
    support: full
seealso:
  - module: office.telephony.sonetel_forwardings
"""

EXAMPLES = r"""
- name: Read the accounts
  office.telephony.sonetel_forwarding_info:
  register: account

- name: Save where the calls go, and find out what to write
  office.telephony.office_snapshot:
    directory: "{{ office_reroute_directory }}"
    office: stockholm
    state: saved
    phone: "+46 70 174 06 07"
    until: 8h
    reason: Power cut
    read:
      sonetel:
        forwardings:
          items: "{{ account.forwardings }}"
  register: saved

- name: See what is re-routed now
  office.telephony.office_snapshot:
    directory: "{{ office_reroute_directory }}"

- name: Find out what to write to put the calls of an office back
  office.telephony.office_snapshot:
    directory: "{{ office_reroute_directory }}"
    office: stockholm
    state: compared
    read:
      sonetel:
        forwardings:
          items: "{{ account.forwardings }}"

- name: Keep the snapshot with the ended ones
  office.telephony.office_snapshot:
    directory: "{{ office_reroute_directory }}"
    office: stockholm
    state: ended
"""

RETURN = r"""
snapshot:
  description: The office's re-route.
  type: dict
  returned: when O(office) is set
  contains: &snapshot
    active:
      description: Whether the office is re-routed.
      type: bool
      returned: always
      sample: true
    office:
      description: Its name.
      type: str
      returned: when it is re-routed
      sample: stockholm
    since:
      description: Since when, in UTC.
      type: str
      returned: when it is re-routed
      sample: "2026-11-21T08:00:00Z"
    until:
      description: Until when, in UTC; V(null) without a limit.
      type: str
      returned: when it is re-routed
      sample: "2026-11-21T16:00:00Z"
    expired:
      description: Whether that time has passed.
      type: bool
      returned: when it is re-routed
      sample: false
    reason:
      description: Why.
      type: str
      returned: when it is re-routed
      sample: Power cut
    to:
      description: Where to, as C(phone) and C(settings).
      type: dict
      returned: when it is re-routed
      sample: {"phone": "+46701740606", "settings": {}}
    numbers:
      description: The re-routed numbers.
      type: list
      elements: str
      returned: when it is re-routed
      sample: ["+46846500412"]
snapshots:
  description: The re-routes of all offices.
  type: list
  elements: dict
  returned: when O(office) is not set
  contains: *snapshot
file:
  description: The snapshot's file.
  type: str
  returned: when O(office) is set
  sample: /etc/telephony/reroutes/stockholm.json
lists:
  description: What to write, by provider and list.
  type: dict
  returned: when O(state=saved), and when O(state=compared) and the office is re-routed
  sample: {"sonetel": {"forwardings": [{"number": "+46846500412", "destination": {"phone": "+46701740606"}}]}}
office_lists:
  description: What the snapshot holds, by provider and list.
  type: dict
  returned: when O(office) is set and is re-routed
  sample: {"sonetel": {"forwardings": [{"number": "+46846500412", "destination": {"phone": "+46701740606"}}]}}
policy:
  description:
    - The O(policy) with which RV(lists) can be written.
    - What the accounts held before the re-route may be written again, whatever the policy says.
  type: dict
  returned: when O(state=compared) and the office is re-routed
  sample: {"allow_raw": true, "allowed_numbers": ["+46701740605"]}
done:
  description: What is as before already.
  type: list
  elements: str
  returned: when O(state=compared) and the office is re-routed
  sample: []
changed_since:
  description:
    - What somebody else has changed since, and what is not in RV(lists) therefore. C(said) is a sentence about it.
  type: list
  elements: dict
  returned: when O(state=compared) and the office is re-routed
  sample: []
told:
  description: A sentence for each thing that cannot be put back, or is left out.
  type: list
  elements: str
  returned: when O(state=compared) and the office is re-routed
  sample: []
failure:
  description: The failure in a form for machines.
  type: dict
  returned: on failure
  contains:
    kind:
      description: Always V(input).
      type: str
      returned: always
      sample: input
    message:
      description: What is wrong.
      type: str
      returned: always
      sample: lyon has no phone numbers that calls could be sent elsewhere from.
    next_step:
      description: What to do about it.
      type: str
      returned: always
      sample: Check the lists in its variables, and which providers are read.
"""

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import compute
from ansible_collections.office.telephony.plugins.module_utils._office.jobs import SNAPSHOT, handle_snapshot


def main() -> None:
    compute(SNAPSHOT, handle_snapshot)


if __name__ == "__main__":
    main()
