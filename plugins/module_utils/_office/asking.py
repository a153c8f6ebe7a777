# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who answers calls to an office, read from its accounts or its files. Private to the collection.

With *verify* it also compares the accounts with the files, and fails where something is not as it should be. Nothing is
written to any account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .._calls.answers import answer
from .._calls.call_tests import CallTest, read_calls
from .._calls.document import Source, with_texts
from .._calls.names import Names
from .._calls.nodes import Graph
from .._calls.testing import Testing
from .._errors import Problems
from .._files.names import check_place
from .._numbers.rules import NumberRules
from . import rerouting
from .calling import CallModel, Given, lists_around
from .drift import drift_of
from .junit import Junit
from .messages import plural, status_line
from .office import Office, Problem, ProblemsFound
from .picturing import pictures_of
from .providers import PROVIDERS
from .reporting import keep_model
from .run import OfficeRun
from .session import Session
from .snapshot import Document, SnapshotFile, summary
from .verify_texts import Verified, cases, outcome, skipped

Result = dict[str, Any]
ACCOUNTS, FILES = "accounts", "files"


@dataclass(frozen=True)
class Question:
    """What is asked. *of*: the accounts of *providers*, or the files. *calls* as the user wrote them.

    *verify*: compare the accounts with the files, and fail where something is wrong. *pictures* of *numbers*, of all
    for None. *directory* is the folder of the snapshots, None where there is none. *model*: the file that keeps what
    was found for a report.
    """

    of: str
    providers: Sequence[str]
    calls: Any = None
    verify: bool = False
    directory: str | None = None
    pictures: bool = False
    numbers: Sequence[Any] | None = None
    junit: Junit | None = None
    given: Given = field(default_factory=Given)
    model: Path | None = None


def ask(session: Session, lists: Mapping[str, Any], question: Question, known: Sequence[Problem] = ()) -> Result:
    """Return what was asked. *lists* are the office's own; *known*: problems that were found before."""
    model = CallModel(session, question.given, lists)
    calls, numbers, problems = _asked(session, question)
    problems = [*known, *model.problems, *problems]
    if problems or question.verify or question.of == FILES:
        _refuse(session, lists, problems)
    if question.junit is not None:
        check_place(question.junit.path)
    snapshot = SnapshotFile(question.directory, session.office.name).read() if question.directory else None
    found, graph = (
        (Verified(), model.stitched(model.file))
        if question.of == FILES
        else _accounts(session, lists, question, model, snapshot)
    )
    model.note_reroute(snapshot)
    if graph is not None:
        found.findings, found.unused = model.findings(graph)
        found.tests = [skipped(test) for test in model.tests] if found.snapshot else model.test(graph)
        testing = Testing(graph, Names(graph, model.directory), session.now)
        found.routes = [answer(testing, call) for call in calls]
        if question.pictures:
            found.pictures = list(pictures_of(model, graph, session.office.name, numbers))
    path = ""
    if question.junit is not None and not session.check_mode:
        question.junit.write(list(cases(found)), session.now)
        path = str(question.junit.path)
    result = outcome(session, found, verify=question.verify, junit=path)
    if question.model is not None and graph is not None:
        parts = (found.findings, found.unused, found.tests, list(_notes(session, found)))
        document = model.document(graph, _sources(question, lists), *parts)
        # Providers may repeat secrets in what they answer.
        keep_model(question.model, with_texts(document, session.redact))
        result["model_path"] = str(question.model)
        # The report shows the rest.
        result["message"] = [line for line in result["message"] if not line.startswith(" ")]
    return result


def _notes(session: Session, found: Verified) -> Iterator[str]:
    if found.snapshot is not None:
        rerouted = summary(found.snapshot, rerouting.text_of(session.now))
        yield f"{status_line(session.office.name, rerouted, session.zone)}."


def _sources(question: Question, lists: Mapping[str, Any]) -> list[Source]:
    """Return from where everything was taken, by provider."""
    if question.of == FILES:
        return [Source(name, PROVIDERS[name].title, "the office's file") for name in lists]
    return _of_accounts(question.providers)


def _of_accounts(providers: Sequence[str]) -> list[Source]:
    words = {True: "the account", False: "what was last set, because it has no way to read it"}
    accounts = [PROVIDERS[name] for name in providers]
    return [
        Source(account.name, account.title, words[any(table.resource.table.readable for table in account.lists)])
        for account in accounts
    ]


def _asked(session: Session, question: Question) -> tuple[list[CallTest], list[str] | None, list[Problem]]:
    """Return the calls and the numbers that are asked for, and what is wrong with them."""
    office, problems = session.office, Problems()
    rules = NumberRules(office.rules.region, office.rules.policy, office.rules.warn, problems)
    calls = read_calls(question.calls, "calls", rules, str(session.zone), PROVIDERS, office.name)
    numbers = None
    if question.numbers is not None:
        read = (rules.number(f"numbers[{place}]", number) for place, number in enumerate(question.numbers))
        numbers = [number for number in read if number]
    return calls, numbers, [Problem(path, what) for path, what in problems.found]


def _refuse(session: Session, lists: Mapping[str, Any], problems: Sequence[Problem]) -> None:
    """Raise `ProblemsFound` for what is wrong with the office's *lists*, and for *problems*."""
    office = Office(session.office.name, session.office.rules, session.office.check, list(problems))
    office.read(lists)
    if office.problems:
        raise _unread(session, office.problems)


def _unread(session: Session, problems: Sequence[Problem]) -> ProblemsFound:
    count = plural("problem", len(dict.fromkeys(problems)))
    return ProblemsFound(problems, f"{session.office.name}: nothing was verified. {count}:")


def _accounts(
    session: Session, lists: Mapping[str, Any], question: Question, model: CallModel, snapshot: Document | None
) -> tuple[Verified, Graph | None]:
    """Read the accounts once: how they differ from the files, and what they do with calls, None if one is missing."""
    desired = lists if question.verify else unreadable(lists)
    if snapshot is not None and question.verify:
        desired = rerouting.lists_while_rerouted(desired, snapshot, session.office.rules.region)
    try:
        run = session.planned(desired, everything=whole_lists(question.providers))
    except ProblemsFound as error:
        raise _unread(session, error.problems) from None
    failures = {one.account.title: one.failure for one in run.providers if one.failure is not None}
    if failures and not question.verify:
        raise next(iter(failures.values()))
    run.preview()
    found = Verified(snapshot, drift_of(run, session) if question.verify else None, failures=failures)
    if failures:
        # Calls at the other accounts may go through the one that is missing.
        return found, None
    before, after = lists_around(run, whole=True)
    graph = model.of_accounts(before, whole=True)
    if found.differences:
        found.callers = model.differences(graph, model.of_accounts(after, whole=True))
    return found, graph


def model_of(
    session: Session, lists: Mapping[str, Any], providers: Sequence[str], given: Given
) -> tuple[OfficeRun, Mapping[str, Any]]:
    """Read all lists of *providers* once; return what was read, and the model of what happens to calls there."""
    model = CallModel(session, given, lists)
    _refuse(session, {}, model.problems)
    run = session.planned(unreadable(lists), everything={name: PROVIDERS[name].names for name in providers})
    for one in run.providers:
        if one.failure is not None:
            raise one.failure
    graph = model.of_accounts(lists_around(run, whole=True)[0], whole=True)
    sources = _of_accounts(providers)
    return run, model.document(graph, sources, *model.findings(graph), model.test(graph))


def whole_lists(providers: Sequence[str]) -> dict[str, Sequence[str]]:
    """Return by provider the lists that calls depend on."""
    return {name: PROVIDERS[name].read_for_calls for name in providers}


def unreadable(lists: Mapping[str, Any]) -> dict[str, Any]:
    """Return of *lists* those that cannot be read, so that what the file says is believed."""
    found: dict[str, Any] = {}
    for name, given in lists.items():
        tables = PROVIDERS[name].lists if name in PROVIDERS and isinstance(given, Mapping) else ()
        kept = {
            table.name: given[table.name]
            for table in tables
            if table.name in given and not table.resource.table.readable
        }
        if kept:
            found[name] = kept
    return found
