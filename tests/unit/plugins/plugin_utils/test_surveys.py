# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever somebody leaves out of a survey of AWX, the job's module gets the rest as it was typed."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.office.telephony.plugins.module_utils._ansible.leaver import LEAVER
from ansible_collections.office.telephony.plugins.module_utils._ansible.undo import UNDO
from ansible_collections.office.telephony.plugins.module_utils._ansible.validation import checked
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._office.office import Problem
from ansible_collections.office.telephony.plugins.plugin_utils._positions import BEFORE_2_19
from ansible_collections.office.telephony.plugins.plugin_utils._variables import HostVariables
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

Values = dict[str, Any]
Load = Callable[[str], Any]

KIT = Path(__file__).parents[4] / "extensions/awx"
# The templates that ask what need not be answered.
TEMPLATES = {
    template["name"]: template
    for template in yaml.safe_load((KIT / "job_templates.yml").read_text())
    if not all(question["required"] for question in template["survey"])
}
SPECS = {"leaver": LEAVER, "undo": UNDO}
# How nothing arrives: from AWX's page, from its API, and from that with ansible-core 2.19 and later.
NOTHING = {"absent": "", "empty": '!unsafe ""', "null": "null"}
# What somebody types, the option that it is for, and what the module gets.
ANSWERS: dict[str, tuple[str, tuple[str, ...], Any]] = {
    "person_email": ("anna@example.org", ("person", "email"), "anna@example.org"),
    "person_phones": (
        "+46 701740605\n\n +46 701740606 \n",
        ("person", "phones"),
        ["+46 701740605", "+46 701740606"],
    ),
    "person_extension": ("102", ("person", "extension"), "102"),
    "successor_phone": ("+46 701740607", ("successor", "phones"), ["+46 701740607"]),
    "successor_email": ("erik@example.org", ("successor", "email"), "erik@example.org"),
    "successor_extension": ("Ann Owner", ("successor", "extension"), "Ann Owner"),
    "undo_record": ("records/lyon/one.json", ("record",), "records/lyon/one.json"),
}


def options_of(template: Mapping[str, Any], answers: Mapping[str, str], load: Load) -> tuple[Values, list[Problem]]:
    """Return what the job's module gets, without what is empty. *answers* are YAML, as AWX writes it."""
    given = {"telephony_state_directory": "/state", **template["extra_vars"]}
    variables = load(yaml.safe_dump(given) + "".join(f"{name}: {answer}\n" for name, answer in answers.items()))
    job, spec = template["playbook"], SPECS[template["playbook"]]
    found, problems = HostVariables(variables, spec, job, None, lambda value: value).options({})
    wrong: list[Any] = []
    own = ArgSpec({name: option for name, option in spec.options.items() if name in found})
    converted = checked(own, found, (), lambda *problem: wrong.append(problem))
    assert wrong == []
    return _filled(converted), problems


def _filled(options: Mapping[str, Any]) -> Values:
    parts = {name: _filled(value) if isinstance(value, Mapping) else value for name, value in options.items()}
    return {name: value for name, value in parts.items() if value}


def typed(answer: str) -> str:
    return f"!unsafe {json.dumps(answer)}"


@each("form", list(NOTHING))
@each("name", list(TEMPLATES))
def test_every_part_of_a_survey_may_be_left_out(name: str, form: str, loaded: Load) -> None:
    template = TEMPLATES[name]
    asked = {question["variable"]: question["required"] for question in template["survey"]}
    optional = [variable for variable, required in asked.items() if not required]
    needed = [variable for variable in asked if variable in ANSWERS and variable not in optional]
    for chosen in itertools.product((True, False), repeat=len(optional)):
        filled = [*needed, *itertools.compress(optional, chosen)]
        answers = {variable: typed(ANSWERS[variable][0]) for variable in filled}
        if form != "absent":
            answers |= {variable: NOTHING[form] for variable in optional if variable not in filled}
        expected: Values = {"state_directory": "/state"}
        for variable in filled:
            _text, (option, *member), value = ANSWERS[variable]
            expected[option] = {**expected.get(option, {}), member[0]: value} if member else value
        assert options_of(template, answers, loaded) == (expected, []), filled


def test_digits_without_a_blank_are_no_phone_number(loaded: Load) -> None:
    """Up to ansible-core 2.18 they arrive as they were typed."""
    answers = {"person_phones": typed("+46701740605")}
    found, problems = options_of(TEMPLATES["Find a leaver"], answers, loaded)
    if BEFORE_2_19:
        assert found["person"] == {"phones": ["+46701740605"]}
    else:
        assert [problem.path for problem in problems] == ["leaver_person.phones"]
        assert "was this +46701740605" in problems[0].what
