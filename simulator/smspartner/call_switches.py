# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What SMS Partner's documents leave open for a caller.

Sections and rows in parentheses: docs/providers/smspartner.md.
"""

from __future__ import annotations

from simulator.provider import Switch

CALL_SWITCHES = (
    Switch(
        "unanswered_forward",
        ("hang_up", "rings_on", "operator_voicemail"),
        "a destination that is not answered: the end, it rings on, or its operator's voicemail answers (4.1)",
    ),
    Switch(
        "off_number",
        ("fails", "rings", "announcement"),
        "calls to a number of type 0: they fail, it rings unanswered, or an announcement says so and hangs up (4.1)",
    ),
    Switch("disabled_number", ("fails", "works", "announcement"), "calls to a number that is disabled itself (7 #8)"),
)
