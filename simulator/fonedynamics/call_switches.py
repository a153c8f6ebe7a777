# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Fone Dynamics' documents leave open for a caller.

Sections and rows in parentheses: docs/providers/fonedynamics.md.
"""

from __future__ import annotations

from simulator.provider import Switch

CALL_SWITCHES = (
    Switch(
        "unanswered_forward",
        ("hang_up", "rings_on", "operator_voicemail"),
        "an endpoint that is not answered: the end, it rings on, or its operator's voicemail answers (3.1)",
    ),
    Switch("pending_calls", ("fails", "works", "announcement"), "calls to a number whose Status is Pending (6 #14)"),
    Switch(
        "unrouted_number",
        ("fails", "rings", "announcement"),
        "calls to a number without RoutingMethod or without its target: they fail, it rings unanswered, or an "
        "announcement says so and hangs up (6 #5)",
    ),
    Switch("endpoint_without_method", ("inert", "used"), "EndpointNumber on a number without RoutingMethod (6 #5)"),
)
