# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a RingCentral site: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  name:
    description:
      - The exact name of the site, which identifies it. It cannot be changed here.
    type: str
    required: true
  extension:
    description:
      - The extension number, with up to eight digits. Required for a new site.
      - A number of another site is refused. RingCentral never chooses the number.
    type: str
  email:
    description:
      - The e-mail address of the site.
    type: str
  time_zone:
    description:
      - RingCentral's name of the time zone, such as V(America/Los_Angeles).
    type: str
  address:
    description:
      - The address of the site. Parts that are not set do not change.
    type: dict
    suboptions:
      country:
        description:
          - The country.
        type: str
      state:
        description:
          - The state or province.
        type: str
      city:
        description:
          - The city.
        type: str
      street:
        description:
          - The street and the number.
        type: str
      zip:
        description:
          - The postal code.
        type: str
  caller_id_name:
    description:
      - The name that people see when the site calls them. Up to 15 letters, digits, blanks and commas.
    type: str
  operator:
    description:
      - The operator of the site, by extension number, id, e-mail address or exact name.
    type: str
  top_menu:
    description:
      - The menu that callers of the site hear first, by extension number, id or exact name.
    type: str
"""

    LISTED: str = listed("sites", DOCUMENTATION)
