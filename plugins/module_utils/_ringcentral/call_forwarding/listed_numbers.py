# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The forwarding numbers that rules can ring, with what was made of them just before. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..._engine import naming
from ..._engine.listing import Listing, whole
from ..api import LOOKS, Record, RingCentralApi
from ..directory import Extension
from ..forwarding_numbers.desired import DesiredNumber
from ..forwarding_numbers.preview import Preview
from ..forwarding_numbers.schema import device_of, number_of
from .model import Target


@dataclass(frozen=True)
class Expected:
    """What something before has made of the forwarding numbers, another task or a list of the same office.

    *written* was written just now, so that lists may show it late. *previews*, by id of the extension, is only planned
    and to be taken as done.
    """

    written: tuple[DesiredNumber, ...] = ()
    previews: Mapping[str, Preview] = field(default_factory=dict)


class ListedNumbers:
    """Asks for the list of each extension once, if needed; reads again while it lacks what was just written."""

    def __init__(self, api: RingCentralApi, expected: Expected) -> None:
        self._api = api
        self._expected = expected
        self._written: dict[str, list[DesiredNumber]] = {}
        self._lists: dict[str, Listing[Record]] = {}

    def extension_texts(self) -> Iterator[tuple[str, str]]:
        """Yield what the user calls the extensions of the written numbers, each with the place that says so."""
        for entry in self._expected.written:
            yield entry.extension, f"expected_forwarding_numbers[{entry.position}]: extension"

    def locate(self, found: Mapping[str, Extension]) -> None:
        """Take note of whose numbers were written."""
        for entry in self._expected.written:
            if entry.extension in found:
                self._written.setdefault(found[entry.extension].key, []).append(entry)

    def preview(self, extension: Extension) -> Preview | None:
        """Return what a plan makes of the list, None where there is none that is to be taken as done."""
        return self._expected.previews.get(extension.key)

    def of(self, extension: Extension, target: Target | None = None) -> list[Record]:
        """Return the forwarding numbers of *extension*; asked for again only while *target* is missing but written."""
        preview = self.preview(extension)
        if preview is not None:
            return list(preview.after)
        key = extension.key
        for wait in (0.0, *LOOKS) if target is not None and self._is_written(target, key) else (0.0,):
            self._api.pause(wait)
            if wait or key not in self._lists:
                self._lists[key] = self._api.forwarding_numbers(key)
            if target is None or any(
                target.key in (number_of(record), device_of(record), naming.folded(record.get("label")))
                for record in self._lists[key]
            ):
                break
        else:
            # Of an incomplete list it cannot be said that the target is not in it.
            return whole(self._lists[key])
        return self._lists[key]

    def _is_written(self, target: Target, key: str) -> bool:
        entries = [entry for entry in self._written.get(key, ()) if not entry.absent]
        return any(target.key in (entry.number, entry.device) for entry in entries)
