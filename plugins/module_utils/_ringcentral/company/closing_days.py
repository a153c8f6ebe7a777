# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The closing days of an item of `holidays`: from a country's calendar and from the user's list, without any request.

The calendar is that of the Python library holidays, which is needed only where an item names a country. Private to the
collection.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ..._engine import naming
from ..._errors import InputError, Problems, suggestions
from .dates import Instants, Local, day_of, in_zone, looks_like_a_date, merged, read_range, why_no_date

_YEARS = 2
_MOST_YEARS = 10
_LETTERS = 2
_DAY = timedelta(days=1)
# What stands between the names of two holidays on one day.
_BETWEEN = ";"


@dataclass
class Closing:
    """What an item closes on the owner's clock: ranges, each with its name; and exceptions that match none of them."""

    ranges: list[tuple[str, Local]] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    @property
    def local(self) -> list[Local]:
        return [found for _name, found in self.ranges]


def closing_days(item: Mapping[str, Any], zone: str, today: date) -> Instants:
    """Return when *item*, an item of `holidays` as the user writes it, closes: instants in UTC, the ends not included.

    The calendar counts from 1 January of *today*, which is the owner's; days that touch are one range. *zone*: the
    owner's. Raises `InputError` for an item that is wrong, and where the calendar's library is missing.
    """
    problems = Problems()
    found = read_closing(item, today, "holidays", problems)
    dates = in_zone(found.local, zone, "holidays", problems)
    problems.raise_if_any()
    return merged(dates.ranges)


def read_closing(item: Mapping[str, Any], today: date | None, where: str, problems: Problems) -> Closing:
    """Return what *item* closes; what is wrong with it goes to *problems*.

    Without *today*, it is only checked, also without the calendar's library.
    """
    years = _YEARS if item.get("years") is None else item["years"]
    if not 1 <= years <= _MOST_YEARS:
        problems.add(f"{where}: years", f"is {years}; it must be 1 to {_MOST_YEARS}, this year included")
        return Closing()
    calendar, days = item.get("calendar"), item.get("days") or ()
    if not calendar and not days:
        problems.add(where, "needs closing days; set calendar, days or both")
    found = Closing()
    if calendar and (today is not None or _has_library()):
        known = _calendar(calendar, item.get("language"), where, problems)
        if known is not None and today is not None:
            found.ranges += known.days(range(today.year, today.year + years))
    if item.get("language") and not calendar:
        problems.add(f"{where}: language", "goes with calendar, whose days it names")
    for position, option in enumerate(days):
        read = read_range(option, f"{where}: days[{position}]", problems)
        if read is not None:
            found.ranges.append((naming.folded(option.get("name")), read))
    texts = item.get("except") or ()
    for position, text in enumerate(texts):
        if day_of(text) is None and looks_like_a_date(text):
            problems.add(f"{where}: except[{position}]", why_no_date(text.strip()))
    if today is not None and not problems:
        _except(found, texts, (today, date(today.year + years - 1, 12, 31) if calendar else date.max))
    return found


def _except(found: Closing, texts: Sequence[str], window: tuple[date, date]) -> None:
    """Take out of *found* the days that *texts* say, by date or by name.

    A day that is not within *window* need not be among them: it is over, or no calendar of its year is looked at yet.
    """
    names = {_form(name): name for name, _range in found.ranges if name}
    for text in texts:
        day = day_of(text)
        if day is not None:
            start = datetime.combine(day, time())
            left = [(name, part) for name, whole in found.ranges for part in _without(whole, start, start + _DAY)]
        else:
            left = [(name, part) for name, part in found.ranges if _form(name) != _form(text)]
        if left == found.ranges and (day is None or window[0] <= day <= window[1]):
            hint = f" {suggestions(text, names.values())}" if day is None else ""
            found.unused.append(f"{text!r} is not one of the closing days.{hint}")
        found.ranges = left


def _without(whole: Local, start: datetime, end: datetime) -> Iterator[Local]:
    """Yield what is left of *whole* without what is between *start* and *end*."""
    if whole[0] < min(start, whole[1]):
        yield whole[0], min(start, whole[1])
    if max(end, whole[0]) < whole[1]:
        yield max(end, whole[0]), whole[1]


def _form(name: str) -> str:
    return naming.folded(name, ignore_case=True)


@dataclass(frozen=True)
class _Calendar:
    """A calendar of the library: its country, what of it, and in which language, as the library names these."""

    country: str
    part: str
    categories: tuple[str, ...]
    language: str | None

    def days(self, years: Iterable[int]) -> list[tuple[str, Local]]:
        """Return the holidays of *years*, each with its name; two on one day are two."""
        found = _library().country_holidays(
            self.country,
            subdiv=self.part or None,
            years=years,
            language=self.language,
            categories=self.categories or None,
            expand=False,
        )
        return [
            (name.strip(), (start, start + _DAY))
            for day, listed in sorted(found.items())
            for start in [datetime.combine(day, time())]
            for name in listed.split(_BETWEEN)
        ]


def _calendar(option: Mapping[str, Any], language: str | None, where: str, problems: Problems) -> _Calendar | None:
    """Return the calendar that *option* means, None after noting for *where* what is wrong."""
    library, before = _library(), len(problems.found)
    code = naming.folded(option["country"])
    if not code:
        problems.add(f"{where}: calendar.country", "is empty; it takes the two letters of a country, such as 'US'")
        return None
    countries = library.list_supported_countries(include_aliases=True)
    if code.upper() not in countries:
        names, short = _names_of_countries(library), [name for name in countries if len(name) == _LETTERS]
        known = names.get(_form(code))
        hint = f"Write {known!r}." if known else suggestions(code.upper(), [*short, *names])
        problems.add(
            f"{where}: calendar.country",
            f"there is no calendar of {code!r}; it takes the two letters of a country, such as 'US'. {hint}",
        )
        return None
    plain = library.country_holidays(code.upper())
    part = naming.folded(option.get("subdivision"))
    aliases = dict(getattr(plain, "subdivisions_aliases", None) or {})
    parts = (*plain.subdivisions, *aliases)
    if part and part not in parts:
        hint = suggestions(part, parts) if parts else "It has none, so leave subdivision out."
        problems.add(f"{where}: calendar.subdivision", f"{code.upper()} has no subdivision {part!r}. {hint}")
    categories = tuple(naming.folded(name) for name in option.get("categories") or ())
    for position, name in enumerate(categories):
        if name not in plain.supported_categories:
            listed = ", ".join(sorted(plain.supported_categories))
            place = f"{where}: calendar.categories[{position}]"
            problems.add(place, f"{code.upper()} has no holidays of the category {name!r}; it has {listed}")
    names_in = _language(language, plain, where, problems)
    sound = len(problems.found) == before
    return _Calendar(code.upper(), aliases.get(part, part), categories, names_in) if sound else None


def _language(language: str | None, plain: Any, where: str, problems: Problems) -> str | None:
    """Return the library's name of the language; never that of this machine, so that names are the same everywhere."""
    spoken = [str(name) for name in plain.supported_languages]
    if not language:
        return str(plain.default_language) if plain.default_language else None
    wanted = naming.folded(language).replace("-", "_").casefold()
    exact = [name for name in spoken if name.casefold() == wanted]
    found = exact or [name for name in spoken if name.casefold().split("_")[0] == wanted.split("_")[0]]
    if not found:
        listed = ", ".join(name.replace("_", "-") for name in sorted(spoken))
        problems.add(f"{where}: language", f"the calendar has no names in {language!r}; it has {listed}")
        return None
    return found[0]


def _names_of_countries(library: Any) -> dict[str, str]:
    """Return the codes of countries by their English names."""
    countries = getattr(getattr(library, "registry", None), "COUNTRIES", {})
    return {str(name).replace("_", " "): str(codes[1]) for name, codes in countries.items()}


def _has_library() -> bool:
    try:
        _library()
    except InputError:
        return False
    return True


def _library() -> Any:
    try:
        return importlib.import_module("holidays")
    except ImportError:
        raise InputError(
            f"calendar needs the Python library holidays, which {sys.executable} does not have.",
            next_step=f"Run: {sys.executable} -m pip install holidays. Or list the days in days instead.",
        ) from None
