# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral's documents leave open. Sections and rows are those of the RingCentral dossier."""

from __future__ import annotations

from simulator.provider import Switch

SWITCHES = (
    # Errors and headers (sections 4 and 5)
    Switch(
        "error_shape", ("legacy", "standard"), "error bodies of v1.0 with top-level errorCode, or errors alone (5.1)"
    ),
    Switch("rate_headers", ("present", "absent"), "the X-Rate-Limit headers of answers (4)"),
    # Login (section 3)
    Switch("wrong_secret", (401, 400), "HTTP status for a wrong client secret (14 #4)"),
    Switch("evicted_session", ("oldest", "newest"), "which session the sixth one ends (14 #8)"),
    Switch("revoke_unknown", (200, 400), "HTTP status for revoking a token that is not known (3.4)"),
    # Forwarding numbers (section 6)
    Switch("label_clash_on_create", ("refused", "accepted"), "creating with a label that is in use: FPN-102 (14 #25)"),
    Switch("duplicate_number", ("accepted", "refused"), "creating an external number that is listed already (14 #35)"),
    Switch("plus_missing", ("accepted", "refused"), "a phoneNumber without plus: completed, or CMN-101 (14 #36)"),
    Switch("put", ("partial", "replace"), "PUT keeps what the body leaves out, or not (14 #42)"),
    Switch("same_type_in_put", ("accepted", "refused"), "PUT with the record's own type: ignored, or FPN-125 (11)"),
    Switch("label_of_fixed_type", ("ignored", "refused"), "creating type Home with a label: ignored, or FPN-116 (11)"),
    Switch("unset_flip_number", ("next_free", "absent"), "flipNumber of a new record that asked for none (6.5)"),
    Switch("own_device_deletable", ("no", "yes"), "deleting one's own device line: FPN-107, or done (14 #44)"),
    Switch("uri", ("present", "absent"), "the member uri of forwarding numbers (6.1)"),
    Switch("late_reads", (0, 1, 2), "how many reads after a write still show what was before (11)"),
    # New call handling (section 9)
    Switch("migrated", ("no", "yes"), "the account uses the new call handling (14 #53, #54)"),
    Switch("migrated_forwarding_numbers", ("open", "closed"), "forwarding numbers then: open, or CMN-468 (14 #55)"),
)
