# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Operations about the company and what belongs to it (docs/providers/ringcentral-company.md 2)."""

from __future__ import annotations

from simulator.ringcentral import account, extension_writes, ivr_menus, ivr_prompts, queues, sites
from simulator.ringcentral.paths import (
    ACCOUNT,
    ALWAYS,
    CONTENT,
    DICTIONARY,
    EDIT,
    EDIT_ACCOUNT,
    EXTENSION,
    ONE,
    READ,
    Rows,
)

_MENUS, _PROMPTS = ACCOUNT + "/ivr-menus", ACCOUNT + "/ivr-prompts"
_QUEUES, _SITES = ACCOUNT + "/call-queues", ACCOUNT + "/sites"
_MEMBERS, _ASSIGN, _IVR = "/members", "/bulk-assign", "/ivr"
_ZONES, _OVERFLOW = DICTIONARY + "/timezone", EXTENSION + "/overflow-settings"
_READ_EXTENSIONS, _EDIT_USER = "ReadExtensions", "EditUserInfo"
_MENU_PERMISSION, _OVERFLOW_PERMISSION, _SITES_PERMISSION = "AutoReceptionist", "CallQueueToCallQueue", "Sites"
_READ_PROMPTS, _EDIT_PROMPTS = "ReadCompanyGreetings", "EditCompanyGreetings"

TABLE: Rows = (
    ("GET", ACCOUNT, account.read, "light", READ, "ReadCompanyInfo", ALWAYS),
    ("GET", _ZONES, account.list_time_zones, "light", "", "", ALWAYS),
    ("GET", _ZONES + ONE, account.read_time_zone, "light", "", "", ALWAYS),
    ("POST", ACCOUNT + "/extension", extension_writes.create, "medium", EDIT_ACCOUNT, "AddRemoveUsers", ALWAYS),
    ("PUT", EXTENSION, extension_writes.update, "medium", EDIT, f"{_EDIT_USER}|EditUserCredentials", ALWAYS),
    ("DELETE", EXTENSION, extension_writes.delete, "medium", EDIT_ACCOUNT, "AddRemoveUsers", ALWAYS),
    ("GET", _MENUS, ivr_menus.list_all, "medium", READ, "", ALWAYS),
    ("POST", _MENUS, ivr_menus.create, "heavy", EDIT_ACCOUNT, _MENU_PERMISSION, ALWAYS),
    ("GET", _MENUS + ONE, ivr_menus.read, "medium", READ, _MENU_PERMISSION, ALWAYS),
    # As published; that reading is enough for a write is likely a slip.
    ("PUT", _MENUS + ONE, ivr_menus.update, "medium", READ, _MENU_PERMISSION, ALWAYS),
    ("GET", _PROMPTS, ivr_prompts.list_all, "medium", READ, _READ_PROMPTS, ALWAYS),
    ("POST", _PROMPTS, ivr_prompts.create, "heavy", EDIT_ACCOUNT, _EDIT_PROMPTS, ALWAYS),
    ("GET", _PROMPTS + ONE, ivr_prompts.read, "medium", READ, _READ_PROMPTS, ALWAYS),
    ("PUT", _PROMPTS + ONE, ivr_prompts.update, "medium", EDIT_ACCOUNT, _EDIT_PROMPTS, ALWAYS),
    ("DELETE", _PROMPTS + ONE, ivr_prompts.delete, "heavy", EDIT_ACCOUNT, _EDIT_PROMPTS, ALWAYS),
    ("GET", _PROMPTS + ONE + CONTENT, ivr_prompts.content, "heavy", READ, "", ALWAYS),
    ("GET", _QUEUES, queues.list_all, "medium", READ, _READ_EXTENSIONS, ALWAYS),
    ("GET", _QUEUES + ONE, queues.read, "light", READ, _READ_EXTENSIONS, ALWAYS),
    ("PUT", _QUEUES + ONE, queues.update, "light", EDIT, _EDIT_USER, ALWAYS),
    ("GET", _QUEUES + ONE + _MEMBERS, queues.list_members, "light", READ, _READ_EXTENSIONS, ALWAYS),
    ("POST", _QUEUES + ONE + _ASSIGN, queues.assign, "heavy", EDIT, "Groups", ALWAYS),
    ("PUT", EXTENSION + "/call-queues", queues.put_of_member, "medium", EDIT_ACCOUNT, "EditCallQueuePresence",
     ALWAYS),
    ("GET", _OVERFLOW, queues.read_overflow, "heavy", READ, _OVERFLOW_PERMISSION, ALWAYS),
    ("PUT", _OVERFLOW, queues.update_overflow, "heavy", EDIT, _OVERFLOW_PERMISSION, ALWAYS),
    ("GET", _SITES, sites.list_all, "light", READ, _READ_EXTENSIONS, ALWAYS),
    ("POST", _SITES, sites.create, "medium", EDIT_ACCOUNT, "", ALWAYS),
    ("GET", _SITES + ONE, sites.read, "light", READ, _READ_EXTENSIONS, ALWAYS),
    ("PUT", _SITES + ONE, sites.update, "light", EDIT, _SITES_PERMISSION, ALWAYS),
    ("DELETE", _SITES + ONE, sites.delete, "light", EDIT_ACCOUNT, _SITES_PERMISSION, ALWAYS),
    ("GET", _SITES + ONE + _MEMBERS, sites.list_members, "medium", READ, _READ_EXTENSIONS, ALWAYS),
    ("POST", _SITES + ONE + _ASSIGN, sites.assign, "medium", EDIT, _SITES_PERMISSION, ALWAYS),
    ("GET", _SITES + ONE + _IVR, sites.read_ivr, "medium", READ, _READ_EXTENSIONS, ALWAYS),
    ("PUT", _SITES + ONE + _IVR, sites.update_ivr, "medium", EDIT_ACCOUNT, _SITES_PERMISSION, ALWAYS),
)  # fmt: skip
