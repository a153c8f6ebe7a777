# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What numbers do with calls at providers without people or menus: tables written by hand.

Facts: docs/providers/smspartner.md 4.1, docs/providers/fonedynamics.md 3.1.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ansible_collections.office.telephony.plugins.module_utils._calls.compiling import compiled
from ansible_collections.office.telephony.plugins.module_utils._calls.nodes import (
    Draft,
    Graph,
    Kind,
    number_key,
    targets,
)
from ansible_collections.office.telephony.plugins.module_utils._office.providers import PROVIDERS
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.compiled_calls import account, file, route

PARIS, SYDNEY = "+33261910001", "+61255500101"


def paris(**item: Any) -> Graph:
    return file("smspartner", {"callforwards": [{"number": "02 61 91 00 01", **item}]}, "FR")


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"destination": "03 53 01 00 01"}, " > +33353010001 = outside [assumed]"),
        ({"state": "forward", "destination": "+46 8 465 004 12"}, " > +46846500412 = outside [assumed]"),
        ({"state": "forward"}, " = unknown: to which number it forwards"),
        ({"state": "forward", "destination": "reception"}, " = unknown: to which number it forwards"),
        (
            {"state": "voicemail", "email": "accueil@example.org"},
            f" > callforwards/{PARIS}/voicemail = voicemail [assumed]",
        ),
        ({"state": "disabled"}, " = unknown: what a caller hears while the number does nothing with calls"),
        ({"state": "unknown"}, " = unknown: what the number does with calls"),
    ],
)
def test_a_number_that_cannot_be_read(item: dict[str, Any], expected: str) -> None:
    assert route(paris(**item), number_key(PARIS)) == f"{PARIS}{expected}"


def test_without_a_state_a_file_means_forward_and_an_account_nothing() -> None:
    lists = {"callforwards": [{"number": PARIS, "destination": "+33353010001"}]}
    assert route(file("smspartner", lists), number_key(PARIS)) == f"{PARIS} > +33353010001 = outside [assumed]"
    assert (
        route(account("smspartner", lists), number_key(PARIS)) == f"{PARIS} = unknown: what the number does with calls"
    )


def test_what_cannot_be_read_is_believed() -> None:
    graph = paris(state="voicemail", email="Accueil@example.org ")
    assert "SMS Partner does not show it" in graph.nodes[number_key(PARIS)].believed
    mailbox = graph.nodes[f"smspartner/callforwards/{PARIS}/voicemail"]
    assert mailbox.recipients == ("Accueil@example.org",)
    assert mailbox.name == "voicemail of +33 2 61 91 00 01"
    assert mailbox.place.path == "office_smspartner.callforwards[0].email"


SENT = {"endpoint_number": "0491 570 156", "flow": "Main menu"}


@pytest.mark.parametrize(
    ("item", "in_account", "in_file"),
    [
        (
            {"routing_method": "endpoint", **SENT},
            " > +61491570156 = outside",
            " > +61491570156 = outside",
        ),
        ({"routing_method": "Flow", **SENT}, " > flows/Main menu = flow", " > flows/Main menu = flow"),
        (
            {"endpoint_number": "0491 570 156"},
            " = unknown: what happens to calls to a number without a routing method",
            " > +61491570156 = outside",
        ),
        (
            {"flow": "Main menu"},
            " = unknown: what happens to calls to a number without a routing method",
            " > flows/Main menu = flow",
        ),
        (
            SENT,
            " = unknown: what happens to calls to a number without a routing method",
            " = unknown: how the number routes calls, because the office's file leaves it alone",
        ),
        (
            {},
            " = unknown: what happens to calls to a number without a routing method",
            " = unknown: how the number routes calls, because the office's file leaves it alone",
        ),
        (
            {"routing_method": "application"},
            " = unknown: what happens to calls to a number with the routing method 'application'",
            " = unknown: what happens to calls to a number with the routing method 'application'",
        ),
        (
            {"routing_method": "endpoint"},
            " = unknown: to which endpoint calls go",
            " = unknown: to which endpoint calls go",
        ),
        ({"routing_method": "flow"}, " = unknown: which flow takes calls", " = unknown: which flow takes calls"),
    ],
)
def test_a_number_with_a_routing_method(item: dict[str, Any], in_account: str, in_file: str) -> None:
    lists = {"numbers": [{"number": "(02) 5550 0101", **item}]}
    assert route(account("fonedynamics", lists, "AU"), number_key(SYDNEY)) == f"{SYDNEY}{in_account}"
    assert route(file("fonedynamics", lists, "AU"), number_key(SYDNEY)) == f"{SYDNEY}{in_file}"


def test_numbers_with_the_same_flow_lead_to_one_place() -> None:
    item = {"routing_method": "flow", "flow": "Main menu"}
    graph = file("fonedynamics", {"numbers": [{"number": number, **item} for number in (SYDNEY, "1300 975 707")]}, "AU")
    assert [node.kind for node in graph.nodes.values()].count(Kind.FLOW) == 1
    paths = [to.place.path for node in graph.numbers for to in targets(node)]
    assert paths == ["office_fonedynamics.numbers[0].flow", "office_fonedynamics.numbers[1].flow"]


def test_calls_go_on_at_other_providers() -> None:
    graphs = [
        account("sonetel", {"forwardings": [{"number": "+46846500412", "destination": {"phone": SYDNEY}}]}),
        account(
            "fonedynamics", {"numbers": [{"number": SYDNEY, "routing_method": "endpoint", "endpoint_number": PARIS}]}
        ),
        account("smspartner", {"callforwards": [{"number": PARIS, "state": "forward", "destination": "+46846500412"}]}),
    ]
    found = route(Graph.of(graphs), number_key("+46846500412"))
    assert found == f"+46846500412 > {SYDNEY} > {PARIS} = loop [assumed]"


def test_of_a_provider_that_does_not_say_how_calls_go_only_the_numbers_are_known() -> None:
    package = replace(PROVIDERS["sonetel"].package, compile_calls=None)
    silent = replace(PROVIDERS["sonetel"], load=lambda: package)
    draft = Draft("sonetel", region="SE", variable="office_sonetel")
    graph = compiled(
        silent, {"forwardings": [{"number": "08-465 004 12"}, None, {}], "voiceapps": [{"name": "A"}]}, draft
    )
    assert [node.place.path for node in graph.nodes.values()] == ["office_sonetel.forwardings[0]"]
    expected = "+46846500412 = unknown: what Sonetel does with calls"
    assert route(graph, number_key("+46846500412")) == expected


@pytest.mark.parametrize("provider", ["sonetel", "smspartner", "fonedynamics"])
def test_an_account_says_what_its_compiler_reads(provider: str) -> None:
    found = PROVIDERS[provider]
    assert found.package.compile_calls is not None
    assert set(found.package.calls_from) - {"people"} <= set(found.names)
