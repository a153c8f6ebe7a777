# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a job looks on the screen. Everything stands in what its tasks returned."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from player import Job

_ROOT = Path(__file__).resolve().parents[2]
# The lists of an office, as the role calls them.
_TABLES = yaml.safe_load((_ROOT / "roles/onboard/vars/main.yml").read_text())["onboard_tables"]
_WIDTH = min(shutil.get_terminal_size((110, 40)).columns, 120)
_FILE_LINES = 14


def changes(plan: Mapping[str, int]) -> list[int]:
    """How much a plan creates, updates and deletes."""
    return [plan[name] for name in ("create", "update", "delete")]


def screen(number: int, job: Job) -> str:
    """One job."""
    given = [f"{name}: {_told(value)}" for name, value in job.variables.items()]
    lines = [f"\n━━ {number}. {job.title} ".ljust(_WIDTH, "━"), f"   {job.playbook}  {', '.join(given)}".rstrip(), ""]
    # What onboarding changes is named once; its other runs must change the same, or nothing.
    counted = job.playbook.endswith(".onboard") and number > 1
    body = [*_written_file(job), *_found(job), *_lists(job, named=not counted), *_messages(job)]
    lines += [_cut(f"  {line.replace(f'{Path.cwd()}/', '')}") for line in body]
    return "\n".join([*lines, "", f"  {_calls(job)}; {job.seconds:.1f} seconds"])


def closing(played: Sequence[Job]) -> str:
    """What all jobs took together."""
    lines = ["\n━━ What it took ".ljust(_WIDTH, "━"), ""]
    lines.append(f"  {'':<48}{'changes':>8}{'API calls':>11}{'logins':>8}{'reads':>7}{'writes':>8}{'seconds':>9}")
    for number, job in enumerate(played, start=1):
        count = sum(sum(changes(result["plan"])) for result in job.final().values())
        kinds = [job.calls[kind] for kind in ("logins", "reads", "writes")]
        lines.append(
            f"  {number}. {job.title:<45}{count:>8}{job.calls.total():>11}{kinds[0]:>8}{kinds[1]:>7}{kinds[2]:>8}"
            f"{job.seconds:>9.1f}"
        )
    return "\n".join(lines)


def _calls(job: Job) -> str:
    kinds = [f"{job.calls[kind]} {kind}" for kind in ("logins", "reads", "writes") if job.calls[kind]]
    return f"{job.calls.total()} API calls" + (f": {', '.join(kinds)}" if kinds else "")


def _lists(job: Job, *, named: bool) -> Iterator[str]:
    """How much of each office's lists was changed, and, where *named*, what of it."""
    for (office, module), result in sorted(job.final().items()):
        done = any(item["status"] == "applied" for item in result["results"])
        count = f"{sum(changes(result['plan'])) or 'nothing'} {'changed' if done else 'to change'}"
        yield f"{office:<12}{_TABLES[module]['title']:<34}{count}, {result['plan']['unchanged']} already right"
        if named:
            before, after = result["diff"]["before"], result["diff"]["after"]
            yield from (f"    {key}  {_change(before.get(key) or {}, after.get(key) or {})}" for key in after | before)


def _change(before: dict[str, Any], after: dict[str, Any]) -> str:
    if not before:
        return f"new: {_told({name: value for name, value in after.items() if name != 'name'})}"
    parts = []
    for name in after | before:
        old, new = before.get(name), after.get(name)
        if isinstance(old, list) and isinstance(new, list):
            parts += [f"{name}: {_told(one)}" for one in new if one not in old]
        elif old != new:
            parts.append(f"{'' if name == 'destination' else f'{name}: '}{_told(old)} → {_told(new)}")
    return "; ".join(parts)


def _told(value: Any) -> str:
    """A value as people write it."""
    if isinstance(value, Mapping):
        return ", ".join(name if item is True else f"{name} {_told(item)}" for name, item in value.items())
    if isinstance(value, list):
        # Of a menu, the keys say enough.
        keys = [f"key {item['key']}" if isinstance(item, Mapping) and "key" in item else _told(item) for item in value]
        return ", ".join(keys) or "nothing"
    return "nothing" if value in (None, "") else str(value)


def _written_file(job: Job) -> Iterator[str]:
    for _office, _module, result in job.results("file", "content"):
        lines = [line for line in result["content"].splitlines() if line.strip()]
        yield f"{result['file']} has {len(lines)} lines:"
        yield from (f"    {line}" for line in [line for line in lines if not line.startswith("#")][:_FILE_LINES])
        yield "    ..."


def _found(job: Job) -> Iterator[str]:
    """Where the first search for a person found them."""
    for _office, _module, result in list(job.results("found", "own"))[:1]:
        for place in result["found"]:
            yield f"found in {place['list']}, {place['key']}, {place['option']}: {place['value']}"


def _messages(job: Job) -> Iterator[str]:
    """What re-routing and restoring say themselves."""
    for event in job.events:
        message = event["msg"]
        if event["action"] == "ansible.builtin.debug" and "re-routed" in message:
            yield from ast.literal_eval(message) if message.startswith("[") else [message]


def _cut(line: str) -> str:
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"
