# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that the control interface reads and sets: state, switches, faults, limits and request log."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import time

from simulator.calls import play
from simulator.faults import Faults
from simulator.limits import Limits
from simulator.messages import Answer, BadInput, Record, Request, masked
from simulator.provider import Provider
from simulator.switches import Switches


class World:
    """The simulated world. Only the server's event loop touches it, so that every request is applied whole.

    `state_file`: read as the start state when it exists; written by `save`.
    Raises BadInput for a file that holds no complete state.
    """

    def __init__(self, providers: Mapping[str, Provider], state_file: Path | None = None) -> None:
        self.providers = providers
        self.switches = Switches(providers)
        self.faults = Faults(providers)
        self.limits = Limits(providers)
        self.log: list[Record] = []
        self.state: dict[str, Record] = {name: provider.seed() for name, provider in providers.items()}
        self._state_file = state_file
        if state_file is not None and state_file.exists():
            self.replace_state(_read_state(state_file))
        self._start_state = json.dumps(self.state)

    def replace_state(self, wanted: object) -> None:
        """Replace the state of the providers named in `wanted`; others keep theirs. BadInput: nothing changes."""
        if not isinstance(wanted, dict):
            raise BadInput("state: an object {provider: state} is expected")
        for name, state in wanted.items():
            if name not in self.providers:
                raise BadInput(f"state: unknown provider {name!r}; known: {sorted(self.providers)}")
            if not isinstance(state, dict):
                raise BadInput(f"state.{name}: an object is expected")
            self.providers[name].check_state(state)
        self.state.update(wanted)

    def reset(self) -> None:
        """Back to the start: its state, default switches and limits, no faults, an empty log."""
        self.state = json.loads(self._start_state)
        self.switches.reset()
        self.limits.reset()
        self.faults.clear()
        self.log.clear()

    def save(self) -> None:
        """Write the state to the state file, if there is one, so that a reader never sees half of it."""
        if self._state_file is None:
            return
        descriptor, temporary = tempfile.mkstemp(dir=self._state_file.parent, prefix=self._state_file.name)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(self.state, stream, indent=1, ensure_ascii=False)
        Path(temporary).replace(self._state_file)

    def answer(self, provider: Provider, request: Request) -> Answer:
        """Count a request in its limit and answer it: refused, or by the provider."""
        state, switches = self.state[provider.name], self.switches.positions[provider.name]
        group, bucket = provider.limit_group(request), provider.limit_bucket(request, state)
        retry_after = self.limits.refuse(provider.name, group, bucket)
        standing = self.limits.standing(provider.name, group, bucket)
        if retry_after is None:
            answer = provider.handle(request, state, switches)
        else:
            answer = provider.too_many_requests(retry_after)
        if standing is not None:
            answer.headers.extend(provider.limit_headers(group, *standing, switches))
        return answer

    def play(self, call: object) -> Record:
        """What happens to a call now. Raises BadInput for a call that is not in the form of README.md."""
        return play(self.state, self.switches.positions, call, self.providers)

    def log_request(self, provider: Provider, request: Request) -> Record:
        """Log a request on its arrival; the caller fills in `status` when it is answered."""
        entry: Record = {
            "time": time(),
            "provider": provider.name,
            "method": request.method,
            "path": request.path,
            "query": masked(request.query, provider.secret_names),
            "body": masked(request.body, provider.secret_names),
            "status": None,
        }
        self.log.append(entry)
        return entry


def _read_state(path: Path) -> object:
    try:
        document: object = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadInput(f"{path}: not JSON: {error}") from error
    return document
