# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every switch about a RingCentral company in every position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.ringcentral import seed
from simulator.ringcentral.company_switches import SWITCHES
from tests.simulator.ringcentral_client import (
    EXTENSIONS,
    MENUS,
    PROMPTS,
    QUEUES,
    SITES,
    RingCentralClient,
    Seen,
    code_of,
    compare_positions,
)

if TYPE_CHECKING:
    from simulator.harness import Simulator

_QUEUE = {"type": "Department", "contact": {"firstName": "Billing", "email": "billing@example.org"}}
_MENU, _SUBMENU = f"{MENUS}/{seed.MENU_ID}", f"{MENUS}/{seed.SUBMENU_ID}"
_SITE = f"{SITES}/{seed.SITE_ID}"


def _made(client: RingCentralClient, **members: Any) -> Any:
    return client.ok("POST", EXTENSIONS, json={**_QUEUE, **members})


def _taken(client: RingCentralClient) -> list[object]:
    """Creating with, and renaming to, a number that is in use."""
    return [
        code_of(client("POST", EXTENSIONS, json={**_QUEUE, "extensionNumber": "101"}))[1],
        code_of(client("PUT", _MENU, json={"extensionNumber": "101"}))[1],
        client("PUT", _MENU, json={"extensionNumber": "8001"}).status_code,  # its own
    ]


def _same_email(client: RingCentralClient) -> list[int]:
    """Another extension's e-mail address, and one's own."""
    contact = {"firstName": "Billing", "email": "Ada@example.org"}
    return [
        client("POST", EXTENSIONS, json={**_QUEUE, "contact": contact}).status_code,
        client("PUT", f"{EXTENSIONS}/{seed.OWNER_ID}", json={"contact": {"email": "ada@example.org"}}).status_code,
    ]


def _enabled(client: RingCentralClient) -> list[int]:
    path = f"{EXTENSIONS}/{_made(client)['id']}"
    return [client("PUT", path, json={"status": "Enabled", **pin}).status_code for pin in ({}, {"ivrPin": "135790"})]


def _keys(client: RingCentralClient) -> list[str]:
    body = {"actions": [{"input": "2", "action": "DialByName"}]}
    return [f"{item['input']} {item['action']}" for item in client.ok("PUT", _MENU, json=body)["actions"]]


def _placed(client: RingCentralClient) -> list[int]:
    actions = [("1", "Repeat"), ("Star", "Repeat"), ("Star", "Disconnect"), ("NoInput", "Disconnect")]
    bodies = [{"actions": [{"input": key, "action": name}]} for key, name in actions]
    return [client("PUT", _MENU, json=body).status_code for body in bodies]


def _unknown(client: RingCentralClient) -> list[object]:
    body = {"actions": [{"input": "1", "action": "Connect", "extension": {"id": "1"}}]}
    answer = client("PUT", _MENU, json=body)
    return [answer.status_code, client.ok("GET", _MENU)["actions"][0]["extension"].get("pin")]


def _spoken(client: RingCentralClient) -> list[object]:
    texts = ["Hello! Press #1: sales.", "Hello. Press 1"]
    answers = [client("PUT", _MENU, json={"prompt": {"mode": "TextToSpeech", "text": text}}) for text in texts]
    return [answer.json()["prompt"]["text"] if answer.ok else code_of(answer) for answer in answers]


def _transfer(client: RingCentralClient) -> list[str]:
    numbers = ["16505550100", "+16505550100"]
    bodies = [{"actions": [{"input": "1", "action": "Transfer", "phoneNumber": number}]} for number in numbers]
    return [client.ok("PUT", _MENU, json=body)["actions"][0]["phoneNumber"] for body in bodies]


def _uploaded(client: RingCentralClient) -> list[str]:
    files = {"attachment": ("closed.wav", b"RIFF", "audio/wav")}
    return [client.ok("POST", PROMPTS, files=files, data=data)["filename"] for data in ({"name": "Closed"}, {})]


def _unused(client: RingCentralClient) -> list[object]:
    status = client("DELETE", f"{PROMPTS}/{seed.PROMPT_ID}").status_code
    return [status, "prompt" in client.ok("GET", _SUBMENU)]


def _assigned(client: RingCentralClient) -> list[int]:
    path = f"{QUEUES}/{seed.SALES_ID}/bulk-assign"
    bodies = [{"addedExtensionIds": [seed.OWNER_ID]}, {"removedExtensionIds": ["400000004"]}]
    return [client("POST", path, json=body).status_code for body in bodies]


def _referenced(client: RingCentralClient) -> list[object]:
    """Deleting what a menu's key and a site's rule lead to; then one that nobody names."""
    status = client("DELETE", f"{EXTENSIONS}/{seed.SALES_ID}").status_code
    keys = [item["input"] for item in client.ok("GET", _MENU)["actions"]]
    free = client("DELETE", f"{EXTENSIONS}/{seed.ANNOUNCEMENT_ID}").status_code
    return [status, keys, free]


def _sites(client: RingCentralClient) -> list[object]:
    return [
        [site["id"] for site in client.ok("GET", SITES)["records"]],
        client("POST", SITES, json={"name": "London"}).status_code,
        client("GET", _SITE).status_code,
        "site" in client.ok("GET", _MENU),
        client("PUT", _MENU, json={"site": {"id": seed.SITE_ID}}).status_code,
        len(client.ok("GET", f"{EXTENSIONS}?type=Site")["records"]),
    ]


def _site_deleted(client: RingCentralClient) -> list[object]:
    status = client("DELETE", _SITE).status_code
    return [status, client.ok("GET", f"{QUEUES}/{seed.SUPPORT_ID}")["site"]["id"]]


_SEEN: dict[str, Seen] = {
    "number_taken": (_taken, {"ext_code": ["EXT-335", "EXT-335", 200], "cmn_101": ["CMN-101", "CMN-101", 200]}),
    "site_number_space": (lambda c: c("PUT", _SITE, json={"extensionNumber": "7001"}).status_code,
                          {"separate": 200, "shared": 400}),
    "new_queue_status": (lambda c: _made(c)["status"], {"NotActivated": "NotActivated", "Enabled": "Enabled"}),
    "enable_needs_pin": (_enabled, {"no": [200, 200], "yes": [400, 200]}),
    "duplicate_group_email": (_same_email, {"accepted": [200, 200], "refused": [400, 200]}),
    "menu_actions_put": (_keys, {"replace": ["2 DialByName"],
                                 "merge": ["1 Connect", "Star Repeat", "2 DialByName"]}),
    "menu_key_rules": (_placed, {"free": [200] * 4, "strict": [400, 200, 400, 200]}),
    "menu_target_unknown": (_unknown, {"CMN-102": [404, "7001"], "accepted": [200, None]}),
    "tts_characters": (_spoken, {"kept": ["Hello! Press #1: sales.", "Hello. Press 1"],
                                 "stripped": ["Hello Press 1 sales.", "Hello. Press 1"],
                                 "refused": [(400, "CMN-101", "prompt.text"), "Hello. Press 1"]}),
    "transfer_plus": (_transfer, {"added": ["+16505550100"] * 2, "as_sent": ["16505550100", "+16505550100"]}),
    "prompt_filename": (_uploaded, {"attachment": ["closed.wav"] * 2, "name": ["Closed", "closed.wav"]}),
    "prompt_in_use": (_unused, {"refused": [403, True], "deleted": [204, False]}),
    "bulk_assign_repeat": (_assigned, {"ignored": [204, 204], "refused": [400, 400]}),
    "delete_referenced": (_referenced, {"done_dangling": [204, ["1", "2", "Star"], 204],
                                        "done_cleaned": [204, ["2", "Star"], 204],
                                        "refused": [400, ["1", "2", "Star"], 204]}),
    "sites_feature": (_sites, {"on": [["main-site", seed.SITE_ID], 200, 200, True, 200, 2],
                               "off": [["main-site"], 403, 404, False, 403, 0]}),
    "site_delete": (_site_deleted, {"empty_only": [403, seed.SITE_ID], "always": [204, "main-site"]}),
    "menu_list_paging": (lambda c: sorted(c.ok("GET", MENUS)),
                         {"absent": ["records", "uri"], "present": ["navigation", "paging", "records", "uri"]}),
}  # fmt: skip


@pytest.mark.parametrize("name", [switch.name for switch in SWITCHES])
def test_every_switch_in_every_position(simulator: Simulator, administrator: RingCentralClient, name: str) -> None:
    compare_positions(simulator, administrator, SWITCHES, name, _SEEN[name])
