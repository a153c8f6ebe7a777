# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tables of cases that are one test, because ansible-test starts a process for each test."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any


def each(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Like `pytest.mark.parametrize`, as one test, which plays all cases and then names those that failed.

    What pytest makes once for each test, such as a temporary folder, is one for all cases.
    """
    several = not isinstance(names, str)
    table = [dict(zip(names, case, strict=True)) if several else {names: case} for case in cases]
    assert table, f"there is no case of {names}"

    def decorated(test: Callable[..., None]) -> Callable[..., None]:
        def play_all(**fixtures: Any) -> None:
            failed = []
            for case in table:
                try:
                    test(**case, **fixtures)
                except Exception as error:
                    failed.append((case, error))
            if failed:
                what = "\n".join(f"{case!r}: {type(error).__name__}: {error}" for case, error in failed)
                raise AssertionError(f"{len(failed)} of {len(table)} cases failed:\n{what}") from failed[0][1]

        signature = inspect.signature(test)
        left = [parameter for name, parameter in signature.parameters.items() if name not in table[0]]
        play_all.__name__, play_all.__doc__, play_all.__module__ = test.__name__, test.__doc__, test.__module__
        play_all.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        return play_all

    return decorated
