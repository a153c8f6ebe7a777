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
from test_provider_facts import PAGES, PROVIDERS, missing, pages_of, places

PACKAGE = "ansible_collections.office.telephony.plugins.module_utils"


def _assumed(provider: str) -> ModuleType:
    return importlib.import_module(f"{PACKAGE}._{provider}.assumptions")


def _open_rows(provider: str) -> list[str]:
    """Return the citations of the rows of what is open: of the table on each page, and of a page's switches."""
    found: list[str] = []
    for page in pages_of(provider):
        text = (ROOT / f"docs/providers/{page}.md").read_text(encoding="utf-8")
        sections = re.findall(r"^## (\d+)\. (?:Undocumented or ambiguous|Open readings: .*)$", text, re.MULTILINE)
        assert sections
        found += [f"{page}.md {section} #{row}" for section in sections for row in PAGES[page].sections[section]]
    return found


def _rows_of(source: str) -> list[str]:
    """Return each place that a citation names, as a citation of its own."""
    page, _blank, references = source.partition(" ")
    return [f"{page} {section}{f' #{row}' if row else ''}" for section, row in places(references)]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_open_row_is_assumed_or_not_relied_on(provider: str) -> None:
    module = _assumed(provider)
    sources = [assumption.source for assumption in module.ASSUMPTIONS] + list(module.NOT_RELIED_ON)
    named = [row for source in sources for row in _rows_of(source)]
    rows = _open_rows(provider)
    assert rows
    assert [row for row in rows if named.count(row) != 1] == []
    for source in sources:
        page, _blank, references = source.partition(".md ")
        assert (page in pages_of(provider), missing(page, references)) == (True, [])


@pytest.mark.parametrize("provider", PROVIDERS)
def test_assumptions_are_sentences_with_a_call(provider: str) -> None:
    calls = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE) \S")
    for assumption in _assumed(provider).ASSUMPTIONS:
        assert assumption.what.endswith("."), assumption
        assert calls.search(assumption.call), assumption
        assert len(assumption.what) < 110, assumption
        assert len(assumption.call) < 110, assumption


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_account_leads_to_them(provider: str) -> None:
    account: Any = importlib.import_module(f"{PACKAGE}._office.providers").PROVIDERS[provider]
    assert account.package.assumptions == _assumed(provider).ASSUMPTIONS
    assert account.package.check.__module__ == f"{PACKAGE}._{provider}.first_call"
