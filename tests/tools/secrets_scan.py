# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether any secret that the tests plant shows up in what the run has printed.

The secrets stand in tests/planted_secrets.txt, one a line. They are never printed: a finding is a file and a line.
"""

from __future__ import annotations

import base64
import html
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path

import project
from workplace import Counts, StepFailed, Workplace

PLANTED = "tests/planted_secrets.txt"
_SHORTEST = 8


def scan(place: Workplace, names: Iterable[str]) -> str:
    """Search everything that the named steps have left: their logs, JUnit files, and ansible-test's output."""
    secrets = read_planted(project.ROOT / PLANTED)
    if idle := planted_nowhere(secrets):
        raise StepFailed(f"{idle} secrets of {PLANTED} are planted nowhere: searching for them proves nothing")
    files = [file for name in names for file in left_by(name) if file.is_file()]
    if not files:
        raise StepFailed("nothing to check: no step has left any output")
    found = list(search(secrets, files))
    for file, number in found:
        place.write(f"a planted secret stands in {file.relative_to(project.CACHE)}, line {number}")
    showing = len({file for file, number in found})
    place.count(Counts(passed=len(files) - showing, failed=showing))
    if found:
        raise StepFailed(f"planted secrets stand in {len(found)} lines of output")
    return f"{len(secrets)} planted secrets, {len(files)} files of output"


def left_by(name: str) -> Iterator[Path]:
    """The files with what the step of that name has printed or reported."""
    yield from (project.CACHE / "logs").glob(f"{name}.*")
    output = (
        project.CACHE / "run" / name / "ansible_collections" / project.NAMESPACE / project.NAME / "tests" / "output"
    )
    for folder in ("bot", "data", "junit", "reports"):
        yield from output.joinpath(folder).rglob("*")


def read_planted(file: Path) -> list[str]:
    """The secrets in the list. Raises StepFailed when it lists none, or one so short that it is found by chance."""
    secrets = [line.strip() for line in file.read_text().splitlines() if line.strip() and not line.startswith("#")]
    if not secrets:
        raise StepFailed(f"{PLANTED} lists no secret")
    if any(len(secret) < _SHORTEST for secret in secrets):
        raise StepFailed(
            f"{PLANTED} lists a secret of fewer than {_SHORTEST} characters, which would be found by chance"
        )
    return secrets


def disguises(secret: str) -> set[bytes]:
    """The secret as it may appear: plain, quoted for a URL or for XML, and in base64 at each of three alignments."""
    plain = secret.encode()
    forms = {plain, urllib.parse.quote(secret, safe="").encode(), urllib.parse.quote_plus(secret).encode()}
    forms.add(html.escape(secret).encode())
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + plain)
        # The first and the last characters also depend on the neighbours, which are not known.
        first = (0, 2, 3)[shift]
        whole = (shift + len(plain)) // 3 * 4
        forms.add(encoded[first:whole])
    return forms


def search(secrets: Iterable[str], files: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    """The file and the line number of each line that shows one of the secrets."""
    forms = {form for secret in secrets for form in disguises(secret)}
    for file in files:
        for number, line in enumerate(file.read_bytes().split(b"\n"), start=1):
            if any(form in line for form in forms):
                yield file, number


def planted_nowhere(secrets: Iterable[str]) -> int:
    """How many of the secrets stand in no other file of the project, so that searching for them proves nothing."""
    sources = [(project.ROOT / name).read_bytes() for name in project.project_files() if name != PLANTED]
    return sum(not any(secret.encode() in source for source in sources) for secret in secrets)
