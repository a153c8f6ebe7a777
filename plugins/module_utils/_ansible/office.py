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
from .._office.keeping import Keeper
from .._office.messages import local_time
from .._office.office import Office, Problem, ProblemsFound, known_zone
from .._office.options import NOT_ECHOED, Names
from .._office.providers import PROVIDERS
from .._office.session import Session
from .._office.snapshot import is_time
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

# So that callers' lines have names.
PEOPLE = {"people": {"type": "list", "elements": "dict"}}

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
        if wrong := [problem for problem in problems_in(options["left_out"]) if problem.path.startswith(connection)]:
            raise ProblemsFound(wrong)
        usable = account.state_files and state and _usable(account, Path(state), check_mode, warn)
        given = {**account.also, **connection_of(account, options, state if usable else None)}
        environments[account.name] = surroundings.environment(given, attempts, connection)
        try:
            return account.package.connect(given, environments[account.name])
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


def problems_in(found: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Return what the action has found wrong, which comes as options do."""
    return [Problem(item["path"], item["what"], item["provider"]) for item in found]


def known_problems(options: Mapping[str, Any]) -> list[Problem]:
    """Return what the action has found wrong with the office's variables."""
    return problems_in(options["index_problems"])


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


def connection_of(account: Account, options: Mapping[str, Any], state: str | None) -> dict[str, Any]:
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


def lists_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the lists that the options hold, by provider, as far as *providers* does not leave them out."""
    names = options.get("providers") or list(PROVIDERS)
    return {name: options[name] for name in names if options.get(name) is not None}


def snapshots_of(options: Mapping[str, Any]) -> str:
    """Return the folder of the snapshots. Raises `InputError` where none is given."""
    if not options["reroute_directory"]:
        why = ", because the inventory is not a file" if options["variables"] else ""
        raise InputError(
            f"There is no folder for snapshots{why}.",
            next_step="Set O(state_directory), or O(reroute_directory) for snapshots alone.",
        )
    return str(options["reroute_directory"])


def readable_providers(options: Mapping[str, Any]) -> list[str]:
    """Return the providers to read: those that are asked for, else those with lists or with credentials."""
    if options["providers"]:
        return list(options["providers"])
    return [
        name
        for name, account in PROVIDERS.items()
        if options.get(name) is not None or account.has_secret(options[f"{name}_connection"])
    ]
