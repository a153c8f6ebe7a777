# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral's documents leave open for a caller.

Sections and rows in parentheses: docs/providers/ringcentral.md where no other page is named.
"""

from __future__ import annotations

from simulator.provider import Switch

CALL_SWITCHES = (
    Switch(
        "rule_order", ("newest_first", "oldest_first"), "which custom or interaction rule wins when several hold (8)"
    ),
    Switch("disabled_after_hours", ("work_hours", "applies"), "the rule of after hours when it is not enabled (8)"),
    Switch("range_without_zone", ("owner", "utc"), "the zone of a date range that names none (8, 9.5)"),
    Switch("range_with_zone", ("honoured", "ignored"), "the zone that a date range names (8, 9.5)"),
    Switch(
        "overriding_states",
        ("before_rules", "after_rules"),
        "whether forward-all-calls and dnd come before interaction rules or after them (9.5)",
    ),
    Switch(
        "unanswered_forward",
        ("falls_through", "rings_on", "operator_voicemail"),
        "a number that calls end at and that is not answered: voicemail, it rings on, or its operator's voicemail "
        "(8, 9.5)",
    ),
    Switch("voicemail_off", ("missed_call", "voicemail"), "TakeMessagesOnly while voicemail is not enabled (8)"),
    Switch("apps_alone", (20, 60), "seconds that apps ring which always ring, where nothing else does (8, 9.5)"),
    Switch(
        "at_once", ("longest", "first"), "how long everything rings at once: the longest step, or the first (8, 9.5)"
    ),
    Switch(
        "busy_phones", ("at_once", "ring_time"), "a step whose phones are all busy: no time passes, or all (8, 9.5)"
    ),
    Switch("coworker_target", ("phones_and_apps", "phones"), "what a co-worker as a ring target rings (9.4)"),
    Switch(
        "disabled_extension",
        ("rings", "fails"),
        "an extension that is not enabled: its rules hold but its phones and apps do not answer, or calls fail (7)",
    ),
    # The company (ringcentral-company.md)
    Switch(
        "forward_all_calls",
        ("company_numbers", "all_numbers"),
        "forwarding all calls of the company: only those to its own numbers, or those to direct numbers too "
        "(ringcentral-company.md 7)",
    ),
    Switch(
        "forward_all_period",
        ("within", "ignored"),
        "the ranges of forwarding all calls: they limit it, or not (ringcentral-company.md 7)",
    ),
    Switch(
        "company_greeting",
        ("operator", "dials_extension"),
        "an extension that a caller dials where the company's rule connects to the operator: not heard, or connected "
        "(ringcentral-company.md 7)",
    ),
    Switch(
        "inactive_queue", ("fails", "works"), "calls to a queue whose status is not Enabled (ringcentral-company.md 1)"
    ),
    Switch(
        "unassigned_key",
        ("replays", "uses_repeat", "hang_up"),
        "a key without action in an IVR menu: it plays again, which does not count as one of its plays, "
        "or does, or it hangs up (ringcentral-company.md 4)",
    ),
    Switch(
        "no_input",
        ("hang_up", "replays"),
        "nothing is pressed and the menu has no action for it (ringcentral-company.md 4)",
    ),
    Switch(
        "menu_extensions",
        ("keys", "dialled"),
        "three digits in an IVR menu: keys, or an extension (ringcentral-company.md 4)",
    ),
    Switch(
        "menu_voicemail",
        ("own", "recipient"),
        "the action Voicemail where the extension's messages go to another one: its own mailbox, or that "
        "(ringcentral-company.md 4)",
    ),
    Switch(
        "menu_operator",
        ("site", "company"),
        "the action ConnectToOperator in a menu of a site that has an operator: that one, or the company's "
        "(ringcentral-company.md 8)",
    ),
    Switch(
        "site_keys",
        ("defaults", "none"),
        "a site's actions for Star, Hash, 0 and NoInput: they hold in its menus that have none, or do not "
        "(ringcentral-company.md 8)",
    ),
    Switch(
        "root_menu",
        ("first_met", "top_menu"),
        "ReturnToRoot: the first menu of the call, or the top menu of the site or the company "
        "(ringcentral-company.md 4, 8)",
    ),
    Switch(
        "previous_menu",
        ("parent", "last_met"),
        "ReturnToPrevious after a way back: the menu above, or the one that was heard last (ringcentral-company.md 4)",
    ),
    Switch(
        "previous_of_first",
        ("replays", "hang_up"),
        "ReturnToPrevious in the first menu of a call (ringcentral-company.md 4)",
    ),
    Switch(
        "member_phones", ("phones_and_apps", "phones"), "what rings of a queue's member (ringcentral-company.md 6.3)"
    ),
    Switch(
        "longest_idle",
        ("as_listed", "reversed"),
        "which member of a queue has been idle for longest; these two stand for every order "
        "(ringcentral-company.md 6.3)",
    ),
    Switch(
        "disabled_member",
        ("skipped", "rings"),
        "a queue's member whose extension is not enabled: left out, or rung in vain (ringcentral-company.md 6.3)",
    ),
    Switch(
        "empty_queue",
        ("waits", "at_once"),
        "a queue without any member to ring: callers wait, or what follows begins at once (ringcentral-company.md 6.3)",
    ),
    Switch(
        "hold_time",
        ("cuts_ringing", "ring_ends"),
        "holdTime is over while a member's phones ring: they stop, or ring to their end (ringcentral-company.md 6.3)",
    ),
    Switch(
        "no_wait",
        ("at_once", "one_round"),
        "holdTime 1: nobody rings, or each member once (ringcentral-company.md 6.3)",
    ),
    Switch(
        "round_as_long_as_wait",
        ("no_answer", "wait_over"),
        "each member was rung once when holdTime is over: noAnswerAction or holdTimeExpirationAction "
        "(ringcentral-company.md 6.3)",
    ),
    Switch(
        "overflow_order",
        ("members_first", "together"),
        "members of overflow queues: after a queue's own, or together with them (ringcentral-company.md 6.4)",
    ),
    Switch(
        "overflow_rules",
        ("hours", "rules"),
        "an overflow queue whose custom rule sends calls elsewhere: its hours alone matter, or the rule too "
        "(ringcentral-company.md 6.4, 9)",
    ),
    Switch(
        "queue_answers",
        ("at_once", "member"),
        "a queue that has only so many seconds to take a call: it does at once, or when a member answers "
        "(ringcentral-company.md 6.3)",
    ),
)
