# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects that cannot be read: what is not remembered is unknown, not absent, and the result says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.office.telephony.plugins.module_utils._engine.keys import Key
from ansible_collections.office.telephony.plugins.module_utils._engine.plan import Action, Current, Desired, Step
from ansible_collections.office.telephony.plugins.module_utils._engine.reconcile import carry_out, plan_for, uncertainty
from ansible_collections.office.telephony.plugins.module_utils._engine.resource import Record, Resource
from ansible_collections.office.telephony.plugins.module_utils._engine.schema import Field, Table
from ansible_collections.office.telephony.plugins.module_utils._errors import (
    ConnectionFailed,
    Doubt,
    Interrupted,
    Rejected,
)
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

LAMP = Table(
    singular="lamp",
    plural="lamps",
    key="room",
    fields=(
        Field("room", read=lambda record: record["room"]),
        Field("colour", read=lambda record: record["colour"], write=lambda colour: {"colour": colour}),
        Field("checked", read=lambda record: record.get("checked", False)),
    ),
    readable=False,
    touched=lambda record: bool(record.get("touched", True)),
)
RED, BLUE = {"room": "a", "colour": "red"}, {"room": "a", "colour": "blue"}


class Lamps(Resource):
    """Remembers what it is reported to; each update ends as *ends* says. Looking something up is an error."""

    table = LAMP

    def __init__(self, api: Any) -> None:
        self.remembered: list[Current] = api
        self.ends: Record | Exception = {**RED, "checked": True}
        self.written: list[str] = []

    @classmethod
    def desired(cls, items: Sequence[Mapping[str, Any]], rules: NumberRules, many: bool) -> list[Desired]:
        raise NotImplementedError

    def read(self, desired: Sequence[Desired] | None = None) -> list[Current]:
        return self.remembered

    def update(self, step: Step) -> Record:
        self.written.append(step.key.first)
        if isinstance(self.ends, Exception):
            raise self.ends
        return self.ends


def desired(assumed: Mapping[str, Any] | None = None) -> Desired:
    return Desired(Key("a"), {**RED, "checked": False}, assumed=assumed)


@each(
    ("remembered", "assumed", "action", "blind", "before"),
    [
        (None, None, Action.UPDATE, True, {"colour": "unknown"}),
        (None, BLUE, Action.UPDATE, True, {"colour": "unknown"}),
        (None, RED, Action.CONFIRM, True, None),
        (BLUE, None, Action.UPDATE, False, {"colour": "blue"}),
        (BLUE, RED, Action.UPDATE, False, {"colour": "blue"}),
        (RED, None, Action.NONE, False, None),
        (RED, BLUE, Action.NONE, False, None),
    ],
)
def test_planning(
    remembered: Mapping[str, Any] | None,
    assumed: Mapping[str, Any] | None,
    action: Action,
    blind: bool,
    before: Mapping[str, Any] | None,
) -> None:
    """What is remembered counts more than what the user believes; belief alone makes check mode quiet, not the run."""
    lamps = Lamps([Current(Key("a"), remembered, {})] if remembered else [])
    plan = plan_for(lamps, [desired(assumed)])
    (step,) = plan.steps
    assert (step.action, step.blind) == (action, blind)
    assert bool(uncertainty(plan)) is blind
    predicted = carry_out(lamps, plan, check_mode=True, many=True)
    assert lamps.written == []
    assert predicted["changed"] is (before is not None)
    assert predicted["diff"]["before"] == ({} if before is None else {"a": before})
    assert predicted["plan"]["update"] == (before is not None)
    done = carry_out(lamps, plan, check_mode=False, many=True)
    assert lamps.written == ([] if action is Action.NONE else ["a"])
    assert done["changed"] is (action is not Action.NONE)


@each(
    ("ends", "status", "shown"),
    [
        ({**RED, "checked": True}, "applied", {"colour": "red", "checked": True}),
        ({**RED, "touched": False}, "unchanged", {"colour": "red", "checked": False}),
        (Rejected("no"), "failed", {}),
        (ConnectionFailed("gone", doubt=Doubt.OPEN), "unknown", {"colour": "red", "checked": False}),
        (Interrupted("half", {"room": "a", "colour": None}), "unknown", {"colour": None, "checked": False}),
    ],
)
def test_applying(ends: Record | Exception, status: str, shown: Mapping[str, Any]) -> None:
    """Nothing is read again; what the provider's answer tells is all there is to say."""
    lamps = Lamps([])
    lamps.ends = ends
    result = carry_out(lamps, plan_for(lamps, [desired()]), check_mode=False, many=False)
    assert result["results"][0]["status"] == status
    assert result["lamp"] == {"room": "a", **shown}
    assert result["changed"] is (status in ("applied", "unknown"))
    assert ("It may have been changed" in result.get("msg", "")) is isinstance(ends, ConnectionFailed)
