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
      - SMS Partner has no way to read what a number does with calls, and every request to set it is a write. No such
        request is sent in check mode; the HTTP layer refuses it.
      - With O(journal), check mode is exact for numbers that stand in it, as long as nobody else changes them.
      - For other numbers the module says that they would change, and warns that this is not known.
  diff_mode:
    support: partial
    details:
      - What was set before shows as C(unknown) unless O(journal) knows it.
  idempotent:
    support: partial
    details:
      - Switching off is idempotent. Whether setting the same destination again counts as a change depends on SMS
        Partner, which does not say; with O(journal), it is not even tried.
options:
  api_key:
    description:
      - The account's API key, from SMS Partner's web portal. It travels in the body of requests, and for
        O(check_credentials) in a query, never in clear and never in a message of this module.
      - When not set, E(SMSPARTNER_API_KEY) is used.
    type: str
  api_url:
    description:
      - The base URL of the API. It must be C(https) unless it is on this machine.
      - When not set, E(SMSPARTNER_API_URL) is used.
    type: str
    default: https://api.smspartner.fr/v1
  check_credentials:
    description:
      - Whether to make sure that the API key works, by asking for the account, before the first number is written,
        and in check mode when one would be. It costs one request and does not show whether the key may manage numbers.
    type: bool
    default: false
  journal:
    description:
      - A file in which the module remembers what it set, number by number, for each API key. Its folder must exist. A
        relative path is refused, because every run would find another file there.
        It is made readable by its owner only, and a file that others can read or write is refused.
      - Numbers that are in the journal as desired are left alone without a request. If the journal knows another
        destination, it is replaced, whatever O(on_conflict) is.
      - The journal is right as long as all changes are made with it. After a change in the web portal, run once
        without it and with O(on_conflict=replace), or remove the file.
      - Several runs may use one journal at the same time, and a run that is killed does not damage it. Lock files
        are made beside it, so it should lie in a folder on a local disk.
      - What is remembered belongs to the API key; with a new key the journal starts anew.
    type: path
  number_format:
    description:
      - How phone numbers are written in requests. SMS Partner does not document it for this purpose.
      - V(international) is C(33261910001), V(plus) is C(+33261910001), V(national) is C(0261910001) for French
        numbers and with C(00) for others, V(raw) is as it stands in the task.
      - Try another one if SMS Partner says that a number does not exist although it is in the portal.
    type: str
    choices: [international, plus, national, raw]
    default: international
"""
