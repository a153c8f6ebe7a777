# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The variables of one host as the options of a module of a whole office. Private to the collection."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ansible.module_utils.parsing.convert_bool import boolean

from ansible_collections.office.telephony.plugins.module_utils._ansible.validation import checked
from ansible_collections.office.telephony.plugins.module_utils._engine import yaml_text
from ansible_collections.office.telephony.plugins.module_utils._engine.argspec import ArgSpec
from ansible_collections.office.telephony.plugins.module_utils._office.office import Problem, known_zone
from ansible_collections.office.telephony.plugins.module_utils._office.options import OF_OFFICE
from ansible_collections.office.telephony.plugins.module_utils._office.providers import PROVIDERS
from ansible_collections.office.telephony.plugins.plugin_utils._positions import BEFORE_2_19

Values = dict[str, Any]

# Variables of an office that other jobs take.
_OFFICE = tuple(f"office_{option}" for option in OF_OFFICE)
# A variable is taken for a misspelt one from this likeness on.
_ALIKE = 0.75
_SAME_BEGINNING = 0.8
# Where the job is named, less will do.
_ROUGHLY_ALIKE = 0.6
# Words that people use for options of jobs.
_SYNONYMS = {
    "prove": "verify",
    "carry_on": "continue_on_error",
    "despite_reroute": "ignore_reroute",
    "expires": "until",
}
# A variable that is true or false, with the option and what that says for true.
_SWITCHES = {"continue_on_error": ("on_error", "continue")}
# Options that only forbid.
# A job's variables whose options are called otherwise.
_RENAMED = {"call_tests": "on_failed_call_test"}
_LIMITS = ("policy", "expect_plan", "max_changes", "max_deletions")
# Options for the action and not for people.
_OWN = (
    "office",
    "variables",
    "prefix",
    "index_problems",
    "index_names",
    "index_folder",
    "run_id",
    "left_out",
    "models",
)
ROLES = Path(__file__).parents[2] / "roles"


class HostVariables:
    """Takes options from *variables* of a host: those of its office, and with *prefix* those of a job.

    *names* are the job's variables where a role says which it takes; else every option has one. *template* returns the
    value of a variable.
    """

    def __init__(
        self,
        variables: Mapping[str, Any],
        spec: ArgSpec,
        prefix: str,
        names: Iterable[str] | None,
        template: Callable[[Any], Any],
    ) -> None:
        self._variables = variables
        self._spec = spec
        self._prefix = prefix
        self._template = template
        options = [option for option in spec.options if option not in (*OF_OFFICE, *_OWN)]
        switches = [name for name, (option, _says) in _SWITCHES.items() if option in options]
        variables_of = {option: name for name, option in _RENAMED.items()}
        every = [f"{prefix}_{variables_of.get(option, option)}" for option in (*options, *switches)] if prefix else []
        self._own = every if names is None else [name for name in names if name.startswith(f"{prefix}_")]

    def options(self, given: Mapping[str, Any]) -> tuple[Values, list[Problem]]:
        """Return what is not *given* already, and what is wrong with it; such an option is left out.

        Ansible would refuse it by the name of the option, and without the place.
        """
        found: Values = {}
        problems: list[Problem] = []
        for variable, option in self._pairs():
            if option in given or variable not in self._variables:
                continue
            # An empty variable is none; but an empty limit would allow more than anybody meant.
            if self._variables[variable] is None and option not in _LIMITS:
                continue
            provider = next((name for name in PROVIDERS if option in (name, f"{name}_connection")), "")
            # Lookups and filters raise anything; here the variable can still be named.
            try:
                value = opened(self._template(self._variables[variable]))
            except Exception as error:
                problems.append(Problem(variable, f"cannot be resolved: {why(error)}", provider))
                continue
            if value is None and option in _LIMITS:
                problems.append(Problem(variable, "is empty; give it a value, or leave it out"))
                continue
            wrong = list(self._wrong(variable, option, value, provider))
            if option.endswith("_connection") and value == "":
                # Up to ansible-core 2.18, what a variable is of which nothing is written.
                continue
            problems += wrong
            if not wrong:
                found[option] = value
        return found | self._switches(given, problems), problems

    def _switches(self, given: Mapping[str, Any], problems: list[Problem]) -> Values:
        """Return the options that are variables which are true or false."""
        found: Values = {}
        for name, (option, says) in _SWITCHES.items():
            variable = f"{self._prefix}_{name}"
            value = self._variables.get(variable)
            if variable not in self._own or option in given or value is None:
                continue
            try:
                value = self._template(value)
            except Exception as error:
                problems.append(Problem(variable, f"cannot be resolved: {why(error)}"))
                continue
            try:
                if boolean(value):
                    found[option] = says
            except TypeError:
                problems.append(Problem(variable, "must be true or false"))
        return found

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each variable with its option."""
        yield from ((f"office_{option}", option) for option in OF_OFFICE if option in self._spec.options)
        own = ((name, name.removeprefix(f"{self._prefix}_")) for name in self._own)
        renamed = ((name, _RENAMED.get(option, option)) for name, option in own)
        yield from ((name, option) for name, option in renamed if option in self._spec.options)

    def _wrong(self, variable: str, option: str, value: Any, provider: str) -> Iterator[Problem]:
        spec = self._spec.options[option]
        if option in PROVIDERS and not isinstance(value, Mapping):
            what = f"is not a mapping; it holds the lists {', '.join(PROVIDERS[option].names)}"
            yield Problem(variable, what, provider)
            return
        changed = list(yaml_text.problems({option: spec}, {option: value}))
        for place, what in changed:
            yield Problem(variable + place.removeprefix(option), what, provider)
        if changed or option in PROVIDERS:
            return
        if option == "timezone" and (wrong := known_zone(str(value))):
            yield Problem(variable, wrong)
            return
        found: list[Problem] = []

        def report(path: tuple[str | int, ...], what: str) -> None:
            place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path[1:])
            found.append(Problem(variable + place, what, provider))

        checked(ArgSpec({option: {**_unshown(spec), "required": False}}), {option: value}, (), report)
        yield from found

    def misspelt(self, on_command_line: Collection[str] = ()) -> Iterator[Problem]:
        """Yield the variables that look like the office's or the job's own, but that nothing reads.

        The job's beginning is often a common word, so that what resembles nothing may well be the user's own; but not
        *on_command_line*, where variables are for this run.
        """
        others = tuple(f"{role.name}_" for role in ROLES.iterdir() if role.name != self._prefix)
        shorter = tuple(other for other in others if self._prefix and f"{self._prefix}_".startswith(other))
        known = {*_OFFICE, *self._own, f"{self._prefix}_result"}
        begins = ("office_", f"{self._prefix}_") if self._prefix else ("office_",)
        heads: dict[str, bool] = {}
        for name in self._variables:
            if name in known or "_" not in name or name.startswith("ansible_"):
                continue
            if name.startswith(begins):
                if name.startswith(others) and not name.startswith(shorter):
                    # The variable of another role whose name begins with this one's.
                    continue
                if self._prefix and name.startswith(f"{self._prefix}_"):
                    suggested = _suggested(name, self._own, self._prefix)
                    if suggested or name in on_command_line:
                        yield Problem(name, f"no such variable. {suggested or self._existing()}")
                elif likely := _alike(name, _OFFICE, "office_"):
                    yield Problem(name, f"no such variable. Did you mean {likely!r}?")
                continue
            if name.startswith(others):
                # Some roles have names that are alike.
                continue
            head = name.partition("_")[0]
            if head not in heads:
                heads[head] = any(_likeness(head, begin.rstrip("_")) >= _SAME_BEGINNING for begin in begins)
            likely = _alike(name, [*_OFFICE, *self._own], "") if heads[head] else ""
            # All begin alike, so that the rest has to be alike as well.
            if likely and _likeness(name.partition("_")[2], likely.partition("_")[2]) >= _ALIKE:
                yield Problem(name, f"no such variable. Did you mean {likely!r}?")

    def split(self, on_command_line: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield a problem where Ansible has split the value of an own variable *on_command_line* at its blanks.

        What follows the first blank belongs to no variable then. It is not shown: it may be a part of a password.
        """
        own = [name for name in on_command_line if name in (*_OFFICE, *self._own)]
        if own and on_command_line.get("_raw_params"):
            example = f'{own[0]}: "..."'
            how = f"Write a value with blanks as a mapping: -e '{{{example}}}'."
            yield Problem("-e", f"a value was cut off, because Ansible splits name=value at blanks. {how}")

    def _existing(self) -> str:
        return f"There are: {', '.join(sorted(self._own))}." if self._own else f"{self._prefix} has no variables."


def dates_in(lists: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what YAML has made a date of in the *lists* by provider: on the way to a module it becomes text."""
    for name, account in PROVIDERS.items():
        for place, value in _dates(lists.get(name), account.variable):
            for where, what in yaml_text.problems({place: {"type": "str"}}, {place: value}):
                yield Problem(where, what, name)


def _dates(value: Any, path: str) -> Iterator[tuple[str, date]]:
    if isinstance(value, date):
        yield path, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _dates(part, f"{path}.{name}")
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from _dates(part, f"{path}[{position}]")


def opened(value: Any) -> Any:
    """Return *value* with what is encrypted in it as text; up to ansible-core 2.18, that is done when it is used."""
    if not BEFORE_2_19:
        return value
    if isinstance(value, Mapping):
        return {name: opened(part) for name, part in value.items()}
    if isinstance(value, list):
        return [opened(part) for part in value]
    return str(value) if hasattr(value, "_ciphertext") else value


def why(error: Exception) -> str:
    """Return in one line, without a full stop, why something could not be resolved."""
    lines = str(error).splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(". ")


def _unshown(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return *spec*, of a connection so that no value is shown: a password may stand at the wrong option."""
    members = spec.get("options") or {}
    if not any(member.get("no_log") for member in members.values()):
        return dict(spec)
    return {**spec, "options": {name: {**member, "no_log": True} for name, member in members.items()}}


def _suggested(name: str, known: Iterable[str], prefix: str) -> str:
    """Return which of *known* a job's variable was meant to be, "" for none. All begin with the *prefix*."""
    rests = {variable.removeprefix(f"{prefix}_"): variable for variable in known}
    rest = name.removeprefix(f"{prefix}_")
    likely = [_SYNONYMS[rest]] if _SYNONYMS.get(rest) in rests else []
    likely = likely or [known_rest for known_rest in rests if known_rest.startswith(f"{rest}_")]
    likely = likely or difflib.get_close_matches(rest, rests, n=1, cutoff=_ROUGHLY_ALIKE)
    return f"Did you mean {rests[likely[0]]!r}?" if likely and not rest.startswith(f"{likely[0]}_") else ""


def _alike(name: str, known: Iterable[str], beginning: str) -> str:
    """Return which of *known* a variable was probably meant to be, "" for none. *beginning* is the same in all."""
    rest = {variable.removeprefix(beginning): variable for variable in known}
    mine = name.removeprefix(beginning)
    close = difflib.get_close_matches(mine, rest, n=1, cutoff=_ALIKE)
    # With a word more it is no slip of the hand, but a name for something else.
    return rest[close[0]] if close and not mine.startswith(f"{close[0]}_") else ""


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def misplaced_tags(tags: Iterable[str], variable: str) -> Iterator[Problem]:
    """Yield the tags of a run that name a provider, or nearly do: no task is tagged so. *variable* is for that."""
    for tag in tags:
        close = difflib.get_close_matches(tag.casefold(), PROVIDERS, n=1, cutoff=_SAME_BEGINNING)
        if close:
            yield Problem("", f"the tag {tag!r} selects no provider. Set {variable}: [{close[0]}] instead.")
