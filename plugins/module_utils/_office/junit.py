# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a verification found, as a JUnit file for CI. Private to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

from .._errors import InputError
from .._files.names import file_name, write_whole

# What no XML may hold. Names of an account are whatever somebody typed there.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OCTAL = re.compile(r"0?[0-7]{3}")


@dataclass(frozen=True)
class Case:
    """One test case. *failure*, *error* and *skipped* say why it did not pass; *text* is shown with it."""

    group: str
    name: str
    failure: str = ""
    error: str = ""
    skipped: str = ""
    text: str = ""


@dataclass(frozen=True)
class Junit:
    """Where the file goes, and who may read it."""

    folder: Path
    office: str
    mode: int = 0o600

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / f"{file_name(self.office)}.xml"

    def write(self, cases: Sequence[Case], when: datetime) -> None:
        """Write the file as a whole."""
        write_whole(self.path, document(self.office, cases, when), mode=self.mode)


def read_mode(given: object, option: str = "junit_mode") -> int:
    """Return the mode of a file as people write it, `0644` in quotes or without. Raises `InputError`."""
    # YAML 1.1 reads 0644 as an octal number.
    text = f"{given:04o}" if isinstance(given, int) and not isinstance(given, bool) else str(given).strip()
    if not _OCTAL.fullmatch(text):
        raise InputError(f"O({option}) is {given!r}.", next_step="Write it as '0600' or '0644', in quotes.")
    return int(text, 8)


def document(office: str, cases: Sequence[Case], when: datetime) -> str:
    """Return the file's text."""
    counts = {
        "tests": len(cases),
        "failures": sum(bool(case.failure) for case in cases),
        "errors": sum(bool(case.error) for case in cases),
        "skipped": sum(bool(case.skipped) for case in cases),
    }
    numbers = {name: str(count) for name, count in counts.items()}
    root = ElementTree.Element("testsuites", numbers)
    named = {"name": _clean(office), "timestamp": f"{when:%Y-%m-%dT%H:%M:%S}", "time": "0"}
    suite = ElementTree.SubElement(root, "testsuite", {**named, **numbers})
    for case in cases:
        suite.append(_element(office, case))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _element(office: str, case: Case) -> ElementTree.Element:
    named = {"classname": _clean(f"{office}.{case.group}"), "name": _clean(case.name), "time": "0"}
    element = ElementTree.Element("testcase", named)
    for kind, message in _marks(case):
        ElementTree.SubElement(element, kind, {"message": _clean(message)}).text = _clean(case.text) or None
    return element


def _marks(case: Case) -> Iterator[tuple[str, str]]:
    found = (("failure", case.failure), ("error", case.error), ("skipped", case.skipped))
    return ((kind, message) for kind, message in found if message)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("?", text)
