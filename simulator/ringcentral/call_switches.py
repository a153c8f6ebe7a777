# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral's documents leave open for a caller.

Sections and rows in parentheses: docs/providers/ringcentral.md.
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
)
