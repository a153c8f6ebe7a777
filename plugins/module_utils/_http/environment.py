# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run has around it: HTTP, secrets, clock and warnings. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .._clock import Clock
from .._progress import Progress
from .client import HttpClient
from .secrets import Secrets


@dataclass(frozen=True)
class Environment:
    """Handed to a provider's package, so that it needs to know neither Ansible nor the operating system."""

    http: HttpClient
    secrets: Secrets
    clock: Clock
    warn: Callable[[str], None]
    progress: Progress = field(default_factory=Progress)
    # Why lists that were read may lack something, each once.
    gaps: dict[str, None] = field(default_factory=dict)

    def incomplete(self, gap: str) -> None:
        """Take note that a list is incomplete, and warn of it."""
        self.gaps[gap] = None
        self.warn(f"{gap}; the rest is unknown.")
