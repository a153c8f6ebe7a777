# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the generated documentation site needs besides: settings, a style, and the order in which people read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from itertools import groupby
from pathlib import Path

NAMES = (
    *("--project", "office.telephony", "--title", "office.telephony"),
    *("--copyright", "office.telephony contributors"),
)
# References to ansible's and Python's own documentation would be looked up over the network.
_SETTINGS = """
intersphinx_mapping = {}
html_static_path = ['static']
html_css_files = ['site.css']
html_theme_options = {'collapse_navigation': True, 'show_rtd_ethical_ads': False, 'topbar_links': {}}
"""
# In the page, the sections' own titles stand above their lists.
_STYLE = """
.toctree-wrapper > p.caption { display: none; }
.wy-menu-vertical a { overflow-wrap: anywhere; }
.wy-table-responsive table td, .wy-table-responsive table th { white-space: normal; }
.wy-nav-content { max-width: 60rem; }
"""
_TITLE = re.compile(r"(?:^\.\. _\S+:\n\n)?^(\w.*)\n-{3,}\n", re.MULTILINE)
_TOCTREE = re.compile(r"^\.\. toctree::\n((?:    :\w+:.*\n)+)\n((?:    \S+\n)+)", re.MULTILINE)
_PLACES = {"Description": 0, "Role Index": 2, "Plugin Index": 3, "Communication": 4, "Changelog": 5}
_CAPTIONS = {"Role Index": "Roles", "Plugin Index": "Modules"}
_ROW = re.compile(r"^(?=  \* - \.\. raw:: html$)", re.MULTILINE)
_PARAMETER = re.compile(r'id="parameter-main--(\w+)"')


def prepare(site: Path) -> None:
    """Add what `antsibull-docs sphinx-init` does not make."""
    settings = site / "conf.py"
    settings.write_text(settings.read_text() + _SETTINGS)
    (site / "static").mkdir()
    (site / "static/site.css").write_text(_STYLE)


def arrange(pages: Path, roles: Path) -> None:
    """Arrange the pages that `antsibull-docs collection` has made."""
    index = pages / "index.rst"
    index.write_text(arranged(index.read_text()))
    for specs in roles.glob("*/meta/argument_specs.yml"):
        page = pages / f"{specs.parents[1].name}_role.rst"
        page.write_text(ordered(page.read_text(), re.findall(r"^ {6}(\w+):$", specs.read_text(), re.MULTILINE)))


def ordered(page: str, names: list[str]) -> str:
    """Return a role's page with its parameters in the order of *names*, and not by the alphabet."""
    before, *rows = _ROW.split(page)
    if not rows:
        return page
    last, line, after = rows[-1].partition("\n\n\n.. ")
    rows[-1] = last + "\n\n"
    rows.sort(key=lambda row: names.index(_PARAMETER.findall(row)[0]))
    return "".join([before, *rows]) + line + after


def arranged(index: str) -> str:
    """Return the collection's index with guides and roles first, and lists with titles and short names."""
    found = list(_TITLE.finditer(index))
    ends = [title.start() for title in found[1:]] + [len(index)]
    sections = [(title[1], index[title.start() : end].rstrip() + "\n") for title, end in zip(found, ends, strict=True)]
    sections.sort(key=lambda section: _PLACES.get(section[0], 1))
    texts = [_TOCTREE.sub(partial(_trees, title), text) for title, text in sections]
    return "\n".join([index[: found[0].start()].rstrip(), "", *texts])


def _trees(title: str, tree: re.Match[str]) -> str:
    """The list of a section for the sidebar; that of the modules becomes one for offices and one for each provider."""
    caption, options = _CAPTIONS.get(title, title), tree[1]
    pages = tree[2].split()
    if title != "Plugin Index":
        return _tree(caption, options, pages)
    pages.sort(key=lambda page: (_group(page) != "office", page.removesuffix("_module")))
    return "\n".join(_tree(f"{caption}: {name}", options, group) for name, group in groupby(pages, _group))


def _group(page: str) -> str:
    return page.partition("_")[0]


def _tree(caption: str, options: str, pages: Iterable[str]) -> str:
    """A list in which modules and roles are called as in a playbook, and not by the titles of their pages."""
    named = [re.sub(r"^(\w+)_(?:module|role)$", r"\1 <\g<0>>", page) for page in pages]
    return f".. toctree::\n{options}    :caption: {caption}\n\n" + "".join(f"    {name}\n" for name in named)
