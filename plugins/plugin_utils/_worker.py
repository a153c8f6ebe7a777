# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Modules of tasks with a local connection run in Ansible's worker, which saves them a Python of their own.

To pack a module, to start Python, and to import requests takes longer than most of the modules' work. A worker is a
process of its own for each task as well, and already has all that. Private to the collection.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common import parameters
from ansible.plugins.action import ActionBase
from ansible.plugins.action.normal import ActionModule as Usual
from ansible.utils.display import Display

from ansible_collections.office.telephony.plugins.module_utils._ansible import runner as _runner

Values = dict[str, Any]

_display = Display()

# Whoever sets this to "no" gets a process of its own for each module, as for modules of other collections.
SWITCH = "OFFICE_TELEPHONY_IN_WORKER"


class WorkerAction(Usual):  # type: ignore[misc]
    """The action of every module. Where the worker will not do, it is Ansible's usual one."""

    # The module's function of that name.
    main: Callable[[], None]

    def run(self, tmp: None = None, task_vars: Mapping[str, Any] | None = None) -> Values:
        # Here dates are still dates; on the way to a module they become text.
        refusal = _runner.refusal_of_values(_runner.spec_of(type(self).main), self._task.args)
        if refusal:
            return {**ActionBase.run(self, tmp, task_vars), **refusal}
        if not self._worker_will_do(task_vars or {}):
            usual: Values = super().run(tmp, task_vars)
            return usual
        return {**ActionBase.run(self, tmp, task_vars), **self._run_here(task_vars or {})}

    def _worker_will_do(self, task_vars: Mapping[str, Any]) -> bool:
        """Say whether a process of its own would do the same: same host, user, Python, environment and libraries."""
        return (
            self._connection.transport == "local"
            and not self._connection.become
            and not self._task.async_val
            and not any(self._task.environment or ())
            and self._own_python(task_vars)
            # macOS kills forked processes that ask it for the system's proxies, as requests does.
            and sys.platform != "darwin"
            and os.environ.get(SWITCH, "yes").lower() not in ("no", "false", "0")
            and not _runner.missing_libraries()
        )

    def _own_python(self, task_vars: Mapping[str, Any]) -> bool:
        delegated = task_vars.get("ansible_delegated_vars", {}).get(self._task.delegate_to, task_vars)
        desired = str(self._templar.template(delegated.get("ansible_python_interpreter")) or "auto")
        if desired.startswith("auto"):
            return True
        own = Path(sys.executable)
        # A virtual environment's Python is a link to another one, so the folder has to be the same as well.
        return Path(desired).parent == own.parent and Path(desired).resolve() == own.resolve()

    def _run_here(self, task_vars: Mapping[str, Any]) -> Values:
        options = dict(self._task.args)
        # Adds what Ansible tells every module: check mode, diff, no_log, verbosity and so on.
        self._update_module_args(self._task.action, options, task_vars)
        copied = json.loads(json.dumps(options, default=_plain))

        def module(**arguments: Any) -> AnsibleModule:
            return _WorkerModule(copied, str(task_vars.get("inventory_hostname", "")), **arguments)

        # Paths are relative to the playbook, as for a module of its own.
        with _runner.module_is(module), _folder(self._loader.get_basedir()):
            try:
                type(self).main()
            except _Ended as ended:
                return ended.result
        raise AssertionError("A module ends with a result.")


class _Ended(Exception):
    """The module has come to its end, with *result*."""

    def __init__(self, result: Values) -> None:
        super().__init__()
        self.result = result


class _WorkerModule(AnsibleModule):  # type: ignore[misc]
    """Checks options as every module does, but takes them from the task and gives the result back to it."""

    def __init__(self, options: Values, host: str, **arguments: Any) -> None:
        self._options = options
        self._host = host
        # For a look at what the user wrote, which the action has taken already.
        self.given: Values = {}
        self._warnings: list[str] = []
        super().__init__(**arguments)

    def _load_params(self) -> None:
        self.params = dict(self._options)

    def warn(self, warning: str, **_more: Any) -> None:
        self._warnings.append(warning)

    def show(self, text: str) -> None:
        """Print a line while the task runs; workers hand it to the process that prints."""
        _display.display(f"{self._host}: {text}")

    def exit_json(self, **result: Any) -> NoReturn:
        # Since ansible-core 2.20 it has to be asked for.
        if self._options.get("_ansible_inject_invocation", True):
            result.setdefault("invocation", {"module_args": self.params})
        else:
            result.pop("invocation", None)
        if self._warnings:
            result["warnings"] = self._warnings
        text = json.dumps(result, default=_plain)
        plain = json.loads(text)
        if not _runner.ANSIBLE_MASKS and _may_hold(text, self.no_log_values):
            plain = parameters.remove_values(plain, self.no_log_values)
        raise _Ended(plain)

    def fail_json(self, msg: str, **result: Any) -> NoReturn:
        self.exit_json(**{"changed": False, **result, "failed": True, "msg": msg})


def _may_hold(text: str, secrets: Iterable[str]) -> bool:
    """Return whether any of *secrets* stands in a *text* of JSON; to look at each value takes longer by far."""
    text += "True False None"  # which Ansible compares as Python writes them
    return any(json.dumps(secret)[1:-1] in text for secret in secrets)


def _plain(value: Any) -> str:
    """Return what JSON has no form for as text: YAML's dates, and values that Ansible has decrypted."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@contextmanager
def _folder(path: str) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(before)
