# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the fuzzer works on: for each plural module an account, a small grammar of desired states, and what is true.

What an account holds is read from the simulator's state, not through the collection. Everything is drawn from the
random numbers that are handed in, so that it can be made again.
"""

from __future__ import annotations

from random import Random
from typing import Any, ClassVar

from system_calls import BACK_ENDS, WEEK
from system_fonedynamics import WISHES as FONE_WISHES
from system_fuzz_base import FuzzedAccount
from system_fuzz_sonetel import Forwardings, UserForwardings, Voiceapps
from system_ringcentral import CELL, DESK, HOME
from system_support import Json, SkippingClock, run_module

from simulator.fonedynamics import seed as fonedynamics
from simulator.ringcentral import seed as ringcentral
from simulator.smspartner import seed as smspartner


class _RingCentral(FuzzedAccount):
    provider = "ringcentral"
    volatile = ("sessions", "next_id")
    urls = ("server_url",)

    def connection(self) -> Json:
        login = {"client_id": ringcentral.CLIENT_ID, "client_secret": ringcentral.CLIENT_SECRET, "jwt": ringcentral.JWT}
        where = {"server_url": self.simulator.ringcentral_server_url, "cache_path": str(self.folder / "cache")}
        return {**login, **where, "region": "US"}

    def prepare(self) -> None:
        super().prepare()
        # Every run has a pretended clock of its own, by which limits of real time cannot be kept.
        self.simulator.set_limits({"ringcentral": dict.fromkeys(("light", "medium", "heavy", "auth"))})

    def settle(self) -> None:
        """Let reads show what is there."""
        state = self.simulator.state()["ringcentral"]
        for extension in state["extensions"].values():
            extension["late"] = extension["late_calls"] = None
        self.simulator.put_state({"ringcentral": state})


class ForwardingNumbers(_RingCentral):
    module = "ringcentral_forwarding_numbers"
    writing: ClassVar[tuple[str, ...]] = ("POST", "POST", "PUT", "DELETE")
    lists = ("forwarding_numbers",)
    switches: ClassVar[dict[str, tuple[Any, ...]]] = {
        "late_reads": (1, 2),
        "put": ("replace",),
        "same_type_in_put": ("refused",),
        "label_of_fixed_type": ("refused",),
        "unset_flip_number": ("absent",),
        "uri": ("absent",),
        "rate_headers": ("other_spelling", "absent"),
        "plus_missing": ("refused",),
        "error_shape": ("standard",),
    }
    _EXTENSIONS: ClassVar[dict[str, str]] = {"101": ringcentral.OWNER_ID, "102": ringcentral.READER_ID}

    def draw(self, random: Random) -> dict[str, list[Json]]:
        items: list[Json] = []
        for place in random.sample(range(5), random.randint(1, 4)):
            extension = random.choice([*self._EXTENSIONS])
            item: Json = {"extension": extension, "phone_number": f"+1650555010{place}"}
            # The number that is there already has another type, which cannot be changed.
            if place != 1 and random.random() < 0.3 and not any(other.get("type") for other in items):
                item["type"] = random.choice(("Home", "Mobile"))
            else:
                item["label"] = f"L{place}"
            items.append(item)
        for place in random.sample((5, 6), random.randint(0, 2)):
            items.append({"extension": "101", "phone_number": f"+1650555010{place}", "state": "absent"})
        return {"forwarding_numbers": items}

    def plant(self, state: Json) -> None:
        for place in (5, 6, 1):
            record = ringcentral.forwarding_number(f"50000001{place}", f"+1650555010{place}", f"Old {place}")
            state["extensions"][ringcentral.OWNER_ID]["forwarding_numbers"][record["id"]] = record

    def held(self, state: Json, kind: str, item: Json) -> Any:
        records = state["extensions"][self._EXTENSIONS[item["extension"]]]["forwarding_numbers"].values()
        return [record for record in records if record["phoneNumber"] == item["phone_number"]]

    def right(self, state: Json, kind: str, item: Json) -> bool | None:
        found = self.held(state, kind, item)
        if item.get("state") == "absent":
            return not found
        return (
            len(found) == 1
            and item.get("label") in (None, found[0]["label"])
            and item.get("type") in (None, found[0]["type"])
        )

    def twice(self, state: Json) -> list[str]:
        return [
            f"{extension} {number}"
            for extension, content in state["extensions"].items()
            for numbers in [[record["phoneNumber"] for record in content["forwarding_numbers"].values()]]
            for number in sorted(set(numbers))
            if numbers.count(number) > 1
        ]


class CallForwardings(_RingCentral):
    module = "ringcentral_call_forwardings"
    writing: ClassVar[tuple[str, ...]] = ("PUT", "PATCH")
    lists = ("call_forwardings",)
    switches: ClassVar[dict[str, tuple[Any, ...]]] = {
        "answering_rule_put": ("replace",),
        "business_hours_put": ("merge",),
        "inactive_numbers": ("always",),
        "recipient_id": ("number",),
        "other_actions": ("shown",),
        "error_shape": ("standard",),
    }
    _RULES: ClassVar[dict[str, tuple[str, str]]] = {
        "work": ("business-hours-rule", "work-hours"),
        "after": ("after-hours-rule", "after-hours"),
    }

    def draw(self, random: Random) -> dict[str, list[Json]]:
        self.migrated = random.choice([*BACK_ENDS.values()])
        ring = [{"phone_numbers": [random.choice(("+16505550100", "+16505550101"))], "seconds": 20}]
        then = random.choice(({"voicemail": True}, {"extension": "102"}, {"phone_number": "+16505550177"}))
        work: Json = {"extension": "101", "hours": "work", "ring_mode": "in_order", "ring": ring, "then": then}
        if random.random() < 0.4:
            work["schedule"] = {**WEEK, "friday": ["08:00-12:00"]}
        after: Json = {"extension": "101", "hours": "after", "ring": ring if random.random() < 0.5 else []}
        after["then"] = random.choice(({"voicemail": True}, {"extension": "102"}))
        return {"call_forwardings": random.choice(([work], [after], [work, after]))}

    def prepare(self) -> None:
        super().prepare()
        numbers = {"forwarding_numbers": [CELL, HOME, DESK]}
        made = run_module("ringcentral_forwarding_numbers", {**self.connection(), **numbers}, clock=SkippingClock())
        assert not made.get("failed"), made["msg"]
        self.simulator.set_switches({"ringcentral": {"migrated": self.migrated}})
        # The first look at the account is what migrates it.
        run_module(
            "ringcentral_call_forwarding_info", {**self.connection(), "extensions": ["101"]}, clock=SkippingClock()
        )

    def held(self, state: Json, kind: str, item: Json) -> Any:
        extension = state["extensions"][ringcentral.OWNER_ID]
        legacy, new = self._RULES[item["hours"]]
        if self.migrated == "yes":
            handling = extension["comm_handling"]
            return [handling["rules"].get(new), handling["states"].get(new)]
        hours = extension["business_hours"] if "schedule" in item else None
        return [extension["answering_rules"].get(legacy), hours]


class Callforwards(FuzzedAccount):
    provider = "smspartner"
    module = "smspartner_callforwards"
    writing: ClassVar[tuple[str, ...]] = ("POST",)
    lists = ("callforwards",)
    readable = False
    switches: ClassVar[dict[str, tuple[Any, ...]]] = {
        "conflict_policy": ("exact_match", "overwrite"),
        "cross_mode": ("overwrite",),
        "error_http_status": (200,),
        "never_configured": (18,),
        "success_code": (200, 2),
        "language": ("fr",),
    }
    _NUMBERS = tuple(f"332619101{place:02}" for place in range(5))

    def draw(self, random: Random) -> dict[str, list[Json]]:
        self._first = [random.choice(((0, ""), (1, "33353010001"), (2, "accueil@example.org"))) for _n in self._NUMBERS]
        self._known = random.random() < 0.5
        numbers = random.sample(self._NUMBERS, random.randint(1, 4))
        return {"callforwards": [self._item(number, random) for number in numbers]}

    @staticmethod
    def _item(number: str, random: Random) -> Json:
        item: Json = {"number": f"+{number}"}
        state = random.choice(("disabled", "forward", "voicemail"))
        to = {"forward": {"destination": "+33353010002"}, "voicemail": {"email": "ventes@example.org"}}
        return {**item, "state": state, **to.get(state, {})}

    def prepare(self) -> None:
        super().prepare()
        if self._known:
            first = [
                {
                    "number": f"+{number}",
                    "state": ("disabled", "forward", "voicemail")[kind],
                    **({"destination": f"+{to}"} if kind == 1 else {"email": to} if kind == 2 else {}),
                }
                for number, (kind, to) in zip(self._NUMBERS, self._first, strict=True)
            ]
            result = self.run(callforwards=first)
            assert not result.get("failed"), result["msg"]

    def plant(self, state: Json) -> None:
        state["accounts"][smspartner.API_KEY]["numbers"] = {
            number: smspartner.number(kind, to, configured=True)
            for number, (kind, to) in zip(self._NUMBERS, self._first, strict=True)
        }

    def connection(self) -> Json:
        return {
            "api_key": smspartner.API_KEY,
            "api_url": self.simulator.smspartner_api_url,
            "journal": str(self.folder / "journal.json"),
            "on_conflict": "replace",
            "region": "FR",
        }

    def held(self, state: Json, kind: str, item: Json) -> Any:
        record = state["accounts"][smspartner.API_KEY]["numbers"][item["number"][1:]]
        return [record["type"], record["param"]]

    def right(self, state: Json, kind: str, item: Json) -> bool | None:
        desired = {
            "disabled": [0, ""],
            "forward": [1, item.get("destination", "+")[1:]],
            "voicemail": [2, item.get("email")],
        }
        return bool(self.held(state, kind, item) == desired[item["state"]])


class Numbers(FuzzedAccount):
    provider = "fonedynamics"
    module = "fonedynamics_numbers"
    writing: ClassVar[tuple[str, ...]] = ("POST",)
    lists = ("numbers",)
    switches: ClassVar[dict[str, tuple[Any, ...]]] = {
        "single_shape": ("wrapped",),
        "list_shape": ("envelope",),
        "unset": ("null", "empty"),
        "not_found_status": (404,),
        "list_members": ("confirmed",),
        "member_groups": ("all",),
        "foreign_number": ("not_found",),
    }

    def draw(self, random: Random) -> dict[str, list[Json]]:
        self._entries = random.sample(FONE_WISHES, random.randint(1, len(FONE_WISHES)))
        return {"numbers": [dict(item) for item, _stored in self._entries]}

    def connection(self) -> Json:
        login = {"account_sid": fonedynamics.ACCOUNT_SID, "token": fonedynamics.TOKEN}
        return {**login, "api_url": self.simulator.fonedynamics_api_url, "region": "AU"}

    def held(self, state: Json, kind: str, item: Json) -> Any:
        digits = "".join(sign for sign in item["number"] if sign.isdigit()).removeprefix("0")
        numbers = state["accounts"][fonedynamics.ACCOUNT_SID]["numbers"]
        return numbers[f"61{digits}"]

    def right(self, state: Json, kind: str, item: Json) -> bool | None:
        record = self.held(state, kind, item)
        stored = next(stored for entry, stored in self._entries if entry["number"] == item["number"])
        return all(record[name] == value for name, value in stored.items())


ACCOUNTS: tuple[type[FuzzedAccount], ...] = (
    Forwardings,
    Voiceapps,
    UserForwardings,
    ForwardingNumbers,
    CallForwardings,
    Callforwards,
    Numbers,
)
