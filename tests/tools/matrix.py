# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which versions of ansible-core are supported, and on which Pythons each of them runs."""

from __future__ import annotations

from typing import NamedTuple

Version = tuple[int, int]


class Core(NamedTuple):
    """One supported ansible-core: its name (2.19), the Pythons it runs on, and the pip that its ansible-test wants."""

    name: str
    pythons: tuple[Version, ...]
    pip: str


# The Pythons are those that upstream tests as controller. The pinned patch level of each is in
# tests/requirements/core-NAME.in.
CORES = (
    Core("2.16", ((3, 10), (3, 11), (3, 12)), "23.1.2"),
    Core("2.17", ((3, 10), (3, 11), (3, 12)), "23.1.2"),
    Core("2.18", ((3, 11), (3, 12), (3, 13)), "24.2"),
    Core("2.19", ((3, 11), (3, 12), (3, 13)), "24.2"),
    Core("2.20", ((3, 12), (3, 13), (3, 14)), "25.2"),
    Core("2.21", ((3, 12), (3, 13), (3, 14)), "25.2"),
)

# The next ansible-core, as a release candidate: its steps may fail until it is released and moves up.
PREVIEW = Core("2.22", ((3, 13), (3, 14)), "25.2")
