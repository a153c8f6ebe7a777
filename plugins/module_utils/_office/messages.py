# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people read of a run of an office's job. Private to the collection."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone, tzinfo
from typing import Any

from .._engine.apply import Status
from .._engine.plan import Action
from .._texts import joined, one_line
from .changes import Change, details, spelled
from .lists import TABLES
from .rerouting import Restoring

# How many changed items are listed one by one.
MOST_LISTED = 40
# The longest text of a failure in the table of all offices.
_LONGEST_CELL = 120

_WOULD = {"create": "create", "change": "change", "delete": "DELETE"}
_DID = {"create": "created", "change": "changed", "delete": "DELETED"}
_NAMES = {
    Status.PLANNED: "would do",
    Status.APPLIED: "done",
    Status.PARTLY: "PARTLY",
    Status.FAILED: "FAILED",
    Status.UNKNOWN: "UNKNOWN",
    Status.NOT_TRIED: "not tried",
}


def summary(
    office: str, changes: Sequence[Change], unchanged: Mapping[str, int], *, check_mode: bool, cost: str
) -> list[str]:
    """Return the lines for an office of which nothing failed. *unchanged* counts the items by the provider's title."""
    if not changes:
        items = ", ".join(f"{plural('item', count)} at {title}" for title, count in unchanged.items())
        return [f"{office}: nothing to change ({items or 'no items'} checked; {cost})"]
    counted = _counted(changes, "would" if check_mode else "")
    kinds = "; ".join(_kinds(changes))
    right = sum(unchanged.values())
    parts = [f"{right} {_are(right)} right already"] if right else []
    if not any(_deletes(change) for change in changes):
        parts.append(f"nothing {'would be' if check_mode else 'was'} deleted")
    return [f"{office}: {'; '.join([f'{counted} ({kinds})', *parts])} ({cost})", *item_lines(changes)]


def failure(
    office: str, changes: Sequence[Change], reasons: Sequence[str], *, check_mode: bool, lost: Sequence[str] = ()
) -> list[str]:
    """Return the lines for an office of which something failed half-way. *lost*: providers that failed as a whole."""
    count = Counter(change.status for change in changes)
    if check_mode:
        planned = count[Status.PLANNED]
        lines = [f"{office}: not everything could be planned; so far {plural('change', planned)} would be made."]
    else:
        failed = f"; {' and '.join(lost)} failed" if lost else ""
        lines = [f"{office}: {', '.join(_counts(count, len(changes)))}{failed}. Run again to finish."]
    reported = set(reasons)
    for status, name in _NAMES.items():
        group = [change for change in changes if change.status is status]
        if status in (Status.PLANNED, Status.APPLIED) and group:
            lines.append(f"  {name:<10} {'; '.join(change.name for change in group[:MOST_LISTED])}")
        else:
            for change in group[:MOST_LISTED]:
                why = str(change.error or "")
                text = "because of what failed" if status is Status.NOT_TRIED and why in reported else why
                reported.add(why)
                lines.append(f"  {name:<10} {change.name}   {text}".rstrip())
    return [*lines, *(f"  {reason}" for reason in reasons)]


def _counts(count: Mapping[Status, int], total: int) -> Iterator[str]:
    """Yield how many of *total* changes were made, and how many came to each other end."""
    yield f"{count[Status.APPLIED]} of {plural('change', total)} {'was' if total == 1 else 'were'} made"
    for status, words in (
        (Status.PARTLY, "in part"),
        (Status.FAILED, "failed"),
        (Status.UNKNOWN, "may or may not have been made"),
        (Status.NOT_TRIED, "not tried"),
    ):
        if count[status]:
            yield f"{count[status]} {words}"


def rerouted_lines(
    office: str,
    snapshot: Mapping[str, Any],
    changes: Sequence[Change],
    file: str,
    zone: tzinfo,
    last_check: str,
    *,
    check_mode: bool,
) -> list[str]:
    """Return the lines for an office that was re-routed. *last_check* says when the job last ran that ends it."""
    lines = [f"{office}: {_ring(snapshot, check_mode)}.", *item_lines(changes)]
    if snapshot["until"]:
        end = local_time(snapshot["until"], zone)
        lines.append(f"  Planned end: {end}, when the scheduled job with restore_only_expired runs; {last_check}.")
    else:
        lines.append("  It has no planned end; it ends when you restore it.")
    if not check_mode:
        lines.append(f"  To undo it now: ansible-playbook office.telephony.restore --limit {shlex.quote(office)}")
        lines.append(f"  Snapshot: {file}")
    return lines


def _ring(snapshot: Mapping[str, Any], check_mode: bool) -> str:
    """Return `5 numbers and 1 rule now ring +46 70 174 06 06`."""
    switched, items = len(snapshot["switched"]), snapshot["counts"]
    verb = "would ring" if check_mode else "now ring" if sum(items.values()) > 1 else "now rings"
    parts = [f"{_named(items)} {verb} {_where(snapshot)}"] if items else []
    if switched:
        verb = "would go" if check_mode else "now go"
        parts.append(f"all calls to the company {verb} to the destination that is set in the provider's portal")
    return "; ".join(parts)


def closed_lines(
    office: str, snapshot: Mapping[str, Any], changes: Sequence[Change], kept: str, *, check_mode: bool
) -> list[str]:
    """Return the lines for an office that was closed. *kept* is the file that says where the calls went before."""
    lines = [f"{office}: {_ring(snapshot, check_mode)} permanently.", *item_lines(changes)]
    if kept:
        lines.append(f"  The previous destinations are kept in {kept}")
    return [
        *lines,
        "  The numbers are still yours and still cost money. Cancel them at the provider when they are not needed.",
        "  Remove the office from the inventory, or the next onboarding sends the calls back.",
    ]


def restored_lines(
    office: str,
    snapshot: Mapping[str, Any],
    back: Restoring | None,
    changes: Sequence[Change],
    zone: tzinfo,
    *,
    check_mode: bool,
) -> list[str]:
    """Return the lines for an office that was restored; *back* None: nothing was due."""
    if not snapshot["active"]:
        return [f"{office} is not re-routed."]
    if back is None:
        end = f"until {local_time(snapshot['until'], zone)}" if snapshot["until"] else "and has no planned end"
        return [f"{office} is re-routed {end}."]
    restored = Counter(_nouns(back))
    count = sum(restored.values())
    verb = "would be" if check_mode else "was" if count < 2 else "were"
    before = "it was" if count < 2 else "they were"
    lines = [f"{office}: {_named(restored) or 'nothing'} {verb} restored to what {before} before the re-route."]
    lines += item_lines(changes)
    lines += [f"  left alone, because somebody has changed it since: {item['said']}" for item in back.changed]
    return [*lines, *(f"  {text}" for text in back.warnings)]


def _nouns(back: Restoring) -> Iterator[str]:
    """Yield what people call each item that is as it was before, or will be."""
    yield from back.nouns
    for provider, lists in back.lists.items():
        for name, items in lists.items():
            table = TABLES[f"{provider}.{name}"]
            yield from map(table.noun_of, table.items_in(items))


def _named(items: Mapping[str, int]) -> str:
    """Return `5 numbers and 1 rule` for counts by noun."""
    return joined(plural(noun, count) for noun, count in items.items())


def status_line(office: str, snapshot: Mapping[str, Any], zone: tzinfo) -> str:
    """Return the sentence that says whether an office is re-routed."""
    if not snapshot["active"]:
        return f"{office} is not re-routed."
    end = f"until {local_time(snapshot['until'], zone)}" if snapshot["until"] else "without a planned end"
    end += ", which has passed" if snapshot["expired"] else ""
    reason = f" ({one_line(snapshot['reason'])})" if snapshot["reason"] else ""
    numbers = ", ".join(spelled(str(key)) for key in snapshot["numbers"])
    since = local_time(snapshot["since"], zone)
    return f"{office} has been re-routed to {_where(snapshot)} since {since}, {end}{reason}: {numbers}"


def local_time(utc: str, zone: tzinfo) -> str:
    """Return a time of a snapshot as `28 Nov 2026, 23:05 (Europe/Stockholm)`."""
    time = datetime.strptime(utc, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).astimezone(zone)
    return f"{time.day} {time:%b %Y, %H:%M} ({zone})"


def _where(snapshot: Mapping[str, Any]) -> str:
    phone = snapshot["to"]["phone"]
    return spelled(str(phone)) if phone else "the destinations in the snapshot"


def problem_lines(problems: Sequence[Mapping[str, str]], headline: str = "") -> list[str]:
    """Return the lines for problems, grouped by provider, each once. *problems* have `path`, `what`, `position`."""
    lines = [headline or f"Nothing was written. {plural('problem', len(problems))}:"]
    for title in dict.fromkeys(problem["title"] for problem in problems):
        lines += [title] if title else []
        pad = "  " if title else ""
        for problem in problems:
            if problem["title"] == title:
                where = "  ".join(filter(None, (problem.get("position"), problem["path"])))
                first, *others = problem["what"].splitlines()
                lines.append(f"{pad}{where}: {first}" if where else f"{pad}{first}")
                lines += [f"{pad}    {line}" for line in others]
    return lines


def item_lines(changes: Sequence[Change]) -> Iterator[str]:
    shown = changes[:MOST_LISTED]
    width = min(max((len(change.name) for change in shown), default=0), 40)
    for change in shown:
        if change.action is Action.DELETE:
            yield f"  DELETE {change.name}"
        elif change.action is Action.CREATE:
            yield f"  create {change.name}"
        else:
            lines = list(details(change)) or ["is written again, because it cannot be read"]
            prefix = "REPLACE " if change.action is Action.REPLACE else ""
            yield f"  {prefix}{change.name:<{width}}  {lines[0]}"
            for line in lines[1:]:
                yield f"  {'':<{width + len(prefix)}}  {line}"
    if len(changes) > len(shown):
        yield f"  and {len(changes) - len(shown)} more"


def _deletes(change: Change) -> bool:
    return change.action in (Action.DELETE, Action.REPLACE)


def _counted(changes: Sequence[Change], would: str) -> str:
    """Return `would create 1, change 2, DELETE 2`, or `created 1, changed 2, DELETED 2`."""
    count = Counter(_kind_of(change) for change in changes)
    words = _WOULD if would else _DID
    parts = [f"{words[name]} {count[name]}" for name in words if count[name]]
    return f"{would} {', '.join(parts)}".strip()


def _kind_of(change: Change) -> str:
    if _deletes(change):
        return "delete"
    return "create" if change.action is Action.CREATE else "change"


def _kinds(changes: Sequence[Change]) -> Iterator[str]:
    """Yield `Sonetel: 1 menu, 2 numbers` for each provider."""
    for title in dict.fromkeys(change.account.title for change in changes):
        nouns = Counter(change.noun for change in changes if change.account.title == title)
        yield f"{title}: {', '.join(plural(noun, number) for noun, number in nouns.items())}"


def plural(noun: str, number: int) -> str:
    """Return `1 menu`, `2 mailboxes`."""
    if number == 1:
        return f"1 {noun}"
    ending = "es" if noun.endswith(("x", "s", "ch")) else "s"
    return f"{number} {noun}{ending}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


# States of offices that are counted or named in one line.
_GROUPED = ("unchanged", "not re-routed", "not found", "valid")
_FIRST = ("FAILED", "OVERDUE", "re-routed")
_MOST_NAMED = 6


def brief(state: str, text: str) -> dict[str, str]:
    """Return an office's line of the table of all offices: its *state* and, in short, what was done."""
    return {"state": state, "text": text}


def brief_of(changes: Sequence[Change], *, check_mode: bool) -> dict[str, str]:
    """Return an office's line of the table for what was, or would be, changed."""
    if not changes:
        return brief("unchanged", "")
    deleted = sum(map(_deletes, changes))
    parts = [
        *_kinds(changes),
        *([f"{_WOULD['delete'] if check_mode else _DID['delete']} {deleted}"] if deleted else []),
    ]
    return brief("would change" if check_mode else "changed", "; ".join(parts))


def table_lines(results: Mapping[str, Mapping[str, Any] | None]) -> list[str]:
    """Return one line for each office by its *results*, failures first; unchanged offices share a line."""
    rows = [(host, *_row(host, result)) for host, result in results.items()]
    states = dict.fromkeys([*_FIRST, *(state for _host, state, _text in rows), *_GROUPED])
    for state in _GROUPED:
        states.pop(state)
        states[state] = None
    width = max(len(state) for _host, state, _text in rows)
    names = max((len(host) for host, state, _text in rows if state not in _GROUPED), default=0)
    lines = []
    for state in states:
        mine = [(host, text) for host, found, text in rows if found == state]
        if state in _GROUPED and mine:
            hosts = [host for host, _text in mine]
            named = ", ".join(hosts) if len(hosts) <= _MOST_NAMED else plural("office", len(hosts))
            lines.append(f"{state:<{width}}  {named}")
        else:
            lines += [f"{state:<{width}}  {host:<{names}}  {text}".rstrip() for host, text in mine]
    return lines


def _row(host: str, result: Mapping[str, Any] | None) -> tuple[str, str]:
    """Return state and text of one office, whose task has failed without a result where there is none."""
    why = why_failed(host, result)
    if why is None:
        found = (result or {}).get("brief") or brief_of([], check_mode=False)
        return found["state"], found["text"]
    above = result is None or (result.get("failure") or {}).get("problems")
    return "FAILED", f"{why} (see above)" if above else why


def why_failed(host: str, result: Mapping[str, Any] | None) -> str | None:
    """Return in a line why the task of an office has failed, None if it has not."""
    if result is None:
        return "its task did not finish"
    failure = result.get("failure")
    if not failure and (result.get("failed") or result.get("unreachable")):
        # Ansible itself has ended the task.
        failure = {"message": result.get("msg", "")}
    if not failure:
        return None
    problems = failure.get("problems")
    if problems:
        return plural("problem", len(problems))
    first = next(iter(str(failure.get("message", "")).splitlines()), "")
    first = first.removeprefix(f"{host}: ").removeprefix(f"{host} ")
    return first if len(first) <= _LONGEST_CELL else f"{first[:_LONGEST_CELL]}..."
