# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The expressions in the roles' variables: where files lie, which variables no role reads, and what became of a run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from project import ROOT

# An inventory that is a folder is read whole, so that what is no inventory must not lie in it.
_BESIDE = "(inventory_dir | dirname if inventory_dir in ansible_inventory_sources | default([]) else inventory_dir)"
_HAS_INVENTORY = "inventory_dir | default('', true)"
_HOME = f"({_BESIDE} if {_HAS_INVENTORY} else '.' | realpath)"


def path(value: str) -> str:
    """Return an expression for the absolute path that the expression *value* means.

    Neither a test such as `is directory` nor a module would do: the one does not know `~`, and the other takes a
    relative path from the playbook's folder, which is inside of the installed collection.
    """
    return f"[{_HOME}, {value} | string | expandvars | expanduser] | path_join | normpath"


def template(expression: str) -> str:
    return f"{{{{ {expression} }}}}"


# Without an inventory that lies somewhere there is no default: another run would not find the folder again.
_GIVEN = "office_reroute_directory | default('reroutes', true)"
REROUTE_FOLDER = template(f"{path(_GIVEN)} if office_reroute_directory | default({_HAS_INVENTORY}, true) else ''")


def refusals(role: str, options: Iterable[str], office: Collection[str], generated: str) -> dict[str, str]:
    """Return variables for a role's refusal of what it would ignore: typing errors in the names of variables.

    The beginning ROLE_ is the role's own, so that any name with it must be one of the *options*, or one that the roles
    use themselves. Variables of an office may have others beside them, so that only what looks like one of *office*
    is refused: what differs from it in one place.
    """
    names = {f"{role}_{name}" for name in ("ignored", "lookalikes", "takes")}
    own = sorted({*options, *names, *_used(role, generated)})
    return {
        f"{role}_ignored": template(
            f"query('ansible.builtin.varnames', '^{role}_') | difference({own}) "
            f"+ query('ansible.builtin.varnames', {role}_lookalikes) | difference({sorted(office)})"
        ),
        f"{role}_lookalikes": lookalikes(office, len("office_")),
        f"{role}_takes": ", ".join(sorted(options)),
    }


def refuse(role: str) -> dict[str, Any]:
    """Return the task by which a role stops for names that it would ignore."""
    message = (
        f"Nothing was done, because no role reads {{{{ {role}_ignored | sort | join(', ') }}}}. Correct the spelling, "
        f"or name variables of your own otherwise; {role} takes {{{{ {role}_takes }}}}."
    )
    return {
        "name": "Refuse variables that would be ignored",
        "when": f"{role}_ignored | length > 0",
        # The providers' names are tags of this role alone.
        **({"tags": ["always"]} if role == "onboard" else {}),
        "ansible.builtin.fail": {"msg": message},
    }


# How a date in a mapping is spelt when the mapping becomes text.
_DATE = "datetime[.]date(time)?[(][0-9, ]+"


def mangled(role: str, options: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return a variable of the role: what YAML made of unquoted text in its *options*, as pairs of option and value.

    A task's options that are a single expression are text with ansible-core before 2.19, whatever YAML made of them, so
    modules cannot see it in them. Lists and mappings are not, unless there is a date in them.
    """
    given = {name: f"[{name} | default([])] | flatten" for name, option in options.items() if _is_text(option)}
    found = f"{inner(given)} | dict2items | subelements('value') | selectattr('1', 'number') | list"
    if "office_policy" in options:
        found += " + ([[{'key': 'office_policy'}, none]] if office_policy | default({}) is none else [])"
    trees = {name: f"[{name} | default('') | string]" for name, option in options.items() if option["type"] == "dict"}
    dates = f"{inner(trees)} | dict2items | subelements('value') | selectattr('1', 'search', {_DATE!r}) | list"
    found += f" + ({dates} if ansible_version.full is version('2.19', '<') else [])"
    return {f"{role}_mangled": template(found)}


def _is_text(option: Mapping[str, Any]) -> bool:
    kind = option.get("elements") if option["type"] == "list" else option["type"]
    return kind in ("str", "path", "raw") and "choices" not in option


def refuse_mangled(role: str) -> dict[str, Any]:
    """Return the task by which a role stops for values that YAML has changed."""
    words = "('yes, on or true' if value else 'NO (Norway)' if option.key == 'office_region' else 'no, off or false')"
    guess = f"{words} if value is boolean else '0%o' | format(value) if value is integer else value"
    date = f"'holds a date without quotes, ' ~ (value | regex_search({_DATE!r})) ~ '). Write it in quotes'"
    problem = (
        f"{{{{ option.key }}}}: {{{{ 'is empty; give what it holds, or leave it out' if value is none else "
        f"{date} if value is string else "
        f"(value | string | lower) ~ ' is not text: was this ' ~ ({guess}) ~ ' without quotes? Write it in quotes' }}}}"
    )
    return {
        "name": "Refuse what YAML has changed",
        "when": f"{role}_mangled | length > 0",
        **({"tags": ["always"]} if role == "onboard" else {}),
        "ansible.builtin.fail": {
            "msg": f"Nothing was done. {{% for option, value in {role}_mangled %}}{problem}. {{% endfor %}}"
        },
    }


def lookalikes(names: Collection[str], fixed: int) -> str:
    """Return a template for a pattern of what differs from one of *names* in two characters that stand together.

    That is one character too much, too few, or another one, or two that are exchanged. The first *fixed* are right.
    """
    return (
        f"^({{% for name in {sorted(names)} %}}{{% for place in range({fixed}, name | length) %}}"
        "{{ name[:place] }}.{0,3}{{ name[place + 2 :] }}|{% endfor %}{% endfor %}$)$"
    )


def _used(role: str, generated: str) -> set[str]:
    """Return the names beginning with ROLE_ that stand in the roles' hand-written files, or in *generated* ones."""
    texts = [generated]
    for file in (ROOT / "roles").glob("*/*/*"):
        if file.suffix in (".yml", ".j2") and file.parent.name in ("tasks", "templates"):
            texts.append(file.read_text())
    return {name for text in texts for name in re.findall(rf"\b{role}_\w+", text)}


def failed(results: str, todo: str) -> str:
    """Return an expression for the tasks that failed: their result has a message, which no success has."""
    results = f"{results} | dict2items | selectattr('key', 'in', {todo})"
    return template(f"{results} | selectattr('value.msg', 'defined') | list")


_RESULTS = (
    "onboard_results | dict2items | selectattr('key', 'in', onboard_todo) | selectattr('value.results', 'defined') "
    "| list | subelements('value.results')"
)
OUTCOMES = {
    "onboard_differing": f"{{{{ {_RESULTS} | rejectattr('1.action', 'equalto', 'none') "
    "| map(attribute='0.key') | unique | list }}",
    # What was written, and can be read again.
    "onboard_applied": f"{{{{ {_RESULTS} | selectattr('1.status', 'equalto', 'applied') | map(attribute='0.key') "
    "| unique | select('in', onboard_tables | dict2items | selectattr('value.readable') | map(attribute='key')) "
    "| list }}",
    "onboard_statuses": f"{{{{ {_RESULTS} | map(attribute='1.status') | list }}}}",
    "onboard_failures": failed("onboard_results", "onboard_todo"),
    "onboard_unproven": "{{ onboard_proofs | dict2items | selectattr('key', 'in', onboard_applied) "
    "| rejectattr('value.changed', 'equalto', false) | list }}",
}
UNDECIDED = {
    "restore_undecided": "{{ restore_compared.changed_since if restore_changed | default('report') == 'report' "
    "else [] }}"
}


def inner(members: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name!r}: {value}" for name, value in members.items()) + "}"


def mapping(members: Mapping[str, str]) -> str:
    return template(inner(members))
