# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tables of operations are made of: paths, permissions, and the row itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.messages import Answer
from simulator.ringcentral.answers import Call

Handler = Callable[[Call], Answer]
Rows = tuple[tuple[str, str, Handler, str, str, str, str], ...]
ACCOUNT = r"/restapi/v1\.0/account/([^/]+)"
EXTENSION = rf"{ACCOUNT}/extension/([^/]+)"
ACCOUNT_V2 = r"/restapi/v2/accounts/([^/]+)"
EXTENSION_V2 = rf"{ACCOUNT_V2}/extensions/([^/]+)"
DICTIONARY = r"/restapi/v1\.0/dictionary"
ONE = "/([^/]+)"
CONTENT = "/content"
READ, EDIT, EDIT_ACCOUNT = "ReadAccounts", "EditExtensions", "EditAccounts"

# Which back end answers: how an account that is migrated, or one that is not, refuses the others (9.1, 11).
ALWAYS, NUMBERS_KIND, RULES_KIND, HOURS_KIND, NEW_KIND = "", "numbers", "rules", "hours", "new"


@dataclass(frozen=True)
class Operation:
    """One method of one path, which is a regular expression.

    `user_permission` is empty where none is stated, and "A|B" where either of two is enough.
    """

    method: str
    path: str
    handler: Handler
    group: str
    app_permission: str
    user_permission: str
    kind: str

    @property
    def of_account(self) -> bool:
        """Whether the path names an account."""
        return self.path.startswith((ACCOUNT, ACCOUNT_V2))

    @property
    def of_extension(self) -> bool:
        """Whether the path names an extension."""
        return self.path.startswith((EXTENSION, EXTENSION_V2))

    @property
    def is_media(self) -> bool:
        """Whether the host for what is played serves it."""
        return self.path.endswith(CONTENT)
