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
      - The exact name of the site, by which it is found. It cannot be changed here.
    type: str
    required: true
  extension:
    description:
      - The extension number of up to eight digits. Needed for a new site.
      - A number that another site has is refused. RingCentral's own choice of a number is never used.
    type: str
  email:
    description:
      - The e-mail address of the site.
    type: str
  time_zone:
    description:
      - A time zone by its name at RingCentral, such as V(America/Los_Angeles).
    type: str
  address:
    description:
      - The address of the site. What is not set of it stays as it is.
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
      - What people see who are called from the site. It takes up to 15 letters, digits, blanks and commas.
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

    LISTED = listed("sites", DOCUMENTATION)
