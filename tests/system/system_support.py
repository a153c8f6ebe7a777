# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the system tests share: running a module in this process, and judging what it said and did."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import quote, quote_plus

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "ansible_collections.office.telephony.plugins"
# Beside the simulator's own credentials: a ready token, and the password of a proxy.
TOKEN = "Fake+ready/token=1system"
PROXY_PASSWORD = "Fake:proxy@pass+1%"
OTHER_PASSWORD = "Fake&wrong+7%sure"

Json = dict[str, Any]
# FUZZ=10000 makes everything random or sampled that long; without it, a run is short.
FUZZ = int(os.environ.get("FUZZ", "0"))


def planted_secrets() -> list[str]:
    """Every secret that a test hands to a module."""
    listed = (ROOT / "tests" / "planted_secrets.txt").read_text().splitlines()
    return [TOKEN, PROXY_PASSWORD, OTHER_PASSWORD, *(line for line in listed if line and not line.startswith("#"))]


def leaks(text: str) -> list[int]:
    """The positions in `planted_secrets` of those that the text shows, also where they are encoded."""
    found = []
    for position, secret in enumerate(planted_secrets()):
        spellings = {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]}
        if any(spelling in text for spelling in spellings):
            found.append(position)
    return found


_MOMENT = 0.0005


class SkippingClock:
    """Real time, but sleeping only moves it on. Stands in for the module `time` in the runner."""

    def __init__(self) -> None:
        self.naps: list[float] = []
        self._skipped = 0.0
        self._lock = threading.Lock()

    def monotonic(self) -> float:
        return time.monotonic() + self._skipped

    def time(self) -> float:
        return time.time() + self._skipped

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.naps.append(seconds)
            self._skipped += seconds
        # The thread that it waits for has the processor in the meantime.
        time.sleep(_MOMENT)


@contextlib.contextmanager
def _arguments(options: Mapping[str, Any]) -> Iterator[None]:
    """Make AnsibleModule read these options. The profile is desired by ansible-core 2.19 and later only."""
    from ansible.module_utils import basic
    from ansible.module_utils.common import warnings

    # Both belong to the process, and a module expects one of its own.
    warnings._global_warnings.clear()
    warnings._global_deprecations.clear()
    encoded = json.dumps({"ANSIBLE_MODULE_ARGS": dict(options)}).encode()
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(basic, "_ANSIBLE_ARGS", encoded))
        if hasattr(basic, "_ANSIBLE_PROFILE"):
            stack.enter_context(mock.patch.object(basic, "_ANSIBLE_PROFILE", "legacy"))
        yield


def run_module(
    name: str,
    options: Mapping[str, Any],
    *,
    check: bool = False,
    no_log: bool = False,
    clock: SkippingClock | None = None,
) -> Json:
    """Run a module's main() and return what it prints for Ansible, with `printed` as it stood on standard output."""
    module = importlib.import_module(f"{PACKAGE}.modules.{name}")
    runner = importlib.import_module(f"{PACKAGE}.module_utils._ansible.runner")
    hidden = {"_ansible_check_mode": check, "_ansible_diff": True, "_ansible_no_log": no_log}
    with (
        _arguments({**options, **hidden}),
        mock.patch.object(runner, "time", clock or SkippingClock()),
        contextlib.redirect_stdout(io.StringIO()) as printed,
        contextlib.suppress(SystemExit),
    ):
        module.main()
    text = printed.getvalue()
    result: Json = json.loads(text)
    # Since ansible-core 2.22, modules hand over what Ansible is to mask.
    if result.pop("_ansible_new_secrets", None):
        text = json.dumps(result)
    return {**result, "printed": text}


def texts_of(result: Mapping[str, Any]) -> list[str]:
    """The warnings as texts, whichever form the ansible-core in use gives them."""
    return [item if isinstance(item, str) else str(item["event"]["msg"]) for item in result.get("warnings", [])]


_UNFIT = ("Traceback", "object at 0x", "HTTPConnectionPool", "HTTPSConnectionPool", "Errno", "Please report", "None.")


def assert_clear(result: Mapping[str, Any], *words: str) -> None:
    """The task failed with a message for people that holds the *words*, says what to do next, and tells no secret."""
    assert result.get("failed") is True
    message = result["msg"]
    assert not [word for word in words if word not in message], message
    assert not [text for text in _UNFIT if text in message], message
    assert message.strip() == message
    assert ".. " not in message
    assert len(message) < 800
    assert "exception" not in result or "Traceback" not in str(result["exception"])
    assert not leaks(str(result.get("printed", "")))


if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
