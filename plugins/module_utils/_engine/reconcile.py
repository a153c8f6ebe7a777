# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the user's items to the result of a run. Private to the collection.

The life of a run, step by step, with the hooks of `Resource` that may be overridden at each. A provider that needs none
of them there has none. Several lists take each step together, because their objects may refer to each other.

 1. *Check the items* without asking the provider (`read_desired`). `desired` reads them and notes all that is wrong; an
    object that is listed twice and a destination that the policy forbids are refused here. Modules that only read have
    `selected` instead.
 2. *Connect.* `__init__` takes the API, and what else is known from outside; nothing is asked yet.
 3. *Find the keys* (`plan_together`). `locate` finds the owners of what is listed where the key depends on them.
 4. *Read once.* `read` returns what is there, all of it or what is listed, `read_to_prune` with what prune deletes.
    Modules that only read use `pick`, which warns of what is missing; jobs that need both, the plan and everything
    that is there, use `read_all`.
 5. *Announce* what this run creates, for the other lists: `expect`.
 6. *Find the names.* `resolve` puts ids in place of names, or marks them as created in this run.
 7. *Compare.* `make_plan` does that without any I/O, by what `table` says; prune concerns what is `prunable`.
    `arranged` adds which step waits for what another one gives up, or tells other lists what this one changes; `bound`
    does so where all lists of the run must have been planned.
 8. *Refuse*, before anything is written: `refusals`, of which the default asks `refusal` for each step; then the policy
    judges what would be dialled.
 9. *Preview.* Check mode ends here (`preview`). `warn_about` says what the user should know of a step.
10. *Write* in the order of `schedule`, up to `workers` at a time; those of one `lane` take turns. `settle` puts in the
    ids of what was created meanwhile; then `create`, `update` or `delete` carries the step out, and `on_created` hears
    of new ids. `disturbed` tells whether a step that was not tried has suffered from others.
11. *Verify* each write. An answer that was lost, or that differs from the plan, is cleared up by reading with
    `look_up`, as often as `looks` says, with `pause` between. What was not carried out is sent once more if it is in
    `repeats`; a refusal in `landed` shows that it was, and `keep_one` leaves one object of two. `known` leaves out of
    the comparison with what was before what a reading may have held back.
12. *Report* (`carry_out_together`): `identity` and `details` for each step, `shown` for the difference, `ids` beside
    the names, and `export` for what the plural module takes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .._errors import NotApplied, Problems, TelephonyError
from .._http.environment import Environment
from .._numbers.policy import Policy
from .._numbers.rules import NumberRules
from .._progress import Progress
from .apply import Outcome, Status, apply_together, preview
from .listing import Listing, gap_of
from .plan import Action, Current, Desired, Plan, Step, make_plan, newly_dialled, place, refuse_duplicates
from .resource import Resource
from .schema import Table

# What a diff shows for a field of which nobody can tell what it was.
UNKNOWN = "unknown"

Connect = Callable[[Mapping[str, Any], Environment], Any]
Also = Callable[[Mapping[str, Any], Any, Sequence[Current]], dict[str, Any]]


def read_desired(
    resource: type[Resource], items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool
) -> list[Desired]:
    """Check everything about the user's items that needs no request. Raises `InputError` naming all that is wrong."""
    desired = resource.desired(items, rules, many)
    refuse_duplicates(resource.table, desired, rules.problems)
    if rules.problems:
        # Nothing will be read any more, so that this is the time to say it.
        judge_unread(resource.table, desired, rules.policy, rules.problems)
    rules.problems.raise_if_any()
    return desired


def plan_for(
    resource: Resource,
    desired: Sequence[Desired],
    *,
    policy: Policy | None = None,
    prune: bool = False,
    max_deletions: int | None = None,
) -> Plan:
    """Read what is there and return the plan. Raises `InputError` for what cannot or may not be done.

    *policy* judges what the plan would write; without one the plan is not for writing.
    """
    return plan_together([(resource, desired)], policy=policy, prune=prune, max_deletions=max_deletions)[0]


def plan_together(
    works: Sequence[tuple[Resource, Sequence[Desired]]],
    *,
    policy: Policy | None = None,
    prune: bool = False,
    max_deletions: int | None = None,
    problems: Problems | None = None,
    kept: Callable[[Resource, Current], bool] | None = None,
    everything: Collection[str] = (),
    warn: Callable[[str], None] = lambda text: None,
) -> list[Plan]:
    """Like `plan_for`, for several resources whose objects may refer to those of the following ones.

    With *problems*, what is wrong is left there for the caller to raise. *kept*: objects that prune leaves alone.
    *everything*: lists of which all objects are read, whatever is desired; *warn* of what such a reading leaves out.
    """
    found = Problems() if problems is None else problems
    read = []
    # What is referred to first, so that what it creates can be named.
    located = [(resource, resource.locate(desired, found)) for resource, desired in reversed(works)][::-1]
    if problems is None:
        found.raise_if_any()
    for resource, desired in located:
        whole = resource.table.plural in everything
        reads = resource.read_to_prune if prune and resource.prunable else resource.read
        current = resource.read_all(desired, warn) if whole else reads(desired)
        present = {item.key: item for item in current}
        resource.expect(desired, present)
        read.append((resource, desired, current, present))
    plans = []
    for resource, desired, current, known in read:
        resolved = resource.resolve(desired, known, found)
        prunes = prune and resource.prunable
        if prunes and kept is not None:
            marked = [replace(item, kept=True) if kept(resource, item) else item for item in current]
            current = Listing(marked, gap_of(current))
        plan = make_plan(resource.table, resolved, current, found, prune=prunes, max_deletions=max_deletions)
        plans.append(resource.arranged(plan))
    plans = [resource.bound(plan) for (resource, _desired), plan in zip(works, plans, strict=True)]
    for (resource, _desired), plan in zip(works, plans, strict=True):
        for step, refusal in resource.refusals(plan):
            found.add(place(resource.table, step.position, step.key), refusal)
        if policy is not None:
            _judge(plan, policy, found)
    if problems is None:
        found.raise_if_any()
    return plans


def judge_unread(table: Table, desired: Sequence[Desired], policy: Policy, problems: Problems) -> None:
    """Add a problem for everything that *policy* forbids, where the current state is not known."""
    new = [Step(item.key, Action.CREATE, None, item.values, (), item.position) for item in desired]
    _judge(Plan(table, tuple(new)), policy, problems, "; what is already set can stay")


def _judge(plan: Plan, policy: Policy, problems: Problems, unless: str = "") -> None:
    """Add a problem for everything that *plan* would make an object dial although *policy* forbids it."""
    for step in plan.changes:
        for name, dialled in newly_dialled(plan.table, step):
            refusal = policy.judge(dialled, str(step.key))
            if refusal:
                where = f"{place(plan.table, step.position, step.key)}: {name}{dialled.place}"
                problems.add(where, f"{refusal}{unless}")


def carry_out(resource: Resource, plan: Plan, *, check_mode: bool, many: bool) -> dict[str, Any]:
    """Apply *plan*, or preview it in check mode, and return the module's result.

    When a step failed, the result has `failed`, `msg` and `failure`; it is truthful about what was changed all the
    same.
    """
    return carry_out_together([(plan, resource)], check_mode=check_mode, many=many)


def carry_out_together(
    works: Sequence[tuple[Plan, Resource]], *, check_mode: bool, many: bool = True, progress: Progress | None = None
) -> dict[str, Any]:
    """Like `carry_out`, for several plans. The counts of the result are those of all, as are its lists.

    With *many* items, `results` leaves out those that were right already: their list holds them.
    """
    if progress is not None:
        progress.begin(sum(len(plan.changes) for plan, _resource in works))
    applied = [preview(plan) for plan, _resource in works] if check_mode else apply_together(works, progress)
    result: dict[str, Any] = {
        "changed": any(outcome.changed for outcomes in applied for outcome in outcomes),
        "plan": {},
        "results": [],
        "diff": {"before": {}, "after": {}},
    }
    for (plan, resource), outcomes in zip(works, applied, strict=True):
        counts = plan.counts()
        result["plan"] = {name: result["plan"].get(name, 0) + count for name, count in counts.items()}
        reported = [outcome for outcome in outcomes if not many or outcome.step.action is not Action.NONE]
        result["results"] += [_item(resource, outcome) for outcome in reported]
        for side, changes in _diff(resource, outcomes).items():
            result["diff"][side].update(changes)
        shown = [_shown(resource, outcome.values) for outcome in outcomes]
        if many:
            result[resource.table.plural] = [values for values in shown if values is not None]
        else:
            result[resource.table.singular] = shown[0]
    every = [(resource, outcome) for (_p, resource), some in zip(works, applied, strict=True) for outcome in some]
    if any(outcome.error is not None for _resource, outcome in every):
        result.update(_failure(every, many))
    return result


def uncertainty(plan: Plan) -> str:
    """Return what check mode cannot preview, "" when the plan is exact."""
    keys = [str(step.key) for step in plan.changes if step.blind]
    if not keys:
        return ""
    named = f"{', '.join(keys[:5])}{f' and {len(keys) - 5} more' if len(keys) > 5 else ''}"
    return f"The current settings cannot be read, so it is not known whether a run would change anything: {named}."


def report(
    resource: type[Resource],
    connect: Connect,
    options: Mapping[str, Any],
    environment: Environment,
    keys: str,
    also: Also | None = None,
) -> dict[str, Any]:
    """Return what is there in the plural module's form; the option *keys* selects, with None for everything.

    *also* takes the options, the resource and what was found, and returns what else belongs to the result.
    """
    rules = NumberRules.from_options(options, environment.warn)
    selected = options[keys]
    desired = None if selected is None else resource.selected(keys, selected, rules)
    rules.problems.raise_if_any()
    target = resource(connect(options, environment))
    found = sorted(target.pick(desired, environment.warn), key=lambda item: item.key)
    result: dict[str, Any] = {"changed": False, resource.table.plural: target.export(found)}
    if also is not None:
        result.update(also(options, target, found))
    if options["raw"]:
        result["raw"] = [dict(item.record) for item in found]
    if environment.gaps:
        result["incomplete"] = [f"{gap}." for gap in environment.gaps]
    return result


def _shown(resource: Resource, values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return *values* as the plural module takes them, with the provider's ids."""
    return None if values is None else {**resource.table.listed(resource.shown(values)), **resource.ids(values)}


def _item(resource: Resource, outcome: Outcome) -> dict[str, Any]:
    step = outcome.step
    item: dict[str, Any] = {
        **resource.identity(step),
        "action": step.action.value,
        "status": outcome.status.value,
        **resource.details(step),
    }
    if outcome.error is not None:
        item["error"] = str(outcome.error)
    return item


def _diff(resource: Resource, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return before and after by natural key, with the changed fields of what changed, or will, or may have."""
    sides: dict[str, dict[str, Any]] = {"before": {}, "after": {}}
    for outcome in outcomes:
        if not outcome.changed:
            continue
        step = outcome.step
        for side, values in (("before", step.before), ("after", outcome.values)):
            if values is None:
                continue
            names = tuple(values) if step.action is Action.DELETE else step.changes
            shown = resource.shown(values)
            sides[side][str(step.key)] = {
                name: shown.get(name, UNKNOWN)
                for name in (field.name for field in resource.table)
                if name in names
                and (resource.table.renames or name != resource.table.key)
                and (name in shown or step.blind)
            }
    return sides


def _failure(every: Sequence[tuple[Resource, Outcome]], many: bool) -> dict[str, Any]:
    outcomes = [outcome for _resource, outcome in every]
    failures = [(resource.table, outcome) for resource, outcome in every if outcome.error is not None]
    _table, first = failures[0]
    error = first.error or TelephonyError("unknown")
    if not many:
        clear = first.status is Status.FAILED or isinstance(error, NotApplied)
        doubt = "" if clear else " It may have been changed anyway."
        if first.status is Status.PARTLY:
            doubt = " Part of it was changed."
        identity = every[0][0].identity(first.step)
        named = ", ".join(f"{name} {value}" for name, value in identity.items())
        return {"failed": True, "msg": f"{named}: {error}{doubt}", "failure": error.failure()}
    count = {status: sum(outcome.status is status for outcome in outcomes) for status in Status}
    parts = [
        f"{count[status]} {words}"
        for status, words in (
            (Status.APPLIED, "applied"),
            (Status.PARTLY, "applied in part"),
            (Status.FAILED, "failed"),
            (Status.UNKNOWN, "possibly applied"),
            (Status.NOT_TRIED, "not tried"),
            (Status.UNCHANGED, "already right"),
        )
        if count[status]
    ]
    reasons: dict[str, list[tuple[Table, Outcome]]] = {}
    for failed, outcome in failures:
        reasons.setdefault(_reason(outcome), []).append((failed, outcome))
    reported = []
    for group in list(reasons.values())[:5]:
        named = place(group[0][0], group[0][1].step.position, group[0][1].step.key)
        reported.append(f"{named}{f' and {len(group) - 1} more' if len(group) > 1 else ''}: {group[0][1].error}")
    if len(reasons) > len(reported):
        reported.append(f"{len(reasons) - len(reported)} other reasons are in results.")
    tables = dict.fromkeys(resource.table for resource, _outcome in every)
    nouns = " and ".join(table.plural if len(outcomes) > 1 else table.singular for table in tables)
    head = f"Of {len(outcomes)} {nouns}: {', '.join(parts)}."
    listed = (Status.APPLIED, Status.PARTLY, Status.FAILED, Status.UNKNOWN, Status.NOT_TRIED)
    return {
        "failed": True,
        "msg": " ".join([head, *reported, "Run again to try what is left."]),
        "failure": {
            **error.failure(),
            **{
                status.value: [str(outcome.step.key) for outcome in outcomes if outcome.status is status]
                for status in listed
                if status is not Status.PARTLY or count[status]
            },
        },
    }


def _reason(outcome: Outcome) -> str:
    """Return what failures of the same cause have in common: all of the text but the request."""
    error = outcome.error
    return str(error).replace(error.request, "") if error is not None and error.request else str(error)
