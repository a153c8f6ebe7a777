# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Sonetel's documents leave open. Sections and rows in parentheses: docs/providers/sonetel.md."""

from __future__ import annotations

from simulator.provider import Switch

SWITCHES = (
    # Token endpoint (sonetel.md 2)
    Switch("wrong_password", (401, 400), "HTTP status for a wrong password of an existing user (2.5)"),
    Switch(
        "refresh_token",
        ("kept", "rotated", "omitted"),
        "refresh grant: the answer repeats the refresh token, replaces it (the old one is void), or has none (2.3)",
    ),
    Switch("refresh_credentials", ("optional", "required"), "refresh grant: username and password needed too (2.1)"),
    Switch("acc_id", ("string", "number"), "JSON type of the token's claims acc_id and user_id (2.2)"),
    Switch("expires_in", ("absent", "present"), "expires_in in the token answer (2.2)"),
    Switch("token_lifetime", ("24h", "30d", "6mo"), "life of an access token (2.3)"),
    # Answers in general (sonetel.md 3)
    Switch("failure_http", (200, 400), "HTTP status of an answer with status failed (3.3)"),
    Switch("not_found", ("failed", "http_404", "null"), "answer for a number or voice app that is not there (11 #7)"),
    Switch("empty_list", ("string", "array", "null"), "response of an empty list: No entries found, [], null (11 #6)"),
    Switch(
        "envelope",
        ("present", "absent"),
        "successful answers on voice apps, single numbers and call settings in the envelope (11 #5)",
    ),
    Switch("unauthorized_body", ("json", "html", "empty"), "body of a REST 401 (3.3)"),
    Switch("error_body", ("json", "html", "empty"), "body of a REST 403, 404, 405 or 415 (3.3)"),
    Switch("regular_user", ("failed", 401, 403), "answer to a regular user's write: failed, or HTTP status (12.2 #43)"),
    Switch("ids", ("string", "number"), "JSON type of user_id in answers about users (10)"),
    Switch("flags", ("yes_no", "boolean"), "flags in answers: yes and no, or JSON booleans (10)"),
    # Numbers (sonetel.md 4)
    Switch("single_number", ("object", "array"), "one number in an answer: the object, or a list of one (11 #5)"),
    Switch("page_count", ("1", "2"), "page_count of the number list; there is no second page to ask for (11 #23)"),
    Switch(
        "list_end",
        ("all", "cut"),
        "lists of numbers, voice apps, prompts and users: whole, or the first half of two pages (11 #23)",
    ),
    Switch("app_destination", ("object", "id"), "connect_to of type app in answers (11 #9)"),
    Switch(
        "app_destination_written",
        ("shown", "object", "either", "id", "object_ignored"),
        "connect_to of type app in requests: the object and what answers show, the object, both, the id as text, or "
        "the id while an object is accepted without effect (4.1)",
    ),
    Switch(
        "stored_number",
        ("verbatim", "plus", "digits", "double_zero"),
        "spelling of a phnum destination in answers: as written, +46..., 46..., 0046... (11 #14)",
    ),
    Switch("sip_prefix", ("stripped", "kept"), "sip: of a sip destination in answers (4.1)"),
    Switch("capability_spelling", ("add-on", "add_on"), "spelling of that capability in answers (4.4)"),
    Switch("plus_in_path", ("refused", "accepted"), "a number with a leading plus in the path (4)"),
    Switch("unlisted_destination", ("failed", "accepted"), "writing the types csg and nowhere (4.1)"),
    Switch("package_downgrade", ("failed", "accepted"), "PUT package standard on a business number (11 #19)"),
    Switch("stop_renewal", ("accepted", "failed"), "PUT plan_details.next_renew_mode 0 (4.3)"),
    # Voice apps (sonetel.md 5)
    Switch("delete_used_app", ("accepted", "failed"), "deleting a voice app that is still used (11 #17)"),
    Switch("delete_default_app", ("failed", "accepted"), "deleting a voice app that the account came with (11 #18)"),
    Switch(
        "voiceapp_put", ("partial", "whole"), "PUT of a voice app without app_type and name: taken, or failed (5.7)"
    ),
    Switch("menu_write", ("merge", "replace"), "menu keys that a PUT does not name: kept, or blanked (5.7)"),
    Switch("blank_entry", ("triple", "null", "absent"), "an unassigned menu key in answers (10)"),
    Switch("menu_other", ("kept", "phnum"), "call/other with a number in answers: as written, or call/phnum (11 #14)"),
    Switch("final_action", ("returned", "hidden"), "final_action in answers (5.5)"),
    Switch(
        "final_action_with_menu", ("failed", "ignored"), "final_action on a voice app with play_menu yes (12.2 #31)"
    ),
    Switch("final_hang_up", ("disconnect", "blank"), "how final_action says hang up; the other form fails (5.5)"),
    Switch(
        "sysprompt",
        ("sysprompts", "sysprompt", "mixed"),
        "app_type of the system prompt app; mixed: sysprompts in answers, sysprompt in requests (5.1)",
    ),
    # Prompts (sonetel.md 6)
    Switch("prompt_name", ("either", "json", "query"), "where the name of a new prompt is looked for (11 #15)"),
    Switch("prompt_exists", ("as_documented", "string"), "exists with fields=message: boolean, or yes and no (6)"),
    Switch("audio_download", ("open", "token"), "whether audio that an answer links to needs the access token (6)"),
    # Users (sonetel.md 7)
    Switch("user_taken", (200, 409), "creating a user whose e-mail is taken: failed, or HTTP 409 (12.2 #41)"),
    Switch(
        "call_update", ("merge", "replace"), "members of call settings that a POST does not name: kept, or lost (7.1)"
    ),
    Switch("call_put", (405, 404), "HTTP status of PUT on call settings, which are written with POST (12.2 #42)"),
    Switch("second_action_members", ("kept", "dropped"), "show and ring_time of second_action in answers (11 #20)"),
)
