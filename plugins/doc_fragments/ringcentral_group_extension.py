# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a message-only or announcement-only extension: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  extension:
    description:
      - The extension number, with up to eight digits. You can also name an existing extension by its id or exact name.
      - A number of another extension is refused. RingCentral never chooses the number.
    type: str
    required: true
  name:
    description:
      - The name that people see. Required for a new extension.
    type: str
  email:
    description:
      - The e-mail address that notifications are sent to. Required for a new extension.
    type: str
  site:
    description:
      - The site that it belongs to, by name or extension number. V(main) is the main site, which every account has.
    type: str
  time_zone:
    description:
      - RingCentral's name of the time zone, such as V(America/New_York).
    type: str
  language:
    description:
      - The language in which RingCentral speaks to callers, such as V(en-US).
    type: str
  kind:
    description:
      - What the extension does. V(message_only) takes messages, V(announcement) plays an announcement.
      - Required for a new extension. It cannot be changed.
    type: str
    choices: [message_only, announcement]
  voicemail_to:
    description:
      - The extension that receives the messages, by extension number, id, e-mail address or exact name. It must be a
        person or a message-only extension. For O(kind=message_only) only.
    type: str
  state:
    description:
      - V(absent) deletes the extension. Its phone numbers become company numbers.
    type: str
    choices: [present, absent]
    default: present
"""

    LISTED: str = listed("group_extensions", DOCUMENTATION)
