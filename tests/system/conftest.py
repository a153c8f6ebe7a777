# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One simulator process for the whole run, as it started before every test, and modules that run against it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path

import pytest
from system_support import ROOT

from simulator.harness import Simulator

sys.path.insert(0, str(ROOT / "tests" / "tools"))

# Much of what a whole run makes stays until its end; to look through it often takes a twelfth of the time.
gc.set_threshold(100_000, 50, 1000)


@pytest.fixture(scope="session", autouse=True)
def collections_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds ansible_collections; a link stands in for it where the checkout lies elsewhere."""
    if ROOT.parts[-3:] == ("ansible_collections", "office", "telephony"):
        path = ROOT.parents[2]
    else:
        path = tmp_path_factory.mktemp("collections")
        namespace = path / "ansible_collections" / "office"
        namespace.mkdir(parents=True)
        (namespace / "telephony").symlink_to(ROOT)
    if str(path) not in sys.path:
        sys.path.insert(0, str(path))
    return path


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials, proxies or certificates of the person who runs the tests."""
    for name in list(os.environ):
        if name.startswith(("SONETEL_", "RC_")) or name.upper().endswith(("_PROXY", "CA_BUNDLE")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def process() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture(scope="session")
def controller() -> Iterator[Executor]:
    """A process that may import Ansible's plugins: beside them, what modules warn of is not in their results."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        # It starts here, and not in a test's folder.
        pool.submit(os.getpid).result()
        yield pool


@pytest.fixture
def simulator(process: Simulator) -> Simulator:
    """The simulator in its default state."""
    process.reset()
    return process
