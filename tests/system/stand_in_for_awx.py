# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stands in for what register.yml uses of awx.awx 24.6.1, which is a download of 50 MB; a test copies it there.

What AWX would hold is a list in a file. Names are looked up as the modules do it: some in the organization, others
everywhere, and never where there are several.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.action import ActionBase
from ansible.plugins.lookup import LookupBase

Json = dict[str, Any]

TEXT = {"type": "str"}
SWITCH = {"type": "bool"}
MAPPING = {"type": "dict"}
LIST = {"type": "list"}
NAMED = {"name": TEXT, "description": TEXT}
OWNED = {**NAMED, "organization": TEXT}
SURVEY = {"survey_enabled": SWITCH, "survey_spec": MAPPING}
# The modules, and which of their options the kit sets.
OPTIONS: dict[str, Json] = {
    "credential_type": {**NAMED, "kind": TEXT, "inputs": MAPPING, "injectors": MAPPING},
    "credential": {**OWNED, "credential_type": TEXT, "inputs": MAPPING},
    "execution_environment": {**OWNED, "image": TEXT, "credential": TEXT},
    "project": {
        **OWNED,
        **dict.fromkeys(("scm_type", "scm_url", "scm_branch", "credential"), TEXT),
        **dict.fromkeys(("scm_update_on_launch", "update_project"), SWITCH),
    },
    "inventory": OWNED,
    "inventory_source": {
        **OWNED,
        **dict.fromkeys(("inventory", "source", "source_project", "source_path", "execution_environment"), TEXT),
        **dict.fromkeys(("overwrite", "overwrite_vars", "update_on_launch"), SWITCH),
    },
    "job_template": {
        **OWNED,
        **SURVEY,
        **dict.fromkeys(("project", "playbook", "inventory", "execution_environment", "job_type"), TEXT),
        **dict.fromkeys(("ask_job_type_on_launch", "diff_mode"), SWITCH),
        "credentials": {"type": "list", "elements": "str"},
        "forks": {"type": "int"},
        "extra_vars": MAPPING,
    },
    "schedule": {**OWNED, "unified_job_template": TEXT, "rrule": TEXT, "enabled": SWITCH},
    "workflow_job_template": {**OWNED, **SURVEY, "workflow_nodes": LIST},
}
# What tells one thing from another of its kind, beside the name. AWX has images by their name alone.
TOLD_BY = {
    "credential": ("organization", "credential_type"),
    "project": ("organization",),
    "inventory": ("organization",),
    "inventory_source": ("inventory",),
    "job_template": ("organization",),
    "schedule": ("unified_job_template",),
    "workflow_job_template": ("organization",),
}
# The options that name another thing, and its kind.
NAMING = {
    "credential_type": "credential_type",
    "credential": "credential",
    "execution_environment": "execution_environment",
    "project": "project",
    "source_project": "project",
    "inventory": "inventory",
    "unified_job_template": "job_template",
}
# Those of which only what is in the organization counts.
WITHIN = {("inventory_source", "inventory"), ("inventory_source", "source_project"), ("job_template", "project")}
WITHIN |= {("schedule", "unified_job_template")}


class Wrong(Exception):
    """AWX or the module would refuse that."""


class Things:
    """All that AWX holds."""

    def __init__(self) -> None:
        self._file = Path(os.environ["STAND_IN_FOR_AWX"])
        self.all: list[Json] = json.loads(self._file.read_text()) if self._file.exists() else []

    def named(self, thing: str, name: str, organization: str | None) -> int:
        """The id of what is called so; it may also be given by its id."""
        found = [
            item["id"]
            for item in self.all
            if item["thing"] == thing
            and name in (item["name"], str(item["id"]))
            and organization in (None, item.get("organization"))
        ]
        if len(found) != 1:
            raise Wrong(f"{len(found)} of {thing} are called {name}")
        return int(found[0])

    def put(self, thing: str, given: Json) -> tuple[int, bool]:
        """Make or change something as *given* says; return its id, and whether anything is different now."""
        organization = given.get("organization")
        values: Json = {"thing": thing, **given}
        for option, kind in NAMING.items():
            if option != thing and option in given:
                within = organization if (thing, option) in WITHIN else None
                values[option] = self.named(kind, given[option], within)
        if "credentials" in given:
            values["credentials"] = sorted({self.named("credential", name, None) for name in given["credentials"]})
            types = [item["credential_type"] for item in self.all if item["id"] in values["credentials"]]
            if len(set(types)) < len(types):
                raise Wrong("Cannot assign multiple credentials of one type")
        if "workflow_nodes" in given:
            values["workflow_nodes"] = [self._node(node) for node in given["workflow_nodes"]]
        marks = ("thing", "name", *TOLD_BY.get(thing, ()))
        item = next((item for item in self.all if all(item.get(mark) == values.get(mark) for mark in marks)), None)
        before = dict(item or {})
        if item is None:
            # The page of AWX starts schedules that nobody has switched off.
            item = {"id": len(self.all) + 1, "credentials": [], "enabled": True}
            self.all.append(item)
        item |= values
        self._file.write_text(json.dumps(self.all))
        return item["id"], item != before

    def _node(self, node: Json) -> Json:
        what = node["unified_job_template"]
        if what["type"] == "workflow_approval":
            return {**node, "unified_job_template": what["name"]}
        organization = what.get("organization", {}).get("name")
        return {**node, "unified_job_template": self.named(what["type"], what["name"], organization)}


class ActionModule(ActionBase):  # type: ignore[misc]
    """The modules."""

    def run(self, tmp: Any = None, task_vars: Any = None) -> Json:
        thing = self._task.action.rpartition(".")[2]
        checked = ArgumentSpecValidator(OPTIONS[thing]).validate(dict(self._task.args))
        given = {name: value for name, value in checked.validated_parameters.items() if value is not None}
        try:
            if checked.error_messages:
                raise Wrong("; ".join(checked.error_messages))
            number, changed = Things().put(thing, given)
        except Wrong as error:
            return {"failed": True, "msg": str(error)}
        return {"changed": changed, "id": number}


class LookupModule(LookupBase):  # type: ignore[misc]
    """The lookup that asks AWX."""

    def run(self, terms: Any, variables: Any = None, **options: Any) -> list[Json]:
        things = Things().all
        part = terms[0].split("/")
        if part[0] == "schedules":
            asked = {"thing": "schedule", **options["query_params"]}
            return [item for item in things if all(str(item[name]) == str(value) for name, value in asked.items())]
        (template,) = (item for item in things if str(item["id"]) == part[1])
        return [item for item in things if item["thing"] == "credential" and item["id"] in template["credentials"]]
