# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The call model of one office: its accounts before and after a plan, and what other offices' files add to that.

Private to the collection.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from .._calls.call_tests import read_call_tests
from .._calls.compiling import compiled
from .._calls.differences import Change, differences
from .._calls.document import Document, Made, Source, document
from .._calls.faults import Fault
from .._calls.findings import REFUSE, STILL_REROUTED, Context, Finding, find, read_settings, times_for
from .._calls.names import Names
from .._calls.nodes import Draft, Graph, Place, key_part, targets
from .._calls.people import Directory, read_people
from .._calls.survey import Survey
from .._calls.testing import Status, Testing, TestResult
from .._calls.times import Times
from .._engine.plan import Action, Step
from .._errors import Problems
from .._numbers.dialled import Dialled
from .._numbers.dialled import Kind as DialledKind
from .._numbers.rules import NumberRules
from .index import OtherOffices
from .lists import UNKNOWN
from .office import Problem, ProblemsFound
from .others import Others
from .providers import PROVIDERS
from .rerouting import text_of
from .run import OfficeRun, Work
from .session import Session
from .snapshot import Document as Snapshot
from .snapshot import summary

Lists = Mapping[str, Mapping[str, Any]]
_GROUP = "Calls"


@dataclass(frozen=True)
class Given:
    """What the options say of calls, as the user wrote it; *others* knows the other offices' files.

    *beginning* is that of the variables from which the options are, "" where they are no variables.
    """

    people: Any = None
    call_tests: Any = None
    findings: Any = None
    accepted_findings: Any = None
    long_way: Any = None
    others: OtherOffices = field(default_factory=lambda: OtherOffices(None, ""))
    beginning: str = ""


class CallModel:
    """The graphs of one office's calls. *problems*: what is wrong with what the options say of people and findings."""

    def __init__(self, session: Session, given: Given, lists: Mapping[str, Any]) -> None:
        self._session = session
        self._given = given
        self._lists = {name: found for name, found in lists.items() if isinstance(found, Mapping)}
        self._of_others: dict[str, Graph] = {}
        # What is wrong beside the graph.
        self._beside: list[Fault] = []
        problems = Problems()
        rules = NumberRules(session.office.rules.region, session.office.rules.policy, session.warn, problems)
        zone = str(session.zone)
        self.tests = read_call_tests(
            given.call_tests, self._path("call_tests"), rules, zone, PROVIDERS, session.office.name
        )
        paths = [self._path(option) for option in ("findings", "accepted_findings", "long_way")]
        self.settings = read_settings(given.findings, given.accepted_findings, given.long_way, paths, problems)
        own = read_people(given.people, self._path("people"), rules, PROVIDERS)
        self._own = [person.key for person in own]
        self.directory = Directory([*own, *given.others.people], problems.add)
        self.problems = [Problem(path, what, group=_GROUP) for path, what in problems.found]

    def _path(self, option: str) -> str:
        return f"{self._given.beginning}{option}"

    def _rules_of(self, host: str) -> NumberRules:
        region = self._given.others.variables(host).get("region")
        policy = self._session.office.rules.policy
        # What is wrong there is reported to that office.
        return NumberRules(region if isinstance(region, str) else None, policy, lambda text: None, Problems())

    def note_reroute(self, snapshot: Snapshot | None) -> None:
        """Take note of the re-route that is going on, whose planned end may have passed."""
        office = self._session.office.name
        if snapshot is not None and summary(snapshot, text_of(self._session.now))["expired"]:
            words = f"{office} is still re-routed, although the planned end has passed"
            place = Place(f"reroutes/{key_part(office)}", office=office)
            self._beside.append(Fault(STILL_REROUTED, place, words, remedy="Run office.telephony.restore."))

    @cached_property
    def file(self) -> Graph:
        """The graph of the office's own file, in which every place has its path."""
        rules, zone = self._session.office.rules, str(self._session.zone)
        return _of_file(self._lists, self._session.office.name, rules.region, zone)

    def of_accounts(self, lists: Lists, *, whole: bool = False) -> Graph:
        """Return the graph of *lists* by provider, and of all offices' files to which its calls go on.

        *whole*: they are everything that the accounts hold, so that what is missing there does not exist.
        """
        office, zone = self._session.office, str(self._session.zone)
        drafts = {
            name: Draft(
                name,
                office=office.name,
                region=office.rules.region,
                zone=zone,
                whole=whole,
                others=self._claimed(name, found) if whole else None,
            )
            for name, found in lists.items()
        }
        return self.stitched(_compiled(lists, drafts))

    def _claimed(self, provider: str, lists: Mapping[str, Any]) -> dict[str, str]:
        """Return by natural key which other office has an item of an account that both use."""
        others = Others(self._session.office.name, self._given.others.named)
        return {
            key_part(table.first_of(item)): other
            for table in PROVIDERS[provider].lists
            for item in table.items_in(lists.get(table.name))
            if (other := others.claimant(table, table.first_of(item)))
        }

    def stitched(self, graph: Graph) -> Graph:
        """Return *graph* with the files of other offices, as far as calls can get there."""
        found: dict[str, Graph] = {}
        queue = deque([graph])
        while queue:
            for number in _dialled(queue.popleft()):
                host = self._given.others.host_of(number)
                if host and host not in found:
                    found[host] = self._of_other(host)
                    queue.append(found[host])
        return Graph.of([graph, *found.values()]) if found else graph

    def _of_other(self, host: str) -> Graph:
        if host not in self._of_others:
            found = self._given.others.variables(host)
            lists = {name: found[name] for name in PROVIDERS if isinstance(found.get(name), Mapping)}
            texts = {name: found[name] for name in ("region", "timezone") if isinstance(found.get(name), str)}
            # Its names are those of other accounts.
            graph = _of_file(lists, host, texts.get("region"), texts.get("timezone", ""), scope=host)
            self._of_others[host] = graph
        return self._of_others[host]

    @cached_property
    def _paths(self) -> dict[str, str]:
        places = (
            place for node in self.file.nodes.values() for place in (node.place, *(to.place for to in targets(node)))
        )
        return {place.at: place.path for place in places if place.path}

    def compare(self, before: Graph, after: Graph) -> Comparison:
        """Return what callers notice of a change from *before* to *after*, and the findings afterwards.

        What existed before and the office's file does not manage is not the plan's business.
        """
        times = self.times(before, after)
        same = before is after
        found, unused = self._findings(after, None if same else before, times)
        mine = [finding for finding in found if finding.fault.new or finding.managed]
        return Comparison([] if same else self._differences(before, after, times), mine, unused)

    def differences(self, before: Graph, after: Graph) -> list[Change]:
        """Return what callers notice of a change from *before* to *after*."""
        return self._differences(before, after, self.times(before, after))

    def findings(self, graph: Graph) -> tuple[list[Finding], list[str]]:
        """Return the findings of *graph*, none of which is new, and a warning for each acceptance without one."""
        return self._findings(graph, None, self.times(graph))

    def document(
        self,
        graph: Graph,
        sources: Sequence[Source],
        findings: Sequence[Finding],
        unused: Sequence[str],
        tests: Sequence[TestResult],
        notes: Sequence[str] = (),
    ) -> Document:
        """Return *graph* and what was found of it as a plain document."""
        survey = Survey(graph, self.times(graph), Names(graph, self.directory))
        group = self._given.others.group
        made = Made(self._session.office.name, self._session.now, sources, group, frozenset(self._own), notes)
        return document(survey, made, findings, unused, tests)

    def might_refuse(self, finding: Finding) -> bool:
        """Return whether a finding would refuse the plan if the steps of its call were certain."""
        fault = finding.fault
        return fault.new and not fault.certain and finding.waiver is None and self.settings.action(fault.code) == REFUSE

    def in_files(self) -> list[Finding]:
        """Return the findings of the office's file, with the files of the other offices."""
        return self.findings(self.stitched(self.file))[0]

    def times(self, *graphs: Graph) -> Times:
        """Return the time classes of *graphs*, on the office's clock."""
        return times_for(graphs, str(self._session.zone), self._session.now)

    def _differences(self, before: Graph, after: Graph, times: Times) -> list[Change]:
        names = (Names(before, self.directory), Names(after, self.directory))
        return differences(before, after, times, names)

    def _findings(self, graph: Graph, before: Graph | None, times: Times) -> tuple[list[Finding], list[str]]:
        context = Context(times, self.directory, self._judge, self._session.office.name, self._beside)
        found, unused = find(graph, before, context, self.settings)
        return [self._placed(finding) for finding in found], unused

    def test(self, graph: Graph) -> list[TestResult]:
        """Run the office's own call tests on *graph*."""
        testing = Testing(graph, Names(graph, self.directory), self._session.now)
        return [testing.run(test) for test in self.tests]

    def test_others(self, before: Graph, after: Graph) -> list[TestResult]:
        """Return the call tests of other offices that pass something that changed, and that fail now."""
        changed = {key for key in {**before.nodes, **after.nodes} if before.nodes.get(key) != after.nodes.get(key)}
        found = []
        for host in self._given.others.with_tests_of(self._session.office.name) if changed else ():
            variables = self._given.others.variables(host)
            zone = variables.get("timezone")
            tests = read_call_tests(
                variables["call_tests"],
                "office_call_tests",
                self._rules_of(host),
                zone if isinstance(zone, str) else str(self._session.zone),
                PROVIDERS,
                host,
            )
            graph = self.stitched(Graph.of([after, self._of_other(host)]))
            testing = Testing(graph, Names(graph, self.directory), self._session.now)
            results = map(testing.run, tests)
            found += [result for result in results if result.status is Status.FAIL and result.passed & changed]
        return found

    def _placed(self, finding: Finding) -> Finding:
        """Return a finding with the path in the variables of what it is about."""
        place = finding.fault.place
        path = place.path or self._paths.get(place.at, "")
        return replace(finding, fault=replace(finding.fault, place=replace(place, path=path)))

    def _judge(self, number: str) -> str | None:
        return self._session.office.rules.policy.judge(Dialled(DialledKind.NUMBER, number))


@dataclass(frozen=True)
class Comparison:
    """What callers notice, the findings, and a warning for each acceptance that accepts nothing."""

    changes: Sequence[Change]
    findings: Sequence[Finding]
    unused: Sequence[str]

    def result(self) -> dict[str, Any]:
        """Return the members of a module's result."""
        return {
            "calls": [change.result() for change in self.changes],
            "findings": [finding.result() for finding in self.findings],
        }


@dataclass
class CallCheck:
    """What a planned run does to calls. *tests* ran on the plan, and after `again` on what was read of the accounts.

    *on_failed*: `refuse`, `warn` or `off`, for call tests. *of_others*: tests of other offices that fail now.
    """

    model: CallModel
    run: OfficeRun
    on_failed: str = "refuse"
    comparison: Comparison = field(init=False)
    tests: Sequence[TestResult] = ()
    of_others: Sequence[TestResult] = ()

    def __post_init__(self) -> None:
        before, after = self._graphs(closely=False)
        self.comparison = self.model.compare(before, after)
        if any(map(self.model.might_refuse, self.comparison.findings)):
            # What was assumed of a call that the plan would make go wrong is worth the requests that make it certain.
            before, after = self._graphs(closely=True)
            self.comparison = self.model.compare(before, after)
        if self.on_failed != "off":
            self.tests = self.model.test(after)
            self.of_others = self.model.test_others(before, after)

    def _graphs(self, *, closely: bool) -> tuple[Graph, Graph]:
        """Return the accounts before and after the plan, the same graph where it changes nothing."""
        changes = any(work.changes for provider in self.run.providers for work in provider.works)
        # An account may hold the numbers of a hundred offices, of which a plan without changes concerns its own.
        listed = not changes and (self.on_failed == "off" or not self.model.tests)
        before, after = lists_around(self.run, closely=closely, listed=listed)
        graph = self.model.of_accounts(before)
        return graph, self.model.of_accounts(after) if changes else graph

    def refuse(self) -> None:
        """Raise `ProblemsFound` for findings and failed tests that refuse the plan."""
        problems = [
            Problem(
                finding.fault.place.path or finding.fault.place.at, _lines(finding.text, *finding.details), group=_GROUP
            )
            for finding in self.comparison.findings
            if finding.severity == REFUSE
        ]
        if self.on_failed == "refuse":
            problems += [Problem(test.test.path, _lines(*test.lines), group=_GROUP) for test in self.failed]
        if problems:
            raise ProblemsFound(problems)

    @property
    def failed(self) -> list[TestResult]:
        """The tests that fail."""
        return [test for test in self.tests if test.status is Status.FAIL]

    def again(self) -> None:
        """Run the tests on what was read after the run."""
        if self.tests:
            self.tests = self.model.test(self.model.of_accounts(lists_verified(self.run)))

    def result(self) -> dict[str, Any]:
        """Return the members of a module's result."""
        tests = {"call_tests": [test.result() for test in [*self.tests, *self.of_others]]} if self.tests else {}
        return {**self.comparison.result(), **tests}


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def _of_file(lists: Lists, host: str, region: str | None, zone: str, scope: str = "") -> Graph:
    drafts = {
        name: Draft(name, office=host, variable=PROVIDERS[name].variable, region=region, zone=zone, scope=scope)
        for name in lists
    }
    return _compiled(lists, drafts)


def _compiled(lists: Lists, drafts: Mapping[str, Draft]) -> Graph:
    return Graph.of(
        compiled(account, lists[name], drafts[name]) for name, account in PROVIDERS.items() if name in lists
    )


def _dialled(graph: Graph) -> Iterator[str]:
    """Yield the phone numbers that calls go to and that *graph* does not have."""
    for node in graph.nodes.values():
        for to in targets(node):
            kind, _slash, number = to.key.partition("/")
            if kind == "number" and to.key not in graph.nodes:
                yield number


def lists_verified(run: OfficeRun) -> dict[str, dict[str, Any]]:
    """Return what the accounts hold after a *run*, by provider: as it was read again, else as it was planned."""
    _before, after = lists_around(run)
    for provider in run.providers:
        for work in provider.verified:
            after[provider.account.name][work.table.name] = _sides(work)[0]
    return after


def lists_around(
    run: OfficeRun, *, whole: bool = False, closely: bool = False, listed: bool = False
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return what a planned *run* has read of the accounts, and the same as it will be afterwards, by provider.

    *closely*: with what else reading the lists finds out. *whole*: that as well, and what is believed of lists that
    have no read. *listed*: of numbers only those that the office lists.
    """
    before: dict[str, dict[str, Any]] = {}
    after: dict[str, dict[str, Any]] = {}
    for provider in run.providers:
        account = provider.account
        before[account.name], after[account.name] = {}, {}
        for work in provider.works:
            name = work.table.name
            also: Mapping[str, Any] = {}
            if (whole or closely) and name in account.read_for_calls:
                found = work.plan.current
                # First, because items are shown by the names that this finds out.
                also = {**work.table.also(work.resource, found), **work.table.for_calls(work.resource, found)}
            sides = _sides(work, believe=whole, listed=listed and work.table.numbers)
            for side, items in zip((before, after), sides, strict=True):
                known = side[account.name]
                for member, value in {name: items, **also}.items():
                    # Reading one list may find out a part of another one.
                    known[member] = [*known.get(member, ()), *value] if member in account.names else value
    return before, after


def _sides(
    work: Work, *, believe: bool = False, listed: bool = False
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a list's items before and after its plan. What is not known of an item is left out.

    *believe*: what cannot be read is taken to be as it is desired. *listed*: only what the plan has a step for.
    """
    before, after = [], []
    steps: dict[int, Step] = {id(step.current): step for step in work.plan.steps if step.current is not None}
    for current in work.plan.current:
        step = steps.pop(id(current), None)
        if listed and step is None:
            continue
        item = item_of(work, current.values)
        before.append(item)
        if step is None or step.action is Action.NONE:
            after.append(item)
        elif step.action is not Action.DELETE:
            after.append({**item, **item_of(work, step.after or {})})
    known = {id(current) for current in work.plan.current}
    for step in work.plan.steps:
        if step.after is not None and id(step.current) not in known:
            after.append(item_of(work, step.after))
            if believe and step.blind:
                before.append(after[-1])
    return before, after


def item_of(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item with these *values* as lists hold it, without what is not known of it."""
    shown = {**work.resource.shown(values), **work.resource.ids(values)}
    return {name: value for name, value in shown.items() if value != UNKNOWN}
