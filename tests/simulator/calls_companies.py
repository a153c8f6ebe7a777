# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""RingCentral companies small enough that what a caller meets can be worked out by hand.

People are those of the default state: 101 Ada and 102 Ben have a desk phone and apps, 103 Cleo has a soft phone and
apps. The company is in New York, and 101 is its operator. Extensions are named by their numbers.
"""

from __future__ import annotations

from typing import Any

from simulator.messages import Record
from simulator.ringcentral import defaults, seed
from tests.simulator.calls_offices import ringcentral

LOS_ANGELES, NEW_YORK, LONDON = "60", "64", "17"
MAIN, SPARE = seed.MAIN_NUMBER, "+16505550186"
CLEO = "400000004"
PEOPLE = {"101": seed.OWNER_ID, "102": seed.READER_ID, "103": CLEO, "301": seed.ANNOUNCEMENT_ID}
NINE_TO_FIVE = seed.OFFICE_HOURS
HALF = "2026-12-04T12:30:00-05:00"
"""Half past twelve on a Friday in New York."""


def ident(number: str) -> str:
    """The id of an extension."""
    return PEOPLE.get(number, f"4100{number.zfill(5)}")


def company(*groups: Record, rules: tuple[Record, ...] = (), **members: Any) -> Record:
    """A state with these extensions besides people; `members` of the company, or `work` and `after`: its rules' own."""
    state = ringcentral()["ringcentral"]
    found = state["company"]
    for key, name in (("work", defaults.BUSINESS_HOURS), ("after", defaults.AFTER_HOURS)):
        found["answering_rules"][name].update(members.pop(key, {}))
    found["answering_rules"] |= {rule["id"]: rule for rule in rules}
    found.update(members)
    for key in [key for key, extension in state["extensions"].items() if key not in PEOPLE.values()]:
        del state["extensions"][key]
    state["extensions"] |= {ident(group["record"]["extensionNumber"]): group for group in groups}
    return {"ringcentral": state}


def bypass(number: str) -> Record:
    """What a rule of the company does that sends calls to an extension."""
    return {"callHandlingAction": "Bypass", "extension": ident(number)}


def company_rule(key: str, does: Record | str, **conditions: Any) -> Record:
    """A custom rule of the company; `does` is an extension, or members."""
    members = bypass(does) if isinstance(does, str) else does
    return {**defaults.company_rule(key, f"Rule {key}"), **members, **conditions}


def group(number: str, kind: str, *, numbers: tuple[str, ...] = (), status: str = "Enabled", **members: Any) -> Record:
    """An extension that is not a person; `transfer` names an extension."""
    if "transfer" in members:
        members["transfer"] = ident(members["transfer"])
    direct = [seed.direct_number(620000000 + int(text[-4:]), text) for text in numbers]
    made = seed.extension(number, f"{kind} {number}", kind=kind, phone_numbers=direct, **members)
    made["record"]["status"] = status
    return made


def queue(
    number: str,
    *members: str,
    after: Record | None = None,
    overflow: tuple[str, ...] = (),
    recipient: str | None = None,
    extension: Record | None = None,
    **handling: Any,
) -> Record:
    """A queue whose members ring in the order given, 20 s each, while the caller waits for 60 s.

    `handling` changes that; `transfer` and `unconditionalForwarding` are by event. `extension` has further arguments of
    `group`.
    """
    made = group(number, "Department", members=[ident(member) for member in members], **(extension or {}))
    rules = made["answering_rules"]
    order = [ident(member) for member in members]
    changed = {"transferMode": "FixedOrder", "fixedOrderAgents": order, "holdTime": 60, **handling}
    changed["transfer"] = {event: ident(to) for event, to in changed.get("transfer", {}).items()}
    rules[defaults.BUSINESS_HOURS]["queue"].update(changed)
    rules[defaults.BUSINESS_HOURS]["voicemail"]["recipient"] = None if recipient is None else ident(recipient)
    if after is not None:
        rules[defaults.AFTER_HOURS].update(after)
    if overflow:
        made["queue"]["overflow"] = {"enabled": True, "items": [ident(other) for other in overflow]}
    return made


def queue_rule(key: str, action: str, **members: Any) -> Record:
    """A custom rule of a queue."""
    return {**defaults.group_rule(key, f"Rule {key}", "Department", action=action), **members}


def site_rule(key: str, to: str, **conditions: Any) -> Record:
    """A custom rule of a site."""
    return {**defaults.group_rule(key, f"Rule {key}", "Site", transfer=ident(to)), **conditions}


def transfer(number: str) -> Record:
    """What a rule of a queue or a site does that sends calls to an extension."""
    return {"callHandlingAction": "TransferToExtension", "transfer": ident(number)}


def menu(number: str, repeat: int = 3, extension: Record | None = None, **keys: str) -> Record:
    """A menu; `k1="Connect 7001"`, `star="Repeat"`, `no_input="Disconnect"`."""
    return group(number, "IvrMenu", menu={"repeat": repeat, "actions": actions(**keys)}, **(extension or {}))


def actions(**keys: str) -> list[Record]:
    """What keys do, in the form of the state."""
    names = {"star": "Star", "hash": "Hash", "no_input": "NoInput"}
    made = []
    for key, text in keys.items():
        action, _space, target = text.partition(" ")
        item: Record = {"input": names.get(key, key[1:]), "action": action}
        if target:
            item |= {"phoneNumber": target} if action == "Transfer" else {"extension": ident(target)}
        made.append(item)
    return made


def site(number: str, to: str, after: str | None = None, **members: Any) -> Record:
    """A site in Los Angeles; `ivr` are members of its IVR settings, `operator` an extension."""
    ivr, operator = members.pop("ivr", {}), members.pop("operator", None)
    made = group(number, "Site", transfer=to, **{"zone": LOS_ANGELES, **members})
    if after is not None:
        made["answering_rules"][defaults.AFTER_HOURS].update(transfer(after))
    made["site"]["ivr"] |= ivr
    made["site"]["operator"] = None if operator is None else ident(operator)
    return made


def mailbox(number: str, recipient: str | None = None) -> Record:
    """A message-only extension."""
    made = group(number, "Voicemail")
    made["answering_rules"][defaults.BUSINESS_HOURS]["voicemail"]["recipient"] = recipient and ident(recipient)
    return made


def dial(number: str, **call: Any) -> Record:
    """A call to an extension."""
    return {"extension": {"ringcentral": number}, **call}


def dates(*ranges: tuple[str, str]) -> Record:
    """The schedule of a rule for days."""
    return {"ranges": [{"from": start, "to": end} for start, end in ranges]}


def weekly(*days: str, start: str = "12:00", end: str = "13:00") -> Record:
    """The schedule of a rule for hours of the week, or business hours."""
    return {"weeklyRanges": {day: [{"from": start, "to": end}] for day in days}}
