# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deleting voice apps that lead to each other. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

from .._engine.plan import Current
from .._errors import Doubt, Rejected, TelephonyError, leaving_doubt
from .api import SonetelApi


class Deletions:
    """Deletes voice apps, of which others let go first if Sonetel wants that (sonetel.md 11 #17).

    Only what is to be deleted as well lets go, by losing its keys. *targets* returns the ids that a voice app leads
    to, *emptied* the bodies with which it leads nowhere.
    """

    def __init__(
        self,
        api: SonetelApi,
        targets: Callable[[Current], Collection[str]],
        emptied: Callable[[Current], Sequence[Mapping[str, Any]]],
    ) -> None:
        self._api = api
        self._targets = targets
        self._emptied = emptied
        self._doomed: dict[str, Current] = {}
        self._loosened: set[str] = set()
        self._staying: set[str] = set()

    def plan(self, doomed: Sequence[Current]) -> None:
        """Take note of all that is to be deleted."""
        self._doomed = {current.values["app_id"]: current for current in doomed}

    def entangled(self, app_id: str) -> bool:
        """Whether a voice app leads to another that is to be deleted, or that one to it: one waits for the other."""
        current = self._doomed.get(app_id)
        return current is not None and bool(self._users_of(app_id) or set(self._targets(current)) & set(self._doomed))

    def loosened(self, app_id: str) -> bool:
        """Whether keys of a voice app may be gone because another one was to be deleted."""
        return app_id in self._loosened

    def delete(self, app_id: str) -> None:
        """Delete one for good. An error leaves doubt where keys were taken away from it or for it."""
        try:
            with leaving_doubt(Doubt.OPEN if app_id in self._loosened else Doubt.NONE):
                self._delete(app_id)
        except TelephonyError:
            # What became of it is said now, so that nothing more may be done to it.
            self._staying.add(app_id)
            raise

    def _delete(self, app_id: str) -> None:
        try:
            self._api.delete_voiceapp(app_id)
        except Rejected:
            users = [current for key, current in self._users_of(app_id).items() if key not in self._staying]
            if not users:
                raise
            with leaving_doubt(Doubt.OPEN):
                for current in users:
                    self._loosened.add(current.values["app_id"])
                    with suppress(Rejected):  # it may be deleted by now
                        self._api.update_voiceapp(current.values["app_id"], self._emptied(current))
                self._api.delete_voiceapp(app_id)

    def _users_of(self, app_id: str) -> dict[str, Current]:
        return {key: current for key, current in self._doomed.items() if app_id in self._targets(current)}
