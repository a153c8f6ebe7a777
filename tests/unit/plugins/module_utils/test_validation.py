# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nested options are checked to the bottom, and each error names its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansible_collections.office.telephony.plugins.module_utils._ansible.validation import checked
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import ArgSpec, Option
from ansible_collections.office.telephony.plugins.module_utils._office.lists import TABLES
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

SPEC = ArgSpec(
    {
        "number": {"type": "str", "required": True},
        "mode": {"type": "str", "choices": ["day", "night"], "default": "day"},
        "seconds": {"type": "int"},
        "names": {"type": "list", "elements": "str"},
        "password": {"type": "str", "no_log": True},
        "destination": {
            "type": "dict",
            "options": {"phone": {"type": "str"}, "user": {"type": "str"}},
            "mutually_exclusive": [("phone", "user")],
            "required_one_of": [("phone", "user")],
        },
        "menu": {
            "type": "list",
            "elements": "dict",
            "options": {
                "key": {"type": "str", "required": True},
                "then": {"type": "dict", "options": {"user": {"type": "str"}, "again": {"type": "bool"}}},
            },
        },
    }
)
Told = list[tuple[tuple[Any, ...], str]]


def check(given: Any) -> tuple[dict[str, Any], Told]:
    reported: Told = []
    values = checked(SPEC, given, ("list", 3), lambda path, text: reported.append((path, text)))
    return values, reported


def test_what_is_right_is_converted_and_completed() -> None:
    values, reported = check({"number": "1", "seconds": "20", "names": ["a"], "menu": [{"key": "1"}]})
    assert reported == []
    assert (values["mode"], values["seconds"], values["names"]) == ("day", 20, ["a"])
    assert values["destination"] is None
    assert values["menu"] == [{"key": "1", "then": None}]


@each(
    ("given", "path", "words"),
    [
        ({"nmber": "1", "number": "1"}, ("nmber",), ("no such option", "Did you mean 'number'")),
        ({"number": "1", "destination": {"usr": "a"}}, ("destination", "usr"), ("Did you mean 'user'?",)),
        ({"number": "1", "menu": [{"key": "1"}, {"kay": "2"}]}, ("menu", 1, "kay"), ("Did you mean 'key'?",)),
        ({"number": "1", "menu": [{"key": "1"}, {}]}, ("menu", 1), ("key",)),
        (
            {"number": "1", "menu": [{"key": "1", "then": {"again": "x"}}]},
            ("menu", 0, "then", "again"),
            ("'x'", "true or false"),
        ),
        ({"number": "1", "menu": [{"key": "1", "then": "anna"}]}, ("menu", 0, "then"), ("text", "mapping", "user")),
        ({"number": "1", "menu": "anna"}, ("menu",), ("text", "must be a list")),
        ({"number": "1", "menu": ["anna"]}, ("menu", 0), ("text", "must be a mapping")),
        ({"number": "1", "menu": {"key": "1"}}, ("menu",), ("a mapping", "must be a list")),
        ({"number": "1", "mode": "nihgt"}, ("mode",), ("'nihgt' is not a choice", "Did you mean 'night'?")),
        ({"number": "1", "password": {"a": "hush"}, "seconds": 1.5}, ("seconds",), ("1.5", "a whole number")),
        ({"number": "1", "seconds": "soon"}, ("seconds",), ("'soon'", "a whole number")),
        ({"number": "1", "destination": {"phone": "1", "user": "a"}}, ("destination",), ("mutually exclusive",)),
        ({"number": "1", "destination": {}}, ("destination",), ("phone, user",)),
        ({}, (), ("number",)),
        ("text", (), ("text", "number, mode, seconds, names and so on")),
        (None, (), ("empty",)),
        ([], (), ("a list",)),
        (True, (), ("a boolean",)),
    ],
)
def test_a_mistake_is_reported_once_with_its_path(given: Any, path: tuple[Any, ...], words: tuple[str, ...]) -> None:
    _values, reported = check(given)
    ours = [text for where, text in reported if where == ("list", 3, *path)]
    assert len(ours) == 1, reported
    assert all(word in ours[0] for word in words), ours


def test_all_mistakes_are_reported_at_once() -> None:
    _values, reported = check(
        {"nmber": "1", "mode": "x", "seconds": "y", "menu": [{"kay": "1"}], "destination": {"a": 1}}
    )
    assert {path[2:] for path, _text in reported} >= {
        ("nmber",),
        ("mode",),
        ("seconds",),
        ("menu", 0, "kay"),
        ("menu", 0),
        ("destination", "a"),
        (),
    }


def test_a_secret_is_not_reported() -> None:
    _values, reported = check({"number": "1", "password": ["Fake+list/secret"], "seconds": "x"})
    assert "Fake" not in str(reported)


def options_of(options: dict[str, Option], *path: Any) -> Iterator[tuple[tuple[Any, ...], Option]]:
    """Every option of an item with its path, those inside of others too."""
    for name, option in options.items():
        yield (*path, name), option
        inner = (*path, name, 0) if option.get("type") == "list" else (*path, name)
        yield from options_of(option.get("options", {}), *inner)


def wrong_values(option: Option) -> Iterator[tuple[Any, tuple[int, ...], str]]:
    """Values that the option does not take, each with where that is reported, and the words for it."""
    words = {"int": "a whole number", "float": "a number", "bool": "true or false", "dict": "a mapping"}
    kind, elements = option.get("type", "str"), option.get("elements")
    if option.get("choices"):
        yield ([{}] if kind == "list" else "nonsense"), (0,) if kind == "list" else (), ""
    if kind == "list":
        yield {"a": 1}, (), "must be a list"
        if elements in words:
            yield ["nonsense"], (0,), f"must be {words[elements]}"
    elif kind in words and not option.get("choices"):
        yield "nonsense", (), f"must be {words[kind]}"


WRONG = [
    (table, path, value, at, words)
    for table in TABLES.values()
    for path, option in options_of(table.options.options)
    for value, at, words in wrong_values(option)
]


@each(("table", "path", "value", "at", "words"), WRONG)
def test_a_wrong_value_in_an_item_of_any_list_is_reported_in_words(
    table: Any, path: tuple[Any, ...], value: Any, at: tuple[int, ...], words: str
) -> None:
    item = value
    for part in reversed(path):
        item = [item] if part == 0 else {part: item}
    reported: Told = []
    checked(table.options, item, (), lambda where, text: reported.append((where, text)))
    ours = [text for where, text in reported if where == (*path, *at)]
    assert len(ours) == 1, reported
    assert words in ours[0]
    assert not {"argument", "<class", "str", "dict"} & set(ours[0].replace("'", " ").split()), ours
