# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What SMS Partner's documents leave open. Sections and rows in parentheses: docs/providers/smspartner.md."""

from __future__ import annotations

from simulator.provider import Switch

SWITCHES = (
    Switch(
        "conflict_policy",
        ("mode_only", "exact_match", "overwrite"),
        "asking for a mode that is on: refused, refused only with the same destination, or always accepted (6)",
    ),
    Switch("cross_mode", ("conflict", "overwrite"), "forwarding while voicemail is on, and the reverse (6)"),
    Switch("error_http_status", (400, 200), "HTTP status of a failure (5.3)"),
    Switch("key_error_code", (10, 1), "code for a missing or unknown key (5.1)"),
    Switch("never_configured", (14, 18), "code for type 0 on a number that was never configured (9 #3)"),
    Switch("success_code", (1, 200, 2), "code of a success for the types 1 and 2 (7 #1)"),
    Switch("email_error_code", (9, 5), "code for an e-mail address that is not valid (5.1, contradiction)"),
    Switch("type_zero", ("clears_voicemail", "leaves_voicemail"), "type 0 while voicemail is on; else code 17 (7 #9)"),
    Switch("type_as_text", ("refused", "accepted"), "the type as a JSON string of digits (4.1)"),
    Switch("number_format", ("any", "international", "plus", "national"), "spelling of numbers that is accepted (8)"),
    Switch("credits_form", ("newer", "older"), "members of the account's credits (4.3)"),
    Switch("language", ("en", "fr"), "language of messages (2)"),
)
