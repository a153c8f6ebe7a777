# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Argument specifications that can be merged, and the options that all providers share. Private to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible.module_utils.basic import env_fallback
from ansible.module_utils.common.validation import check_type_dict, check_type_list
from ansible.module_utils.errors import AnsibleFallbackNotFound

Option = Mapping[str, Any]


RULES = ("mutually_exclusive", "required_together", "required_one_of", "required_if")


class ArgSpec:
    """Options together with the rules between them; `+` merges two and refuses to define an option twice."""

    def __init__(
        self,
        options: Mapping[str, Option] | None = None,
        *,
        mutually_exclusive: Iterable[Any] = (),
        required_together: Iterable[Any] = (),
        required_one_of: Iterable[Any] = (),
        required_if: Iterable[Any] = (),
    ) -> None:
        self.options: dict[str, Option] = dict(options or {})
        self.mutually_exclusive = list(mutually_exclusive)
        self.required_together = list(required_together)
        self.required_one_of = list(required_one_of)
        self.required_if = list(required_if)

    def __add__(self, other: ArgSpec) -> ArgSpec:
        twice = sorted(set(self.options) & set(other.options))
        if twice:
            raise ValueError(f"options defined twice: {', '.join(twice)}")
        rules = {rule: getattr(self, rule) + getattr(other, rule) for rule in RULES}
        return ArgSpec({**self.options, **other.options}, **rules)

    def module_arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for `AnsibleModule`."""
        return {"argument_spec": dict(self.options), **self.rules()}

    def suboptions(self) -> dict[str, Any]:
        """Return the members of a nested option that takes this specification."""
        return {"options": dict(self.options), **self.rules()}

    def rules(self) -> dict[str, Any]:
        """Return the rules between the options, as far as there are any."""
        return {rule: getattr(self, rule) for rule in RULES if getattr(self, rule)}


def from_environment(name: str, **option: Any) -> dict[str, Any]:
    """Return a text option that falls back to the environment variable *name*, unless that is empty."""
    return {"type": "str", "fallback": (_filled_variable, [name]), **option}


def _filled_variable(name: str) -> str:
    """Return the environment variable *name*; an empty one counts as not set.

    AWX and CI systems set a variable for every field of a credential, also for those that were left empty.
    """
    value: str = env_fallback(name)
    if not value.strip():
        raise AnsibleFallbackNotFound
    return value


CONNECTION = ArgSpec(
    {
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
        # It may hold a password.
        "proxy": {"type": "str", "no_log": True},
        "timeout": {"type": "float", "default": 30.0},
        "deadline": {"type": "float", "default": 900.0},
    }
)

REGION = ArgSpec({"region": {"type": "str"}})


class _CheckedDict(str):
    """The type `dict` of an option whose members must be seen before Ansible converts them.

    Ansible takes a type that can be called for a converter, and compares it with "dict" to find the suboptions.
    """

    __slots__ = ()
    __name__ = "dict"

    def __call__(self, value: Any) -> dict[str, Any]:
        """Return *value* as a dictionary in which a list of one is a list, and one left empty is not lost."""
        found = dict(check_type_dict(value))
        for name in ("allowed_countries", "allowed_numbers", "denied_numbers"):
            if name not in found:
                continue
            given = found[name]
            if isinstance(given, (bool, int, float)):
                # Ansible would make a list of one text of it, which hides that YAML has read 0701740606 as 117948806.
                found[name] = [given]
            elif given is None and name == "allowed_countries":
                # It would be as if it were not there, which means all countries.
                found[name] = [""]
        return found


class TruthOr(str):
    """The type `raw` of an option that is `true`, or says more: a text, or a mapping with the one text *member*.

    Ansible takes a type that can be called for a converter. What YAML has changed is refused here.
    """

    __slots__ = ("member",)
    __name__ = "raw"
    member: str

    def __new__(cls, member: str = "") -> TruthOr:
        made = super().__new__(cls, "raw")
        made.member = member
        return made

    def __call__(self, value: Any) -> bool | str | dict[str, str]:
        """Return true, or what is said more. Raises `TypeError` for anything else."""
        if isinstance(value, bool) or str(value).strip().casefold() in ("true", "yes", "on"):
            if value is not False:
                return True
            raise TypeError("false is not a choice; say what happens instead")
        if self.member and isinstance(value, Mapping) and [*value] == [self.member]:
            return {self.member: _text(value[self.member])}
        if self.member or isinstance(value, (Mapping, list)):
            form = f"a mapping with {self.member}" if self.member else "a text"
            raise TypeError(f"{value!r} is neither true nor {form}")
        return _text(value)

    def complaint(self, value: Any) -> str:
        """Return why *value* is not possible, "" where it is; Ansible's own words have no place in a list."""
        try:
            self(value)
        except TypeError as error:
            return str(error)
        return ""


class Lines(str):
    """The type `list` of an option that a form may fill in: a text has an entry on each line, and nothing is no entry.

    Ansible takes a type that can be called for a converter, and compares it with "list" to find the elements.
    """

    __slots__ = ()
    __name__ = "list"

    def __call__(self, value: Any) -> list[Any]:
        """Return *value* as a list."""
        if value is None:
            return []
        if not isinstance(value, str):
            return list(check_type_list(value))
        entries = (entry.strip() for line in value.splitlines() for entry in line.split(","))
        return [entry for entry in entries if entry]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text; write it in quotes")
    if not value.strip():
        raise TypeError("is empty")
    return value


# Numbers are `raw`: YAML turns an unquoted number into an integer and thereby loses a leading plus or zero, which
# a conversion to text would hide.
POLICY = ArgSpec(
    {
        "policy": {
            "type": _CheckedDict("dict"),
            "options": {
                "allow_premium": {"type": "bool", "default": False},
                "allow_raw": {"type": "bool", "default": False},
                "allowed_countries": {"type": "list", "elements": "str"},
                "allowed_numbers": {"type": "list", "elements": "raw"},
                "denied_numbers": {"type": "list", "elements": "raw"},
            },
        }
    }
)
