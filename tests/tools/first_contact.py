# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Follow the README's first commands as a new user would: from a clone and from an archive, on each Python, anywhere.

As a script, in a nox session: `first_contact.py FOLDER` installs everything, and prints what a new user sees.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml
from collection import ROOT, copy_collection, galaxy

FOLDER = "~/telephony"
_OURS = ("ANSIBLE_", "SONETEL_", "SMSPARTNER_", "FONEDYNAMICS_", "RC_", "PYTHON", "VIRTUAL_ENV")
# What a new user sees when all went well.
_PLAN = re.compile(r"^ok: \[stockholm\] => *\n {4}msg:\n(.*?)\n\n", re.MULTILINE | re.DOTALL)
_VISITOR = 61234


class Way(NamedTuple):
    """One way to follow the commands: where they start, what they install, and what is unusual."""

    start: Path
    collection: str = "."
    # Instead of FOLDER.
    folder: Path | None = None
    # No user has this number, so that nothing is writable but what is given to it.
    visitor: bool = False

    @property
    def title(self) -> str:
        who = "a user with a read-only home" if self.visitor else "the current user"
        return f"{self.collection if self.collection != '.' else 'a clone'} as {who}"


def commands() -> list[str]:
    """Return the commands that the README's first minutes consist of."""
    minutes = (ROOT / "README.md").read_text().partition("\n## Ten minutes\n")[2]
    found = re.search(r"```console\n(.*?)\n```", minutes, re.DOTALL)
    return found[1].splitlines() if found else []


def follow(way: Way, lines: list[str], home: Path, path: str) -> str:
    """Run the commands in one shell, stop the simulator, and return what they printed. Raises `AssertionError`."""
    folder = way.folder or home / FOLDER.removeprefix("~/")
    script = "set -e\n"
    for line in lines:
        if way.folder:
            line = line.replace(FOLDER, '"$FOLDER"')
        line = re.sub(r"(?<=collection install )\.$", way.collection, line)
        quoted = line.replace("'", "'\\''")
        script += f"printf '$ %s\\n' '{quoted}'\n{line}\n"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    environment |= {"HOME": str(home), "FOLDER": str(folder), "PATH": path, "LC_ALL": "C.UTF-8"}
    environment.pop("XDG_CACHE_HOME", None)
    try:
        done = subprocess.run(
            ["sh", "-c", script],
            cwd=way.start,
            env=environment,
            user=_VISITOR if way.visitor else None,
            group=_VISITOR if way.visitor else None,
            extra_groups=[] if way.visitor else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    finally:
        running = folder / ".simulator/running.json"
        if running.is_file():
            with contextlib.suppress(ProcessLookupError):
                os.kill(json.loads(running.read_text())["pid"], signal.SIGTERM)
    assert done.returncode == 0, done.stdout
    return done.stdout


def plan(output: str) -> list[str]:
    """Return the lines of the plan for Stockholm. Raises `AssertionError`."""
    found = _PLAN.search(output)
    assert found, output
    return list(yaml.safe_load(found[1]))


def archive(folder: Path) -> Way:
    """Build the collection in *folder*, for a way that starts there."""
    galaxy("build", "--output-path", folder, ROOT)
    (built,) = folder.glob("*.tar.gz")
    return Way(folder, built.name)


def pythons() -> Iterator[Path]:
    """Yield the interpreters that are found and new enough: Debian's own first."""
    seen = set()
    names = ["/usr/bin/python3", *(f"python3.{minor}" for minor in range(11, 20))]
    for found in filter(None, map(shutil.which, names)):
        real = Path(found).resolve()
        asked = [found, "-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"]
        fit = subprocess.run(asked, stderr=subprocess.DEVNULL, check=False).returncode == 0
        if fit and real not in seen:
            seen.add(real)
            yield real


def main() -> int:
    """Follow all ways with all Pythons, and print what each shows; the folder may have blanks in its path."""
    base = Path(sys.argv[1]).resolve()
    lines = commands()
    clone = Way(copy_collection(base / "Büro Süd"))
    built = archive(base)
    failures = []
    for number, python in enumerate(pythons()):
        for way in (clone, built._replace(folder=base / f"für {number}/My offices", visitor=os.geteuid() == 0)):
            print(f"\n==== {python}, {way.title}", flush=True)
            if way.visitor and not _others_may_run(python):
                print("skipped: other users may not run this Python")
                continue
            try:
                output = follow(way, lines, _home(base, number, way), _path(base, number, python))
                print(output)
                assert any("What callers notice" in line for line in plan(output))
            except AssertionError as failure:
                print(f"{failure}\nFAILED", flush=True)
                failures.append(f"{python}, {way.title}")
    print(f"\n{len(failures)} failed{': ' if failures else ''}{'; '.join(failures)}")
    return 1 if failures else 0


def _home(base: Path, number: int, way: Way) -> Path:
    home = base / ("read-only" if way.folder else f"Jörg Öhman {number}")
    home.mkdir(exist_ok=True)
    if way.folder:
        home.chmod(0o555)
        way.folder.parent.mkdir()
        if way.visitor:
            os.chown(way.folder.parent, _VISITOR, _VISITOR)
    return home


def _path(base: Path, number: int, python: Path) -> str:
    programs = base / f"bin {number}"
    programs.mkdir(exist_ok=True)
    if not (programs / "python3").exists():
        (programs / "python3").symlink_to(python)
    return f"{programs}:/usr/local/bin:/usr/bin:/bin"


def _others_may_run(python: Path) -> bool:
    try:
        subprocess.run([python, "-c", ""], user=_VISITOR, group=_VISITOR, extra_groups=[], check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
