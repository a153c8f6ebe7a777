# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""POST /vn/callforward (docs/providers/smspartner.md 4 to 6)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from simulator.messages import Record
from simulator.smspartner.answers import Failure, Success

_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
_SPELLED = {
    "international": re.compile(r"[1-9]\d{6,14}"),
    "plus": re.compile(r"\+[1-9]\d{6,14}"),
    "national": re.compile(r"0\d{9}|00[1-9]\d{6,14}"),
}


def set_callforward(body: Record, account: Record, switches: Mapping[str, str | int]) -> Success:
    """Validate in the order of smspartner.md 9 #20, then switch. Raises Failure, and changes nothing then."""
    if not body.get("number"):
        raise Failure(5)
    kind = _kind(body, switches)
    param = body.get("param")
    text = param.strip() if isinstance(param, str) else ""
    if kind and not text:
        raise Failure(8)
    target = ""
    if kind == 1:
        digits = _digits(text, switches)
        if digits is None:
            raise Failure(12)
        target = digits
    elif kind == 2:
        if not _EMAIL.fullmatch(text):
            raise Failure(int(switches["email_error_code"]), text_of=9)
        target = text
    number = account["numbers"].get(_digits(str(body["number"]), switches))
    if number is None:
        raise Failure(13)
    if not number["active"]:
        raise Failure(15)
    return _switch(number, kind, target, switches)


def _kind(body: Record, switches: Mapping[str, str | int]) -> int:
    kind = body.get("type")
    if kind is None or kind == "":
        raise Failure(6)
    if isinstance(kind, str) and kind.isdigit() and switches["type_as_text"] == "accepted":
        kind = int(kind)
    if isinstance(kind, bool) or not isinstance(kind, int) or kind not in (0, 1, 2):
        raise Failure(7)
    return kind


def _switch(number: Record, kind: int, target: str, switches: Mapping[str, str | int]) -> Success:
    present = number["type"]
    if kind == 0:
        if present == 0:
            raise Failure(18 if number["configured"] else int(switches["never_configured"]))
        if present == 2 and switches["type_zero"] == "leaves_voicemail":
            raise Failure(17)
    elif present == kind:
        policy = switches["conflict_policy"]
        if policy == "mode_only" or (policy == "exact_match" and number["param"] == target):
            raise Failure(15 + kind)
    elif present and switches["cross_mode"] == "conflict":
        raise Failure(15 + present)
    number.update({"type": kind, "param": target, "configured": True})
    return Success(2 if kind == 0 else int(switches["success_code"]), kind)


def _digits(text: str, switches: Mapping[str, str | int]) -> str | None:
    """A number as it is stored, `33...`; None for what is none, or is not spelled as the switch wants."""
    bare = re.sub(r"[\s.()-]", "", text)
    wanted = switches["number_format"]
    allowed = list(_SPELLED.values()) if wanted == "any" else [_SPELLED[str(wanted)]]
    if not any(pattern.fullmatch(bare) for pattern in allowed):
        return None
    if bare.startswith("00"):
        return bare[2:]
    return "33" + bare[1:] if bare.startswith("0") else bare.removeprefix("+")
