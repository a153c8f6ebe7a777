# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the modules of whole offices meet Ansible. Private to the collection."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from .._engine.account import Account
from .._engine.argspec import POLICY, REGION, ArgSpec
from .._errors import InputError, TelephonyError
from .._files.names import explained, make_private
from .._http.environment import Environment
from .._numbers.rules import NumberRules
from .._office.calling import Given
from .._office.doctoring import Examination, examine
from .._office.exporting import Export, carried_connection, export
from .._office.index import OtherOffices
from .._office.keeping import Keeper
from .._office.lists import plain
from .._office.messages import local_time
from .._office.office import Office, Problem, ProblemsFound, known_zone
from .._office.onboarding import How, onboard
from .._office.options import Names
from .._office.others import Others
from .._office.providers import PROVIDERS
from .._office.rerouting_jobs import Reroute, Restore, close, reroute, restore, status
from .._office.session import Session
from .._office.snapshot import is_time
from .._office.undo_job import Undo, undo
from .._office.validating import validate
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
            "office": {"type": "str"},
            # For the action: take what is not given from the host's variables, and from those with the prefix.
            "variables": {"type": "bool", "default": False},
            "prefix": {"type": "str"},
            "timezone": {"type": "str"},
            # Where a run leaves what outlives it: its record, and the locks of its accounts.
            "state_directory": {"type": "path"},
            "keep_days": {"type": "int", "default": 90},
            # For the action: what all tasks of one run have in common.
            "run_id": {"type": "str"},
            # For the action: what an emergency goes on without.
            "left_out": {"type": "list", "elements": "dict", "default": []},
            **{name: {"type": "dict"} for name in PROVIDERS},
            **CONNECTIONS,
        }
    )
)

# The options that results leave out.
NOT_ECHOED = (*PROVIDERS, "index_problems", "index_names", "run_id", "left_out")

# So that callers' lines have names.
PEOPLE = {"people": {"type": "list", "elements": "dict"}}

REROUTE = OFFICE + ArgSpec(
    {
        "reroute_directory": {"type": "path"},
        "state": {"type": "str", "choices": ["rerouted", "restored", "closed"], "default": "rerouted"},
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
        "ignore_findings": {"type": "bool", "default": False},
        **PEOPLE,
    }
)

STATUS = OFFICE + ArgSpec(
    {
        "reroute_directory": {"type": "path"},
        "fail_if_expired": {"type": "bool", "default": False},
    }
)

VARIABLES = OFFICE + ArgSpec(
    {
        "providers": {"type": "list", "elements": "str", "choices": list(PROVIDERS)},
        "path": {"type": "path"},
        "directory": {"type": "path"},
        "numbers": {"type": "list", "elements": "raw"},
        "overwrite": {"type": "bool", "default": False},
        "verify": {"type": "bool", "default": True},
        # For the action: what the index of all offices says.
        "index_names": {"type": "dict", "default": {}},
    }
)

UNDO = OFFICE + ArgSpec(
    {
        "record": {"type": "str"},
        "max_deletions": {"type": "int", "default": 0},
        "changed": {"type": "str", "choices": ["report", "keep", "overwrite"], "default": "report"},
        "providers": {"type": "list", "elements": "str", "choices": list(PROVIDERS)},
        "reroute_directory": {"type": "path"},
        **PEOPLE,
    }
)

INDEX = ArgSpec({})
RESULTS = ArgSpec({"of": {"type": "str", "required": True}})

READ = ArgSpec({"providers": {"type": "list", "elements": "str", "choices": list(PROVIDERS)}})

# What routes of calls depend on beside the lists. The job reads it, and names every place that is wrong.
CALLS = ArgSpec(
    {
        **{name: {"type": "list", "elements": "dict"} for name in ("people", "call_tests", "accepted_findings")},
        **{name: {"type": "dict"} for name in ("findings", "long_way")},
        # For the action: the index of all offices, which holds what their calls depend on.
        "index_folder": {"type": "path"},
    }
)

DOCTOR = (
    OFFICE
    + READ
    + ArgSpec(
        {
            "reroute_directory": {"type": "path"},
            "assumptions": {"type": "bool", "default": False},
            # For the action: what the index of all offices says.
            "index_problems": {"type": "list", "elements": "dict", "default": []},
            "index_names": {"type": "dict", "default": {}},
        }
    )
)

ONBOARD = (
    OFFICE
    + CALLS
    + ArgSpec(
        {
            "providers": {"type": "list", "elements": "str", "choices": list(PROVIDERS)},
            "prune": {"type": "bool", "default": False},
            "max_deletions": {"type": "int"},
            "max_changes": {"type": "raw"},
            "on_error": {"type": "str", "choices": ["stop", "continue"], "default": "stop"},
            "verify": {"type": "bool", "default": True},
            "expect_plan": {"type": "dict"},
            "reroute_directory": {"type": "path"},
            "ignore_reroute": {"type": "bool", "default": False},
            "prune_shared": {"type": "bool", "default": False},
            "validate_only": {"type": "bool", "default": False},
            "on_failed_call_test": {"type": "str", "choices": ["refuse", "warn", "off"], "default": "refuse"},
            # For the action: what the index of all offices says.
            "index_problems": {"type": "list", "elements": "dict", "default": []},
            "index_names": {"type": "dict", "default": {}},
        }
    )
)


Job = Callable[[Session, Mapping[str, Any]], Result]


def run_office(spec: ArgSpec, job: Job, *, writes_yaml: bool = False, attempts: int | None = None) -> None:
    """Run a module of a whole office; its *job* takes the session and the options.

    *writes_yaml*: it fails without PyYAML. *attempts*: how often a request may be sent at most.
    """

    def with_session(options: Mapping[str, Any], surroundings: Surroundings, check_mode: bool) -> Result:
        names = Names(options["variables"], options["prefix"] or "", _clock_of(_zone_of(options)))
        with named(names):
            placed = _with_snapshots(options)
            result: Result = _worded(
                kept(_session(placed, surroundings, names, check_mode, attempts), job, placed), names
            )
            return result

    # Results hold what became of the lists; the lists themselves the user has already.
    run_with(spec, with_session, not_echoed=NOT_ECHOED, writes_yaml=writes_yaml)


def _with_snapshots(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return *options* with the snapshots in the state directory, unless they are to lie elsewhere."""
    if options.get("reroute_directory") or not options.get("state_directory"):
        return options
    return {**options, "reroute_directory": str(Path(options["state_directory"]) / "reroutes")}


def _zone_of(options: Mapping[str, Any]) -> tzinfo:
    """Return the office's time zone, UTC where the option is not the name of one."""
    name = options.get("timezone")
    return timezone.utc if not name or known_zone(name) else ZoneInfo(name)


def _clock_of(zone: tzinfo) -> Callable[[str], str]:
    """Return what shows times in *zone*."""
    # Names from an account may look like a time.
    return lambda time: local_time(time, zone) if is_time(time) else f"T({time})"


def _session(
    options: Mapping[str, Any], surroundings: Surroundings, names: Names, check_mode: bool, attempts: int | None
) -> Session:
    if not options["office"]:
        raise InputError("The office has no name.", next_step="Set office, for example to inventory_hostname.")
    if options.get("timezone") and (wrong := known_zone(options["timezone"])):
        raise ProblemsFound([Problem(names.of("timezone"), wrong)])

    def warn(text: str) -> None:
        surroundings.warn(names.worded(text))

    rules = NumberRules.from_options(options, warn, policy=names.of("policy"), region=names.of("region"))
    rules.problems.raise_if_any()

    state = options.get("state_directory")
    environments: dict[str, Environment] = {}

    def connect(account: Account) -> Any:
        connection = names.of(f"{account.name}_connection")
        # What the environment says may be another account.
        if wrong := [problem for problem in _problems(options["left_out"]) if problem.path.startswith(connection)]:
            raise ProblemsFound(wrong)
        usable = account.state_files and state and _usable(account, Path(state), check_mode, warn)
        given = {**account.also, **_connection(account, options, state if usable else None)}
        environments[account.name] = surroundings.environment(given, attempts, connection)
        try:
            return account.connect(given, environments[account.name])
        except InputError as error:
            what = f"{error.headline} {error.next_step}".strip()
            raise ProblemsFound([Problem(connection, what, account.name)]) from None

    def ahead(name: str) -> float | None:
        return environments[name].http.ahead() if name in environments else None

    def cost() -> str:
        requests = surroundings.counters()["requests"]
        return f"{requests} API {'call' if requests == 1 else 'calls'}"

    office = Office(options["office"], rules, checked)
    now = datetime.now(timezone.utc)
    session = Session(office, connect, PROVIDERS, check_mode, now, _zone_of(options), warn, cost, ahead=ahead)
    session.progress, session.sleep = surroundings.progress, surroundings.clock.sleep
    session.redact = surroundings.redact
    if state:
        directory, days = Path(state).absolute(), options["keep_days"]
        run = options["run_id"] or str(os.getpid())
        if days < 0:
            raise InputError(f"O(keep_days) is {days}.", next_step="Write a number of days, such as 90.")
        session.keeper = Keeper(office.name, directory, days, run, now, surroundings.clock, warn, surroundings.redact)
        session.keeper.show = surroundings.show
    return session


def _problems(found: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Return what the action has found wrong, which comes as options do."""
    return [Problem(item["path"], item["what"], item["provider"]) for item in found]


def known_problems(options: Mapping[str, Any]) -> list[Problem]:
    """Return what the action has found wrong with the office's variables."""
    return _problems(options["index_problems"])


def _usable(account: Account, state: Path, check_mode: bool, warn: Callable[[str], None]) -> bool:
    """Make the state directory where it is missing, and return whether *account* can keep its files there."""
    if check_mode and not state.is_dir():
        return False
    try:
        with explained(state.absolute()):
            make_private(state.absolute())
    except InputError as error:
        # Calls matter more than what is remembered of them.
        warn(f"{account.title} cannot store anything in O(state_directory): {error.message}")
        return False
    return True


def _connection(account: Account, options: Mapping[str, Any], state: str | None) -> dict[str, Any]:
    """Return the connection options of a provider; what is not set of its files lies in the folder *state*."""
    given = dict(options[f"{account.name}_connection"])
    files = {name: str(Path(state).absolute() / file) for name, file in account.state_files.items()} if state else {}
    return given | {name: path for name, path in files.items() if not given.get(name)}


@contextmanager
def named(names: Names) -> Iterator[None]:
    """Let what is wrong with options be reported by the names that the user knows, each problem with its path."""
    try:
        yield
    except TelephonyError as error:
        if isinstance(error, InputError) and error.found:
            raise ProblemsFound([Problem(names.path(where), what) for where, what in error.found]) from None
        error.message, error.next_step = names.worded(error.headline), names.worded(error.next_step)
        raise


def _worded(value: Any, names: Names) -> Any:
    """Return a result whose texts for people name the options as the user knows them."""
    if isinstance(value, str):
        return names.worded(value)
    if isinstance(value, list):
        return [_worded(part, names) for part in value]
    texts = ("message", "msg", "failure", "next_step", "notes", "unsearched")
    return {name: _worded(part, names) if name in texts else part for name, part in value.items()}


def kept(session: Session, job: Job, options: Mapping[str, Any]) -> Result:
    """Do the *job*; its result names the record that it left, and nobody is kept away any longer."""
    keeper = session.keeper
    try:
        return session.with_record(job(session, options))
    except Exception:
        if keeper is not None:
            session.warn(keeper.line().strip())
        raise
    finally:
        if keeper is not None:
            keeper.end()


def on_the_controller(options: Mapping[str, Any], surroundings: Surroundings, check_mode: bool) -> Result:
    """Refuse to run on a host what only its action can do, because it needs the variables of other hosts."""
    raise InputError(
        "This module runs only on the controller, through its action plugin.", next_step="Run it in a playbook."
    )


def lists_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the lists that the options hold, by provider, as far as *providers* does not leave them out."""
    names = options.get("providers") or list(PROVIDERS)
    return {name: options[name] for name in names if options.get(name) is not None}


def onboard_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office`."""
    known = known_problems(options)
    if options["validate_only"]:
        return validate(session, lists_of(options), given_calls(session, options), known)
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
        calls=given_calls(session, options),
        on_failed_call_test=options["on_failed_call_test"],
    )
    return onboard(session, lists_of(options), how, known)


def given_calls(session: Session, options: Mapping[str, Any]) -> Given:
    """Return what the options say of calls."""
    names = ("people", "call_tests", "findings", "accepted_findings", "long_way")
    # A report shows nothing of another group's offices.
    same_group = options.get("keep_model", False)
    others = OtherOffices(options["index_folder"], session.office.name, same_group=same_group)
    beginning = "office_" if options["variables"] else ""
    return Given(**{name: options[name] for name in names}, others=others, beginning=beginning)


def own_calls(options: Mapping[str, Any]) -> Given:
    """Return what the options say of calls, for a job that knows of no other office."""
    names = [name for name in ("people", "call_tests") if name in options]
    return Given(**{name: options[name] for name in names}, beginning="office_" if options["variables"] else "")


def reroute_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_reroute`."""
    directory = _snapshots(options)
    if options["state"] == "restored":
        names = ("changed", "leave_out", "only_expired")
        return restore(session, Restore(directory, calls=own_calls(options), **{name: options[name] for name in names}))
    given = ("to", "settings", "until", "reason", "change_destination", "irreversible", "numbers", "ignore_findings")
    unread = [
        problem
        for problem in _problems(options["left_out"])
        if problem.path in {f"office_{name}" for name in PROVIDERS}
    ]
    how = Reroute(directory, unread=unread, calls=own_calls(options), **{name: options[name] for name in given})
    return (close if options["state"] == "closed" else reroute)(session, lists_of(options), how)


def _snapshots(options: Mapping[str, Any]) -> str:
    """Return the folder of the snapshots. Raises `InputError` where none is given."""
    if not options["reroute_directory"]:
        why = ", because the inventory is not a file" if options["variables"] else ""
        raise InputError(
            f"There is no folder for snapshots{why}.",
            next_step="Set O(state_directory), or O(reroute_directory) for snapshots alone.",
        )
    return str(options["reroute_directory"])


def status_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_reroute_info`."""
    return status(session, _snapshots(options), fail_if_expired=options["fail_if_expired"])


def undo_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_undo`."""
    given = {name: options[name] for name in ("record", "max_deletions", "changed", "providers")}
    return undo(session, Undo(**given, reroutes=options["reroute_directory"], calls=own_calls(options)))


def variables_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_variables`."""
    connections = {
        f"office_{name}_connection": carried_connection(account, options[f"{name}_connection"])
        for name, account in PROVIDERS.items()
    }
    carried = {f"office_{name}": options[name] for name in ("region", "timezone")}
    # A policy that says what is the default anyway need not be written.
    carried["office_policy"] = {name: value for name, value in plain(options["policy"] or {}).items() if value}
    how = Export(
        providers=readable_providers(options),
        path=options["path"],
        directory=options["directory"],
        numbers=options["numbers"],
        carried={name: value for name, value in {**carried, **connections}.items() if value},
        others=Others(session.office.name, options["index_names"]),
        overwrite=options["overwrite"],
        verify=options["verify"],
    )
    return export(session, lists_of(options), how)


def doctor_job(session: Session, options: Mapping[str, Any]) -> Result:
    """Do the work of the module `office_doctor`."""
    state = options.get("state_directory")
    connections = {name: _connection(account, options, state) for name, account in PROVIDERS.items()}
    used = [name for name in options["providers"] or PROVIDERS if options.get(name) is not None]
    given = [
        name for name, account in PROVIDERS.items() if any(connections[name].get(key) for key in account.credentials)
    ]
    others = Others(session.office.name, options["index_names"])
    countries = (options["policy"] or {}).get("allowed_countries") or []
    regions = dict.fromkeys(str(name).upper() for name in (options["region"], *countries) if name)
    what = Examination(
        providers=options["providers"] or [name for name in PROVIDERS if name in {*used, *given}],
        used=options["providers"] or used,
        connections=connections,
        folder=options["reroute_directory"],
        shared={name: others.sharing(name) for name in PROVIDERS},
        problems=options["index_problems"],
        regions=list(regions),
        lists={name: options[name] for name in used},
        assumptions=options["assumptions"],
    )
    return examine(session, what)


def readable_providers(options: Mapping[str, Any]) -> list[str]:
    """Return the providers to read: those that are asked for, else those with lists or with credentials."""
    if options["providers"]:
        return list(options["providers"])
    return [
        name
        for name, account in PROVIDERS.items()
        if options.get(name) is not None or account.has_secret(options[f"{name}_connection"])
    ]
