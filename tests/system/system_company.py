# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of a RingCentral company share: an app that may manage it, and what is requested."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

from system_ringcentral import RingCentralOffice
from system_support import PACKAGE, Json, SkippingClock

from simulator.harness import Simulator
from simulator.ringcentral import seed

PERMISSIONS = ("EditAccounts", "ReadPresence", "EditPresence")
GROUPS = ("light", "medium", "heavy", "auth")
_BEFORE = re.compile(r".*/(?:accounts?/~/?|v1\.0/(?=dictionary/)|restapi/(?=oauth/))")


def in_turn() -> AbstractContextManager[Any]:
    """Let the lists of a company send one request at a time.

    Positions of faults then mean the same each time, and no thread waits busily for another on a clock that only skips.
    """
    resource = import_module(f"{PACKAGE}.module_utils._ringcentral.company.resource").CompanyResource
    return mock.patch.object(resource, "workers", 1)


class ClockAt(SkippingClock):
    """A clock that shows another time than that of this machine."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._start = super().time()
        self._at = datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()

    def time(self) -> float:
        return self._at + super().time() - self._start


class CompanyOffice(RingCentralOffice):
    """Runs RingCentral modules with an app that may manage the company, without rate limits."""

    def __init__(self, simulator: Simulator, folder: Path, **members: Any) -> None:
        """*members* replace those of the account's state."""
        super().__init__(simulator, folder)
        apps = {seed.CLIENT_ID: seed.app(permissions=PERMISSIONS)}
        simulator.put_state({"ringcentral": {**self.account(), "apps": apps, **members}})
        simulator.set_limits({"ringcentral": dict.fromkeys(GROUPS)})

    def account(self) -> Json:
        """The state of the account."""
        return dict(self.simulator.state()["ringcentral"])

    def extension_of(self, number: str) -> Json:
        """The state of the extension with that number, sites last."""
        every = self.account()["extensions"].values()
        found = [item for item in every if item["record"].get("extensionNumber") == number]
        return sorted(found, key=lambda item: item["record"]["type"] == "Site")[0] if found else {}

    def calls(self) -> list[str]:
        """The requests of the last run but logins: method, the path below the account, and a status of refusal."""
        found = []
        for entry in self.simulator.requests():
            path = _BEFORE.sub("", entry["path"])
            refused = "" if entry["status"] and entry["status"] < 300 else f" {entry['status']}"
            if not path.startswith("oauth/"):
                found.append(f"{entry['method']} {path}{refused}")
        return found

    def settle(self) -> None:
        """Let readings show what was written (switch late_reads)."""
        account = self.account()
        for extension in account["extensions"].values():
            extension |= {"late": None, "late_calls": None}
        self.simulator.put_state({"ringcentral": account})

    def cycle(self, module: str, listed: str, items: Sequence[Mapping[str, Any]], **options: Any) -> tuple[Json, Json]:
        """Check, apply, check, apply: check mode writes nothing and says what a run does, which then has no more to do.

        Return the results of the first check and the first run.
        """
        before = self.account()["extensions"]
        given = {listed: [dict(item) for item in items], **options}
        previewed = self.run(module, check=True, **given)
        assert "failed" not in previewed, previewed["msg"]
        assert [call for call in self.calls() if not call.startswith("GET ")] == []
        assert self.account()["extensions"] == before
        done = self.run(module, **given)
        assert "failed" not in done, done["msg"]
        assert (previewed["changed"], previewed["plan"]) == (done["changed"], done["plan"])
        for side in ("before", "after"):
            for key, shown in previewed["diff"][side].items():
                assert shown.items() <= done["diff"][side][key].items()
        self.settle()
        for again in (self.run(module, check=True, **given), self.run(module, **given)):
            assert (again.get("msg"), again["changed"], again["diff"]) == (None, False, {"before": {}, "after": {}})
        assert [call for call in self.calls() if not call.startswith("GET ")] == []
        return previewed, done
