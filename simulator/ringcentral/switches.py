# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral's documents leave open. Sections and rows in parentheses: docs/providers/ringcentral.md."""

from __future__ import annotations

from simulator.provider import Switch

SWITCHES = (
    # Errors and headers (ringcentral.md 4 and 5)
    Switch(
        "error_shape", ("legacy", "standard"), "error bodies of v1.0 with top-level errorCode, or errors alone (5.1)"
    ),
    Switch(
        "rate_headers",
        ("present", "other_spelling", "absent"),
        "the headers of answers: X-Rate-Limit-*, X-RateLimit-*, or none (4)",
    ),
    # Login (ringcentral.md 3)
    Switch("wrong_secret", (401, 400), "HTTP status for a wrong client secret (14 #4)"),
    Switch("evicted_session", ("oldest", "newest"), "which session the sixth one ends (14 #8)"),
    Switch("revoke_unknown", (200, 400), "HTTP status for revoking a token that is not known (3.4)"),
    # Forwarding numbers (ringcentral.md 6)
    Switch("label_clash_on_create", ("refused", "accepted"), "creating with a label that is in use: FPN-102 (14 #25)"),
    Switch("duplicate_number", ("accepted", "refused"), "creating an external number that is listed already (14 #35)"),
    Switch("plus_missing", ("accepted", "refused"), "a phoneNumber without plus: completed, or CMN-101 (14 #36)"),
    Switch("put", ("partial", "replace"), "PUT keeps what the body leaves out, or not (14 #42)"),
    Switch("same_type_in_put", ("accepted", "refused"), "PUT with the record's own type: ignored, or FPN-125 (11)"),
    Switch("label_of_fixed_type", ("ignored", "refused"), "creating type Home with a label: ignored, or FPN-116 (11)"),
    Switch("unset_flip_number", ("next_free", "absent"), "flipNumber of a new record that asked for none (6.5)"),
    Switch("own_device_deletable", ("no", "yes"), "deleting one's own device line: FPN-107, or done (14 #44)"),
    Switch("lines_in_limit", ("all", "coworkers", "none"), "the desk phones that count towards ten numbers (14 #34)"),
    Switch("uri", ("present", "absent"), "the member uri of forwarding numbers (6.1)"),
    Switch("late_reads", (0, 1, 2), "how many reads after a write still show what was before (11)"),
    Switch(
        "number_in_rule",
        ("removed", "refused"),
        "deleting a number that rules ring: gone from them, or CMN-101 (14 #59)",
    ),
    # Legacy answering rules and business hours (ringcentral.md 8)
    Switch(
        "answering_rule_put", ("partial", "replace"), "PUT of a rule keeps members that the body leaves out, or not (8)"
    ),
    Switch(
        "adding_number_to_rule",
        ("accepted", "refused"),
        "writing a number into a rule that is younger than the number: done, or CMN-101 (8)",
    ),
    Switch("position_top_in_put", ("accepted", "ignored"), "softPhonesPositionTop in a PUT (8)"),
    Switch("inactive_numbers", ("on_request", "always", "never"), "numbers that are not on the rule in answers (8)"),
    Switch("other_actions", ("hidden", "shown"), "members of actions that the rule does not take, in answers (8)"),
    Switch("recipient_id", ("string", "number"), "JSON type of voicemail.recipient.id (8)"),
    Switch(
        "business_hours_put",
        ("replace", "merge"),
        "weekdays that a PUT of hours does not name: lost, or kept (8)",
    ),
    Switch("empty_schedule", ("accepted", "refused"), "PUT of an empty schedule: around the clock, or CMN-101 (8)"),
    # New call handling (ringcentral.md 9)
    Switch("migrated", ("no", "yes"), "the account uses the new call handling (14 #53, #54)"),
    Switch("migrated_forwarding_numbers", ("open", "closed"), "forwarding numbers then: open, or CMN-468 (14 #55)"),
    Switch("migrated_business_hours", ("open", "closed"), "an extension's business hours then: open, or CMN-468 (9.2)"),
    Switch(
        "new_before_migration",
        ("not_found", "forbidden"),
        "v2 on accounts that are not migrated: CMN-102, or CMN-109 (9.1)",
    ),
    Switch("feature_record", ("in_records", "bare"), "one feature in an answer: in the list records, or alone (9.1)"),
    Switch(
        "patch_top_level",
        ("kept", "defaults"),
        "members that a PATCH leaves out at top level: kept, or their defaults (9.5)",
    ),
    Switch("patch_answer", ("record", "nothing"), "the answer to a PATCH: 200 with the record, or 204 (9.5)"),
    Switch("action_order", ("as_sent", "by_type"), "actions of a rule in answers; ring groups keep their order (9.5)"),
    Switch(
        "omitted_greetings", ("added", "absent"), "greeting and screening actions that a ringing rule leaves out (9.5)"
    ),
    Switch(
        "target_types",
        ("optional", "required"),
        "ringingTargetType and terminatingTargetType of a TerminatingAction (9.5)",
    ),
    Switch("terminate_apps", ("optional", "required"), "groups of one's own apps in rules of the type Terminate (9.5)"),
    Switch(
        "own_device_group",
        ("optional", "required"),
        "leaving out the group of an own device in a PATCH: gone, or CMN-101 (9.4)",
    ),
    Switch(
        "own_targets",
        ("bare", "with_extension"),
        "one's own apps and devices in answers: without extension, or with one's own (9.4)",
    ),
    Switch(
        "daily_trigger",
        ("as_sent", "weekly"),
        "a daily schedule of work-hours in answers: as it is, or as seven days (9.5)",
    ),
    Switch(
        "always_open_state",
        ("daily", "empty"),
        "work-hours around the clock: 00:00:00 to 23:59:59, or no conditions (9.5)",
    ),
    Switch("busy_state", ("absent", "present"), "the state busy in the list of states (9.5)"),
    Switch(
        "omitted_phone_lines",
        ("refused", "kept"),
        "a PUT of flip numbers without those of devices: CMN-101, or kept (9.3)",
    ),
)
