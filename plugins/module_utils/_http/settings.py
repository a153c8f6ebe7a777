# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a task connects, from the options that all modules share. Private to the collection."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._errors import InputError
from .urls import proxy_url


@dataclass(frozen=True)
class Settings:
    """How to connect; times in seconds. *check_mode* refuses every request that is not marked as reading.

    *connection* is the option or variable that holds the connection's options, "" if they are the task's own.
    """

    timeout: float = 30.0
    deadline: float = 900.0
    validate_certs: bool = True
    ca_path: str | None = None
    proxy: str | None = None
    check_mode: bool = False
    # How often a request is sent at most, None for as often as the rules say.
    attempts: int | None = None
    connection: str = ""

    def option(self, name: str) -> str:
        """Return what the user calls the connection's option *name*."""
        return f"{self.connection}.{name}" if self.connection else name

    @property
    def options(self) -> str:
        """What the user calls the options of the connection together."""
        return self.connection or "the options"

    @classmethod
    def from_options(cls, options: Mapping[str, Any], check_mode: bool) -> Settings:
        """Build the settings from the connection options that all modules share. Raises `InputError`."""
        for name in ("timeout", "deadline"):
            if options[name] <= 0:
                raise InputError(f"{name} must be greater than 0 seconds, not {options[name]:g}.")
        return cls(
            timeout=options["timeout"],
            deadline=options["deadline"],
            validate_certs=options["validate_certs"],
            ca_path=_ca_path(options) if options["validate_certs"] else None,
            proxy=proxy_url(options["proxy"]) if options.get("proxy") else None,
            check_mode=check_mode,
        )


def _ca_path(options: Mapping[str, Any]) -> str | None:
    """Return the certificates to trust instead of the usual ones, None for none. Raises `InputError`."""
    candidates = {"ca_path": options.get("ca_path")}
    candidates.update({name: os.environ.get(name) for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")})
    for name, path in candidates.items():
        if not path:
            continue
        if not Path(path).exists():
            raise InputError(f"{name} {path!r} does not exist.", next_step="Name a file of CA certificates (PEM).")
        return str(path)
    return None
