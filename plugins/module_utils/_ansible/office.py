# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the modules of whole offices meet Ansible. Private to the collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from .._engine.account import Account
from .._engine.argspec import POLICY, REGION, ArgSpec
from .._errors import InputError
from .._numbers.rules import NumberRules
from .._office.informing import inform
from .._office.leaving import Leaver, find_leaver
from .._office.office import Office, Problem, known_zone
from .._office.onboarding import How, onboard
from .._office.others import Others
from .._office.people import Person
from .._office.providers import PROVIDERS
from .._office.rerouting_jobs import Reroute, Restore, reroute, restore, status
from .._office.session import Session
from .runner import Result, Surroundings, run_with
from .validation import checked

CONNECTIONS = {
    f"{name}_connection": {"type": "dict", "apply_defaults": True, **account.connection.suboptions()}
    for name, account in PROVIDERS.items()
}

# What every module of a whole office takes.
OFFICE = (
    REGION
    + POLICY
    + ArgSpec(
        {
            "office": {"type": "str", "required": True},
            # For the action: take what is not given from the host's variables.
            "variables": {"type": "bool", "default": False},
            "timezone": {"type": "str"},
            **{name: {"type": "dict"} for name in PROVIDERS},
            **CONNECTIONS,
        }
    )
)

# The options that results leave out.
NOT_ECHOED = (*PROVIDERS, "index_problems", "index_names")

# By variable of an office, the option that takes it.
OPTION_OF_VARIABLE = {
    f"office_{option}": option for option in ("region", "policy", "timezone", *PROVIDERS, *CONNECTIONS)
}

REROUTE = OFFICE + ArgSpec(
    {
        "reroute_directory": {"type": "path", "required": True},
        "state": {"type": "str", "choices": ["rerouted", "restored"], "default": "rerouted"},
        "to": {"type": "raw"},
        "settings": {"type": "dict", "default": {}},
        "until": {"type": "str"},
        "reason": {"type": "str"},
        "change_destination": {"type": "bool", "default": False},
        "irreversible": {"type": "bool", "default": False},
        "numbers": {"type": "str", "choices": ["office", "account"], "default": "office"},
        "changed": {"type": "str", "choices": ["report", "keep", "overwrite"], "default": "report"},
        "leave_out": {"type": "list", "elements": "raw", "default": []},
        "only_expired": {"type": "bool", "default": False},
    }
)

STATUS = OFFICE + ArgSpec(
    {
        "reroute_directory": {"type": "path", "required": True},
        "fail_if_expired": {"type": "bool", "default": False},
    }
)

LEAVER = OFFICE + ArgSpec(
    {
        "reroute_directory": {"type": "path"},
        "providers": {"type": "list", "elements": "str", "choices": list(PROVIDERS)},
        "person": {"type": "dict", "required": True, **Person.SPEC.suboptions()},
        "successor": {"type": "dict", **Person.SPEC.suboptions()},
        "ignore_reroute": {"type": "bool", "default": False},
    }
)

INDEX = ArgSpec({"state": {"type": "str", "choices": ["present", "absent"], "default": "present"}})

READ = ArgSpec({"providers": {"type": "list", "elements": "str", "choices": list(PROVIDERS)}})

ONBOARD = OFFICE + ArgSpec(
    {
        "providers": {"type": "list", "elements": "str", "choices": list(PROVIDERS)},
        "prune": {"type": "bool", "default": False},
        "max_deletions": {"type": "int"},
        "max_changes": {"type": "str"},
        "on_error": {"type": "str", "choices": ["stop", "continue"], "default": "stop"},
        "verify": {"type": "bool", "default": True},
        "expect_plan": {"type": "dict"},
        "reroute_directory": {"type": "path"},
        "ignore_reroute": {"type": "bool", "default": False},
        "prune_shared": {"type": "bool", "default": False},
        # For the action: what the index of all offices says.
        "index_problems": {"type": "list", "elements": "dict", "default": []},
        "index_names": {"type": "dict", "default": {}},
    }
)


Job = Callable[[Session, Mapping[str, Any]], Result]


def run_office(spec: ArgSpec, job: Job) -> None:
    """Run a module of a whole office; its *job* takes the session and the options."""

    def with_session(options: Mapping[str, Any], surroundings: Surroundings, check_mode: bool) -> Result:
        if options.get("timezone") and (wrong := known_zone(options["timezone"])):
            raise InputError(f"timezone: {wrong}.")
        rules = NumberRules.from_options(options, surroundings.warn)
        rules.problems.raise_if_any()

        def connect(account: Account) -> Any:
            given = {**account.also, **options[f"{account.name}_connection"]}
            return account.connect(given, surroundings.environment(given))

        def cost() -> str:
            requests = surroundings.counters()["requests"]
            return f"{requests} API {'call' if requests == 1 else 'calls'}"

        office = Office(options["office"], rules, checked)
        now = datetime.now(timezone.utc)
        zone = ZoneInfo(options["timezone"]) if options.get("timezone") else timezone.utc
        warn, progress = surroundings.warn, surroundings.progress
        session = Session(office, connect, PROVIDERS, check_mode, now, zone, warn, cost, progress)
        return job(session, options)

    # Results hold what became of the lists; the lists themselves the user has already.
    run_with(spec, with_session, not_echoed=NOT_ECHOED)


def on_the_controller(options: Mapping[str, Any], surroundings: Surroundings, check_mode: bool) -> Result:
    """Refuse to run `office_index` as a module: the variables of all hosts are known to its action alone."""
    raise InputError("office_index runs on the controller, by its action plugin.", next_step="Run it in a playbook.")


def lists_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the lists that the options hold, by provider, as far as *providers* does not leave them out."""
    names = options.get("providers") or list(PROVIDERS)
    return {name: options[name] for name in names if options.get(name) is not None}


def onboard_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office`."""
    others = Others(session.office.name, options["index_names"])
    if options["prune"] and not options["prune_shared"]:
        others.refuse_unread()
    how = How(
        on_error=options["on_error"],
        verify=options["verify"],
        prune=options["prune"],
        max_deletions=options["max_deletions"],
        expected_plans=options["expect_plan"],
        most_changes=options["max_changes"],
        kept=others.uses,
        directory=options["reroute_directory"],
        ignore_reroute=options["ignore_reroute"],
    )
    known = [Problem(item["path"], item["what"], item["provider"]) for item in options["index_problems"]]
    return onboard(session, lists_of(options), how, known)


def reroute_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_reroute`."""
    if options["state"] == "restored":
        names = ("changed", "leave_out", "only_expired")
        return restore(session, Restore(options["reroute_directory"], **{name: options[name] for name in names}))
    given = ("to", "settings", "until", "reason", "change_destination", "irreversible", "numbers")
    how = Reroute(options["reroute_directory"], **{name: options[name] for name in given})
    return reroute(session, lists_of(options), how)


def status_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_reroute_info`."""
    return status(session, options["reroute_directory"], fail_if_expired=options["fail_if_expired"])


def leaver_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_leaver`."""
    how = Leaver(options["person"], options["successor"], options["reroute_directory"], options["ignore_reroute"])
    return find_leaver(session, lists_of(options), how)


def info_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_info`."""
    return inform(session, lists_of(options), readable_providers(options))


def readable_providers(options: Mapping[str, Any]) -> list[str]:
    """Return the providers to read: those that are asked for, else those with lists or with credentials."""
    if options["providers"]:
        return list(options["providers"])
    return [
        name
        for name, account in PROVIDERS.items()
        if options.get(name) is not None or account.has_secret(options[f"{name}_connection"])
    ]
