# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import importlib
import re
from collections.abc import Collection
from typing import Any

import yaml

from ansible_collections.office.telephony.plugins.doc_fragments import common
from ansible_collections.office.telephony.plugins.module_utils._engine.account import Account
from ansible_collections.office.telephony.plugins.module_utils._engine.package import OfficeList
from ansible_collections.office.telephony.plugins.module_utils._office.providers import PROVIDERS

_FRAGMENTS = "ansible_collections.office.telephony.plugins.doc_fragments"


def _fragments(account: Account) -> list[str]:
    """Return what describes the connection options of a provider."""
    found = importlib.import_module(f"{_FRAGMENTS}.{account.name}").ModuleDocFragment
    return [common.ModuleDocFragment.DOCUMENTATION, *(getattr(found, name) for name in account.fragments)]


def _remembered() -> str:
    """Return the connection options that are files in the state directory when they are not set."""
    found = [f"O({name}_connection.{option})" for name, account in PROVIDERS.items() for option in account.state_files]
    return " and ".join(found)


def _lists(account: Account) -> str:
    """Return the lists of a provider, each with the module that describes it."""
    modules: dict[str, list[OfficeList]] = {}
    for table in account.lists:
        modules.setdefault(table.module, []).append(table)
    return ", ".join(
        f"{' and '.join(f'V({table.name})' for table in tables)} (see M(office.telephony.{module}))"
        for module, tables in modules.items()
    )


def _inside(option: str, names: Collection[str], text: Any) -> Any:
    """Return a description in which the options *names* are suboptions of *option*, and all others are plain words."""
    if isinstance(text, list):
        return [_inside(option, names, part) for part in text]
    if isinstance(text, dict):
        return {name: _inside(option, names, part) for name, part in text.items()}

    def moved(found: re.Match[str]) -> str:
        return f"O({option}.{found[1]}" if found[2] in names else f"C({found[1]}"

    return re.sub(r"\bO\(((\w+)[^)]*\))", moved, text) if isinstance(text, str) else text


def _options() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, account in PROVIDERS.items():
        title = account.title
        found[name] = {
            "description": [
                f"The office's lists at {title}: {_lists(account)}.",
                "A list that is absent is left alone. All problems in the lists are reported at once.",
            ],
            "type": "dict",
        }
        members: dict[str, Any] = {}
        for fragment in _fragments(account):
            members.update(yaml.safe_load(fragment).get("options", {}))
        option = f"{name}_connection"
        found[option] = {
            "description": [
                f"How to connect to {title}. Options that are not set come from the environment.",
                f"Credentials are required only if something of {title} is read or written.",
            ],
            "type": "dict",
            "suboptions": _inside(option, members, members),
        }
    return found


class ModuleDocFragment:
    """What describes an office, in every module that does the work of a whole office."""

    # With a type, because the sanity tests take plain assignments for literals.
    DOCUMENTATION: str = yaml.safe_dump(
        {
            "options": {
                "office": {
                    "description": "The office's name in messages and files. The default is C(inventory_hostname).",
                    "type": "str",
                },
                "variables": {
                    "description": [
                        "Whether to take options that are not set from the host's variables.",
                        "O(region) then comes from C(office_region), O(sonetel) from C(office_sonetel), and so on.",
                        "Problems are then reported with the variable's file and line, if these are known.",
                    ],
                    "type": "bool",
                    "default": False,
                },
                "prefix": {
                    "description": [
                        "With O(variables), options of the job itself come from variables with this prefix.",
                        "With V(onboard), C(providers) comes from C(onboard_providers), as in the role.",
                        "Unknown variables with this prefix are refused, because they are misspelt.",
                    ],
                    "type": "str",
                },
                "timezone": {
                    "description": "The office's time zone (IANA), such as V(Europe/Stockholm). Times are shown in it.",
                    "type": "str",
                },
                "state_directory": {
                    "description": [
                        "The folder for files that later runs need, on a permanent disk.",
                        "It is created if it does not exist.",
                        "A run that changes something leaves a record here, readable only by its owner.",
                        "M(office.telephony.office_undo) can undo it.",
                        "A run that writes locks each account here. Another run waits up to a minute for the lock.",
                        "Then it fails and names the run that holds it. Tasks of one run do not wait for each other.",
                        f"It holds the files of connections unless their options name another place: {_remembered()}.",
                        "If not set, there are no records and no locks.",
                    ],
                    "type": "path",
                },
                "keep_days": {
                    "description": "How many days records are kept. The next run that leaves a record removes older "
                    "ones, except the newest.",
                    "type": "int",
                    "default": 90,
                },
                "run_id": {
                    "description": "An id that all tasks of one run share, so that they do not wait for each other. "
                    "Set by the action. Not for playbooks.",
                    "type": "str",
                },
                "left_out": {
                    "description": "Problems of variables that an emergency ignores, each with C(path), C(what) and "
                    "C(provider). Set by the action. Not for playbooks.",
                    "type": "list",
                    "elements": "dict",
                    "default": [],
                },
                **_options(),
            },
            "attributes": {
                "action_group": {
                    "description": "Use C(group/office.telephony.office) in C(module_defaults) to set options for all "
                    "modules of whole offices. The groups of the providers and C(group/office.telephony.all) do not "
                    "reach them.",
                    "support": "full",
                    "membership": ["office.telephony.office"],
                },
            },
        },
        allow_unicode=True,
        sort_keys=False,
    )

    PROVIDERS: str = yaml.safe_dump(
        {
            "options": {
                "providers": {
                    "description": "The providers to use. The default is all that the office has lists for. Modules "
                    "that only read also use those with credentials.",
                    "type": "list",
                    "elements": "str",
                    "choices": list(PROVIDERS),
                },
            },
        },
        sort_keys=False,
    )

    # For modules that follow calls.
    CALLS = r"""
options:
  people:
    description:
      - The people of the office, so that messages can name them when their phone rings. The people of all offices form
        one directory.
      - Each is a mapping with C(name), C(email), C(phones), C(sip), C(extensions) (each with C(provider) and
        C(extension)) and C(voicemail_after), the number of seconds until the mobile operator's voicemail takes a call.
        C(name) or C(email) is required.
      - A phone cannot belong to two people.
    type: list
    elements: dict
  call_tests:
    description:
      - Tests of what callers experience. R(The guide to call
        tests,ansible_collections.office.telephony.docsite.guide_call_tests) describes every key.
    type: list
    elements: dict
  findings:
    description:
      - What each finding does, by code. V(refuse) refuses a plan if the provider documents every step of the call and
        the call was not possible before; otherwise it warns. V(warn) shows the finding, V(info) only returns it, and
        V(off) does not look for it.
      - R(The guide to findings,ansible_collections.office.telephony.docsite.guide_findings) describes every code.
    type: dict
  accepted_findings:
    description:
      - Findings that you accept. Each is a mapping with C(code), C(at) (the place that the finding names), C(why),
        C(by) and C(until) (the last day, such as V(2026-12-31)). C(code), C(at) and C(why) are required.
    type: list
    elements: dict
  long_way:
    description:
      - When the finding C(long-way) reports a call. A mapping with C(seconds) and C(menus), the maximum before a caller
        reaches a person or a mailbox.
    type: dict
  index_folder:
    description:
      - Where M(office.telephony.office_index) keeps what calls of other offices depend on. Set by the action. Not for
        playbooks.
    type: path
"""

    # For modules that show what callers notice, and never fail because of it.
    PEOPLE = r"""
options:
  people:
    description:
      - The people of the office, as for M(office.telephony.office), so that messages can name them when their phone
        rings. Problems with them are only warnings here.
    type: list
    elements: dict
"""

    # For modules that make snapshots of re-routes, and read them.
    SNAPSHOTS = r"""
options:
  reroute_directory:
    description:
      - The folder of the snapshots. It is created if it does not exist, readable only by its owner.
      - A folder or snapshot that others can write to is refused, because they could change where a restore sends the
        calls.
      - The default is C(reroutes) in O(state_directory). Without that, and with O(variables), it is C(reroutes) beside
        the inventory.
    type: path
"""

    # For modules that only look whether an office is re-routed.
    REROUTES = r"""
options:
  reroute_directory:
    description:
      - The folder of the snapshots of re-routes (see M(office.telephony.office_reroute)). While the office is
        re-routed, nothing is written, because a restore would undo the changes, or the changes would end the re-route.
      - The default is C(reroutes) in O(state_directory). Without that, and with O(variables), it is C(reroutes) beside
        the inventory.
      - Without any of these, re-routes are not checked.
    type: path
  ignore_reroute:
    description: Whether to write even while the office is re-routed.
    type: bool
    default: false
"""

    # What other offices manage and name; actions pass it on.
    CLAIMS = r"""
options:
  index_problems:
    description:
      - Items that other offices manage as well, each with C(path), C(what) and C(provider). Set by the action from the
        result of M(office.telephony.office_index). Not for playbooks.
    type: list
    elements: dict
    default: []
"""

    NAMES = r"""
options:
  index_names:
    description:
      - Items that other offices name. Set by the action from the result of M(office.telephony.office_index). Not for
        playbooks.
    type: dict
    default: {}
"""
