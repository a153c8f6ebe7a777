# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's client and OpenAPI description against the company's extensions, menus, prompts, queues and sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import ACCOUNT, EXTENSIONS, MENUS, PROMPTS, QUEUES, SITES, RingCentralClient
from tests.simulator.ringcentral_description import Description

if TYPE_CHECKING:
    from simulator.harness import Simulator

_ACCOUNT = "/restapi/v1.0/account/{accountId}"
_EXTENSION = f"{_ACCOUNT}/extension/{{extensionId}}"
_MENU, _PROMPT = f"{_ACCOUNT}/ivr-menus/{{ivrMenuId}}", f"{_ACCOUNT}/ivr-prompts/{{promptId}}"
_QUEUE, _SITE = f"{_ACCOUNT}/call-queues/{{groupId}}", f"{_ACCOUNT}/sites/{{siteId}}"
_OVERFLOW = f"{_ACCOUNT}/extension/{{callQueueId}}/overflow-settings"
_ZONES = "/restapi/v1.0/dictionary/timezone"
_WAV = {"attachment": ("closed.wav", b"RIFF", "audio/wav")}
_QUEUE_BODY = {"type": "Department", "contact": {"firstName": "Billing", "email": "billing@example.org"}}
_KEYS = [
    {"input": "1", "action": "Connect", "extension": {"id": seed.SALES_ID}},
    {"input": "2", "action": "Transfer", "phoneNumber": "16505550100"},
    {"input": "Hash", "action": "ReturnToRoot"},
]
_TEXT = {"mode": "TextToSpeech", "text": "Welcome.", "language": {"id": "1033"}}
_SITE_KEYS = [{"input": "0", "action": "Connect", "extension": {"id": seed.SALES_ID}}]
_SITE_BODY = {
    "name": "London",
    "email": "london@example.org",
    "businessAddress": {"city": "London"},
    "regionalSettings": {"timezone": {"id": "17"}},
    "operator": {"id": seed.OWNER_ID},
}
_SALES, _LOS_ANGELES = f"{QUEUES}/{seed.SALES_ID}", f"{SITES}/{seed.SITE_ID}"
_REQUESTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("GET", _ACCOUNT, ACCOUNT, {}),
    ("GET", _ZONES, _ZONES, {}),
    ("GET", f"{_ZONES}/{{timezoneId}}", f"{_ZONES}/58", {}),
    ("GET", f"{_ACCOUNT}/extension", EXTENSIONS, {}),
    ("POST", f"{_ACCOUNT}/extension", EXTENSIONS, {"json": _QUEUE_BODY}),
    ("POST", f"{_ACCOUNT}/extension", EXTENSIONS, {"json": {**_QUEUE_BODY, "site": {"id": "1"}}}),
    ("GET", _EXTENSION, f"{EXTENSIONS}/{seed.SUPPORT_ID}", {}),
    ("PUT", _EXTENSION, f"{EXTENSIONS}/{seed.SUPPORT_ID}", {"json": {"callQueueInfo": {"slaGoal": 70}}}),
    ("GET", f"{_ACCOUNT}/ivr-menus", MENUS, {}),
    ("POST", f"{_ACCOUNT}/ivr-menus", MENUS, {"json": {"name": "Menu", "prompt": _TEXT, "actions": _KEYS}}),
    ("POST", f"{_ACCOUNT}/ivr-menus", MENUS, {"json": {"name": "Menu", "extensionNumber": "101"}}),
    ("GET", _MENU, f"{MENUS}/{seed.SUBMENU_ID}", {}),
    ("GET", _MENU, f"{MENUS}/1", {}),
    ("PUT", _MENU, f"{MENUS}/{seed.MENU_ID}", {"json": {"actions": _KEYS}}),
    ("PUT", _MENU, f"{MENUS}/{seed.MENU_ID}", {"json": {"promptRepeatCount": 9}}),
    ("GET", f"{_ACCOUNT}/ivr-prompts", PROMPTS, {}),
    ("POST", f"{_ACCOUNT}/ivr-prompts", PROMPTS, {"files": _WAV}),
    ("POST", f"{_ACCOUNT}/ivr-prompts", PROMPTS, {}),
    ("GET", _PROMPT, f"{PROMPTS}/{seed.PROMPT_ID}", {}),
    ("PUT", _PROMPT, f"{PROMPTS}/{seed.PROMPT_ID}", {"json": {"filename": "x.wav"}}),
    ("DELETE", _PROMPT, f"{PROMPTS}/{seed.PROMPT_ID}", {}),
    ("DELETE", _PROMPT, f"{PROMPTS}/1", {}),
    ("GET", f"{_ACCOUNT}/call-queues", QUEUES, {}),
    ("GET", _QUEUE, _SALES, {}),
    ("PUT", _QUEUE, _SALES, {"json": {"alertTimer": 60}}),
    ("GET", f"{_QUEUE}/members", f"{_SALES}/members", {}),
    ("POST", f"{_QUEUE}/bulk-assign", f"{_SALES}/bulk-assign", {"json": {"addedExtensionIds": ["1"]}}),
    ("POST", f"{_QUEUE}/bulk-assign", f"{_SALES}/bulk-assign", {"json": {"addedExtensionIds": ["400000004"]}}),
    ("PUT", f"{_EXTENSION}/call-queues", f"{EXTENSIONS}/400000004/call-queues",
     {"json": {"records": [{"id": seed.SALES_ID}]}}),
    ("PUT", _OVERFLOW, f"{EXTENSIONS}/{seed.SALES_ID}/overflow-settings",
     {"json": {"enabled": True, "items": [{"id": seed.SUPPORT_ID}]}}),
    ("GET", _OVERFLOW, f"{EXTENSIONS}/{seed.SALES_ID}/overflow-settings", {}),
    ("GET", f"{_ACCOUNT}/sites", SITES, {}),
    ("POST", f"{_ACCOUNT}/sites", SITES, {"json": _SITE_BODY}),
    ("GET", _SITE, _LOS_ANGELES, {}),
    ("PUT", _SITE, _LOS_ANGELES, {"json": {"callerIdName": "Example"}}),
    ("GET", f"{_SITE}/members", f"{_LOS_ANGELES}/members", {}),
    ("POST", f"{_SITE}/bulk-assign", f"{_LOS_ANGELES}/bulk-assign", {"json": {"addedExtensionIds": ["400000004"]}}),
    ("PUT", f"{_SITE}/ivr", f"{_LOS_ANGELES}/ivr", {"json": {"topMenu": {"id": seed.MENU_ID}, "actions": _SITE_KEYS}}),
    ("GET", f"{_SITE}/ivr", f"{_LOS_ANGELES}/ivr", {}),
    ("DELETE", _SITE, _LOS_ANGELES, {}),
    ("DELETE", _EXTENSION, f"{EXTENSIONS}/{seed.SUPPORT_ID}", {}),
)  # fmt: skip


def test_every_answer_about_a_company_is_described(administrator: RingCentralClient, description: Description) -> None:
    for method, path, real, options in _REQUESTS:
        answer = administrator(method, real, **options)
        assert answer.status_code < 500
        description.check(method, path, answer)


def test_rate_limit_groups_are_those_of_the_description(
    administrator: RingCentralClient, description: Description
) -> None:
    for method, path, real, options in _REQUESTS:
        group = administrator(method, real, **options).headers["X-Rate-Limit-Group"]
        assert group == description.operation(method, path)["x-throttling-group"].lower(), (method, path)


@pytest.mark.usefixtures("administrator")
def test_the_vendors_client_builds_a_menu(simulator: Simulator) -> None:
    sdk = pytest.importorskip("ringcentral").SDK(seed.CLIENT_ID, seed.CLIENT_SECRET, simulator.ringcentral_server_url)
    platform = sdk.platform()
    platform.login(jwt=seed.JWT)
    builder = sdk.create_multipart_builder()
    builder.set_body({"name": "Closed"})
    builder.add(("closed.wav", b"RIFF", "audio/wav"), "attachment")
    prompt = platform.send_request(builder.request(f"{PROMPTS}")).json()
    assert (prompt.filename, prompt.contentType) == ("closed.wav", "audio/wav")
    queue = platform.post(EXTENSIONS, _QUEUE_BODY).json()
    body = {"prompt": {"mode": "Audio", "audio": {"id": prompt.id}}, "actions": _KEYS, "name": "Built"}
    menu = platform.post(MENUS, body).json()
    assert platform.get(f"{MENUS}/{menu.id}").json().prompt.audio.id == prompt.id
    platform.post(f"{QUEUES}/{queue.id}/bulk-assign", {"addedExtensionIds": [seed.OWNER_ID]})
    assert len(platform.get(f"{QUEUES}/{queue.id}/members").json().records) == 1
    platform.delete(f"{EXTENSIONS}/{menu.id}")
    platform.logout()
