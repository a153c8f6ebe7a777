# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Fone Dynamics' documents leave open. Sections and rows in parentheses: docs/providers/fonedynamics.md."""

from __future__ import annotations

from simulator.provider import Switch

SWITCHES = (
    Switch("single_shape", ("bare", "wrapped"), "one number in an answer: bare, or in an object's member Number (3.4)"),
    Switch(
        "list_shape", ("array", "envelope"), "a list of numbers, flows or addresses: array, or with TotalCount (3.4)"
    ),
    Switch("unset", ("absent", "null", "empty"), "a member without a value: left out, null or an empty text (3.2)"),
    Switch("empty_string", ("clears", "ignored", "rejected"), "what an empty text does to a member (6 #2)"),
    Switch("flow_needs_endpoint", ("no", "yes"), "routing to a flow wants EndpointNumber in the same request (6 #4)"),
    Switch("not_found_status", (400, 404), "HTTP status of answers whose code ends in _NOT_FOUND (6 #11)"),
    Switch("enum_case", ("as-sent", "canonical"), "how an enumerated value is kept that came in another case (7)"),
    Switch("foreign_number", ("forbidden", "not_found"), "answer about a number of another account (8 #6)"),
    Switch("sms_on_voice_only", ("error", "ignored"), "members that the number has no capability for (6 #7, 8 #16)"),
    Switch(
        "capabilities_parameter", ("Capabilites", "Capabilities"), "name of the list parameter that filters (8 #22)"
    ),
    Switch(
        "list_members", ("all", "confirmed"), "lists of numbers show every member, or only the confirmed ones (3.3)"
    ),
    Switch("member_groups", ("capable", "all"), "numbers show the members of their capabilities, or of all (3.2)"),
    Switch("pending_numbers", ("configurable", "refused"), "configuring a number whose Status is Pending (6 #14)"),
    Switch("other_statuses", ("documented", "http"), "unknown path or method: 400, or 404 and 405 (4.1, 8 #28)"),
)
