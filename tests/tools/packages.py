# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Installs packages with uv, which takes a fifth of pip's time; pip does it wherever uv cannot."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import nox

# What uv calls pip's settings, and what it puts between several values of one.
_UV_NAMES = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "constraint": ("UV_CONSTRAINT", " "),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
}


def install(session: nox.Session, requirements: Path) -> None:
    """Install the packages of a file, all of which are pinned, into the session's environment."""
    python = Path(session.bin) / "python"
    command: list[str | Path] = [Path(sys.executable).with_name("uv"), "pip", "install", "--quiet", "--python", python]
    settings = uv_settings(_output([python, "-m", "pip", "config", "list"]))
    try:
        _output([*command, "-r", requirements], settings)
    except (OSError, subprocess.CalledProcessError) as error:
        said = str(getattr(error, "stderr", error)).strip().splitlines()
        session.log(f"uv cannot install {requirements.name}, so pip does: {said[0] if said else 'it said nothing'}")
        session.install("--no-compile", "--quiet", "-r", str(requirements))


def uv_settings(listed: str) -> dict[str, str]:
    """Return the environment variables with which uv does what pip does.

    *listed*: what `pip config list` prints: a line `PLACE.NAME='VALUE'` each, the environment's under `:env:`.
    """
    found: dict[str, str] = {}
    for line in listed.splitlines():
        key, _, value = line.partition("=")
        place, _, name = key.rpartition(".")
        if name in _UV_NAMES and (name not in found or place == ":env:"):
            found[name] = ast.literal_eval(value)
    variables = {_UV_NAMES[name][0]: _UV_NAMES[name][1].join(value.split()) for name, value in found.items()}
    # As pip does, take the version that is pinned from whichever index has it.
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", **variables}


def _output(command: list[str | Path], variables: dict[str, str] | None = None) -> str:
    """Run a program and return what it prints. Raises `OSError` or `CalledProcessError`."""
    environment = {**os.environ, **(variables or {})}
    return subprocess.run(
        list(map(str, command)), env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    ).stdout
