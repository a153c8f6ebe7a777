# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral's documents leave open about the company's rules, greetings and numbers."""

from __future__ import annotations

from simulator.provider import Switch

ROUTING_SWITCHES = (
    Switch(
        "multi_level_ivr",
        ("yes", "no"),
        "company rules take Bypass only: AWR-182, or Operator and Disconnect, too (ringcentral-company.md 20 #13)",
    ),
    Switch("company_rule_name", (127, 30), "longest name of a company rule (ringcentral-company.md 20 #14)"),
    Switch(
        "range_zone",
        ("kept", "local", "utc"),
        "date ranges in answers: as sent, in the owner's time without zone, or in UTC (ringcentral-company.md 20 #16)",
    ),
    Switch(
        "migrated_queue_rules",
        ("v1", "stale_list", "closed"),
        "rules of queues, sites and groups on migrated accounts: open, open but their list shows the default rules as "
        "they were made, or CMN-468 (ringcentral-company.md 20 #17)",
    ),
    Switch(
        "fixed_order_on_member_change",
        ("trimmed", "stale", "refused"),
        "other members of a queue in fixed order: the order follows, stays, or AWR-148 (ringcentral-company.md 20 #18)",
    ),
    Switch(
        "agent_timeout_unit",
        ("seconds", "multiples_of_five"),
        "agentTimeout of queues: any second, or else CMN-101 (ringcentral-company.md 20 #20)",
    ),
    Switch(
        "greeting_list_answer",
        ("all_types", "set_types"),
        "greetings of a rule in answers: all, or those that somebody chose (ringcentral-company.md 20 #21)",
    ),
    Switch(
        "custom_greeting_answer",
        ("id_uri", "id_only"),
        "a custom greeting of a rule in answers: with uri, or its id alone (ringcentral-company.md 20 #22)",
    ),
    Switch(
        "freed_numbers",
        ("company", "inventory"),
        "where direct numbers of a deleted extension go (ringcentral-company.md 20 #24)",
    ),
    Switch(
        "reassign_called_numbers",
        ("kept", "removed"),
        "a number that moved, in the conditions of rules (ringcentral-company.md 20 #25)",
    ),
    Switch(
        "blocked_duplicate",
        ("refused", "updated"),
        "blocking a number that is listed: CMN-101, or its record is written (ringcentral-company.md 20 #28)",
    ),
    Switch(
        "notification_put",
        ("merge", "replace"),
        "notification settings that a PUT leaves out: kept, or their defaults (ringcentral-company.md 20 #29)",
    ),
)
