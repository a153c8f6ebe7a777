# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options of an item, documented once for its own module and for the module that takes a list of such items."""

from __future__ import annotations

import re
import textwrap


def listed(name: str, item: str, more: str = "") -> str:
    """Return a documentation fragment for a list called *name*, from the fragment of one *item*.

    References to an option of the item lead into the list there. *more* holds suboptions that only the list has.
    Assign it with a type, because the sanity tests take plain assignments for literals.
    """
    options = item.strip("\n").removeprefix("options:\n")
    names = "|".join(re.findall(r"^  (\w+):$", options, re.MULTILINE))
    inside = re.sub(rf"\bO\((?=(?:{names})\b)", f"O({name}[].", options)
    return f"options:\n  {name}:\n    suboptions:\n" + textwrap.indent(f"{inside}\n{more.strip(chr(10))}\n", "    ")
