# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kit for AWX: its data say what AWX, the modules and the roles say, and its jobs run under AWX's engine."""

from __future__ import annotations

import importlib
import re
import signal
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import jinja2
import pytest
import yaml
from system_awx import KIT, Answer, Awx, Job, credential_types, exported_inventory, inject, job_templates, workflows
from system_support import PACKAGE, PROXY_PASSWORD, ROOT, Json

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral
from simulator.smspartner import seed as smspartner
from simulator.sonetel import seed as sonetel

StartAwx = Callable[..., Awx]
TYPES = credential_types()
TEMPLATES = {template["name"]: template for template in job_templates()}
(APPROVAL,) = workflows()
PROVIDERS = sorted(path.parent.name[1:] for path in (ROOT / "plugins/module_utils").glob("_*/api.py"))

# What an extra variable of a job template is for, where it is none of the role's.
OF_THE_KIT = {"telephony_keep_plans"}


def options_of(provider: str) -> dict[str, Json]:
    """All options that the provider's modules take, by name."""
    module = importlib.import_module(f"{PACKAGE}.module_utils._{provider}.options")
    kind = importlib.import_module(f"{PACKAGE}.module_utils._engine.argspec").ArgSpec
    specifications = [value for value in vars(module).values() if isinstance(value, kind)]
    return {name: option for specification in specifications for name, option in specification.options.items()}


def variables_of(provider: str) -> dict[str, str]:
    """The environment variables that the provider's options fall back to, by option."""
    return {name: option["fallback"][1][0] for name, option in options_of(provider).items() if "fallback" in option}


# The data


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_credential_sets_the_variables_that_the_modules_document(provider: str) -> None:
    injected = TYPES[provider]["injectors"]["env"]
    # A token that ends within a day is of no use in a credential.
    desired = {name: option for option, name in variables_of(provider).items() if not name.endswith("_ACCESS_TOKEN")}
    assert injected == {name: f"{{{{ {option} }}}}" for name, option in desired.items()}
    documented = (ROOT / f"plugins/doc_fragments/{provider}.py").read_text()
    assert [name for name in injected if f"E({name})" not in documented] == []
    secret = {field["id"] for field in TYPES[provider]["inputs"]["fields"] if field.get("secret")}
    options = options_of(provider)
    assert secret == {option for option in desired.values() if options[option].get("no_log")}


@pytest.mark.parametrize("provider", TYPES)
def test_a_credential_type_is_one_that_awx_accepts(provider: str) -> None:
    """What AWX's CredentialTypeInputField and CredentialTypeInjectorField check."""
    inputs, injectors = TYPES[provider]["inputs"], TYPES[provider]["injectors"]
    names = [field["id"] for field in inputs["fields"]]
    assert len(set(names)) == len(names)
    assert set(inputs.get("required", [])) <= set(names)
    for field in inputs["fields"]:
        assert {"id", "label"} <= set(field) <= {"id", "label", "help_text", "secret", "multiline"}
    assert set(injectors) <= {"env", "file"}
    known = {**dict.fromkeys(names, "EXAMPLE"), "tower": {"filename": "EXAMPLE"}}
    strict = jinja2.Environment(undefined=jinja2.StrictUndefined)
    for name, template in {**injectors["env"], **injectors.get("file", {})}.items():
        assert not name.startswith("ANSIBLE_")
        assert template.isascii()
        assert "EXAMPLE" in strict.from_string(template).render(**known)


def test_what_only_the_network_credential_sets_is_documented() -> None:
    documented = (ROOT / "plugins/doc_fragments/common.py").read_text()
    assert [name for name in TYPES["network"]["injectors"]["env"] if f"E({name})" not in documented] == []


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("content", ["", " "])
def test_an_empty_variable_counts_as_not_set(provider: str, content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

    options = {name: option for name, option in options_of(provider).items() if "fallback" in option}
    validator = ArgumentSpecValidator(options)
    unset = validator.validate({}).validated_parameters
    for variable in variables_of(provider).values():
        monkeypatch.setenv(variable, content)
    assert validator.validate({}).validated_parameters == unset
    for variable in variables_of(provider).values():
        monkeypatch.setenv(variable, "set")
    assert set(validator.validate({}).validated_parameters.values()) == {"set"}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_a_job_template_asks_for_what_its_playbook_takes(template: Json) -> None:
    playbook = template["playbook"]
    book = ROOT / f"playbooks/{playbook}.yml"
    assert book.is_file()
    specification = yaml.safe_load((ROOT / f"roles/{playbook}/meta/argument_specs.yml").read_text())
    options = specification["argument_specs"]["main"]["options"]
    fixed = template.get("extra_vars", {})
    asked = {question["variable"]: question for question in template["survey"]}
    # A variable is the role's or the playbook's own, or an expression puts it into one that is.
    used = set(re.findall(r"\w+", f"{book.read_text()} {fixed}"))
    assert [name for name in asked if name not in options and name not in used] == []
    assert set(fixed) <= set(options) | OF_THE_KIT
    assert template["job_type"] in ("run", "check")
    assert not (template["job_type"] == "check" and template["ask_job_type_on_launch"])
    for question in asked.values():
        keys = {"question_name", "question_description", "variable", "type", "required"}
        assert keys <= set(question) <= keys | {"default", "choices", "min", "max"}
        assert question["type"] in ("text", "textarea", "multiplechoice", "multiselect")
        assert ("choices" in question) is question["type"].startswith("multi")
        assert isinstance(question.get("default", ""), str)
        if {"default", "choices"} <= set(question):
            assert question["default"] in question["choices"]


def test_every_playbook_has_a_job_template() -> None:
    assert {template["playbook"] for template in TEMPLATES.values()} == {
        book.stem for book in (ROOT / "playbooks").glob("*.yml")
    }


def test_a_workflow_runs_job_templates_one_after_the_other() -> None:
    nodes = {node["identifier"]: node for node in APPROVAL["nodes"]}
    following = {name: node.get("related", {}).get("success_nodes", []) for name, node in nodes.items()}
    order = [next(iter(nodes))]
    while following[order[-1]]:
        (node,) = following[order[-1]]
        order.append(node["identifier"])
    assert order == list(nodes)
    kinds = {name: node["unified_job_template"]["type"] for name, node in nodes.items()}
    assert [name for name, kind in kinds.items() if kind == "workflow_approval"] == ["approve"]
    names = [node["unified_job_template"]["name"] for name, node in nodes.items() if name != "approve"]
    assert [TEMPLATES[name]["playbook"] for name in names] == ["validate", "onboard", "onboard"]
    # AWX hands the workflow's answers to those of its jobs that ask for them.
    asked = {question["variable"] for question in APPROVAL["survey"]}
    assert all(asked <= {question["variable"] for question in TEMPLATES[name]["survey"]} for name in names)


def test_what_building_the_image_needs_and_leaves_is_never_packed() -> None:
    """The next artefact would hold it. `context` is the folder that ansible-builder makes."""
    definition = yaml.safe_load((KIT / "execution-environment.yml").read_text())
    (artefact,) = (file["src"] for file in definition["additional_build_files"])
    ignored = yaml.safe_load((ROOT / "galaxy.yml").read_text())["build_ignore"]
    by_git = (ROOT / ".gitignore").read_text().splitlines()
    for path, line in ((f"extensions/awx/{artefact}", ""), ("extensions/awx/context", "/")):
        assert any(fnmatch(path, pattern) for pattern in ignored), path
        assert f"/{path}{line}" in by_git


def test_awx_takes_the_file_for_a_playbook() -> None:
    """By the pattern with which AWX looks for playbooks in a project."""
    pattern = r"^\s*?-?\s*?(?:hosts|(ansible\.builtin\.)?import_playbook|include):\s*?.*?$"
    assert re.search(pattern, (KIT / "telephony.yml").read_text(), re.MULTILINE)


# The jobs


@pytest.fixture(scope="session")
def inventory(collections_path: Path) -> str:
    return exported_inventory(collections_path)


@pytest.fixture
def awx(simulator: Simulator, collections_path: Path, inventory: str, tmp_path: Path) -> StartAwx:
    """Starts AWX with credentials for the providers that are named, in which all is left empty that may be."""
    filled = {
        "sonetel": {
            "username": sonetel.ADMIN_EMAIL,
            "password": sonetel.ADMIN_PASSWORD,
            "api_url": simulator.sonetel_api_url,
            "auth_url": simulator.sonetel_auth_url,
        },
        "ringcentral": {
            "client_id": ringcentral.COMPANY_CLIENT_ID,
            "client_secret": ringcentral.CLIENT_SECRET,
            "jwt": ringcentral.JWT,
            "server_url": simulator.ringcentral_server_url,
        },
        "smspartner": {"api_key": smspartner.API_KEY, "api_url": simulator.smspartner_api_url},
        "fonedynamics": {
            "account_sid": fonedynamics.ACCOUNT_SID,
            "token": fonedynamics.TOKEN,
            "api_url": simulator.fonedynamics_api_url,
        },
        "network": {},
    }

    def start(*providers: str) -> Awx:
        variables: dict[str, str] = {}
        for name in (*providers, "network"):
            empty = dict.fromkeys((field["id"] for field in TYPES[name]["inputs"]["fields"]), "")
            variables |= inject(TYPES[name], empty | filled[name], tmp_path)
        assert variables["HTTPS_PROXY"] == variables["REQUESTS_CA_BUNDLE"] == ""
        return Awx(collections_path, tmp_path, inventory, variables)

    return start


def run(awx: Awx, simulator: Simulator, name: str, job_type: str = "", **given: Answer) -> list[Json]:
    """Run the job of that name, which must succeed, and return its requests but for those that log in."""
    simulator.clear_requests()
    template = TEMPLATES[name]
    assert not job_type or template["ask_job_type_on_launch"]
    job = awx.launch(template, job_type or template["job_type"], given)
    assert job.status == "successful", (name, re.findall(r"FAILED.{0,600}", job.text))
    return requests_of(simulator)


def requests_of(simulator: Simulator) -> list[Json]:
    return [entry for entry in simulator.requests() if not entry["path"].endswith("/token")]


DUTY = "+61 491570156"
LEAVER: dict[str, Answer] = {
    "person_phones": "+61 255500101\n+61 491570157",
    "successor_phone": DUTY,
    "person_extension": "102",
    # As AWX's API sends a question that is not answered; its page leaves it out, as the others are.
    "person_email": "",
}
# What is answered where it is not the default, the job type if it is not the template's, and whether the job writes. Of
# the jobs that run the same playbook, one stands for all: each takes seconds.
RUNS: list[tuple[str, str, dict[str, Answer], bool]] = [
    ("Validate offices", "", {}, False),
    ("Check credentials", "", {}, False),
    ("Onboard offices", "", {}, True),
    ("Verify offices", "", {}, False),
    ("Report on offices", "", {}, False),
    ("Undo a run", "check", {}, False),
    ("Export offices", "", {"export_providers": ["fonedynamics"]}, False),
    # Before the re-route, during which nobody is replaced.
    ("Move a leaver's calls", "check", LEAVER, False),
    ("Re-route offices", "", {"reroute_to": DUTY, "reroute_reason": "Fire"}, True),
    ("Show what is re-routed", "", {}, False),
    ("Restore what has expired", "", {}, False),
    ("Close offices", "check", {"offboard_to": DUTY}, False),
]


def test_the_jobs_run_one_after_the_other(awx: StartAwx, simulator: Simulator, tmp_path: Path) -> None:
    """What a job leaves for another one is in the folder that outlives them, for nothing else does."""
    playbooks = {TEMPLATES[name]["playbook"] for name, *rest in RUNS}
    assert playbooks == {template["playbook"] for template in TEMPLATES.values()}
    started = awx("fonedynamics")
    for name, job_type, given, writing in RUNS:
        requests = run(started, simulator, name, job_type, offices="sydney", **given)
        assert any(entry["method"] != "GET" for entry in requests) is writing, name
    assert (tmp_path / "exported/sydney.yml").is_file()
    assert (tmp_path / "reports/report.html").is_file()
    assert (tmp_path / "reports/junit/sydney.xml").is_file()


def test_only_the_plan_that_was_approved_is_carried_out(awx: StartAwx, simulator: Simulator) -> None:
    """The previews run in two slices; AWX hands what each has kept to the job after the approval."""
    started = awx(*PROVIDERS)

    def onboard(offices: str, plans: Json) -> Job:
        simulator.clear_requests()
        return started.launch(TEMPLATES["Onboard what was approved"], "run", {"offices": offices}, artifacts=plans)

    plans: Json = {}
    for number, office in enumerate(("sydney", "everywhere")):
        job = started.launch(TEMPLATES["Preview onboarding"], "check", {"offices": office}, number=number)
        assert job.status == "successful", re.findall(r"FAILED.{0,600}", job.text)
        plans |= job.artifacts
    assert [list(found) for found in plans.values()] == [["sydney"], ["everywhere"]]
    # Somebody changes something at one office in the meantime; another one was not previewed.
    state = simulator.state()["fonedynamics"]
    state["accounts"][fonedynamics.ACCOUNT_SID]["numbers"]["61255500102"]["Friendly"] = "Somebody else's"
    simulator.put_state({"fonedynamics": state})
    for offices, given in (("everywhere,stockholm", plans), ("everywhere", {})):
        job = onboard(offices, given)
        assert job.status == "failed"
        assert job.text.count("failed=1") >= len(offices.split(","))
        assert not [entry for entry in requests_of(simulator) if entry["method"] != "GET"]
    simulator.reset()
    job = onboard("sydney,everywhere", plans)
    assert job.status == "successful", re.findall(r"FAILED.{0,600}", job.text)
    # The credentials reach all providers.
    assert {entry["provider"] for entry in requests_of(simulator) if entry["method"] != "GET"} == {*PROVIDERS}


def test_a_misspelt_office_fails_the_job(awx: StartAwx, simulator: Simulator) -> None:
    interrupt = signal.getsignal(signal.SIGINT)
    job = awx("fonedynamics").launch(TEMPLATES["Onboard offices"], "run", {"offices": "sydney,sidney"})
    assert signal.getsignal(signal.SIGINT) is interrupt
    assert job.status == "failed"
    assert "sidney" in job.text
    assert simulator.requests() == []


def test_the_way_out(tmp_path: Path) -> None:
    proxy = f"http://me:{PROXY_PASSWORD}@proxy.example.org:3128"
    variables = inject(TYPES["network"], {"proxy": proxy, "ca_certificates": "-----BEGIN"}, tmp_path)
    assert variables["HTTPS_PROXY"] == proxy
    assert Path(variables["REQUESTS_CA_BUNDLE"]).read_text() == "-----BEGIN"
