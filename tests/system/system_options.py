# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every option of every module that takes any text, number or object."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from system_support import PACKAGE, ROOT

# The name of a module for one item, and of the list that the module for many takes.
PLURALS = {
    "fonedynamics_number": "numbers",
    "ringcentral_call_queue": "call_queues",
    "ringcentral_company_hours": "company_hours",
    "ringcentral_company_rule": "company_rules",
    "ringcentral_custom_rule": "custom_rules",
    "ringcentral_group_extension": "group_extensions",
    "ringcentral_holidays": "holidays",
    "ringcentral_ivr_menu": "ivr_menus",
    "ringcentral_ivr_prompt": "ivr_prompts",
    "ringcentral_phone_number": "phone_numbers",
    "ringcentral_site": "sites",
    "ringcentral_call_forwarding": "call_forwardings",
    "ringcentral_forwarding_number": "forwarding_numbers",
    "smspartner_callforward": "callforwards",
    "sonetel_forwarding": "forwardings",
    "sonetel_user_forwarding": "user_forwardings",
    "sonetel_voiceapp": "voiceapps",
}
# Whose name is the plural one already.
ONLY_MANY = ("ringcentral_company_hours", "ringcentral_holidays")


class _Seen(Exception):
    pass


def specifications() -> dict[str, Mapping[str, Any]]:
    """The argument specification of each module."""
    runner = importlib.import_module(f"{PACKAGE}.module_utils._ansible.runner")
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted((ROOT / "plugins/modules").glob("*.py")):
        module = importlib.import_module(f"{PACKAGE}.modules.{path.stem}")

        def note(*, argument_spec: Mapping[str, Any], _name: str = path.stem, **_rules: Any) -> None:
            found[_name] = argument_spec
            raise _Seen

        with runner.module_is(note), pytest.raises(_Seen):
            module.main()
    return found


def leaves(options: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """The paths of options that take any text, number or object."""
    for name, spec in options.items():
        if spec.get("options"):
            yield from leaves(spec["options"], f"{where}{name}.")
            continue
        kind = spec.get("elements") if spec.get("type") == "list" else spec.get("type", "str")
        if kind in ("str", "raw", "dict", "path", "json") and not spec.get("choices"):
            yield f"{where}{name}"


def options_of(module: str, spec: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Family and path of each such option; those of a list as those of its single item."""
    if "variables" in spec:
        yield from office_options_of(module, spec)
        return
    family = next((name for name, plural in PLURALS.items() if module == f"{name.partition('_')[0]}_{plural}"), module)
    for path in leaves(spec):
        plural = PLURALS.get(family, "")
        # Voice apps come with a list of prompts.
        for head in (f"{plural}.", "prompts.") if family != module or plural in spec else ():
            path = path.removeprefix(head)
        yield family, path


def office_options_of(module: str, spec: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The same for a module that takes whole lists, which it checks by itself, and the connections beside them."""
    providers = importlib.import_module(f"{PACKAGE}.module_utils._office.providers").PROVIDERS
    families = {f"{name.partition('_')[0]}_{plural}": name for name, plural in PLURALS.items()}
    for provider, account in providers.items():
        for table in account.lists:
            name = f"{provider}_{table.name}"
            for path in leaves(table.options.options):
                yield families.get(name, name), path
    for path in leaves({name: option for name, option in spec.items() if name not in providers}):
        head, _dot, rest = path.partition(".")
        yield module, rest if head.endswith("_connection") else path
