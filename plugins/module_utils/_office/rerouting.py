# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Re-routing all calls of an office and putting them back: what to write, as data. Private to the collection.

A snapshot document holds `format`, `office`, `since`, `until`, `reason`, `targets` (each `at` and `to`), and `entries`,
one for each re-routed item: `list` (its path), `key`, `options` (its natural key as options), `before` (the options
that said where its calls went), `assumed` (the provider could not be asked), `set` (what was written since, oldest
first), and `others` (what somebody else had set when a re-route was repeated). `taken_from` is the office whose
snapshot said what was `before`. A restore that left something alone adds to each entry since when it is `back`, or
`left` as somebody else has set it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from operator import itemgetter
from typing import Any

from .._engine import naming
from .._engine.keys import Key
from .._engine.package import Away
from .._errors import InputError
from .._files.masks import WHY, masked_places
from .._numbers.policy import Policy
from .._numbers.rules import NumberRules
from .._texts import one_line
from .lists import TABLES, Accounts, Found, deciding, gaps, grouped, key_of, key_options, plain, present, refuse_unknown
from .sharing import holders, in_force, is_ours, is_settled, later_owner, leads, take_over
from .snapshot import FORMAT, Document

_DURATION = re.compile(r"(\d+)\s*(m|h|d|w)", re.ASCII)
_LONGEST = timedelta(days=10 * 365)
_SHOWN = 40
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass
class Rerouting:
    """What a re-route is about to do: the *document* to save first, then the *lists* to write.

    *anew*: the snapshot that was there has been put back, so that it is kept with the ended ones.
    """

    document: Document
    lists: dict[str, dict[str, list[dict[str, Any]]]]
    warnings: list[str] = field(default_factory=list)
    anew: bool = False


@dataclass
class Restoring:
    """What a restore is about to do. *changed*: items that somebody else has changed since the re-route.

    *done* are as they were before already, and *nouns* what people call those.
    """

    lists: dict[str, dict[str, list[dict[str, Any]]]]
    done: list[str] = field(default_factory=list)
    nouns: list[str] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def reroute(
    office: str,
    before: Document | None,
    read: Accounts,
    target: Mapping[str, Any],
    rules: NumberRules,
    now: datetime,
    others: Sequence[Document] = (),
) -> Rerouting:
    """Plan to send all calls to everything in *read* to *target*.

    *target*: `phone`, `settings` (by provider and list, the options to set there instead), `until`, `reason`,
    `change` (whether another destination may be set than the office is re-routed to already), and `irreversible`
    (whether to re-route also what cannot be put back). *before*: the snapshot of a re-route that is going on. *others*:
    the snapshots of other offices, which may share numbers with this one. Raises `InputError`.
    """
    settings = target.get("settings") or {}
    chosen = [item for item in present(read, rules.region) if not _is_overruled(item, settings)]
    found = deciding(chosen)
    if not found:
        raise InputError(
            f"{office} has no phone numbers whose calls could be re-routed.",
            next_step="Check the lists in its variables, and which providers are read.",
        )
    to = _destination(target, found, rules)
    time = text_of(now)
    anew = before is not None and any(is_settled(entry) for entry in before["entries"])
    if before is None or anew:
        document: Document = {"format": FORMAT, "office": office, "since": time, "until": None, "reason": None}
        # What was put back, or left to somebody, is its own master again: what it does now is what is to be saved.
        still = [entry for entry in before["entries"] if not is_settled(entry)] if before else []
        document |= {"targets": [], "entries": copy.deepcopy(still)}
    else:
        document = copy.deepcopy(before)
    if not document["targets"] or document["targets"][-1]["to"] != to:
        if document["targets"] and not target.get("change"):
            raise InputError(
                f"{office} has been re-routed to {_named(document['targets'][-1]['to'])} since T({document['since']}).",
                next_step="Restore it first, or set O(change_destination).",
            )
        document["targets"].append({"at": time, "to": to})
    if target.get("until") is not None:
        document["until"] = expiry(target["until"], now)
    document["reason"] = target.get("reason") or document["reason"]
    result = Rerouting(document, {}, gaps(read), anew=anew)
    items = []
    entries = {_item_of(entry, rules.region): entry for entry in document["entries"]}
    settings_of = [(item, _setting(item, to)) for item in found]
    stuck = [item for item, setting in settings_of if not setting]
    for item, setting in filter(itemgetter(1), settings_of):
        entry = entries.get((item.table.path, item.key))
        if entry is None:
            entry = _entry(item)
            result.warnings += take_over(entry, item, others, rules.region)
            result.warnings += _irreversible(entry, item, bool(target.get("irreversible")))
            if not entry["before"] and not target.get("irreversible"):
                continue
            document["entries"].append(entry)
        shared = in_force(item, others, rules.region)
        if shared is None:
            _note_others(entry, item, rules.region, time, result.warnings)
        elif entry["set"] and not is_ours(item, entry, rules.region):
            result.warnings.append(
                f"{item.table.title}: {item.key} is also re-routed by {shared.office}; that destination is replaced."
            )
        if setting not in entry["set"]:
            entry["set"].append(setting)
        items.append((item.table, {**entry["options"], **setting, **item.table.insist}))
    _report_stuck(stuck, result, document)
    result.lists = grouped(items)
    return result


def _is_overruled(item: Found, settings: Mapping[str, Any]) -> bool:
    """Tell whether *settings* say where those items lead whose calls *item* would take."""
    lists = settings.get(item.table.provider, {})
    return bool(item.table.away and lists.get(item.table.away.in_place_of)) and item.table.name not in lists


def _report_stuck(stuck: Sequence[Found], result: Rerouting, document: Document) -> None:
    """Warn of what cannot lead to a phone number. Raises `InputError` where nothing else is re-routed."""
    advice = {item.table.path: _away(item).advice for item in stuck}
    if stuck and not document["entries"]:
        raise InputError(
            f"{document['office']} has nothing that could be sent to a phone number.",
            next_step=" ".join(advice.values()),
        )
    result.warnings += [
        f"{item.table.title}: {item.key} is left alone, because it cannot lead to a phone number. "
        f"{advice[item.table.path]}"
        for item in stuck
    ]


def restore(
    document: Document,
    read: Accounts,
    region: str | None,
    *,
    overwrite: bool,
    leave_out: Sequence[str] = (),
    others: Sequence[Document] = (),
) -> Restoring:
    """Plan to put everything in the snapshot back. *overwrite*: also what somebody else has changed since.

    *leave_out*: natural keys that are not touched. *others*: the snapshots of other offices. Where a number goes to
    the destination of one that was re-routed later, it is left to that office's restore. Raises `InputError`.
    """
    now = {(item.table.path, item.key): item for item in present(read, region)}
    result = Restoring({})
    items = []
    for entry in document["entries"]:
        if "back" in entry:
            continue
        table = TABLES[entry["list"]]
        where = f"{table.title}: {entry['key']}"
        item = now.get(_item_of(entry, region))
        if entry["key"] in leave_out:
            result.warnings.append(f"{where} is left out, as the options request.")
        elif table.name not in read.get(table.provider, {}):
            result.warnings.append(f"{where} could not be read.")
        elif item is None:
            missing = " ".join(gaps(read, of=table))
            unsure = f"was not found, but the list is incomplete: {missing}"
            text = unsure if missing else "is not on the account any more."
            result.warnings.append(f"{where} {text}")
        elif not entry["before"]:
            result.warnings.append(f"{where} had no destination before that could be restored; it stays as it is.")
        elif item.known and leads(item.item, entry["before"], region):
            result.done.append(entry["key"])
            result.nouns.append(table.noun_of(item.item))
        elif item.known and (owner := later_owner(document, entry, item, others, region)):
            result.warnings.append(
                f"{where} has been re-routed by {owner.office} since T({owner.since}). It is left to the restore of "
                f"{owner.office}, which sets it to {_said(owner.entry['before']) or 'nothing'}."
            )
        elif not item.known or overwrite or is_ours(item, entry, region):
            items.append((table, {**entry["options"], **entry["before"], **table.insist}))
            result.warnings += [
                f"{where}: {other.office} is still re-routed, and has this number too. Run office.telephony.reroute "
                f"for {other.office} again, if its calls must not come back here yet."
                for other in holders(item, others)
            ]
        else:
            now_set, then = _held(item, entry), entry["before"]
            if any(masked_places(now_set)):
                raise InputError(
                    f"{where} cannot be compared with what was set: {WHY}.",
                    next_step="Give the object another name or the account another secret; or restore the item "
                    "without comparing it, if O(changed) is overwrite.",
                )
            said = one_line(f"{entry['key']}: now {_said(now_set) or 'nothing'}, before {_said(then)}")
            result.changed.append(
                {"list": table.path, "key": entry["key"], "now": now_set, "before": then, "said": said}
            )
    result.lists = grouped(items)
    return result


def _item_of(entry: Mapping[str, Any], region: str | None) -> tuple[str, Key]:
    """Return list and natural key of an entry; its own `key` is for people."""
    return entry["list"], key_of(TABLES[entry["list"]], entry["options"], region)


def settled(
    document: Document, undecided: Sequence[Mapping[str, Any]], leave_out: Sequence[str], now: datetime
) -> Document:
    """Return *document* after a restore that left the items *undecided* to somebody, and did not touch *leave_out*."""
    result = copy.deepcopy(document)
    left = {(item["list"], item["key"]) for item in undecided}
    for entry in result["entries"]:
        if entry["key"] not in leave_out and not is_settled(entry):
            entry["left" if (entry["list"], entry["key"]) in left else "back"] = text_of(now)
    return result


def left_out(document: Document, values: Sequence[Any], rules: NumberRules) -> list[str]:
    """Return the natural keys that *values* name: as they are reported, phone numbers in any spelling, or extensions.

    Raises `InputError`.
    """
    keys = [entry["key"] for entry in document["entries"]]
    found = []
    for place, value in enumerate(values):
        text = re.sub(r"\s*/\s*", " / ", naming.folded(value))
        named = [key for key in keys if text in (key, key.partition(" / ")[0])]
        number = None if named else rules.number(f"leave_out[{place}]", value)
        if number and number not in keys:
            rules.warn(f"O(leave_out)[{place}]: {number} is not in the snapshot of {document['office']}.")
        found += [*named, *([number] if number else [])]
    rules.problems.raise_if_any()
    return found


def options_of(document: Document) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return what the snapshot holds as an office's lists: what to read, and what lists to preview with."""
    entries = [entry for entry in document["entries"] if "back" not in entry]
    return grouped([(TABLES[entry["list"]], {**entry["options"], **entry["before"]}) for entry in entries])


def lists_while_rerouted(lists: Accounts, document: Document, region: str | None) -> dict[str, dict[str, Any]]:
    """Return an office's *lists* with what the re-route has set last, as the accounts are to be until it ends."""
    merged = {name: {key: list(items) for key, items in found.items()} for name, found in lists.items()}
    for entry in document["entries"]:
        if is_settled(entry) or not entry["set"]:
            continue
        table = TABLES[entry["list"]]
        items = merged.setdefault(table.provider, {}).setdefault(table.name, [])
        key = _item_of(entry, region)[1]
        place = next((place for place, item in enumerate(items) if key_of(table, item, region) == key), len(items))
        own = items[place] if place < len(items) else entry["options"]
        rest = {name: value for name, value in own.items() if table.away is None or name not in table.away.options}
        items[place : place + 1] = [{**rest, **entry["set"][-1]}]
    return merged


def policy_to_restore(document: Document, policy: Policy) -> Policy:
    """Return *policy* as it is when calls go back: what the account held before the re-route may be written again."""
    held = [value for entry in document["entries"] for value in _texts(entry["before"]) if value.startswith("+")]
    return policy.with_known(number for number in dict.fromkeys(held) if number[1:].isdigit())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, list)):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(part)


def expiry(value: str, now: datetime) -> str:
    """Return a time limit such as `90m`, `8h`, `2d`, or an ISO 8601 time with its zone, as a UTC time.

    Raises `InputError` when it cannot be read, has passed, or is further away than anything that is meant.
    """
    text = str(value).strip()
    shown = repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")
    duration = _DURATION.fullmatch(text)
    try:
        if duration:
            limit = now + timedelta(**{_UNITS[duration.group(2)]: int(duration.group(1))})
        else:
            limit = datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", text))
            if limit.tzinfo is None:
                raise ValueError
            limit = limit.astimezone(timezone.utc)
        if limit > now + _LONGEST:
            raise OverflowError
    except OverflowError:
        raise InputError(
            f"The time limit {shown} is more than {_LONGEST.days // 365} years away, or not a time.",
            next_step="Give a shorter one, or none for a re-route without a time limit.",
        ) from None
    except ValueError:
        if duration:
            # So many digits that they are not even read.
            raise InputError(f"The time limit {shown} is too long.", next_step="Give a shorter one.") from None
        raise InputError(
            f"{shown} is not a time limit.",
            next_step="Write a duration in whole numbers such as 90m, 8h, 2d or 1w, or a time with its zone such as "
            "2026-11-21T18:00:00+01:00, in quotes.",
        ) from None
    if limit <= now:
        if duration:
            raise InputError(f"The time limit {shown} ends immediately.", next_step="Give a longer one.")
        raise InputError(f"{shown} has already passed.", next_step="Give a time in the future.")
    return text_of(limit)


def text_of(time: datetime) -> str:
    """Return a time in UTC as snapshots hold it."""
    return time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _said(value: Any) -> str:
    """Return options as words."""
    if isinstance(value, Mapping):
        parts = [(name, part) for name, part in value.items() if part is not None]
        return ", ".join(_said(part) if isinstance(part, Mapping) else f"{name} {_said(part)}" for name, part in parts)
    if isinstance(value, list):
        return " and ".join(_said(part) for part in value) or "nobody"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _destination(target: Mapping[str, Any], found: Sequence[Found], rules: NumberRules) -> dict[str, Any]:
    """Return where the calls are to go, checked: a phone number, and settings for lists that get something else."""
    settings = target.get("settings") or {}
    refuse_unknown(settings)
    needed = [
        item.table
        for item in found
        if not settings.get(item.table.provider, {}).get(item.table.name) and not _away(item).elsewhere
    ]
    phone = None
    if target.get("phone") is not None:
        phone = rules.destination("to", target["phone"])
        rules.problems.raise_if_any()
    elif needed:
        raise InputError(
            f"No destination is given for {needed[0].title}.",
            next_step=f"Set O(to) to a phone number for all, or O(settings) for {needed[0].path}.",
        )
    if phone and Key(phone) in {item.key for item in found}:
        raise InputError(
            f"{phone} is one of the re-routed numbers, so its calls would come back to it.",
            next_step="Choose a destination that is not re-routed.",
        )
    return {"phone": phone, "settings": {name: dict(lists) for name, lists in settings.items()}}


def _named(to: Mapping[str, Any]) -> str:
    return str(to["phone"] or "the destinations in its snapshot")


def _setting(item: Found, to: Mapping[str, Any]) -> dict[str, Any]:
    table = item.table
    given = to["settings"].get(table.provider, {}).get(table.name)
    if given:
        return dict(given)
    return dict(_away(item).to(to["phone"], item.item))


def _away(item: Found) -> Away:
    if item.table.away is None:
        raise ValueError(f"{item.table.name} cannot be re-routed")
    return item.table.away


def _entry(item: Found) -> dict[str, Any]:
    before = _routing(item)
    return {
        "list": item.table.path,
        "key": str(item.key),
        "options": key_options(item.table, item.item),
        "before": before if before.get(_away(item).options[0]) is not None else {},
        "assumed": not item.known,
        "set": [],
        "others": [],
    }


def _irreversible(entry: dict[str, Any], item: Found, allowed: bool) -> list[str]:
    """Return warnings about a new *entry* that cannot be put back; a mask is forgotten where that is *allowed*."""
    if allowed and any(masked_places(entry["before"])):
        entry["before"] = {}
        why = f"{item.key}: where its calls go now is unknown: {WHY}"
    elif entry["before"]:
        return []
    else:
        why = f"{item.key} does not show where its calls go now, or shows something that cannot be written"
    left = "re-routed anyway" if allowed else "left alone"
    return [f"{item.table.title}: {why}, so they could not be restored; it is {left}."]


def _routing(item: Found) -> dict[str, Any]:
    """Return the options that say where the item's calls go."""
    names = item.table.away.options if item.table.away else ()
    return {name: value for name, value in plain(item.item).items() if name in names}


def _held(item: Found, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the item holds of the options that the entry is about."""
    names = {*_routing(item), *(name for values in (entry["before"], *entry["set"]) for name in values)}
    return {name: value for name, value in plain(item.item).items() if name in names}


def _note_others(entry: dict[str, Any], item: Found, region: str | None, time: str, warnings: list[str]) -> None:
    """Keep what somebody else has set since the re-route, because it is about to be replaced."""
    now = _routing(item)
    if not item.known or is_ours(item, entry, region) or not now:
        return
    if any(masked_places(now)):
        warnings.append(f"{item.table.title}: {item.key}: its current destination is not saved: {WHY}.")
        return
    if entry["set"] and now not in [other["now"] for other in entry["others"]]:
        entry["others"].append({"at": time, "now": now})
        warnings.append(f"{item.table.title}: {item.key} has been changed by somebody since; the snapshot notes it.")
