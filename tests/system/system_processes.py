# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Modules in processes of their own, as Ansible starts them, for tests that kill them or run many at once."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Any

from system_support import Json, run_module

# A fork has imported everything already, which is most of what a new process costs.
_FORKS = multiprocessing.get_context("fork")


class ModuleProcess:
    """A process that runs one module in real time, unless *clock* stands in for it."""

    def __init__(self, name: str, options: Mapping[str, Any], **how: Any) -> None:
        self._result, sender = _FORKS.Pipe(duplex=False)
        self._process = _FORKS.Process(target=_run, args=(sender, name, dict(options), how))
        self._process.start()
        sender.close()

    def result(self) -> Json:
        """Wait for the module's result."""
        result: Json = self._result.recv()
        self._process.join()
        return result

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._result.close()
        assert self._process.exitcode == -signal.SIGKILL, "the module had ended before"


def _run(sender: Connection, name: str, options: Json, how: Json) -> None:
    sender.send(run_module(name, options, **how))
