# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML that a person would write, and that Ansible never takes for templates. Private to the collection."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._texts import one_line

try:
    import yaml
except ImportError:  # reported by the runner
    HAS_YAML = False
else:
    HAS_YAML = True

# No quotes are needed around words, but for those that YAML reads as something else; PyYAML knows most of these.
_WORDS = re.compile(r"[^\W\d_](?:[\w .()/@-]*[\w)])?")
_SHORT = ("y", "n")
_TEXT, _UNSAFE = "tag:yaml.org,2002:str", "!unsafe"
# Deeper data is nothing that a person could edit, and more than PyYAML takes.
_DEEPEST = 40


def yaml_lines(value: Any) -> list[str]:
    """Return a mapping or a list as the lines of a YAML block."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=False, sort_keys=False, allow_unicode=True, width=math.inf
    )
    return text.removesuffix("\n").split("\n")


def scalar(value: Any) -> str:
    """Return one value as it stands behind a key, or a short text as a key."""
    return yaml_lines({"x": value})[0].removeprefix("x: ")


def unwritable(value: Any, depth: int = 0) -> str:
    """Return why *value* cannot stand in a file, so that Ansible reads the same again; "" for what can."""
    if depth > _DEEPEST:
        return "it is nested too deeply"
    if isinstance(value, Mapping):
        parts = [part for member in value.items() for part in member]
        return next(filter(None, (unwritable(part, depth + 1) for part in parts)), "")
    if isinstance(value, (list, tuple)):
        return next(filter(None, (unwritable(part, depth + 1) for part in value)), "")
    if isinstance(value, float) and not math.isfinite(value):
        return f"{value} is not a number that a file can hold"
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        return "it contains an incomplete character"
    return ""


def looks_like_template(text: str) -> bool:
    """Tell whether Ansible might take *text* for a template; its header can make any characters mark one."""
    return "{" in text or "#jinja2" in text.casefold()


if HAS_YAML:

    class _Dumper(yaml.SafeDumper):
        """Writes texts in double quotes where they are not plain words, on one line each."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

        def write_double_quoted(self, text: str, split: bool = True) -> None:
            letters = (f"\\{letter}" if letter in '"\\' else one_line(letter) for letter in text)
            self.write_indicator('"' + "".join(letters) + '"', True)

    def _text_node(dumper: Any, text: str) -> Any:
        if looks_like_template(text):
            return dumper.represent_scalar(_UNSAFE, str(text), style='"')
        word = _WORDS.fullmatch(text) and text.isprintable() and text.casefold() not in _SHORT
        plain = word and dumper.resolve(yaml.ScalarNode, text, (True, False)) == _TEXT
        return dumper.represent_scalar(_TEXT, str(text), style=None if plain else '"')

    def _list_node(dumper: Any, items: Sequence[Any]) -> Any:
        short = not any(isinstance(item, (Mapping, list, tuple)) for item in items)
        return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short)

    def _mapping_node(dumper: Any, members: Mapping[Any, Any]) -> Any:
        return dumper.represent_mapping("tag:yaml.org,2002:map", members)

    _NODES: dict[type, Callable[[Any, Any], Any]] = {
        str: _text_node,
        list: _list_node,
        tuple: _list_node,
        dict: _mapping_node,
    }
    for kind, node in _NODES.items():
        # For the type itself, and for those made of it.
        _Dumper.add_representer(kind, node)
        _Dumper.add_multi_representer(kind, node)
