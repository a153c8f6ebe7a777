# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tells the demo what happens, as lines of JSON, so that it can show it in its own way."""

from __future__ import annotations

import json
import time
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: events
type: stdout
short_description: Lines of JSON for the demo
description: One line for each play that begins and for each task of a host that ends.
author: office.telephony contributors
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "events"

    def v2_playbook_on_play_start(self, play: Any) -> None:
        self._tell(event="play", name=play.get_name())

    def v2_runner_on_ok(self, result: Any) -> None:
        self._task("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._task("failed", result)

    def _task(self, event: str, result: Any) -> None:
        # Its name since ansible-core 2.19, and before.
        returned = getattr(result, "result", None) or result._result
        host, task = getattr(result, "host", None) or result._host, getattr(result, "task", None) or result._task
        action = task.resolved_action or task.action
        told = self._clean_results_of(returned) if action.startswith("office.telephony.") else {}
        self._tell(event=event, host=host.get_name(), action=action, msg=str(returned.get("msg", "")), result=told)

    @staticmethod
    def _clean_results_of(returned: Any) -> dict[str, Any]:
        return {name: value for name, value in returned.items() if name != "invocation"}

    def _tell(self, **event: Any) -> None:
        # What the tasks return are strings and lists of Ansible's own kinds.
        print(json.dumps({"time": time.time(), **event}, default=str), flush=True)
