# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keeping what HTTP libraries log about a request out of everybody's log. Private to the collection.

Their records hold whole URLs, of which a query may be a key, and a server's headers as it sent them. In Ansible's
worker they would reach Ansible's own log. Nothing else is silenced: neither other loggers, nor these libraries between
requests.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Whoever logs below one of these names, also from a module that is loaded later.
_LIBRARIES = ("urllib3", "requests", "http", "charset_normalizer", "chardet", "idna", "socks")


class _DuringRequests(logging.Filter):
    """Drops the records of the loggers that it is put on, while a request is under way in any thread."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._under_way = 0

    def filter(self, record: logging.LogRecord) -> bool:
        return not self._under_way

    def begin(self) -> None:
        with self._lock:
            self._under_way += 1
        for name in [*_LIBRARIES, *logging.root.manager.loggerDict]:
            if name.partition(".")[0] in _LIBRARIES:
                # Adding it again does nothing.
                logging.getLogger(name).addFilter(self)

    def end(self) -> None:
        with self._lock:
            self._under_way -= 1


_during_requests = _DuringRequests()


@contextmanager
def quiet_libraries() -> Iterator[None]:
    """Let nobody log about a request that is sent in this block; as a decorator, in the function."""
    _during_requests.begin()
    try:
        yield
    finally:
        _during_requests.end()
