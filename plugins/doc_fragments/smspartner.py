# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """SMS Partner's connection options, and how its modules differ because nothing can be read."""

    DOCUMENTATION = r"""
attributes:
  action_group:
    description:
      - Use C(group/office.telephony.smspartner) or C(group/office.telephony.all) in C(module_defaults) to set
        defaults for this module.
    support: full
    membership:
      - office.telephony.all
      - office.telephony.smspartner
  check_mode:
    support: partial
    details:
      - SMS Partner has no way to read what a number does with calls, and every request that sets it is a write. Check
        mode sends no such request; the HTTP layer refuses it.
      - With O(journal), check mode is exact for numbers in the journal, as long as nobody else changes them.
      - For other numbers, the module reports a change, and warns that this is not certain.
  diff_mode:
    support: partial
    details:
      - The earlier setting is shown as C(unknown) unless O(journal) knows it.
  idempotent:
    support: partial
    details:
      - Switching off is idempotent. With O(journal), so is setting the same destination again. Without it, this depends
        on SMS Partner, which does not document it.
options:
  api_key:
    description:
      - The account's API key, from SMS Partner's web portal. It is sent in the body of requests, or in a query for
        O(check_credentials), always encrypted. It is never in a message of this module.
      - If not set, E(SMSPARTNER_API_KEY) is used.
    type: str
  api_url:
    description:
      - The base URL of the API. It must be C(https) unless it is on this machine.
      - If not set, E(SMSPARTNER_API_URL) is used.
    type: str
    default: https://api.smspartner.fr/v1
  check_credentials:
    description:
      - Whether to check the API key with a request for the account before the first write, or in check mode if there
        would be a write. It costs one request and does not show whether the key may manage numbers.
    type: bool
    default: false
  journal:
    description:
      - A file in which the module remembers the settings of each number, for each API key. Its folder must exist. A
        relative path is refused, because every run might find another file. Only the owner can read the file. A file
        that others can read or write is refused.
      - Numbers that already match in the journal cost no request. If the journal knows another destination, it is
        replaced, whatever O(on_conflict) is.
      - The journal is correct as long as all changes are made with it. After a change in the web portal, run once
        without it and with O(on_conflict=replace), or remove the file.
      - Several runs may use one journal at the same time, and a killed run does not damage it. Lock files are created
        beside it, so keep it in a folder on a local disk.
      - Each API key has its own entries. With a new key, the journal starts empty.
    type: path
  number_format:
    description:
      - The format of phone numbers in requests. SMS Partner does not document it for this purpose.
      - V(international) is C(33261910001). V(plus) is C(+33261910001). V(national) is C(0261910001) for French numbers,
        and begins with C(00) for others. V(raw) is the text of the task.
      - Try another format if SMS Partner answers that a number does not exist although it is in the portal.
    type: str
    choices: [international, plus, national, raw]
    default: international
"""
