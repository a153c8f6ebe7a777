# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is open about a provider is known: each open row of its page is an assumption, or nothing relies on it."""

from __future__ import annotations

import importlib
import re
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT
from test_provider_facts import PAGES, PROVIDERS, missing

PACKAGE = "ansible_collections.office.telephony.plugins.module_utils"


def _assumed(provider: str) -> ModuleType:
    return importlib.import_module(f"{PACKAGE}._{provider}.assumptions")


def _open_rows(provider: str) -> list[str]:
    """Return the citations of the rows of the page's table of what is open."""
    text = (ROOT / f"docs/providers/{provider}.md").read_text(encoding="utf-8")
    section = re.search(r"^## (\d+)\. Undocumented or ambiguous$", text, re.MULTILINE)
    assert section
    return [f"{provider}.md {section[1]} #{row}" for row in PAGES[provider].sections[section[1]]]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_open_row_is_assumed_or_not_relied_on(provider: str) -> None:
    module = _assumed(provider)
    named = [assumption.source for assumption in module.ASSUMPTIONS] + list(module.NOT_RELIED_ON)
    rows = _open_rows(provider)
    assert rows
    assert [row for row in rows if named.count(row) != 1] == []
    for source in named:
        page, _blank, references = source.partition(".md ")
        assert (page, missing(provider, references)) == (provider, [])


@pytest.mark.parametrize("provider", PROVIDERS)
def test_assumptions_are_sentences_with_a_call(provider: str) -> None:
    calls = re.compile(r"\b(GET|POST|PUT|DELETE) \S")
    for assumption in _assumed(provider).ASSUMPTIONS:
        assert assumption.what.endswith("."), assumption
        assert calls.search(assumption.call), assumption
        assert len(assumption.what) < 110, assumption
        assert len(assumption.call) < 110, assumption


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_account_leads_to_them(provider: str) -> None:
    account: Any = importlib.import_module(f"{PACKAGE}._office.providers").PROVIDERS[provider]
    assert account.assumptions == _assumed(provider).ASSUMPTIONS
    assert account.check.__module__ == f"{PACKAGE}._{provider}.first_call"
