# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Sonetel's documents leave open for a caller.

Sections and rows in parentheses: docs/providers/sonetel.md.
"""

from __future__ import annotations

from simulator.provider import Switch

CALL_SWITCHES = (
    # Numbers
    Switch("inactive_number", ("fails", "works", "announcement"), "calls to a number whose status is inactive (4.4)"),
    Switch(
        "national_number",
        ("completed", "fails"),
        "a destination such as 0701740606: completed with the country of the number that was called, or not (4.1)",
    ),
    Switch(
        "unanswered_forward",
        ("falls_through", "rings_on", "operator_voicemail"),
        "a phone or SIP address outside that is not answered: the next action (menus play again, numbers hang up), it "
        "rings on, or its operator's voicemail answers (4.1, 5.4, 7.1)",
    ),
    Switch(
        "app_by_sip",
        ("reached", "outside"),
        "the SIP address of a voice app as a destination: the app, or an address outside (5.2)",
    ),
    # Voice apps
    Switch("menu_without_timeout", ("repeat", "hang_up"), "nothing is pressed and the menu has no timeout entry (5.3)"),
    Switch(
        "unassigned_key",
        ("repeat", "as_timeout", "hang_up"),
        "a key without entry: the menu again, as if nothing was pressed, or the end (5.3)",
    ),
    Switch("invalid_extension", ("repeat", "hang_up"), "an internal number that nobody has (5.2)"),
    Switch(
        "after_prompt", ("again", "hang_up"), "a prompt that an entry plays: then the voice app again, or the end (5.4)"
    ),
    Switch("no_final_action", ("hang_up", "repeat"), "an announcement without a final action: the end, or again (5.5)"),
    Switch(
        "extension_without_menu",
        ("dialled", "ignored", "needed"),
        "get_extension yes where play_menu is no: an extension can be dialled, it cannot, or the call ends without "
        "(5.5)",
    ),
    Switch(
        "missing_target",
        ("fails", "unassigned"),
        "an entry or action whose target is gone: the call fails, or as if there was none (11 #17)",
    ),
    # Users
    Switch(
        "user_unanswered",
        ("hang_up", "voicemail", "rings_on"),
        "a user who does not answer, without a further action: the end, the user's voicemail, or it rings on (7.1)",
    ),
    Switch(
        "forwarder_second_action",
        ("left_out", "tried"),
        "the second action of a user whose first forwards to a user who does not answer (7.1)",
    ),
    Switch("missing_ring_time", (30, 5), "seconds of an action that rings and has no ring_time (7.1)"),
    Switch(
        "no_phone", ("ring_time", "at_once"), "ringing a user who has no such phone: the ring time passes, or not (7.1)"
    ),
    Switch(
        "busy_phones",
        ("at_once", "ring_time"),
        "ringing a user whose phones are all busy: no time passes, or all (7.1)",
    ),
    Switch("unready_phone", ("silent", "rings"), "a phone with receive_calls or verified no (7)"),
)
