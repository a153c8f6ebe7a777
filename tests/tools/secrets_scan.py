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

from collection import ROOT, project_files

PLANTED = ROOT / "tests/planted_secrets.txt"
_SHORTEST = 8


def read_planted(file: Path = PLANTED) -> list[str]:
    """The secrets in the list. Raises ValueError when it lists none, or one so short that it is found by chance."""
    secrets = [line.strip() for line in file.read_text().splitlines() if line.strip() and not line.startswith("#")]
    if not secrets:
        raise ValueError(f"{file.name} lists no secret")
    if any(len(secret) < _SHORTEST for secret in secrets):
        raise ValueError(
            f"{file.name} lists a secret of fewer than {_SHORTEST} characters, which would be found by chance"
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


def planted_nowhere() -> int:
    """How many of the secrets stand in no other file of the project, so that searching for them shows nothing."""
    sources = [(ROOT / name).read_bytes() for name in project_files() if ROOT / name != PLANTED]
    return sum(not any(secret.encode() in source for source in sources) for secret in read_planted())
