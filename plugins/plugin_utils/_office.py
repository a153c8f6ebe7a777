# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The controller's side of the modules of whole offices: their variables, and where these stand in files.

Private to the collection.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ansible import constants
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.vars import load_extra_vars

from ansible_collections.office.telephony.plugins.module_utils._ansible.runner import refused, spec_of
from ansible_collections.office.telephony.plugins.module_utils._files.names import file_name
from ansible_collections.office.telephony.plugins.module_utils._files.private import locked
from ansible_collections.office.telephony.plugins.module_utils._numbers import e164
from ansible_collections.office.telephony.plugins.module_utils._office.index import collisions_of, everything
from ansible_collections.office.telephony.plugins.module_utils._office.messages import (
    problem_lines,
    table_lines,
    why_failed,
)
from ansible_collections.office.telephony.plugins.module_utils._office.office import Problem, ProblemsFound
from ansible_collections.office.telephony.plugins.module_utils._office.options import NOT_ECHOED, Names
from ansible_collections.office.telephony.plugins.module_utils._office.providers import PROVIDERS
from ansible_collections.office.telephony.plugins.plugin_utils._inventory import GROUP, Inventory
from ansible_collections.office.telephony.plugins.plugin_utils._loading import load_providers
from ansible_collections.office.telephony.plugins.plugin_utils._positions import position_of
from ansible_collections.office.telephony.plugins.plugin_utils._variables import HostVariables, dates_in, misplaced_tags
from ansible_collections.office.telephony.plugins.plugin_utils._worker import Values, WorkerAction

# The fact that holds the folder of the index, for all hosts of a run.
INDEX = "office_telephony_index"
_NO_INDEX = (
    "office_index has not run, so only the offices of this play are compared with each other. To compare all offices "
    "of the inventory, run it first, with run_once."
)


class OfficeAction(WorkerAction):
    """Takes what the task leaves out from the host's variables when the option `variables` is on."""

    # Whether the job must know what other offices claim; an emergency must not.
    asks_index = False
    # Whether it must know all that they name.
    asks_names = False
    # The option that makes it need what the calls of other offices depend on, "" for none.
    asks_calls = ""
    # Whether the job goes on without lists that are wrong.
    emergency = False
    # The folder beside the inventory where its files go, unless the user names one.
    folder = "exported"
    # Whether most hosts' tasks need the packages of their providers.
    loads_providers = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.loads_providers:
            load_providers()

    def run(self, tmp: None = None, task_vars: Mapping[str, Any] | None = None) -> Values:
        known = task_vars or {}
        given = {**self._task.args, **self._more(known)}
        names = Names(boolean(given.get("variables", False), strict=False), str(given.get("prefix") or ""))
        if not names.variables:
            self._task.args = given
            dates = [] if self.emergency else list(dates_in(given))
            if dates:
                result = {**ActionBase.run(self, tmp, task_vars), **refused(ProblemsFound(dates))}
                return self._finished(result, known)
            return self._finished(super().run(tmp, task_vars), known)
        if self._is_not_selected(known):
            line = f"{known.get('inventory_hostname')}: nothing was done, because --tags names no tag of this task."
            return {**ActionBase.run(self, tmp, task_vars), "changed": False, "message": [line]}
        spec = spec_of(type(self).main)
        variables = HostVariables(known, spec, names.prefix, self._role_variables(), self._templar.template)
        found, problems = variables.options(given)
        if self.emergency:
            problems += _without_region(found)
        extra = load_extra_vars(self._loader)
        problems += [*variables.split(extra), *variables.misspelt(extra)]
        problems += misplaced_tags(_tags(known), names.of("providers"))
        given = {**found, **given}
        # An emergency does not need what they stand for.
        problems += [] if self.emergency else dates_in(given)
        problems += [
            Problem(names.of(option), "is not set")
            for option, options in spec.options.items()
            if options.get("required") and given.get(option) is None and names.of(option) not in known
        ]
        fatal, left_out = self._divided(problems, given, names)
        if not self.asks_index and fatal:
            result = {**ActionBase.run(self, tmp, task_vars), **refused(ProblemsFound(fatal))}
            return self._finished(result, known)
        if left_out:
            given["left_out"] = [problem.result() for problem in left_out]
        self._place(given, known)
        warnings = [f"{problem.path} {_ended(problem.what)} It is left out." for problem in left_out]
        about_calls = bool(self.asks_calls) and boolean(given.get(self.asks_calls, False), strict=False)
        if self.asks_index or self.asks_names or about_calls:
            warnings += self._add_index(given, known, fatal)
        if self.asks_index:
            warnings += _without_lists(given, known)
        self._task.args = given
        result = super().run(tmp, task_vars)
        if warnings:
            result["warnings"] = [*result.get("warnings", []), *warnings]
        return self._finished(result, known)

    def _more(self, known: Mapping[str, Any]) -> Values:
        """Return the options that no user sets."""
        office = self._task.args.get("office", known.get("inventory_hostname"))
        # Each task has a worker of its own, and all workers of a run have the same parent.
        return {"office": office, "run_id": str(os.getppid())}

    def _divided(
        self, problems: Iterable[Problem], given: Mapping[str, Any], names: Names
    ) -> tuple[list[Problem], list[Problem]]:
        """Return what stops the job, and what an emergency goes on without: all but what it needs itself."""
        fatal: list[Problem] = []
        left_out: list[Problem] = []
        # Another folder would hide what was saved, and lose what is saved now.
        needs = ["reroute_directory", *([] if given.get("reroute_directory") else ["state_directory"])]
        if given.get("state", "rerouted") in ("rerouted", "closed") and "to" in given:
            needs.append("policy")
        for problem in problems:
            own = not problem.path.startswith("office_") or problem.path.startswith(tuple(map(names.of, needs)))
            (fatal if own or not self.emergency else left_out).append(problem)
        return fatal, left_out

    def _role_variables(self) -> list[str] | None:
        """Return the variables that the task's role declares, None outside of roles."""
        role = self._task._role
        if role is None:
            return None
        path = Path(role._role_path) / "meta/argument_specs.yml"
        if not path.exists():
            return None
        specs = self._loader.load_from_file(str(path))
        return [str(name) for name in specs["argument_specs"]["main"]["options"]]

    def _is_not_selected(self, known: Mapping[str, Any]) -> bool:
        """Tell whether the task only runs because it is tagged `always`, while others are selected by --tags.

        Tags that look like a provider are no selection; they are refused.
        """
        selected = {str(tag) for tag in known.get("ansible_run_tags") or ()}
        if not selected or {"all", "always", "tagged"} & selected or list(misplaced_tags(_tags(known), "")):
            return False
        return not selected & set(self._task.tags)

    def _place(self, given: Values, known: Mapping[str, Any]) -> None:
        """Make the paths among the options absolute: relative ones lie beside the inventory.

        Where that is not a file, they are relative to where the user is; the playbook's folder is the collection's.
        """
        base = beside_inventory(known)
        options = spec_of(type(self).main).options
        if not given.get("reroute_directory") and "reroute_directory" in options and base:
            # An office that was re-routed before there was a state directory still is.
            before = Path(base) / "reroutes" / f"{file_name(str(given['office']))}.json"
            if not given.get("state_directory") or before.exists():
                given["reroute_directory"] = "reroutes"
        if "directory" in options and not given.get("path") and not given.get("directory"):
            given["directory"] = self.folder if base else None
        for name, option in options.items():
            value = given.get(name)
            if option.get("type") == "path" and isinstance(value, str) and value and name not in self._task.args:
                path = Path(os.path.expandvars(value)).expanduser()
                given[name] = os.path.normpath(Path(base or Path.cwd()) / path)
        for name in [name for name in given if given[name] is None]:
            del given[name]

    def _add_index(self, given: Values, known: Mapping[str, Any], problems: Iterable[Problem]) -> list[str]:
        """Add *problems* and what other offices claim as well, and return warnings.

        Without an index only the hosts of the play are looked at.
        """
        folder, office = str(known.get(INDEX) or ""), str(given["office"])
        warnings = []
        if not folder or not Path(folder).is_dir():
            hosts = known.get("ansible_play_hosts_all") or [office]
            folder = self._own_index(known, hosts)
            warnings = [_NO_INDEX] if set(hosts) != set(known.get("groups", {}).get("all", hosts)) else []
        if self.asks_index:
            found = [problem.result() for problem in problems]
            given["index_problems"] = [*found, *collisions_of(folder, office)]
        if "index_folder" in spec_of(type(self).main).options:
            given["index_folder"] = folder
        if boolean(given.get("prune", False), strict=False) or self.asks_names:
            given["index_names"] = everything(folder)
        return warnings

    def _own_index(self, known: Mapping[str, Any], hosts: Iterable[str]) -> str:
        """Write the index of the play's hosts once for all of them, and return its folder."""
        name = hashlib.sha256(f"{self._task._uuid} {sorted(hosts)}".encode()).hexdigest()[:16]
        folder = _temporary() / f"office-index-{name}"
        _write_index(folder, known, hosts)
        return str(folder)

    def _finished(self, result: Values, known: Mapping[str, Any]) -> Values:
        """Return a result whose problems have their positions, and which does not repeat the office's lists."""
        failure = result.get("failure")
        if isinstance(failure, dict) and failure.get("problems"):
            result["msg"] = "\n".join(self._explained(failure, known))
        self._place_findings(result, known)
        if result.get("failed"):
            result["message"] = str(result.get("msg", "")).splitlines()
            result.setdefault("failure", {"kind": "error", "message": str(result.get("msg")), "next_step": ""})
        options = result.get("invocation", {}).get("module_args", {})
        for name in NOT_ECHOED:
            options.pop(name, None)
        return result

    def _place_findings(self, result: Values, known: Mapping[str, Any]) -> None:
        """Put file and line beside the findings in the office's own file, and beside their places in the message."""
        folders = (self._loader.get_basedir(), str(known.get("inventory_dir") or ""))
        own = [
            finding for finding in result.get("findings") or () if finding["office"] == known.get("inventory_hostname")
        ]
        placed = {}
        for finding in own:
            if position := position_of(known, finding["path"]) if finding["path"] else "":
                finding["position"] = short(position, *folders)
                placed[f"at {finding['at']}"] = finding["position"]
        for name in ("message", "msg"):
            found = result.get(name)
            lines = found if isinstance(found, list) else str(found or "").split("\n")
            lines = [f"{line} ({placed[line.strip()]})" if line.strip() in placed else line for line in lines]
            if found:
                result[name] = lines if isinstance(found, list) else "\n".join(lines)

    def _explained(self, failure: Mapping[str, Any], known: Mapping[str, Any]) -> Iterable[str]:
        """Put the positions beside the problems, and return the lines for people."""
        base = self._loader.get_basedir()
        for problem in failure["problems"]:
            position = position_of(known, problem["path"])
            if position:
                problem["position"] = short(position, base, str(known.get("inventory_dir") or ""))
        return problem_lines(failure["problems"], failure["message"])


def _ended(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def _without_region(options: Values) -> list[Problem]:
    """Remove a region that does not exist from an emergency's *options*, and return what is wrong with it."""
    try:
        e164.known_region(options.get("region"))
    except e164.NumberError as error:
        del options["region"]
        return [Problem("office_region", str(error))]
    return []


def _tags(known: Mapping[str, Any]) -> list[str]:
    """Return the tags that the command line selects or skips."""
    return [str(tag) for name in ("ansible_run_tags", "ansible_skip_tags") for tag in known.get(name) or ()]


def _without_lists(given: Mapping[str, Any], known: Mapping[str, Any]) -> list[str]:
    """Return a warning where a host has no variable of an office: often its file is called otherwise."""
    if any(given.get(name) is not None for name in PROVIDERS) or given.get("index_problems"):
        return []
    base = beside_inventory(known)
    file = short(str(Path(base) / "host_vars" / f"{given['office']}.yml"), str(Path.cwd()))
    names = ", ".join(account.variable for account in PROVIDERS.values())
    return [f"{given['office']} has none of the variables {names}. They are expected in {file}, or in a group's file."]


def beside_inventory(known: Mapping[str, Any]) -> str:
    """Return the folder in which the inventory lies, "" where it is no file."""
    folder = str(known.get("inventory_dir") or "")
    # Of an inventory that is a list of hosts, Ansible says "None".
    if not Path(folder).is_absolute():
        return ""
    sources = [Path(str(source)).resolve() for source in known.get("ansible_inventory_sources") or ()]
    return str(Path(folder).parent) if Path(folder).resolve() in sources else folder


def _temporary() -> Path:
    """Return Ansible's own folder for this run, which only its owner can read and which Ansible removes at the end."""
    return Path(constants.DEFAULT_LOCAL_TMP)


def _write_index(folder: Path, known: Mapping[str, Any], hosts: Iterable[str], *bases: str) -> bool:
    """Write the index of *hosts* to *folder* unless another task has; return whether this one did.

    Positions are relative to a folder of *bases* that they lie in.
    """
    with locked(folder.parent):
        if folder.is_dir():
            return False
        inventory = Inventory(known["hostvars"])
        index = inventory.index(hosts)
        index.write(lambda host, path: short(inventory.position(host, path), *bases), folder)
        return True


class IndexAction(ActionBase):  # type: ignore[misc]
    """Reads all offices' variables once. Runs on the controller only."""

    def run(self, tmp: None = None, task_vars: Mapping[str, Any] | None = None) -> Values:
        known = task_vars or {}
        result: Values = super().run(tmp, task_vars)
        if self._task.args:
            return {**result, "failed": True, "msg": f"office_index takes no option {', '.join(self._task.args)}."}
        problems = list(misplaced_tags(_tags(known), "the job's variable, such as onboard_providers"))
        if problems:
            return {**result, "failed": True, "msg": f"Nothing was done: {problems[0].what}"}
        folder = _temporary() / f"office-index-{self._task._uuid}"
        base = beside_inventory(known) or self._loader.get_basedir()
        # With the strategy free, run_once does not hold: the task runs for all hosts, and most find the index there.
        written = _write_index(folder, known, known["groups"]["all"], base)
        names = everything(folder)
        warnings = [
            f"The variables of {host} cannot be read: {why}. It is not compared with other offices."
            for host, why in (names["unread"] if written else {}).items()
        ]
        found = {"changed": False, "hosts": names["hosts"], "ansible_facts": {INDEX: str(folder)}}
        return {**result, **found, **({"warnings": warnings} if warnings else {})}


class ResultsAction(ActionBase):  # type: ignore[misc]
    """Shows one table about all offices of a play. Runs on the controller only."""

    def run(self, tmp: None = None, task_vars: Mapping[str, Any] | None = None) -> Values:
        known = task_vars or {}
        result: Values = {**super().run(tmp, task_vars), "changed": False}
        of = str(self._task.args.get("of") or "")
        if set(self._task.args) != {"of"} or not of:
            return {**result, "failed": True, "msg": "office_results takes one option: of, the name of a variable."}
        hosts = list(known.get("ansible_play_hosts_all") or ())
        if len(hosts) == 1 or _more_batches(known, hosts):
            return result
        hostvars = known["hostvars"]
        found = {host: (hostvars.raw_get(host) or {}).get(of) for host in hosts}
        return {**result, "msg": table_lines(found), "_ansible_verbose_always": True}


class ReportAction(OfficeAction):
    """Adds what each host's task has left for the report, and shows where the report is."""

    folder = "reports"
    loads_providers = False

    def run(self, tmp: None = None, task_vars: Mapping[str, Any] | None = None) -> Values:
        known = task_vars or {}
        hosts = list(known.get("ansible_play_hosts_all") or ())
        if _more_batches(known, hosts):
            return {**ActionBase.run(self, tmp, task_vars), "changed": False}
        result = super().run(tmp, task_vars)
        if not result.get("failed"):
            # People are to see it, and no request is ever made.
            result["_ansible_verbose_always"] = True
            del result["api_calls"]
        return result

    def _more(self, known: Mapping[str, Any]) -> Values:
        of, hostvars = str(self._task.args.get("of") or ""), known["hostvars"]
        group = str(self._task.args.get("group") or self._templar.template(known.get(GROUP)) or "")
        models = []
        for host in known.get("ansible_play_hosts_all") or ():
            result = (hostvars.raw_get(host) or {}).get(of)
            path = str((result or {}).get("model_path") or "")
            why = "" if path else why_failed(host, result) or "its task left no call model"
            models.append({"office": host, "path": path, "why": why, "group": _group_of(hostvars, host, group)})
        return {"models": models}


def _group_of(hostvars: Any, host: str, variable: str) -> str:
    """Return whose office a host is, "" where nobody says."""
    try:
        return str(hostvars[host].get(variable) or "") if variable else ""
    # Lookups and filters raise anything, and another host must never stop a run.
    except Exception:
        return ""


def _more_batches(known: Mapping[str, Any], hosts: Sequence[str]) -> bool:
    """Return whether hosts are still to come: with `serial`, only the last batch knows of all of them.

    Hosts that have failed are in no batch any more.
    """
    waiting = set(known.get("ansible_play_hosts") or ()) - set(known.get("ansible_play_batch") or ())
    return bool(hosts) and hosts[-1] in waiting


def short(position: str, *folders: str) -> str:
    """Return a position relative to the inventory's or the playbook's folder if it lies there."""
    for folder in filter(None, reversed(folders)):
        path, colon, rest = position.partition(":")
        shorter = os.path.relpath(path, folder) if path else ".."
        if not shorter.startswith(".."):
            return f"{shorter}{colon}{rest}"
    return position
