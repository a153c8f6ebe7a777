# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What RingCentral's documents leave open about a company. Sections: docs/providers/ringcentral-company.md."""

from __future__ import annotations

from simulator.provider import Switch

SWITCHES = (
    Switch(
        "number_taken",
        ("ext_code", "cmn_101"),
        "an extension number that is in use: 400 with an EXT code, or CMN-101 (ringcentral-company.md 20 #1)",
    ),
    Switch(
        "site_number_space",
        ("separate", "shared"),
        "a site may carry the number of another extension, or not (ringcentral-company.md 20 #2)",
    ),
    Switch(
        "new_queue_status",
        ("NotActivated", "Enabled"),
        "the status of a queue after its creation (ringcentral-company.md 20 #3)",
    ),
    Switch(
        "enable_needs_pin",
        ("no", "yes"),
        "the status Enabled without ivrPin: done, or CMN-101 (ringcentral-company.md 20 #4)",
    ),
    Switch(
        "duplicate_group_email",
        ("accepted", "refused"),
        "an e-mail address that another extension has (ringcentral-company.md 20 #5)",
    ),
    Switch(
        "menu_actions_put",
        ("replace", "merge"),
        "keys of a menu that a PUT does not name: gone, or kept (ringcentral-company.md 20 #6)",
    ),
    Switch(
        "menu_key_rules",
        ("free", "strict"),
        "returns on any key and Disconnect too, or on Star and Hash and on NoInput only (ringcentral-company.md 20 #7)",
    ),
    Switch(
        "menu_target_unknown",
        ("CMN-102", "accepted"),
        "a key that connects to an extension that does not exist (ringcentral-company.md 20 #8)",
    ),
    Switch(
        "tts_characters",
        ("kept", "stripped", "refused"),
        "_ * # & ( ) % $ ! ? : ; in the text of a prompt (ringcentral-company.md 20 #9)",
    ),
    Switch(
        "transfer_plus",
        ("added", "as_sent"),
        "the number of a key without plus in answers (ringcentral-company.md 20 #10)",
    ),
    Switch(
        "prompt_filename",
        ("attachment", "name"),
        "the filename of a prompt: that of the attachment, or the field name (ringcentral-company.md 20 #11)",
    ),
    Switch(
        "prompt_in_use",
        ("refused", "deleted"),
        "deleting a prompt that a menu plays: 403, or the menu is silent (ringcentral-company.md 20 #12)",
    ),
    Switch(
        "bulk_assign_repeat",
        ("ignored", "refused"),
        "adding a member that is there, removing one that is not (ringcentral-company.md 20 #19)",
    ),
    Switch(
        "delete_referenced",
        ("done_dangling", "done_cleaned", "refused"),
        "deleting what others name: their references stay, or go, or CMN-101 (ringcentral-company.md 20 #23)",
    ),
    Switch(
        "sites_feature",
        ("on", "off"),
        "the account has sites; off: the main site only, and BIL-103 for a new one (ringcentral-company.md 20 #26)",
    ),
    Switch(
        "site_delete",
        ("empty_only", "always"),
        "deleting a site that extensions belong to: 403, or they go to the main site (ringcentral-company.md 20 #27)",
    ),
    Switch(
        "menu_list_paging",
        ("absent", "present"),
        "paging and navigation in the list of menus (ringcentral-company.md 20 #30)",
    ),
)
