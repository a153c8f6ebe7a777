# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The controller's side of the modules of whole offices: their variables, and where these stand in files.

Private to the collection.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase

from ansible_collections.office.telephony.plugins.module_utils._ansible.office import NOT_ECHOED, OPTION_OF_VARIABLE
from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import refused, spec_of
from ansible_collections.office.telephony.plugins.module_utils._engine import yaml_text
from ansible_collections.office.telephony.plugins.module_utils._office.index import collisions_of, everything, remove
from ansible_collections.office.telephony.plugins.module_utils._office.messages import problem_lines
from ansible_collections.office.telephony.plugins.module_utils._office.office import Problem, ProblemsFound
from ansible_collections.office.telephony.plugins.module_utils._office.providers import PROVIDERS
from ansible_collections.office.telephony.plugins.plugin_utils._inventory import Inventory
from ansible_collections.office.telephony.plugins.plugin_utils._positions import position_of
from ansible_collections.office.telephony.plugins.plugin_utils._worker import Values, WorkerAction

# The fact that holds the folder of the index, for all hosts of a run.
INDEX = "office_telephony_index"


class OfficeAction(WorkerAction):
    """Takes what the task leaves out from the host's variables when the option `variables` is on."""

    # Whether the job must know what other offices claim; an emergency must not.
    asks_index = False
    # Whether it must know all that they name.
    asks_names = False
    # Whether the job goes on without lists that are wrong.
    emergency = False

    def run(self, tmp: None = None, task_vars: Mapping[str, Any] | None = None) -> Values:
        known = task_vars or {}
        given = self._task.args
        warnings: list[str] = []
        if boolean(given.get("variables", False)):
            found, problems = self._from_variables(known, given)
            given = {**found, **given}
            fatal = [problem for problem in problems if not (self.emergency and problem.provider)]
            if self.asks_index:
                given["index_problems"] = [problem.result() for problem in problems]
                given |= self._from_index(known, given)
            elif fatal:
                result = {**ActionBase.run(self, tmp, task_vars), **refused(ProblemsFound(fatal))}
                return self._told(result, known)
            warnings = [f"{problem.path} {problem.what}. It is left out." for problem in problems]
            self._task.args = given
        result = super().run(tmp, task_vars)
        if warnings and not self.asks_index:
            result["warnings"] = [*result.get("warnings", []), *warnings]
        return self._told(result, known)

    def _from_variables(self, known: Mapping[str, Any], given: Mapping[str, Any]) -> tuple[Values, list[Problem]]:
        """Return the options that the host's variables say, and what is wrong with these; such an option is left out.

        Ansible would refuse it by the name of the option, and without the place.
        """
        options = spec_of(type(self).main).options
        found: Values = {}
        problems: list[Problem] = []
        for variable, option in OPTION_OF_VARIABLE.items():
            if option in given or known.get(variable) is None:
                continue
            value = self._templar.template(known[variable])
            provider = next((name for name in PROVIDERS if option in (name, f"{name}_connection")), "")
            wrong = [
                Problem(variable + place.removeprefix(option), what, provider)
                for place, what in yaml_text.problems({option: options[option]}, {option: value})
            ]
            if option.endswith("_connection") and value == "":
                # Up to ansible-core 2.18, what a variable is of which nothing is written.
                continue
            if option in PROVIDERS and not isinstance(value, Mapping):
                what = f"is not a mapping; it holds the lists {', '.join(PROVIDERS[option].names)}"
                wrong = [Problem(variable, what, provider)]
            problems += wrong
            if not wrong:
                found[option] = value
        return found, problems

    def _told(self, result: Values, known: Mapping[str, Any]) -> Values:
        """Return a result whose problems have their positions, and which does not repeat the office's lists."""
        failure = result.get("failure")
        if isinstance(failure, dict) and failure.get("problems"):
            result["msg"] = "\n".join(self._explained(failure, known))
        options = result.get("invocation", {}).get("module_args", {})
        for name in NOT_ECHOED:
            options.pop(name, None)
        return result

    def _from_index(self, known: Mapping[str, Any], given: Mapping[str, Any]) -> Values:
        """Return what other offices claim as well; without an index only the hosts of the play are looked at."""
        folder, office = str(known.get(INDEX) or ""), str(given.get("office") or "")
        own = not folder
        if own:
            inventory = Inventory(known["hostvars"])
            index = inventory.index(known.get("ansible_play_hosts_all") or [office])
            folder = str(index.write(inventory.position))
        try:
            found: Values = {"index_problems": [*given["index_problems"], *collisions_of(folder, office)]}
            if boolean(given.get("prune", False)) or self.asks_names:
                found["index_names"] = everything(folder)
        finally:
            if own:
                remove(folder)
        return found

    def _explained(self, failure: Mapping[str, Any], known: Mapping[str, Any]) -> Iterable[str]:
        """Put the positions beside the problems, and return the lines for people."""
        base = self._loader.get_basedir()
        for problem in failure["problems"]:
            position = position_of(known, problem["path"])
            if position:
                problem["position"] = short(position, base, str(known.get("inventory_dir") or ""))
        return problem_lines(failure["problems"])


class IndexAction(ActionBase):  # type: ignore[misc]
    """Reads all offices' variables once, and removes what it wrote at the end. Runs on the controller only."""

    def run(self, tmp: None = None, task_vars: Mapping[str, Any] | None = None) -> Values:
        known = task_vars or {}
        result: Values = super().run(tmp, task_vars)
        state = self._task.args.get("state", "present")
        if set(self._task.args) - {"state"} or state not in ("present", "absent"):
            return {**result, "failed": True, "msg": "office_index takes state, which is present or absent."}
        if state == "absent":
            if known.get(INDEX):
                remove(str(known[INDEX]))
            return {**result, "changed": False, "ansible_facts": {INDEX: ""}}
        inventory = Inventory(known["hostvars"])
        index = inventory.index(known["groups"]["all"])
        base = str(known.get("inventory_dir") or self._loader.get_basedir())
        folder = index.write(lambda host, path: short(inventory.position(host, path), base))
        warnings = [
            f"The variables of {host} cannot be read: {why} Whether it names the same as other offices is not checked."
            for host, why in index.unread.items()
        ]
        found = {"changed": False, "hosts": index.hosts, "ansible_facts": {INDEX: str(folder)}}
        return {**result, **found, **({"warnings": warnings} if warnings else {})}


def short(position: str, *folders: str) -> str:
    """Return a position relative to the inventory's or the playbook's folder if it lies there."""
    for folder in filter(None, reversed(folders)):
        path, colon, rest = position.partition(":")
        shorter = os.path.relpath(path, folder) if path else ".."
        if not shorter.startswith(".."):
            return f"{shorter}{colon}{rest}"
    return position
