# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What YAML makes of unquoted text, in every option of every module."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.office.telephony.plugins.module_utils._ansible import runner as _runner
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import Lines, TruthOr
from ansible_collections.office.telephony.plugins.module_utils._engine.yaml_text import problems, refuse
from ansible_collections.office.telephony.plugins.module_utils._errors import InputError
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

PACKAGE = "ansible_collections.office.telephony.plugins.modules"
MODULES = sorted(path.stem for path in (Path(_runner.__file__).parents[2] / "modules").glob("[a-z]*.py"))
TEXTS = ("str", "path", "raw")
# What stands in a file, and a part of what is said of it.
MANGLED = {
    "0701740606": "117948806 is not text: was this 0701740606 without quotes?",
    "+46701740606": "46701740606 is not text: was this +46701740606 without quotes?",
    "46701740606": "46701740606 is not text: was this +46701740606 without quotes?",
    "0145": "101 is not text: was this 101, 0145 or 1:41 without quotes?",
    "007": "7 is not text: was this 7, 07 or 007 without quotes?",
    "12:30": "750 is not text: was this 750, 01356 or 12:30 without quotes?",
    "1000000": "1000000 is not text: was this 03641100 without quotes?",
    "1.0e+18": "1e+18 is not text: was this 1e+18 without quotes?",
    "0": "0 is not text: was this 0, 00 or 000 without quotes?",
    "-5": "-5 is not text",
    "0x65": "101 is not text",
    "1_000": "1000 is not text",
    "4.67E+10": "46700000000.0 is not text: was this 4.67E+10 or 46700000000 without quotes?",
    "2025550123.0": "2025550123.0 is not text: was this 2025550123 without quotes?",
    "12.30": "12.3 is not text",
    ".inf": "inf is not text",
    "2026-12-24": "2026-12-24 is not text: was this 2026-12-24 without quotes? YAML reads it as a date; write it in",
    "2026-12-24 10:00:00": "is not text: was this 2026-12-24 10:00:00 without quotes? YAML reads it as a time",
    "yes": "true is not text: was this Yes, on or true without quotes?",
    "[a]": "is a list, but must be a single text",
    "{a: b}": "is a mapping, but must be a single text",
}
FALSE = ("No", "off", "false")
NOT_A_LIST = ("[a]", "{a: b}")


def _spec(name: str) -> dict[str, Any]:
    return dict(_runner.spec_of(importlib.import_module(f"{PACKAGE}.{name}").main).options)


def _walk(options: dict[str, Any], path: str = "", nest: Any = lambda value: value) -> Iterator[tuple[str, Any, Any]]:
    """Yield each option with its path, and a function that returns the module's options with a value there."""
    for name, option in options.items():
        here = f"{path}.{name}" if path else name

        def inner(value: Any, name: str = name, nest: Any = nest) -> Any:
            return nest({name: value})

        yield here, option, inner
        if option.get("options"):
            in_list = option["type"] == "list"
            yield from _walk(
                option["options"],
                f"{here}[1]" if in_list else here,
                (lambda value, inner=inner: inner([{}, value])) if in_list else inner,
            )


ALL = [(module, *found) for module in MODULES for found in _walk(_spec(module))]


def _said(module: str, given: dict[str, Any], path: str) -> str:
    """What is said of the option at *path*; that what holds it is as good as empty says enough."""
    found = dict(problems(_spec(module), given))
    holders = [place for place in found if path.startswith(f"{place}.") and not place.endswith("[0]")]
    return found.get(path) or next((found[place] for place in holders), "")


# Takes no text.
@each("module", [name for name in MODULES if name != "office_index"])
def test_every_option_that_takes_text_refuses_what_is_none(module: str) -> None:
    seen = 0
    for name, path, option, given in ALL:
        # A limit may be a number, and a type that can be called looks at the value itself.
        own = callable(option["type"]) and not isinstance(option["type"], Lines)
        if name != module or option.get("choices") or path == "max_changes" or own:
            continue
        for written, said in MANGLED.items():
            value = yaml.safe_load(written)
            if option["type"] in TEXTS:
                places = {path: value}
            elif option["type"] == "list" and option.get("elements") in TEXTS:
                places = {f"{path}[0]": [value], f"{path}[1]": ["a", value]}
                places |= {} if written in NOT_A_LIST else {path: value}
            else:
                continue
            for place, put in places.items():
                reported = _said(module, given(put), place)
                seen += 1
                if option.get("no_log"):
                    assert reported.endswith("write it in quotes")
                    assert str(value) not in reported
                else:
                    assert said in reported, (place, written, reported)
    assert seen >= len(MANGLED)


@each("module", MODULES)
def test_every_list_and_mapping_that_is_left_empty_is_named(module: str) -> None:
    for name, path, option, given in ALL:
        if name != module:
            continue
        if option["type"] in ("list", "dict"):
            own = option["type"] == "dict" and option is _spec(module).get(path) and not option.get("required")
            for empty in (None, "", " "):
                absent = isinstance(option["type"], Lines) or (empty is None and own and path != "policy")
                assert ("is empty" in _said(module, given(empty), path)) is not absent, path
        if option["type"] == "list":
            assert "is empty; remove the entry" in _said(module, given([None]), f"{path}[0]")
            assert not _said(module, given([]), path)
        if option["type"] == "dict" and option.get("required_one_of"):
            assert option["required_one_of"][0][0] in _said(module, given({}), path)
        if option["type"] not in ("list", "dict"):
            said = _said(module, given(None), path)
            assert "is empty" in said if option.get("required") else "needed" not in said


@each("module", MODULES)
def test_what_is_text_or_no_text_option_passes(module: str) -> None:
    values = {"int": 5, "float": 1.5, "bool": False, "dict": {}, "list": []}
    for name, path, option, given in ALL:
        if name == module and not option.get("required_one_of"):
            value = option["choices"][0] if option.get("choices") else values.get(option["type"], "a, b")
            value = True if isinstance(option["type"], TruthOr) else value
            assert not _said(module, given(value), path), path


@each(
    ("value", "words"),
    [(False, "false is not a choice"), (" ", "is empty"), (5, "5 is not text"), (["a"], "neither true nor a text")],
)
def test_what_is_neither_true_nor_says_more(value: Any, words: str) -> None:
    assert words in TruthOr().complaint(value)


def test_a_mapping_instead_of_a_list_is_left_to_ansible() -> None:
    assert not dict(problems({"names": {"type": "list", "elements": "str"}}, {"names": {"a": "b"}}))


def test_words_that_are_false() -> None:
    options = {"name": {"type": "str"}, "region": {"type": "str"}, "saturday": {"type": "list", "elements": "str"}}
    for word in FALSE:
        value = yaml.safe_load(word)
        found = dict(problems(options, {"name": value, "region": value, "saturday": value}))
        assert "was this No, off or false without quotes?" in found["name"]
        assert found["name"].endswith('in quotes, such as "No"')
        assert "NO (Norway)" in found["region"]
        assert found["region"].endswith('in quotes: "NO"')
        assert "for a day without hours write []" in found["saturday"]


def test_options_with_choices_are_left_to_ansible() -> None:
    options = {"recording": {"type": "str", "choices": ["off", "call"]}, "key": {"type": "str", "choices": ["5"]}}
    assert not dict(problems(options, {"recording": False, "key": 5}))


def test_mappings_in_texts_are_looked_into() -> None:
    options = {"to": {"type": "dict", "options": {"phone": {"type": "raw"}}}}
    for text in ('{"phone": 117948806}', "{'phone': 117948806}"):
        assert "0701740606" in dict(problems(options, {"to": text}))["to.phone"]
    assert not dict(problems(options, {"to": "phone=0701740606"}))
    assert not dict(problems(options, {"to": "[nonsense"}))


def test_aliases_and_all_problems_at_once() -> None:
    options = {"name": {"type": "str", "aliases": ["title"]}, "phone": {"type": "raw"}}
    with pytest.raises(InputError, match="2 problems") as refused:
        refuse(options, {"title": 5, "phone": 5, "_ansible_version": 5})
    assert "- title: 5 is not text" in str(refused.value)


@each("value", ["7101", False, {"extension": 7101}, {"mailbox": "7101"}])
def test_what_is_true_or_more_is_refused_at_its_place(value: Any) -> None:
    given: dict[str, Any] = {
        "call_queues": [{}, {"on_max_wait": {"voicemail": value}, "after_hours": {"voicemail": True}}],
    }
    assert [place for place, _text in problems(_spec("ringcentral_call_queues"), given)] == [
        "call_queues[1].on_max_wait.voicemail"
    ]
    keys = {"ivr_menus": [{"keys": [{"key": "1", "voicemail": value}]}]}
    assert [place for place, _text in problems(_spec("ringcentral_ivr_menus"), keys)] == [
        "ivr_menus[0].keys[0].voicemail"
    ]
