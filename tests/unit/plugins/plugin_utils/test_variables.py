# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A host's variables as options: misspelt ones are found, innocent ones left alone, wrong values have their place."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ansible.parsing.splitter import parse_kv

from ansible_collections.office.telephony.plugins.module_utils._ansible.onboard import ONBOARD
from ansible_collections.office.telephony.plugins.module_utils._ansible.report import REPORT
from ansible_collections.office.telephony.plugins.module_utils._ansible.reroute import REROUTE
from ansible_collections.office.telephony.plugins.module_utils._ansible.reroute_info import STATUS
from ansible_collections.office.telephony.plugins.module_utils._ansible.variables import VARIABLES
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import ArgSpec
from ansible_collections.office.telephony.plugins.plugin_utils._variables import HostVariables, dates_in, misplaced_tags
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

SPECS = {
    "onboard": ONBOARD,
    "reroute": REROUTE,
    "reroute_status": STATUS,
    "export": VARIABLES,
    "report": REPORT,
}


def variables(prefix: str, given: dict[str, Any], spec: ArgSpec | None = None) -> HostVariables:
    return HostVariables(given, spec or SPECS[prefix], prefix, None, lambda value: value)


@each(
    ("prefix", "name", "meant"),
    [
        ("onboard", "office_sonnetel", "office_sonetel"),
        ("onboard", "office_ring_central", "office_ringcentral"),
        ("onboard", "office_sonetel_conection", "office_sonetel_connection"),
        ("onboard", "office_polcy", "office_policy"),
        ("onboard", "offce_sonetel", "office_sonetel"),
        ("onboard", "onboard_purne", "onboard_prune"),
        ("onboard", "onbord_prune", "onboard_prune"),
        ("onboard", "onboard_prove", "onboard_verify"),
        ("onboard", "onboard_carry_on", "onboard_continue_on_error"),
        ("onboard", "onboard_despite_reroute", "onboard_ignore_reroute"),
        ("reroute", "reroute_untill", "reroute_until"),
        ("reroute", "rerout_to", "reroute_to"),
        ("reroute", "reroute_expires", "reroute_until"),
        ("reroute", "reroute_xyz", ""),
        ("reroute_status", "reroute_status_fail_if_expred", "reroute_status_fail_if_expired"),
    ],
)
def test_a_misspelt_variable_is_found(prefix: str, name: str, meant: str) -> None:
    (problem,) = variables(prefix, {name: 1}).misspelt([name])
    assert problem.path == name
    assert problem.what.startswith("no such variable.")
    assert f"{meant!r}" in problem.what if meant else "There are: reroute_change_destination, " in problem.what


@each(
    ("prefix", "name"),
    [
        ("onboard", "office_sonetel"),
        ("onboard", "office_people"),
        ("onboard", "office_manager"),
        ("onboard", "office_address"),
        ("onboard", "onboard_result"),
        ("onboard", "onboard_continue_on_error"),
        ("onboard", "officer"),
        ("onboard", "reroute_to"),
        ("onboard", "ansible_office_sonetel"),
        ("onboard", "inventory_hostname"),
        ("onboard", "dashboard_prune"),
        # A word more, and what resembles nothing.
        ("onboard", "office_policy_url"),
        ("onboard", "onboard_date"),
        ("onboard", "onboarding_date"),
        ("reroute", "reroute_numbers_of_mine"),
        ("reroute_status", "reroute_status_x"),
        # Another role's, whose name begins with this one's, and the other way round.
        ("reroute", "reroute_status_fail_if_expired"),
        ("reroute_status", "reroute_to"),
        # Another role's, whose name is like this one's.
        ("export", "report_directory"),
        ("report", "export_directory"),
        ("", "onboard_purne"),
    ],
)
def test_an_innocent_variable_is_left_alone(prefix: str, name: str) -> None:
    assert list(variables(prefix, {name: 1}, ONBOARD if not prefix else None).misspelt()) == []


def test_a_misspelt_variable_of_the_office_is_found_without_a_job() -> None:
    (problem,) = variables("", {"office_sonnetel": 1}, ONBOARD).misspelt()
    assert "'office_sonetel'" in problem.what


def test_only_the_variables_that_a_role_declares_are_its_own() -> None:
    some = HostVariables({"onboard_verify": 1}, ONBOARD, "onboard", ["onboard_prune"], lambda value: value)
    (problem,) = some.misspelt(["onboard_verify"])
    assert problem.path == "onboard_verify"


@each(
    ("given", "found"),
    [
        ({"office_region": "SE", "onboard_prune": True}, {"region": "SE", "prune": True}),
        ({"onboard_continue_on_error": "yes"}, {"on_error": "continue"}),
        ({"onboard_continue_on_error": False}, {}),
        ({"office_sonetel": None, "office_sonetel_connection": ""}, {}),
        ({"office_sonetel": {"forwardings": []}}, {"sonetel": {"forwardings": []}}),
        ({"reroute_to": "+46"}, {}),
    ],
)
def test_variables_become_options(given: dict[str, Any], found: dict[str, Any]) -> None:
    assert variables("onboard", given).options({}) == (found, [])


@each(
    ("given", "path", "words"),
    [
        ({"office_sonetel": "text"}, "office_sonetel", "is not a mapping; it holds the lists"),
        ({"office_region": False}, "office_region", "NO (Norway)"),
        ({"office_policy": None}, "office_policy", "is empty"),
        *(({f"onboard_{name}": None}, f"onboard_{name}", "is empty") for name in ("expect_plan", "max_changes")),
        ({"onboard_max_deletions": None}, "onboard_max_deletions", "is empty"),
        # Ansible's own text is of a class of its own.
        ({"onboard_expect_plan": type("Text", (str,), {})("x" * 99)}, "onboard_expect_plan", "is text, but"),
        ({"office_policy": {"allowed_contries": []}}, "office_policy.allowed_contries", "allowed_countries"),
        ({"onboard_prune": "perhaps"}, "onboard_prune", "true or false"),
        ({"onboard_on_error": "carry on"}, "onboard_on_error", "is not a choice"),
        ({"onboard_continue_on_error": "perhaps"}, "onboard_continue_on_error", "true or false"),
        ({"onboard_providers": ["sonetel", "sonnetel"]}, "onboard_providers[1]", "sonetel"),
        ({"office_sonetel_connection": {"pasword": "x"}}, "office_sonetel_connection.pasword", "password"),
    ],
)
def test_a_wrong_value_is_named_by_its_variable_and_left_out(given: dict[str, Any], path: str, words: str) -> None:
    found, (problem,) = variables("onboard", given).options({})
    assert (found, problem.path) == ({}, path)
    assert words in problem.what


@each("name", ["office_sonetel", "office_region", "onboard_prune", "onboard_continue_on_error"])
def test_a_variable_that_cannot_be_resolved_is_named(name: str) -> None:
    def template(value: Any) -> Any:
        raise ZeroDivisionError(f"in {value}.\nMore about it")

    found, (problem,) = HostVariables({name: "{{ x }}"}, ONBOARD, "onboard", None, template).options({})
    assert (found, problem.path, problem.what) == ({}, name, "cannot be resolved: in {{ x }}")


def test_dates_are_found_however_deep_they_are() -> None:
    items = [{"name": "ok"}, {"name": date(2026, 12, 24), "menu": [{"key": "1", "user": datetime(2026, 12, 24, 10)}]}]
    found = {problem.path: problem.what for problem in dates_in({"sonetel": {"voiceapps": items}, "ringcentral": None})}
    assert list(found) == ["office_sonetel.voiceapps[1].name", "office_sonetel.voiceapps[1].menu[0].user"]
    assert found["office_sonetel.voiceapps[1].name"].startswith("2026-12-24 is not text: was this 2026-12-24 without")


def test_what_a_task_gives_counts_more() -> None:
    given = {"office_region": False, "onboard_continue_on_error": "perhaps"}
    assert variables("onboard", given).options({"region": "SE", "on_error": "stop"}) == ({}, [])


@each(
    ("tag", "provider"),
    [("sonetel", "sonetel"), ("Sonnetel", "sonetel"), ("ring_central", "ringcentral"), ("all", ""), ("summary", "")],
)
def test_a_tag_that_names_a_provider_is_found(tag: str, provider: str) -> None:
    found = [problem.what for problem in misplaced_tags([tag], "onboard_providers")]
    expected = [f"the tag {tag!r} selects no provider. Set onboard_providers: [{provider}] instead."]
    assert found == (expected if provider else [])


@each(
    ("prefix", "given", "example"),
    [
        ("reroute", "reroute_to=+46 70 174 06 07", "-e '{reroute_to: \"...\"}'"),
        ("reroute", "reroute_reason=Power cut", "-e '{reroute_reason: \"...\"}'"),
        ("onboard", "onboard_providers=[sonetel, ringcentral]", "-e '{onboard_providers: \"...\"}'"),
        ("reroute", "reroute_to=+46701740607 reroute_until=8h", ""),
        ("reroute", 'reroute_to="+46 70 174 06 07"', ""),
        ("reroute", "of_others=fake words here", ""),
    ],
)
def test_a_value_that_ansible_has_split_at_blanks_is_noticed(prefix: str, given: str, example: str) -> None:
    found = [problem.what for problem in variables(prefix, {}).split(parse_kv(given))]
    assert len(found) == bool(example)
    assert all(example in what and "06" not in what for what in found)
