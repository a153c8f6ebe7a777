# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Operations about rules, greetings, numbers and settings (docs/providers/ringcentral-company.md 2)."""

from __future__ import annotations

from simulator.ringcentral import (
    account_numbers,
    answering_rules,
    caller_blocking,
    caller_id,
    forward_all,
    greetings,
    group_rules,
    notifications,
    presence,
)
from simulator.ringcentral.group_rules import either
from simulator.ringcentral.paths import (
    ACCOUNT,
    ACCOUNT_V2,
    ALWAYS,
    CONTENT,
    DICTIONARY,
    EDIT,
    EDIT_ACCOUNT,
    EXTENSION,
    ONE,
    READ,
    RULES_KIND,
    Rows,
)

_RULES, _NUMBERS, _NUMBERS_V2 = "/answering-rule", "/phone-number", "/phone-numbers"
_READ_RULES, _EDIT_RULES = "ReadUserAnsweringRules", "EditUserAnsweringRules"
_READ_COMPANY, _EDIT_COMPANY = "ReadCompanyAnsweringRules", "EditCompanyAnsweringRules"
_READ_NUMBERS, _EDIT_NUMBERS = "ReadCompanyPhoneNumbers", "EditCompanyPhoneNumbers"
_BLOCKING, _BLOCKED = "/caller-blocking", "/caller-blocking/phone-numbers"
_READ_BLOCKED, _EDIT_BLOCKED = "ReadBlockedNumbers", "EditBlockedNumbers"
_NOTIFICATIONS = "/notification-settings"
_READ_NOTIFICATIONS, _EDIT_NOTIFICATIONS = "ReadMessagesNotificationsSettings", "EditMessagesNotificationsSettings"
_READ_PRESENCE, _EDIT_PRESENCE = "ReadPresence", "EditPresence"
_GREETING, _PRESETS = "/greeting", DICTIONARY + "/greeting"
_QUEUE_PRESENCE = "/call-queues/([^/]+)/presence"

TABLE: Rows = (
    ("GET", EXTENSION + _RULES, either(answering_rules.list_all, group_rules.list_all), "medium", READ, _READ_RULES,
     RULES_KIND),
    ("POST", EXTENSION + _RULES, either(answering_rules.create, group_rules.create), "medium", EDIT, _EDIT_RULES,
     RULES_KIND),
    ("GET", EXTENSION + _RULES + ONE, either(answering_rules.read, group_rules.read), "light", READ, _READ_RULES,
     RULES_KIND),
    ("PUT", EXTENSION + _RULES + ONE, either(answering_rules.update, group_rules.update), "medium", EDIT, _EDIT_RULES,
     RULES_KIND),
    ("DELETE", EXTENSION + _RULES + ONE, either(answering_rules.delete, group_rules.delete), "medium", EDIT,
     _EDIT_RULES, RULES_KIND),
    ("GET", ACCOUNT + "/forward-all-calls", forward_all.read, "light", READ, _READ_COMPANY, ALWAYS),
    ("PATCH", ACCOUNT + "/forward-all-calls", forward_all.update, "medium", EDIT_ACCOUNT, _EDIT_COMPANY, ALWAYS),
    ("GET", _PRESETS, greetings.list_presets, "medium", "", "", ALWAYS),
    ("GET", _PRESETS + ONE, greetings.read_preset, "medium", "", "", ALWAYS),
    ("POST", ACCOUNT + _GREETING, greetings.create_company, "medium", EDIT_ACCOUNT, "ReadUserInfo", ALWAYS),
    ("GET", ACCOUNT + _GREETING + ONE + CONTENT, greetings.company_content, "heavy", READ, "", ALWAYS),
    ("POST", EXTENSION + _GREETING, greetings.create, "heavy", EDIT, _EDIT_RULES, ALWAYS),
    ("GET", EXTENSION + _GREETING + ONE, greetings.read, "medium", READ, "ReadUserInfo", ALWAYS),
    ("GET", EXTENSION + _GREETING + ONE + CONTENT, greetings.content, "heavy", READ, "", ALWAYS),
    ("GET", ACCOUNT + _NUMBERS, account_numbers.list_v1, "heavy", READ, _READ_NUMBERS, ALWAYS),
    ("GET", ACCOUNT + _NUMBERS + ONE, account_numbers.read_v1, "light", READ, _READ_NUMBERS, ALWAYS),
    ("GET", ACCOUNT_V2 + _NUMBERS_V2, account_numbers.list_v2, "heavy", READ, _READ_NUMBERS, ALWAYS),
    ("DELETE", ACCOUNT_V2 + _NUMBERS_V2, account_numbers.delete, "medium", EDIT_ACCOUNT, _EDIT_NUMBERS, ALWAYS),
    ("POST", ACCOUNT_V2 + _NUMBERS_V2 + "/bulk-add", account_numbers.add, "heavy", EDIT_ACCOUNT, _EDIT_NUMBERS, ALWAYS),
    ("PATCH", ACCOUNT_V2 + _NUMBERS_V2 + ONE, account_numbers.assign, "medium", EDIT_ACCOUNT, _EDIT_NUMBERS, ALWAYS),
    ("POST", ACCOUNT_V2 + _NUMBERS_V2 + ONE + "/replace", account_numbers.replace, "medium", EDIT_ACCOUNT,
     _EDIT_NUMBERS, ALWAYS),
    ("GET", EXTENSION + _BLOCKING, caller_blocking.read, "light", READ, _READ_BLOCKED, ALWAYS),
    ("PUT", EXTENSION + _BLOCKING, caller_blocking.update, "light", EDIT, _EDIT_BLOCKED, ALWAYS),
    ("GET", EXTENSION + _BLOCKED, caller_blocking.list_numbers, "light", READ, _READ_BLOCKED, ALWAYS),
    ("POST", EXTENSION + _BLOCKED, caller_blocking.create_number, "medium", EDIT, _EDIT_BLOCKED, ALWAYS),
    ("GET", EXTENSION + _BLOCKED + ONE, caller_blocking.read_number, "light", READ, _READ_BLOCKED, ALWAYS),
    ("PUT", EXTENSION + _BLOCKED + ONE, caller_blocking.update_number, "medium", EDIT, _EDIT_BLOCKED, ALWAYS),
    ("DELETE", EXTENSION + _BLOCKED + ONE, caller_blocking.delete_number, "medium", EDIT, _EDIT_BLOCKED, ALWAYS),
    ("GET", EXTENSION + _NOTIFICATIONS, notifications.read, "light", READ, _READ_NOTIFICATIONS, ALWAYS),
    ("PUT", EXTENSION + _NOTIFICATIONS, notifications.update, "medium", EDIT, _EDIT_NOTIFICATIONS, ALWAYS),
    ("GET", EXTENSION + "/presence", presence.read, "light", _READ_PRESENCE, "ReadPresenceStatus", ALWAYS),
    ("PUT", EXTENSION + "/presence", presence.update, "medium", _EDIT_PRESENCE, "", ALWAYS),
    ("GET", ACCOUNT + _QUEUE_PRESENCE, presence.read_queue, "light", _READ_PRESENCE, "", ALWAYS),
    ("PUT", ACCOUNT + _QUEUE_PRESENCE, presence.update_queue, "medium", _EDIT_PRESENCE, "", ALWAYS),
    ("GET", EXTENSION + "/call-queue-presence", presence.read_extension, "light", _READ_PRESENCE, "", ALWAYS),
    ("PUT", EXTENSION + "/call-queue-presence", presence.update_extension, "medium", _EDIT_PRESENCE, "", ALWAYS),
    ("GET", EXTENSION + "/caller-id", caller_id.read, "light", READ, "ReadCallerIDSettings", ALWAYS),
    ("PUT", EXTENSION + "/caller-id", caller_id.update, "medium", EDIT, "EditCallerIDSettings", ALWAYS),
)  # fmt: skip
