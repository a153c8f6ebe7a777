# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults that tests plant in front of the providers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.messages import JSON_TYPE, Answer, BadInput, Headers, Record, is_count, is_number
from simulator.provider import Provider

KINDS = ("status", "status_after", "delay", "drop_before", "drop_after", "garbage", "truncate")
_COMMON_KEYS = {"provider", "method", "path_regex", "after", "times", "kind"}
_STATUS_KEYS = {"status", "headers", "body"}
_OWN_KEYS: dict[str, set[str]] = {"status": _STATUS_KEYS, "status_after": _STATUS_KEYS, "delay": {"seconds"}}


@dataclass
class Fault:
    """A planted fault with its counters. `times_left` None: hits always."""

    spec: Record
    path: re.Pattern[str] | None
    after_left: int
    times_left: int | None
    hits: int = 0

    def describe(self) -> Record:
        """The fault as it was planted, and what is left of it."""
        return {**self.spec, "after_left": self.after_left, "times_left": self.times_left, "hits": self.hits}

    def concerns(self, provider: str, method: str, path: str) -> bool:
        """Whether a request is one of those that the fault was planted for."""
        return (
            self.spec["provider"] == provider
            and self.spec.get("method") in (None, method)
            and (self.path is None or self.path.search(path) is not None)
        )

    def hit(self) -> None:
        """Count one hit."""
        self.hits += 1
        if self.times_left is not None:
            self.times_left -= 1


class Faults:
    """All planted faults, in the order in which they were planted."""

    def __init__(self, providers: Mapping[str, Provider]) -> None:
        self._providers = sorted(providers)
        self._faults: list[Fault] = []

    def clear(self) -> None:
        """Remove all faults."""
        self._faults.clear()

    def describe(self) -> list[Record]:
        """All faults with what is left of them."""
        return [fault.describe() for fault in self._faults]

    def add(self, wanted: object) -> None:
        """Plant a list of faults; all of them or, with BadInput, none."""
        if not isinstance(wanted, list):
            raise BadInput("faults: a list of faults is expected")
        self._faults.extend([self._checked(f"faults[{index}]", spec) for index, spec in enumerate(wanted)])

    def take(self, provider: str, method: str, path: str) -> tuple[float, Fault | None]:
        """The seconds to wait and the fault to apply for one request.

        Delays add up; of all others the first one planted wins, and only that one is used up.
        `after` counts every request that the fault concerns.
        """
        seconds = 0.0
        winner: Fault | None = None
        for fault in self._faults:
            if not fault.concerns(provider, method, path):
                continue
            if fault.after_left:
                fault.after_left -= 1
            elif fault.times_left == 0:
                continue
            elif fault.spec["kind"] == "delay":
                fault.hit()
                seconds += fault.spec["seconds"]
            elif winner is None:
                fault.hit()
                winner = fault
        return seconds, winner

    def _checked(self, where: str, spec: object) -> Fault:
        if not isinstance(spec, dict):
            raise BadInput(f"{where}: an object is expected")
        kind = spec.get("kind")
        if kind not in KINDS:
            raise BadInput(f"{where}.kind: {kind!r} is not one of {list(KINDS)}")
        unknown = sorted(set(spec) - _COMMON_KEYS - _OWN_KEYS.get(kind, set()))
        if unknown:
            raise BadInput(f"{where}: unknown keys {unknown} for kind {kind!r}")
        if spec.get("provider") not in self._providers:
            raise BadInput(f"{where}.provider: {spec.get('provider')!r} is not one of {self._providers}")
        method = spec.get("method")
        if method is not None and (not isinstance(method, str) or method != method.upper()):
            raise BadInput(f"{where}.method: an upper-case HTTP method or null is expected")
        after, times = spec.get("after", 0), spec.get("times")
        if not is_count(after):
            raise BadInput(f"{where}.after: a whole number of at least 0 is expected")
        if times is not None and (not is_count(times) or times == 0):
            raise BadInput(f"{where}.times: null (always) or a whole number of at least 1 is expected")
        _check_own(where, spec)
        return Fault(spec, _pattern(where, spec.get("path_regex")), after, times)


def status_answer(spec: Record) -> Answer:
    """The answer that a fault of kind `status` or `status_after` gives; a string body as it is, else as JSON."""
    body = spec.get("body")
    if body is None:
        content, media_type = b"", None
    elif isinstance(body, str):
        content, media_type = body.encode(), "text/plain;charset=UTF-8"
    else:
        content, media_type = json.dumps(body).encode(), JSON_TYPE
    headers: Headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in spec.get("headers", {}).items()
    ]
    if media_type and not any(name == b"content-type" for name, value in headers):
        headers.append((b"content-type", media_type.encode()))
    return Answer(spec["status"], content, headers)


def _check_own(where: str, spec: Record) -> None:
    if spec["kind"] in ("status", "status_after"):
        status, headers = spec.get("status"), spec.get("headers", {})
        if not is_count(status) or not 200 <= status <= 599:
            raise BadInput(f"{where}.status: an HTTP status from 200 to 599 is expected")
        if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
            raise BadInput(f"{where}.headers: an object of strings is expected")
    if spec["kind"] == "delay":
        seconds = spec.get("seconds")
        if not is_number(seconds) or seconds < 0:
            raise BadInput(f"{where}.seconds: a number of at least 0 is expected")


def _pattern(where: str, text: object) -> re.Pattern[str] | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise BadInput(f"{where}.path_regex: a regular expression or null is expected")
    try:
        return re.compile(text)
    except re.error as error:
        raise BadInput(f"{where}.path_regex: not a regular expression: {error}") from error
