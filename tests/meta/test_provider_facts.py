# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What code cites about a provider is written down: each citation names a page, section and row of docs/providers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import ROOT

from simulator.provider import find_providers

FOLDER = ROOT / "docs/providers"
PROVIDERS = sorted(find_providers())
# Where citations stand. This file has wrong ones on purpose.
CITING = [
    path
    for folder in ("plugins", "simulator", "tests", "docs/docsite")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".md", ".rst", ".yml") and path != Path(__file__).resolve()
] + [ROOT / "CONTRIBUTING.md"]

_ROW = r"#[A-Z]?\d+"
_JOINT = r"(?:,(?: and)? | and | to )"
_REFERENCE = rf"\d+(?:\.\d+)*(?: {_ROW}(?:{_JOINT}{_ROW})*)?"
_REFERENCES = rf"{_REFERENCE}(?:{_JOINT}{_REFERENCE})*"
_CITATION = re.compile(rf"(docs/providers/)?\b([a-z][a-z-]*)\.md\b(?: ({_REFERENCES}))?")
_SWITCH = re.compile(rf"\((?:([a-z-]+)\.md )?({_REFERENCES})(?:, [a-z ]+)?\)$")
# Sections and rows that name no page, in files about one provider.
_BARE = re.compile(r"\b(?:sections?|rows?) #?\d|\(\d+(?:\.\d+)* #\d")
# Names of tests: test_row_07_..., test_rows_3_to_6_and_9_..., test_rows_c1_to_c3_..., test_section_4_3_...
_ROW_TEST = re.compile(r"def test_rows?_((?:(?:c?\d+|to|and)_)+)")
_SECTION_TEST = re.compile(r"def test_section_(\d+(?:_\d+)*)_")


@dataclass
class Page:
    """The sections of a page by number, each with its numbered rows, and the number of its fidelity checklist."""

    sections: dict[str, list[str]] = field(default_factory=dict)
    checklist: str = ""


def parse(text: str) -> Page:
    """Read a page: rows are those of tables whose first column is headed #, and the items of numbered lists."""
    page = Page()
    rows: list[str] = []
    numbered = code = False
    for line in text.splitlines():
        code ^= line.startswith("```")
        heading = re.match(r"#{2,3} (\d+(?:\.\d+)*)\.? (.*)", line)
        if code:
            continue
        if heading:
            rows = page.sections[heading[1]] = []
            if heading[2].lower() == "fidelity checklist":
                page.checklist = heading[1]
        elif line.startswith("|"):
            first = line.split("|")[1].strip()
            numbered = first == "#" or (numbered and bool(first))
            if numbered and re.fullmatch(r"[A-Z]?\d+", first):
                rows.append(first)
        else:
            numbered = False
            item = re.match(r"(\d+)\. ", line)
            if item:
                rows.append(item[1])
    return page


PAGES = {path.stem: parse(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.md") if path.stem != "README"}


def places(references: str) -> Iterator[tuple[str, str]]:
    """Return section and row ("" for none) of each reference."""
    for reference in re.findall(_REFERENCE, references):
        section, _blank, rows = reference.partition(" ")
        for row in re.findall(_ROW, rows) or [""]:
            yield section, row.lstrip("#")


def missing(name: str, references: str, pages: Mapping[str, Page] = PAGES) -> list[str]:
    """Return what the page of that name lacks of *references*, such as "4.1, 11 #7 and #9"."""
    if name not in pages:
        return [f"{name}.md"]
    sections = pages[name].sections
    return [
        f"{name}.md {section}{f' #{row}' if row else ''}"
        for section, row in places(references)
        if section not in sections or (row and row not in sections[section])
    ]


def wrong(text: str, pages: Mapping[str, Page] = PAGES) -> list[str]:
    """Return the citations of a text that lead nowhere. A citation may go over the end of a line."""
    flat = re.sub(r"\s*\n\s*(?:# )?", " ", text)
    found = []
    for folder, name, references in _CITATION.findall(flat):
        if folder or references or name in pages:
            found += missing(name, references, pages)
    return found


def pages_of(provider: str) -> list[str]:
    """Return the provider's page, and those that continue it, such as acme-menus.md."""
    return [name for name in sorted(PAGES) if name == provider or name.startswith(f"{provider}-")]


SAMPLE = {
    "acme": parse(
        "## 1. One\n\n1. first\n2. second\n\n### 1.1 More\n| # | a |\n|---|---|\n| 1 | x |\n| C2 | y |\n"
        "\n| code | z |\n| 7 | - |\n"
    )
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Facts: docs/providers/acme.md. Private.", []),
        ("(acme.md 1)", []),
        ("(acme.md 1.1). Nothing", []),
        ("(acme.md 1 #1 to #2, 1.1 #1 and #C2)", []),
        ("    # over the end of a line (acme.md\n    # 1.1 #C2)", []),
        ("(acme.md 1, 2 things)", ["acme.md 2"]),
        ("(acme.md 3)", ["acme.md 3"]),
        ("(acme.md 1 to 4)", ["acme.md 4"]),
        ("(acme.md 1.1 #7)", ["acme.md 1.1 #7"]),
        ("(acme.md 1 #2, #3)", ["acme.md 1 #3"]),
        ("    # (acme.md 1 and\n    # 5)", ["acme.md 5"]),
        ("docs/providers/other.md", ["other.md"]),
        ("(other.md 1)", ["other.md"]),
        ("see other.md and README.md 1", []),
    ],
)
def test_the_check_finds_what_leads_nowhere(text: str, expected: list[str]) -> None:
    assert wrong(text, SAMPLE) == expected


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_provider_has_a_page_that_its_code_cites(provider: str) -> None:
    assert PAGES[provider].checklist
    for folder in (ROOT / f"plugins/module_utils/_{provider}", ROOT / f"simulator/{provider}"):
        files = list(folder.rglob("*.py"))
        assert files
        assert any(f"docs/providers/{provider}.md" in file.read_text(encoding="utf-8") for file in files), folder


@pytest.mark.parametrize("name", sorted(PAGES))
def test_rows_are_numbered_without_gaps(name: str) -> None:
    """Numbers never change, so a row that is withdrawn keeps its own."""
    for section, rows in PAGES[name].sections.items():
        numbers = [row for row in rows if row.isdigit()]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)], section


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https://)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_citations_name_what_exists() -> None:
    found = {path.relative_to(ROOT).as_posix(): wrong(path.read_text(encoding="utf-8")) for path in CITING}
    assert {name: places for name, places in found.items() if places} == {}


def test_facts_are_cited_by_page() -> None:
    """Neither by a name that only some know, nor by a number whose page has to be guessed."""
    named = [path for path in CITING if re.search("dossier", path.read_text(encoding="utf-8"), re.IGNORECASE)]
    bare = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for provider in PROVIDERS
        for folder in (ROOT / f"plugins/module_utils/_{provider}", ROOT / f"simulator/{provider}")
        for path in folder.rglob("*.py")
        if not path.name.endswith("switches.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if _BARE.search(line)
    ]
    assert ([path.relative_to(ROOT).as_posix() for path in named], bare) == ([], [])


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_switch_says_where_its_question_stands(provider: str) -> None:
    for switch in find_providers()[provider].switches:
        found = _SWITCH.search(switch.stands_for)
        assert found, f"{switch.name}: its description has to end with (section), (section #row) or (page.md section)"
        page = found[1] or provider
        assert page in pages_of(provider), switch.name
        assert missing(page, found[2]) == [], switch.name


@pytest.mark.parametrize("provider", PROVIDERS)
def test_names_of_tests_are_about_rows_of_the_checklist(provider: str) -> None:
    files = (ROOT / "tests/simulator").glob(f"test_{provider}_*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    rows = {number.lstrip("0").upper() for name in _ROW_TEST.findall(text) for number in re.findall(r"c?\d+", name)}
    checklists = [page.sections[page.checklist] for page in (PAGES[name] for name in pages_of(provider))]
    assert rows
    assert rows <= {row for checklist in checklists for row in checklist}
    assert {section.replace("_", ".") for section in _SECTION_TEST.findall(text)} <= set(PAGES[provider].sections)
