# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the roles' generated parts consist of: their options, and one task file for each list of an office.

The table of lists is the collection's own, in module_utils/_office/lists.py. Ansible cannot call a module by a name
that it computes, so there is one file a list, and the roles choose among them.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from role_variables import (
    OUTCOMES,
    REROUTE_FOLDER,
    UNDECIDED,
    failed,
    inner,
    lookalikes,
    mangled,
    mapping,
    path,
    refusals,
    refuse,
    refuse_mangled,
    template,
)

if TYPE_CHECKING:
    from generate import Modules, Spec

COLLECTION = "office.telephony"


def _option(kind: str, *description: str, **others: Any) -> dict[str, Any]:
    return {"description": list(description), "type": kind, **others}


COMMON: dict[str, Any] = {
    "office_region": _option(
        "str", "The country in which the office's phone numbers in national spelling are read, as two letters."
    ),
    "office_timezone": _option(
        "str",
        "The office's time zone, as a name of the IANA database such as V(Europe/Paris).",
        "It is kept for people and for exported files.",
        "No provider's interface takes it, and it does not shift schedules.",
    ),
    "office_reroute_directory": _option(
        "path",
        "The folder of the snapshots of re-routed offices. All roles must be given the same one.",
        "When not set, it is the folder C(reroutes). A relative path lies beside the inventory.",
    ),
}
_PERSON = {
    "email": _option("str", "The e-mail address that the person is known by at the providers."),
    "phones": _option("list", "The person's phone numbers, in quotes.", elements="raw"),
    "extension": _option(
        "str",
        "The person's extension at RingCentral, by number, id or exact name.",
        "When not set, the extensions with the e-mail address are meant.",
    ),
}
_CARRY_ON = _option(
    "bool",
    "Whether to go on with the other providers when one fails, and to fail at the end. What is wrong in the variables "
    "stops everything in any case.",
    default=False,
)


@dataclass(frozen=True)
class Role:
    """One role: what it is for, its own options, and which variables of an office it takes."""

    title: str
    description: tuple[str, ...]
    options: dict[str, Any] = field(default_factory=dict)
    version: str = "0.1.0"
    without: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None

    def takes(self, variable: str) -> bool:
        return variable not in self.without if self.only is None else variable in self.only


_RESTORE_CHANGED = _option(
    "str",
    "What to do with numbers that somebody else has changed since the office was re-routed.",
    "V(report) leaves them alone, tells of them, and fails at the end. They count as re-routed until it is decided.",
    "V(keep) leaves them alone for good. V(overwrite) puts them back like all others.",
    choices=["report", "keep", "overwrite"],
    default="report",
)

ROLES = {
    "onboard": Role(
        "Make the telephony of one office what its variables say",
        (
            "Takes an office as its inventory host describes it, and passes each list whole to its module.",
            "Everything is checked and planned for all providers before anything is written at any of them.",
            "Works in check mode, which predicts what a run would change.",
        ),
        {
            "onboard_carry_on": _CARRY_ON,
            "onboard_prove": _option(
                "bool",
                "Whether to plan once more after something was changed, and to fail if anything were left to change. "
                "Providers that cannot be read are left out.",
                default=True,
            ),
            "onboard_despite_reroute": _option(
                "bool", "Whether to go on although the office is re-routed, which undoes the re-route.", default=False
            ),
            "onboard_prune": _option(
                "bool",
                "Whether to delete what the lists do not name, in lists whose modules can.",
            ),
            "onboard_max_deletions": _option("int", "How much may be deleted at most in one list."),
            "onboard_record_directory": _option(
                "path",
                "A folder for records of what was changed, as JSON and as Markdown. When not set, none is made.",
                "A relative path lies beside the inventory.",
            ),
        },
    ),
    "export": Role(
        "Write what the providers' accounts hold as the variables of an office",
        (
            "Reads live accounts and writes a file of host variables that P(office.telephony.onboard#role) takes.",
            "No account is changed.",
        ),
        {
            "export_path": _option(
                "path",
                "The file to write. When not set, it is called like the host and lies in O(export_directory).",
                "A relative path lies beside the inventory.",
            ),
            "export_directory": _option(
                "path",
                "The folder of the file. When not set, C(exported).",
                "A relative path lies beside the inventory. What of the host's name cannot stand in a file name is "
                "written as percent and two digits.",
            ),
            "export_providers": _option(
                "list",
                "The providers to read. When not set, those that the office has variables for, and those whose "
                "credentials are in the environment.",
                elements="str",
            ),
            "export_numbers": _option(
                "list", "Only these phone numbers. When not set, the whole accounts.", elements="raw"
            ),
            "export_overwrite": _option(
                "bool", "Whether to replace a file that was not made by an export.", default=False
            ),
            "export_prove": _option(
                "bool",
                "Whether to plan what the exported file says, and to fail if anything were to change.",
                default=True,
            ),
        },
    ),
    "reroute": Role(
        "Send all calls of an office to one destination, in all its providers",
        (
            "Saves where the calls go now, before anything is written, and then sends all of them elsewhere.",
            "Works in check mode. Running it again finishes what an interrupted run began.",
        ),
        {
            "reroute_to": _option(
                "raw", "The phone number that the calls shall go to, in quotes. It must pass the C(office_policy)."
            ),
            "reroute_settings": _option(
                "dict",
                "By provider and list, the options to set there instead, as its plural module takes them, for example "
                "C({sonetel: {forwardings: {destination: {voiceapp: Closed today}}}}).",
            ),
            "reroute_numbers": _option(
                "str",
                "Whether the numbers in the office's variables are re-routed, or all of the accounts.",
                choices=["office", "account"],
                default="office",
            ),
            "reroute_expires": _option(
                "str",
                "When the re-route shall end, as a duration such as V(8h) or a time with its zone. It is recorded; "
                "run P(office.telephony.restore#role) to end it.",
            ),
            "reroute_reason": _option("str", "Why; it is recorded."),
            "reroute_change_destination": _option(
                "bool", "Whether an office that is re-routed already may get another destination.", default=False
            ),
            "reroute_irreversible": _option(
                "bool",
                "Whether to re-route also numbers that say nothing about where their calls go now, or something that "
                "cannot be written or that Ansible masks. They cannot be put back; otherwise they are left alone, and "
                "what is masked stops the re-route.",
                default=False,
            ),
        },
    ),
    "restore": Role(
        "Put the calls of a re-routed office back to where they went before",
        (
            "Puts back exactly what the snapshot holds, and tells what somebody else has changed since.",
            "Works in check mode. Running it again finishes what an interrupted run began.",
        ),
        {
            "restore_changed": _RESTORE_CHANGED,
            "restore_only_expired": _option(
                "bool", "Whether to do nothing before the time is up that was recorded.", default=False
            ),
            "restore_leave_out": _option(
                "list",
                "What is not put back: phone numbers, or extensions, or one of their hours as C(101 / work).",
                elements="raw",
            ),
        },
    ),
    "reroute_status": Role(
        "Tell which offices are re-routed, since when and until when",
        ("Lists the snapshots. No provider is asked, and nothing is changed.",),
        {
            "reroute_status_fail_if_expired": _option(
                "bool", "Whether to fail when the time of a re-route is up, for use by a scheduled job.", default=False
            ),
        },
        only=("office_reroute_directory",),
    ),
    "offboard": Role(
        "Close an office: send its calls to a successor or an announcement for good",
        (
            "Sends the calls of all numbers in the office's variables elsewhere. No number is ever given back.",
            "Where the calls went before is saved, and kept with the ended snapshots.",
        ),
        {
            "offboard_to": _option(
                "raw", "The phone number that the calls shall go to, in quotes. It must pass the C(office_policy)."
            ),
            "offboard_settings": _option(
                "dict", "By provider and list, the options to set there instead, as its plural module takes them."
            ),
        },
    ),
    "leaver": Role(
        "Find every place where somebody is still reached, and put a successor there",
        (
            "Reads all accounts and reports every option that holds the person's address, numbers or extension.",
            "With a successor, all of these are replaced. A second run finds nothing.",
            "While the office is re-routed nothing is replaced, because the restore would bring the person back.",
        ),
        {
            "leaver_person": _option("dict", "Who leaves.", required=True, options=_PERSON),
            "leaver_successor": _option(
                "dict",
                "Who takes over. The e-mail address stands in for the e-mail address, the extension for the extension, "
                "the first phone number for any phone number and for desk phones that others ring.",
                options=_PERSON,
            ),
            "leaver_despite_reroute": _option(
                "bool",
                "Whether to replace the person although the office is re-routed. What the restore puts back still "
                "names them.",
                default=False,
            ),
            "leaver_providers": _option(
                "list",
                "The providers to look at; as C(export_providers) of P(office.telephony.export#role).",
                elements="str",
            ),
        },
        without=("office_timezone",),
    ),
}


_EXPORTED = "export_directory | default('exported', true)"


def _lists() -> Any:
    return importlib.import_module(f"ansible_collections.{COLLECTION}.plugins.module_utils._office.lists")


def by_provider() -> dict[str, list[Any]]:
    """Return the rows of the collection's table by provider."""
    found: dict[str, list[Any]] = {}
    for table in _lists().LISTS:
        found.setdefault(table.provider, []).append(table)
    return found


def provider_name(provider: str) -> str:
    title: str = _lists().PROVIDERS[provider].title
    return title


def by_module() -> dict[str, list[Any]]:
    """Return the rows of the collection's table by the plural module that takes them."""
    found: dict[str, list[Any]] = {}
    for table in _lists().LISTS:
        found.setdefault(table.module, []).append(table)
    return found


def connection_options(modules: Modules, tables: list[Any]) -> list[str]:
    """Return the options that all modules of a provider need beside the office's lists."""
    own = {table.name for table in tables} | {*_SHARED, *_PRUNING}
    own |= {option for table in tables for option in table.expects}
    common = set.intersection(*(set(modules.specs[table.module]) for table in tables)) - own
    return [option for option in modules.specs[tables[0].module] if option in common]


def task_files(modules: Modules) -> Iterator[tuple[str, Any]]:
    """Yield path and content of every generated task and variable file."""
    files = dict(_task_files(modules))
    generated = str(files)
    for role, told in ROLES.items():
        refused = refusals(role, told.options, _read_of_office(), generated)
        lists = {f"office_{provider}": {"type": "dict"} for provider in by_provider()}
        common = {**COMMON, **lists, "office_policy": {"type": "dict"}}
        shared = {name: option for name, option in common.items() if told.takes(name)}
        files[f"roles/{role}/vars/main.yml"] |= refused | mangled(role, {**shared, **told.options})
        files[f"roles/{role}/tasks/refuse.yml"] = [refuse(role), refuse_mangled(role)]
    yield from files.items()


def _task_files(modules: Modules) -> Iterator[tuple[str, Any]]:
    tables = by_module()
    for module, rows in tables.items():
        yield f"roles/onboard/tasks/lists/{module}.yml", [_set(modules, module, rows)]
        yield f"roles/onboard/tasks/proofs/{module}.yml", [_prove(modules, module, rows)]
        yield f"roles/export/tasks/lists/{module}.yml", _read(module, rows)
    office = {name: f"office_{name} | default({{}}, true)" for name in by_provider()}
    known = {module: _told(rows) for module, rows in tables.items()}
    yield (
        "roles/onboard/vars/main.yml",
        {
            "onboard_tables": known,
            "onboard_office": mapping(office),
            "onboard_providers": _CHOSEN_PROVIDERS.format(names=list(by_provider())),
            "onboard_asked": "{{ " + " + ".join(_if_wanted(module, rows) for module, rows in tables.items()) + " }}",
            "onboard_results": mapping({name: f"onboard_{name} | default({{}})" for name in tables}),
            "onboard_proofs": mapping({name: f"onboard_proof_{name} | default({{}})" for name in tables}),
            **OUTCOMES,
            "onboard_unread": template(
                f"query('ansible.builtin.varnames', '^office_') | difference({_read_of_office()})"
            ),
            "onboard_reroute_folder": REROUTE_FOLDER,
            "onboard_record_folder": template(path("onboard_record_directory")),
            "onboard_complaints": _complaints(),
            "onboard_misspelt_tags": _misspelt_tags(),
            "onboard_provider_lookalikes": lookalikes(by_provider(), 0),
        },
    )
    yield (
        "roles/export/vars/main.yml",
        {
            "export_tables": [{"module": name, **told} for name, told in known.items()],
            "export_office": mapping(office),
            "export_connections": mapping(_open_connections(modules)),
            "export_place": template(
                f"{{'path': {path('export_path')}}} if export_path | default('', true) else "
                f"{{'directory': {path(_EXPORTED)}, 'office': inventory_hostname}}"
            ),
            "export_results": mapping({name: f"export_{name} | default({{}})" for name in tables}),
            "export_failures": failed("export_results", "export_todo"),
            "export_found_providers": _found_providers(modules),
        },
    )
    numbered = [table for table in _lists().LISTS if table.fallback]
    for role, source in (("reroute", "office_{provider}"), ("restore", "restore_file.office_lists.{provider}")):
        chosen: dict[str, dict[str, str]] = {}
        for table in numbered:
            numbers = f"{_items(table, source)} | map(attribute={table.keys[0]!r}) | list"
            chosen.setdefault(table.provider, {})[table.name] = numbers
        yield (
            f"roles/{role}/vars/main.yml",
            {
                f"{role}_tables": [{"module": table.module, **_told([table])} for table in numbered],
                f"{role}_chosen": mapping({provider: inner(lists) for provider, lists in chosen.items()}),
                f"{role}_listed": "{{ " + " + ".join(_if_listed(table, source) for table in numbered) + " }}",
                f"{role}_folder": REROUTE_FOLDER,
                **(UNDECIDED if role == "restore" else {}),
            },
        )
    yield (
        "roles/leaver/vars/main.yml",
        {
            "leaver_variables": mapping(_as_read("office_{provider}")),
            "leaver_saved": mapping(_as_read("onboard_reroute.office_lists.{provider}")),
        },
    )
    yield "roles/reroute_status/vars/main.yml", {"reroute_status_folder": REROUTE_FOLDER}
    yield "roles/offboard/vars/main.yml", {"offboard_folder": REROUTE_FOLDER}


def _read_of_office() -> list[str]:
    """The variables of an office that some role reads, or that a playbook sets."""
    read = {*COMMON, "office_policy", "office_failure"}
    for provider in by_provider():
        read |= {f"office_{provider}", f"office_{provider}_connection"}
    return sorted(read)


def _complaints() -> str:
    """Return an expression for the messages of onboard_fatal, with the variables of the office for modules' options."""
    found = "onboard_fatal | map(attribute='value.msg')"
    found += r" | map('regex_replace', '\b(policy[.:]|region: )', 'office_\1')"
    for provider, tables in by_provider().items():
        lists = "|".join(table.name for table in tables)
        # What other jobs write does not stand in the office's variables.
        within = f"('office_{provider}.' if onboard_whole | default(false) else '')"
        found += rf" | map('regex_replace', '(?m)(^|: |- )({lists})(?=[.:[])', '\1' ~ {within} ~ '\2')"
    return template(f"{found} | list")


def _misspelt_tags() -> str:
    given = "ansible_run_tags | union(ansible_skip_tags)"
    return template(f"{given} | select('match', onboard_provider_lookalikes) | difference({list(by_provider())})")


def _items(table: Any, source: str) -> str:
    return f"({source.format(provider=table.provider)} | default({{}}, true)).{table.name} | default([], true)"


def _if_listed(table: Any, source: str) -> str:
    return f"([{table.module!r}] if {_items(table, source)} | length > 0 else [])"


def _as_read(source: str) -> dict[str, str]:
    """Return an office's lists in the form of what was read, with the people that were read beside them."""
    found: dict[str, dict[str, str]] = {}
    for table in _lists().LISTS:
        members = {"items": _items(table, source)}
        if table.tells_people:
            read = f"(export_read.{table.provider} | default({{}})).{table.name} | default({{}})"
            members["people"] = f"({read}).people | default([])"
        found.setdefault(table.provider, {})[table.name] = inner(members)
    return {provider: inner(lists) for provider, lists in found.items()}


def _call(provider: str, name: str, module: str, options: Spec, **keywords: Any) -> Spec:
    """Return a task that calls a module of a provider, with the office's connection.

    It does not fail by itself: the role tells of all failures together, and decides whether to go on.
    """
    return {
        "name": name,
        f"{COLLECTION}.{module}": options,
        "module_defaults": {
            f"group/{COLLECTION}.{provider}": f"{{{{ office_{provider}_connection | default({{}}, true) }}}}"
        },
        "failed_when": False,
        **keywords,
    }


_SHARED = {
    "region": "{{ office_region | default(omit) }}",
    "policy": "{{ office_policy | default(omit) }}",
}
# Only the office's own lists are whole; what other jobs write names a few items, and the rest must stay.
_PRUNING = {
    "prune": "{{ onboard_prune | default(omit) if onboard_whole | default(false) else omit }}",
    "max_deletions": "{{ onboard_max_deletions | default(omit) if onboard_whole | default(false) else omit }}",
}


def _options(modules: Modules, module: str, rows: list[Any], source: str = "onboard_wanted") -> Spec:
    options: Spec = {}
    for table in rows:
        wanted = f"{source}.{table.provider}.{table.name}"
        # Of lists that one module takes together, any may be missing.
        options[table.name] = f"{{{{ {wanted} | default(omit) }}}}" if len(rows) > 1 else f"{{{{ {wanted} }}}}"
        for option, (name, key) in table.expects.items():
            names = f"{source}.{table.provider}.{name} | default([])"
            if key:
                names += f" | map(attribute={key!r}, default='') | select | list"
            options[option] = f"{{{{ {names} }}}}"
    taken = {name: value for name, value in {**_SHARED, **_PRUNING}.items() if name in modules.specs[module]}
    return {**options, **taken}


def _title(rows: list[Any]) -> str:
    return " and ".join([rows[0].title, *(table.nouns for table in rows[1:])])


def _set(modules: Modules, module: str, rows: list[Any]) -> Spec:
    register, provider = f"onboard_{module}", rows[0].provider
    return _call(
        provider,
        f"Set the {_title(rows)}",
        module,
        _options(modules, module, rows),
        # After a failure only other providers are gone on with, and only if that is wanted.
        when=(
            "onboard_planning or onboard_failures | length == 0 or (onboard_carry_on | default(false) | bool "
            f"and onboard_failures | selectattr('key', 'match', '{provider}_') | list | length == 0)"
        ),
        register=register,
        # What is only planned counts as a change in check mode alone.
        changed_when=f"{register} is changed and (onboard_probe is skipped or not onboard_planning)",
    )


def _prove(modules: Modules, module: str, rows: list[Any]) -> Spec:
    keywords = {"check_mode": True, "register": f"onboard_proof_{module}"}
    options = _options(modules, module, rows)
    return _call(rows[0].provider, f"Plan again: {_title(rows)}", module, options, **keywords)


def _read(module: str, rows: list[Any]) -> list[Spec]:
    result, table = f"export_{module}", rows[0]
    found: dict[str, dict[str, str]] = {row.name: {"items": f"{{{{ {result}.{row.name} }}}}"} for row in rows}
    if table.info is None:
        options = {table.name: f"{{{{ export_believed.{table.provider}.{table.name} }}}}", **_SHARED}
        call = _call(table.provider, f"Foresee the {_title(rows)}, which cannot be read", module, options)
        call |= {"check_mode": True, "diff": True, "changed_when": False}
        found[table.name]["before"] = f"{{{{ {result}.diff.before }}}}"
    else:
        chosen = f"{{{{ export_chosen.{table.provider}.{table.name} | default(omit, true) }}}}"
        options = {table.selects: chosen, "region": _SHARED["region"]} if table.selects else {}
        call = _call(table.provider, f"Read the {_title(rows)}", table.info, {**options, **table.asks})
        for members in found.values():
            members["incomplete"] = f"{{{{ {result}.incomplete | default([]) }}}}"
        if table.tells_people:
            found[table.name]["people"] = f"{{{{ {result}.{table.tells_people} | default([]) }}}}"
    combined = f"combine({{{table.provider!r}: export_part}}, recursive=true)"
    keep = {
        "name": f"Keep the {_title(rows)}",
        "when": f"{result}.msg is not defined",
        "ansible.builtin.set_fact": {"export_read": f"{{{{ export_read | {combined} }}}}"},
        "vars": {"export_part": found},
    }
    return [{**call, "register": result}, keep]


# A provider's name is a tag. No task has it: skipping that provider would skip the task for the others as well.
_CHOSEN_PROVIDERS = "{{{{ ({names} | intersect(ansible_run_tags) or {names}) | difference(ansible_skip_tags) }}}}"


def _if_wanted(module: str, rows: list[Any]) -> str:
    wanted = " or ".join(f"onboard_wanted.{table.provider}.{table.name} is defined" for table in rows)
    return f"([{module!r}] if {rows[0].provider!r} in onboard_providers and ({wanted}) else [])"


def _told(rows: list[Any]) -> dict[str, Any]:
    table = rows[0]
    return {
        "provider": table.provider,
        "list": table.name,
        "title": _title(rows),
        "keys": list(table.keys),
        "routing": list(table.routing),
        "while_set": {name: list(other) for name, other in table.while_set.items()},
        "readable": table.info is not None,
    }


def _open_connections(modules: Modules) -> dict[str, str]:
    """Return expressions for what of the connections may be copied: no secrets, and not who logs in and where.

    These are the options that only variables can set; the others can come from the environment.
    """
    found = {}
    for provider, tables in by_provider().items():
        variable = f"office_{provider}_connection"
        specification = modules.specs[tables[0].module]
        options = connection_options(modules, tables)
        names = [name for name in options if not {"no_log", "fallback"} & specification[name].keys()]
        found[variable] = (
            f"{variable} | default({{}}, true) | dict2items | selectattr('key', 'in', {names}) | items2dict"
        )
    return found


def _found_providers(modules: Modules) -> str:
    """Return an expression for the providers that an office has, by its variables or by credentials around it."""
    terms = []
    for provider, tables in by_provider().items():
        options = modules.specs[tables[0].module].values()
        secrets = [name for option in options if option.get("no_log") for name in option.get("fallback", (0, []))[1]]
        credentials = " ~ ".join(f"lookup('ansible.builtin.env', {name!r})" for name in secrets)
        terms.append(
            f"([{provider!r}] if office_{provider} | default(none) is not none "
            f"or office_{provider}_connection | default({{}}, true) "
            f"or ({credentials}) | length > 0 else [])"
        )
    return f"{{{{ {' + '.join(terms)} }}}}"
