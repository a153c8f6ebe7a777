# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IVR menus and prompts of the simulated RingCentral.

The row numbers are those of docs/providers/ringcentral-company.md 21.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from simulator.ringcentral import seed
from tests.simulator.ringcentral_client import EXTENSIONS, MENUS, PROMPTS, RingCentralClient, code_of

if TYPE_CHECKING:
    from simulator.harness import Simulator

_MENU, _SUBMENU = f"{MENUS}/{seed.MENU_ID}", f"{MENUS}/{seed.SUBMENU_ID}"
_SPOKEN = {"mode": "TextToSpeech", "text": "Welcome.", "language": {"id": "2057"}}
_WAV = ("closed.wav", b"RIFF-closed", "audio/wav")


def test_row_c1_the_list_has_names_and_numbers_only(administrator: RingCentralClient) -> None:
    document = administrator.ok("GET", MENUS)
    assert set(document) == {"uri", "records"}
    assert [sorted(record) for record in document["records"]] == [["extensionNumber", "id", "name", "uri"]] * 2


def test_rows_c2_and_c3_new_menus(administrator: RingCentralClient) -> None:
    made = administrator.ok("POST", MENUS, json={"extensionNumber": "8003", "name": "Empty"})
    assert (made["promptRepeatCount"], made["site"]["id"], made["actions"]) == (3, "main-site", [])
    assert isinstance(made["id"], str)
    (extension,) = administrator.ok("GET", f"{EXTENSIONS}?extensionNumber=8003")["records"]
    assert (extension["id"], extension["type"], extension["name"]) == (int(made["id"]), "IvrMenu", "Empty")
    actions = [
        {"input": "2", "action": "Voicemail", "extension": {"id": seed.OWNER_ID}},
        {"input": "3", "action": "Transfer", "phoneNumber": "16505550100", "extension": {"id": seed.OWNER_ID}},
        {"input": "4", "action": "DialByName"},
    ]
    body = {"extensionNumber": "8004", "name": "Full", "site": {"id": seed.SITE_ID}, "actions": actions}
    made = administrator.ok("POST", MENUS, json={**body, "prompt": _SPOKEN, "promptRepeatCount": 2})
    assert (made["site"]["id"], made["promptRepeatCount"]) == (seed.SITE_ID, 2)
    assert (made["prompt"]["text"], made["prompt"]["language"]["localeCode"]) == ("Welcome.", "en-GB")
    assert "uri" in made["actions"][0]["extension"]
    assert made["actions"][1] == {"input": "3", "action": "Transfer", "phoneNumber": "+16505550100"}
    assert administrator.ok("GET", f"{MENUS}/{made['id']}") == made


def test_row_c4_a_number_in_use_makes_nothing(administrator: RingCentralClient) -> None:
    for path, body in (
        (MENUS, {"name": "x"}),
        (EXTENSIONS, {"type": "Voicemail", "contact": {"firstName": "x", "email": "x@example.org"}}),
    ):
        before = len(administrator.ok("GET", path)["records"])
        refused = administrator("POST", path, json={**body, "extensionNumber": "101"})
        assert (refused.status_code, refused.json()["errorCode"][:4]) == (400, "EXT-")
        assert len(administrator.ok("GET", path)["records"]) == before


def test_row_c5_and_other_refused_menus(administrator: RingCentralClient) -> None:
    before = administrator.ok("GET", _MENU)
    to_ada, first = {"id": seed.OWNER_ID}, (400, "CMN-101", "promptRepeatCount")
    for body, expected in (
        ({"promptRepeatCount": 4}, first),
        ({"name": ""}, (400, "CMN-101", "name")),
        ({"prompt": {"text": "x"}}, (400, "CMN-101", "prompt.mode")),
        ({"prompt": {"mode": "TextToSpeech"}}, (400, "CMN-101", "prompt.text")),
        ({"prompt": {"mode": "Audio", "audio": {"id": "1"}}}, (404, "CMN-102", "prompt.audio.id")),
        ({"prompt": {**_SPOKEN, "language": {"id": "1"}}}, (400, "CMN-101", "prompt.language.id")),
        ({"actions": [{"input": "10", "action": "Repeat"}]}, (400, "CMN-101", "actions.input")),
        ({"actions": [{"input": "1", "action": "Sing"}]}, (400, "CMN-101", "actions.action")),
        ({"actions": [{"input": "1", "action": "Connect"}]}, (400, "CMN-101", "actions.extension.id")),
        ({"actions": [{"input": "1", "action": "Transfer"}]}, (400, "CMN-101", "actions.phoneNumber")),
        (
            {"actions": [{"input": "1", "action": "Connect", "extension": to_ada}] * 2},
            (400, "CMN-101", "actions.input"),
        ),
        ({"extensionNumber": "x"}, (400, "CMN-101", "extensionNumber")),
    ):
        assert code_of(administrator("PUT", _MENU, json=body)) == expected, body
    assert administrator.ok("GET", _MENU) == before
    for made, expected in (({}, (400, "CMN-100", "name")), ({"name": "x", "promptRepeatCount": 4}, first)):
        assert code_of(administrator("POST", MENUS, json={"extensionNumber": "8009", **made})) == expected
    assert len(administrator.ok("GET", MENUS)["records"]) == 2
    assert code_of(administrator("GET", f"{MENUS}/{seed.SALES_ID}")) == (404, "CMN-102", "ivrMenuId")


def test_rows_c6_to_c9_a_menu_is_changed_in_parts(administrator: RingCentralClient) -> None:
    before = administrator.ok("GET", _SUBMENU)
    assert before["prompt"]["audio"]["id"] == seed.PROMPT_ID
    actions = [
        {"input": "1", "action": "Connect", "extension": {"id": seed.SUBMENU_ID}},  # itself
        {"input": "Star", "action": "Connect", "extension": {"id": int(seed.MENU_ID)}},
        {"input": "NoInput", "action": "Disconnect"},
    ]
    after = administrator.ok("PUT", _SUBMENU, json={"actions": actions})
    assert {**after, "actions": []} == {**before, "actions": []}
    shown = [(item["input"], item["action"], item.get("extension", {}).get("pin")) for item in after["actions"]]
    assert shown == [("1", "Connect", "8002"), ("Star", "Connect", "8001"), ("NoInput", "Disconnect", None)]
    after = administrator.ok("PUT", _SUBMENU, json={"prompt": {**_SPOKEN, "audio": {"id": seed.PROMPT_ID}}})
    assert set(after["prompt"]) == {"mode", "text", "language"}
    assert len(after["actions"]) == 3
    after = administrator.ok("PUT", _SUBMENU, json={"name": "Help", "extensionNumber": "8009", "promptRepeatCount": 1})
    assert (after["name"], after["extensionNumber"], after["promptRepeatCount"]) == ("Help", "8009", 1)


def test_row_c12_menus_are_deleted_as_extensions(administrator: RingCentralClient) -> None:
    assert code_of(administrator("DELETE", _SUBMENU))[:2] == (404, "CMN-120")
    assert administrator("DELETE", f"{EXTENSIONS}/{seed.SUBMENU_ID}").status_code == 204
    assert len(administrator.ok("GET", MENUS)["records"]) == 1


def test_row_c14_the_list_of_prompts_and_what_they_sound_like(
    simulator: Simulator, administrator: RingCentralClient
) -> None:
    document = administrator.ok("GET", PROMPTS)
    assert {"uri", "records", "navigation", "paging"} == set(document)
    (prompt,) = document["records"]
    assert (prompt["filename"], prompt["contentType"]) == ("welcome.wav", "audio/wav")
    host, path = prompt["contentUri"].split("/restapi/")
    assert host == simulator.ringcentral_server_url.replace("/ringcentral", "/ringcentral-media")
    headers = {"Authorization": f"Bearer {administrator.token}"}
    heard = requests.get(prompt["contentUri"], headers=headers, timeout=10)
    assert (heard.content, heard.headers["Content-Type"]) == (b"RIFF-fake-audio", "audio/wav")
    assert heard.headers["X-Rate-Limit-Group"] == "heavy"
    assert code_of(administrator("GET", f"/restapi/{path}"))[:2] == (404, "CMN-120")  # not on this host


def _mixed(*parts: tuple[str, bytes]) -> dict[str, Any]:
    """A body of multipart/mixed; each part is its header lines and its content."""
    body = b"".join(b"--limit\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n" for head, content in parts)
    return {"data": body + b"--limit--\r\n", "headers": {"Content-Type": "multipart/mixed; boundary=limit"}}


_JSON = ("Content-Type: application/json", b'{"name": "My Prompt"}')
_AUDIO = 'Content-Type: audio/mpeg\r\nContent-Disposition: attachment; filename="myprompt.mp3"'


@pytest.mark.parametrize(
    "options",
    [
        {"data": {"name": "My Prompt"}, "files": {"attachment": ("myprompt.mp3", b"ID3", "audio/mpeg")}},
        _mixed(_JSON, (_AUDIO, b"ID3")),
    ],
)
def test_rows_c15_and_c16_an_upload_is_named_by_its_file(administrator: RingCentralClient, options: Any) -> None:
    made = administrator.ok("POST", PROMPTS, **options)
    assert (made["filename"], made["contentType"]) == ("myprompt.mp3", "audio/mpeg")
    assert administrator.ok("GET", f"{PROMPTS}/{made['id']}") == made


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"data": {"name": "x"}, "files": {"other": _WAV}}, (400, "IVR-103")),
        ({"json": {"name": "x"}}, (400, "IVR-103")),
        ({"files": {"attachment": ("empty.wav", b"", "audio/wav")}}, (400, "IVR-103")),
        ({"files": {"attachment": ("text.txt", b"x", "text/plain")}}, (400, "IVR-100")),
        ({"files": {"attachment": (None, b"x", "audio/wav")}}, (400, "IVR-101")),
        (_mixed(_JSON, ("Content-Type: audio/wav", b"RIFF")), (400, "IVR-101")),
    ],
)
def test_row_c17_refused_uploads(administrator: RingCentralClient, options: Any, expected: tuple[int, str]) -> None:
    assert code_of(administrator("POST", PROMPTS, **options))[:2] == expected


def test_row_c18_a_file_that_is_too_large(administrator: RingCentralClient) -> None:
    large = {"attachment": ("large.wav", bytes(20 * 1024 * 1024 + 1), "audio/wav")}
    assert administrator("POST", PROMPTS, files=large).status_code == 413
    assert len(administrator.ok("GET", PROMPTS)["records"]) == 1


def test_rows_c19_and_c20_prompts_are_renamed_and_deleted_and_share_names(administrator: RingCentralClient) -> None:
    first, second = (administrator.ok("POST", PROMPTS, files={"attachment": _WAV}) for _number in range(2))
    assert (first["filename"], first["id"] != second["id"]) == (second["filename"], True)
    path = f"{PROMPTS}/{first['id']}"
    assert administrator.ok("PUT", path, json={"filename": "open.wav"})["filename"] == "open.wav"
    assert code_of(administrator("PUT", path, json={})) == (400, "CMN-100", "filename")
    assert code_of(administrator("PUT", path, json={"filename": 1})) == (400, "CMN-101", "filename")
    assert administrator("DELETE", path).status_code == 204
    assert code_of(administrator("GET", path)) == (404, "CMN-102", "promptId")
