# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The JSON Schema of office files accepts what the modules accept, and refuses mistakes where they stand."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, ValidationError
from system_examples import OFFICES, office
from system_support import FUZZ, run_module

from simulator.harness import Simulator

SCHEMA = json.loads((ROOT / "docs/office.schema.json").read_text())
VALIDATOR = Draft7Validator(SCHEMA)
UTILS = "ansible_collections.office.telephony.plugins.module_utils"


class Loader(yaml.SafeLoader):
    """Reads Ansible's tags as an editor does that knows them."""


for tag in ("!vault", "!unsafe"):
    Loader.add_constructor(tag, lambda loader, node: node.value)


def wrong(text: str) -> list[tuple[str, str]]:
    """Return place and message of each mistake in a file; where there are alternatives, that of the nearest one."""
    return [_innermost(error) for error in VALIDATOR.iter_errors(yaml.load(text, Loader))]


def _innermost(error: ValidationError) -> tuple[str, str]:
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    # In the wrong branch it is already the kind of value that is wrong.
    near = [found for found in branches.values() if not any(_is_of_another_kind(one, error) for one in found)]
    if near and error.validator == "anyOf":
        return _innermost(near[0][0])
    path = re.sub(r"\.(\d+)", r"[\1]", ".".join(map(str, error.absolute_path)))
    return path, error.message


def _is_of_another_kind(inner: ValidationError, outer: ValidationError) -> bool:
    same_place = inner.absolute_path == outer.absolute_path
    return same_place and inner.validator in ("type", "pattern", "enum")


@pytest.mark.parametrize("path", sorted((ROOT / "examples/inventory").glob("*_vars/*.yml")), ids=lambda path: path.stem)
def test_the_example_offices_are_valid(path: Path) -> None:
    assert wrong(path.read_text()) == []


def test_what_an_export_writes_is_valid_and_names_the_schema(simulator: Simulator, tmp_path: Path) -> None:
    simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})
    for name in OFFICES:
        options = office(name, simulator, tmp_path)
        assert "msg" not in run_module("office", options)
        path = tmp_path / f"{name}.yml"
        assert "msg" not in run_module("office_variables", {**options, "path": str(path)})
        text = path.read_text()
        assert f"# yaml-language-server: $schema={SCHEMA['$id']}\n" in text.partition("---")[0]
        assert wrong(text) == []


def test_the_schema_is_one_and_is_found_where_it_says() -> None:
    Draft7Validator.check_schema(SCHEMA)
    repository = yaml.safe_load((ROOT / "galaxy.yml").read_text())["repository"]
    place = repository.replace("https://github.com/", "https://raw.githubusercontent.com/")
    version = importlib.import_module(f"{UTILS}._version").COLLECTION_VERSION
    assert SCHEMA["$id"] == f"{place}/{version}/docs/office.schema.json"
    guide = (ROOT / "docs/docsite/rst/guide_office_file.rst").read_text()
    assert f"# yaml-language-server: $schema={SCHEMA['$id']}\n" in guide


ALSO_RIGHT = """
office_region: "{{ country }}"
office_address: Storgatan 1
office_people: [{name: Anna, phones: 070-174 06 05}, "{{ everybody }}"]
office_call_tests:
  - dial: {ringcentral: "101"}
    at: [sat 10:00, "2026-12-24 12:00", {time: Monday 9:30, zone: America/Phoenix}]
    press: [1, wait, "*", "0123"]
    unanswered: all
    expect: {reaches: [Anna, "{{ on_call }}"], ends: {voicemail: Inbox}, within: "20"}
    undecided: ok
office_findings: {loop: warn, stranger: off}
office_accepted_findings: [{code: stranger, at: x, why: y, until: "2026-12-31"}]
office_long_way: {seconds: 60}
office_timezone:
office_policy: {allowed_countries: [SE, "{{ other }}"], allow_premium: no, denied_numbers: "+46900*"}
office_sonetel_connection: {password: !vault "$ANSIBLE_VAULT", timeout: "{{ patience }}", validate_certs: yes}
office_ringcentral_connection:
office_ringcentral: "{{ shared_ringcentral }}"
office_sonetel:
  voiceapps:
    - "{{ main_menu }}"
    - {name: !unsafe "a {{ b", type: "{{ kind }}", menu: [{key: 1, hang_up: true}, {key: timeout, user: "{{ who }}"}]}
  forwardings: "{{ everywhere }}"
office_fonedynamics: {numbers: [{number: "1300 975 707", recording: off}]}
"""


def test_templates_and_ansible_s_tags_are_right_everywhere() -> None:
    assert wrong(ALSO_RIGHT) == []


def _sonetel(name: str, item: str) -> str:
    return f"office_sonetel: {{{name}: [{item}]}}"


def _test(text: str) -> str:
    return f"office_call_tests: [{{dial: '1', expect: {{ends: voicemail}}, {text}}}]"


NUMBER = "office_sonetel.forwardings[0]"
MENU = "office_sonetel.voiceapps[0].menu[0]"
CALLS = "office_ringcentral.call_forwardings[0]"
# By name: a file, the place of its mistake, and words of the message.
MISTAKES = {
    "key": (_sonetel("forwardings", "{number: '1', destinaton: {}}"), NUMBER, "'destinaton' was unexpected"),
    "list": ("office_sonetel: {forwardngs: []}", "office_sonetel", "'forwardngs' was unexpected"),
    "text": ("office_sonetel: Anna", "office_sonetel", "'Anna'"),
    "variable": ("office_sonnetel: {forwardings: []}", "", "office_sonnetel"),
    "type": (_sonetel("forwardings", "{number: '1', destination: Anna}"), f"{NUMBER}.destination", "'Anna'"),
    "empty": ("office_sonetel: {forwardings: }", "office_sonetel.forwardings", "None"),
    "unquoted number": (_sonetel("forwardings", "{number: 0701740606}"), f"{NUMBER}.number", "not of type 'string'"),
    "unquoted phone": (
        _sonetel("forwardings", "{number: '1', destination: {phone: 46701740606}}"),
        f"{NUMBER}.destination.phone",
        "46701740606 is not of type 'string'",
    ),
    "unquoted extension": (
        "office_ringcentral: {call_forwardings: [{extension: 101, hours: all}]}",
        f"{CALLS}.extension",
        "101 is not of type 'string'",
    ),
    "choice": (
        "office_ringcentral: {call_forwardings: [{extension: '101', hours: wrok}]}",
        f"{CALLS}.hours",
        "'wrok'",
    ),
    "needed": ("office_ringcentral: {call_forwardings: [{extension: '101'}]}", CALLS, "'hours' is a required"),
    "both": (
        _sonetel("voiceapps", "{name: a, menu: [{key: 1, user: a, phone: '1'}]}"),
        MENU,
        "is valid under each of",
    ),
    "neither": (_sonetel("forwardings", "{number: '1', destination: {}}"), f"{NUMBER}.destination", "not valid under"),
    "if": ("office_smspartner: {callforwards: [{number: '1'}]}", "office_smspartner.callforwards[0]", "'destination'"),
    "together": (
        _sonetel("prompts", "{voiceapp: a, name: b, text: c}"),
        "office_sonetel.prompts[0]",
        "'language' is a dependency",
    ),
    "Norway": ("office_region: NO", "office_region", "False"),
    "country": ("office_region: Sweden", "office_region", "'Sweden'"),
    "date": (_sonetel("voiceapps", "{name: 2026-12-24}"), "office_sonetel.voiceapps[0].name", "not of type 'string'"),
    "policy": ("office_policy: {allowed_contries: [SE]}", "office_policy", "'allowed_contries' was unexpected"),
    "person": ("office_people: [{nam: Anna}]", "office_people[0]", "'nam' was unexpected"),
    "person without a name": ("office_people: [{phones: ['1']}]", "office_people[0]", "'name' is a required"),
    "unquoted phone of a person": (
        "office_people: [{name: A, phones: [0701740606]}]",
        "office_people[0].phones[0]",
        "117948806",
    ),
    "test": ("office_call_tests: [{dial: '1', expects: {}}]", "office_call_tests[0]", "'expects' was unexpected"),
    "nothing expected": ("office_call_tests: [{dial: '1', expect: {}}]", "office_call_tests[0].expect", "{} "),
    "time": (_test("at: saturday"), "office_call_tests[0].at", "'saturday'"),
    "end": (_test("expect: {ends: voicemal}"), "office_call_tests[0].expect.ends", "'voicemal'"),
    "pressed": (_test("press: [wiat]"), "office_call_tests[0].press[0]", "'wiat'"),
    "finding": ("office_findings: {lop: warn}", "office_findings", "'lop' was unexpected"),
    "setting": ("office_findings: {loop: refused}", "office_findings.loop", "'refused'"),
    "acceptance": (
        "office_accepted_findings: [{code: loop, at: x}]",
        "office_accepted_findings[0]",
        "'why' is a required",
    ),
    "long way": ("office_long_way: {seconds: long}", "office_long_way.seconds", "'long'"),
    "connection": ("office_sonetel_connection: {user: a}", "office_sonetel_connection", "'user' was unexpected"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_refused_where_it_stands(name: str) -> None:
    text, path, words = MISTAKES[name]
    ((place, message),) = wrong(text)
    assert place == path
    assert words in message


def test_it_knows_the_keys_that_are_read() -> None:
    """What is wrong with a text in the place of a mapping names the keys of the mapping."""
    problems = importlib.import_module(f"{UTILS}._errors").Problems()
    numbers = importlib.import_module(f"{UTILS}._numbers.rules").NumberRules("SE", None, print, problems)
    calls = importlib.import_module(f"{UTILS}._calls.call_tests")
    names = ("office_findings", "office_accepted_findings", "office_long_way")
    importlib.import_module(f"{UTILS}._calls.findings").read_settings("x", ["x"], "x", names, problems)
    importlib.import_module(f"{UTILS}._calls.people").read_people(["x"], "office_people", numbers, ())
    calls.read_call_tests(["x", {"dial": "x", "expect": "x"}], "office_call_tests", numbers, "UTC", ())
    read = {
        path: what.partition(" mapping with ")[2].split(", ") for path, what in problems.found if " mapping " in what
    }
    assert len(read) == 6
    for path, keys in read.items():
        found = SCHEMA["properties"][path.partition("[")[0]]["anyOf"][0]
        if "[" in path:
            found = found["items"]["anyOf"][0]
        if path.endswith(".expect"):
            found = found["properties"]["expect"]
        assert list(found["properties"]) == keys, path


def values(option: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Draw what people may write as the value of an option, right or wrong."""
    kind = option.get("type", "str")
    pool: list[Any] = ["Anna", "", "20", "2.5", "yes", 7, 2.5, [], ["Anna"], [7], [None], {}, {"a": "b"}]
    pool += option.get("choices", ())
    # The schema does not know what Ansible converts and nobody means: true to 1, as a number or as a menu key, and null
    # to the text None, where a text has a default.
    if kind != "int" and "1" not in option.get("choices", ()):
        pool += [True, False]
    if kind != "str" or option.get("default") is None:
        pool += [None]
    right = st.sampled_from(option.get("choices", [fitting(option)]))
    if "options" in option:
        one = mappings(option)
        right = st.lists(one, max_size=2) if kind == "list" else one
    # Mostly right, because one wrong value makes an item wrong.
    return st.one_of(right, right, right, st.sampled_from(pool))


def least(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shortest right item: what is needed, and the first of which one is needed."""
    options = spec["options"]
    names = [name for name, option in options.items() if option.get("required")]
    names += [group[0] for group in spec.get("required_one_of", ())]
    for name, value, then, *_any in spec.get("required_if", ()):
        names += then if options[name].get("default") == value else []
    return {name: fitting(options[name]) for name in names}


def fitting(option: Mapping[str, Any]) -> Any:
    """Return a right value of the option; a mapping without needs holds its first option."""
    if "choices" in option:
        return option["choices"][0]
    kind = option.get("type", "str")
    if kind == "dict" and "options" in option:
        return least(option) or {name: fitting(first) for name, first in [*option["options"].items()][:1]}
    return {"int": 7, "float": 2.5, "bool": True, "list": [], "dict": {}}.get(kind, "Anna")


def mappings(spec: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw items with what is needed, mostly, with few other options, and rarely with an unknown one."""
    options = spec["options"]
    needed = {name: values(option) for name, option in options.items() if option.get("required")}
    others = st.sampled_from(sorted(options)).flatmap(lambda name: st.tuples(st.just(name), values(options[name])))
    unknown = st.sampled_from([{}, {}, {}, {"destinaton": "Anna"}])
    return st.builds(
        lambda base, more, odd: {**base, **dict(more), **odd},
        st.just(least(spec)) | st.fixed_dictionaries({}, optional=needed),
        st.lists(others, max_size=3),
        unknown,
    )


LISTS = [name for name in SCHEMA["$defs"] if "." in name]


@pytest.mark.parametrize("path", LISTS)
def test_the_schema_accepts_what_the_modules_accept(path: str) -> None:
    table = importlib.import_module(f"{UTILS}._office.lists").TABLES[path]
    check = importlib.import_module(f"{UTILS}._ansible.validation").checked
    yaml_text = importlib.import_module(f"{UTILS}._engine.yaml_text")
    schema = Draft7Validator({"$ref": f"#/$defs/{path}", "$defs": SCHEMA["$defs"]})

    accepted: list[bool] = []

    @settings(max_examples=FUZZ or 100, deadline=None, derandomize=True, database=None)
    @given(mappings(table.options.suboptions()))
    def compare(item: dict[str, Any]) -> None:
        problems = [*yaml_text.problems(table.options.options, item, "item")]
        check(table.options, item, (), lambda where, what: problems.append((where, what)))
        accepted.append(problems == [])
        assert schema.is_valid(item) == accepted[-1], (item, problems)

    compare()
    # Right and wrong items in numbers that say something.
    assert len(accepted) / 10 < sum(accepted) < len(accepted) * 0.9, sum(accepted)
