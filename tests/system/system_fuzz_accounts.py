# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the fuzzer works on: for each plural module an account, a small grammar of desired states, and what is true.

What an account holds is read from the simulator's state, not through the collection. Everything is drawn from the
random numbers that are handed in, so that it can be made again.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from system_calls import BACK_ENDS, WEEK
from system_fonedynamics import WISHES as FONE_WISHES
from system_ringcentral import CELL, DESK, HOME
from system_support import TOKEN, Clock, Json, run_module

from simulator.fonedynamics import seed as fonedynamics
from simulator.harness import Simulator
from simulator.ringcentral import seed as ringcentral
from simulator.smspartner import seed as smspartner
from simulator.sonetel import seed as sonetel

PHONES = ("+46701740605", "+46701740606", "+12025550144")
USERS = {"erik.ohman@example.org": "3000000014", "john.miller@example.org": "3000000013"}
APPS = {"Reception": "VAq7k2m9x1za", "Sales voicemail": "VAm1b8c5d2ef", "Main menu": "VAd4f6g8h0jk"}


class Account(ABC):
    """One account, and a desired state for it: *items*, which the plural module takes.

    `prepare` brings the simulator there. `held` is what the account holds for an item, in a form that can be compared;
    `right` whether that is what the item says, None where only the module itself can tell.
    """

    provider: ClassVar[str]
    module: ClassVar[str]
    # Options that hold the items, in the order in which results show them.
    lists: ClassVar[tuple[str, ...]]
    # Switches of which any combination leaves the desired state reachable.
    switches: ClassVar[dict[str, tuple[Any, ...]]] = {}
    # Members of the provider's state that change by reading and logging in.
    volatile: ClassVar[tuple[str, ...]] = ()
    # The methods of its writes, one after the other as often as it has them.
    writing: ClassVar[tuple[str, ...]] = ("PUT",)
    # Whether what is not answered may be known from a journal alone.
    readable: ClassVar[bool] = True

    def __init__(self, simulator: Simulator, random: Random, folder: Path) -> None:
        self.simulator = simulator
        self.folder = folder
        self.positions = {
            name: random.choice(values) for name, values in self.switches.items() if random.random() < 0.3
        }
        self.wishes: dict[str, list[Json]] = self.draw(random)

    @property
    def items(self) -> list[tuple[str, Json]]:
        return [(name, item) for name in self.lists for item in self.wishes[name]]

    @abstractmethod
    def draw(self, random: Random) -> dict[str, list[Json]]:
        """A desired state, by option."""

    def prepare(self) -> None:
        """The account as it is at first."""
        self.simulator.reset()
        self.simulator.set_switches({self.provider: self.positions})
        state = self.simulator.state()
        self.plant(state[self.provider])
        self.simulator.put_state({self.provider: state[self.provider]})

    def plant(self, state: Json) -> None:  # noqa: B027 - some begin with the default state
        """Change the default state to that in which the account is at first."""

    @abstractmethod
    def connection(self) -> Json:
        """Options that reach the account; `urls` names those that lead through a front."""

    urls: ClassVar[tuple[str, ...]] = ("api_url",)

    def settle(self) -> None:  # noqa: B027 - most show at once what was written
        """Let pass what a provider needs to show what was written."""

    def run(self, *, check: bool = False, clock: Clock | None = None, **options: Any) -> Json:
        given = {**self.connection(), **self.wishes, **options}
        return run_module(self.module, given, check=check, clock=clock or Clock())

    def state(self) -> Json:
        """All that the provider holds for its accounts."""
        state: Json = self.simulator.state()[self.provider]
        return {name: value for name, value in state.items() if name not in self.volatile}

    @abstractmethod
    def held(self, state: Json, kind: str, item: Json) -> Any:
        """What *state* holds for an item."""

    def right(self, state: Json, kind: str, item: Json) -> bool | None:
        """Whether that is what the item says."""
        return None

    def twice(self, state: Json) -> list[str]:
        """What exists twice, although nobody wanted it to."""
        return []

    def writes(self) -> list[str]:
        """The writes since the log was emptied."""
        return [
            f"{entry['method']} {entry['path']}"
            for entry in self.simulator.requests()
            if entry["method"] != "GET" and "/oauth" not in entry["path"]
        ]


class _Sonetel(Account):
    provider = "sonetel"
    volatile = ("access_tokens", "refresh_tokens")
    urls = ("api_url", "auth_url")
    switches: ClassVar[dict[str, tuple[Any, ...]]] = {
        "failure_http": (400,),
        "not_found": ("http_404", "null"),
        "empty_list": ("array", "null"),
        "envelope": ("absent",),
        "ids": ("number",),
        "flags": ("boolean",),
        "single_number": ("array",),
        "app_destination": ("id",),
        "app_destination_written": ("either", "id", "object_ignored"),
        "stored_number": ("plus", "digits", "double_zero"),
        "sip_prefix": ("kept",),
        "menu_write": ("replace",),
        "blank_entry": ("null", "absent"),
        "call_update": ("replace",),
        "delete_used_app": ("failed",),
        "prompt_name": ("json", "query"),
        "refresh_token": ("rotated", "omitted"),
        "error_body": ("html", "empty"),
    }

    def connection(self) -> Json:
        login = {"username": sonetel.ADMIN_EMAIL, "password": sonetel.ADMIN_PASSWORD, "region": "SE"}
        return {**login, "api_url": self.simulator.sonetel_api_url, "auth_url": self.simulator.sonetel_auth_url}

    @staticmethod
    def account(state: Json) -> Json:
        account: Json = state["accounts"][sonetel.ACCOUNT_ID]
        return account


class Forwardings(_Sonetel):
    module = "sonetel_forwardings"
    lists = ("forwardings",)

    def draw(self, random: Random) -> dict[str, list[Json]]:
        numbers = [f"+{record['phnum']}" for record in sonetel.numbers(8)]
        return {"forwardings": [self._item(number, random) for number in random.sample(numbers, random.randint(2, 6))]}

    @staticmethod
    def _item(number: str, random: Random) -> Json:
        kind = random.choice(("phone", "user", "voiceapp", "sip"))
        to = random.choice({"phone": PHONES, "user": [*USERS], "voiceapp": [*APPS], "sip": ["a@Sip.example.org"]}[kind])
        item: Json = {"number": number, "destination": {kind: to}}
        if random.random() < 0.3:
            item["show"] = random.choice(("caller", "called"))
        if random.random() < 0.3:
            item["renewal"] = random.choice(("1m", "1y", "3y"))
        return item

    def plant(self, state: Json) -> None:
        numbers = sonetel.numbers(8, package="business", connect_to_type="phnum", connect_to="+46701740699")
        for place, record in enumerate(numbers):
            if place % 3 == 2:
                record.update(connect_to_type="user", connect_to="3000000014")
        self.account(state)["numbers"] = {record["phnum"]: record for record in numbers}

    def held(self, state: Json, kind: str, item: Json) -> Any:
        return self.account(state)["numbers"][item["number"][1:]]

    def right(self, state: Json, kind: str, item: Json) -> bool | None:
        record = self.held(state, kind, item)
        ((how, to),) = item["destination"].items()
        wanted = {
            "phone": ("phnum", to),
            "user": ("user", USERS.get(to)),
            "sip": ("sip", to.lower()),
            "voiceapp": ("app", APPS.get(to)),
        }[how]
        found = record["connect_to"]["app_id"] if isinstance(record["connect_to"], dict) else record["connect_to"]
        return (
            (record["connect_to_type"], found) == wanted
            and item.get("show") in (None, record["show"])
            and item.get("renewal") in (None, record["plan_details"]["next_renew_mode"])
        )


class Voiceapps(_Sonetel):
    module = "sonetel_voiceapps"
    writing: ClassVar[tuple[str, ...]] = ("POST", "POST", "PUT", "DELETE")
    lists = ("voiceapps", "prompts")
    _NEW = ("Alpha", "Beta", "Gamma")

    def draw(self, random: Random) -> dict[str, list[Json]]:
        made = [*self._NEW[: random.randint(1, 3)]]
        shown = {"voiceapp": random.choice(["Reception", "Voice Mail", *made])}
        apps: list[Json] = [{"name": name, "type": "menu", "voice": random.choice(("en", "sv"))} for name in made]
        for app in apps:
            app["menu"] = [{"key": "1", **random.choice((shown, {"phone": PHONES[0]}, {"user": next(iter(USERS))}))}]
        if random.random() < 0.6:
            apps.append({"name": "Reception", "voice": "sv"})
        if random.random() < 0.4:
            apps.append({"name": "Box", "type": "mailbox", "deliver_to": {"email": "box@example.org"}})
        if random.random() < 0.5:
            apps.append({"name": "Växel Stockholm", "state": "absent", "force": True})
        if random.random() < 0.5:
            apps += [{"name": name, "state": "absent", "force": True} for name in ("Old one", "Old two")]
        random.shuffle(apps)
        prompts: list[Json] = []
        for app_name in random.sample(["Main menu", *made], 1):
            prompts.append({"voiceapp": app_name, "name": "Hello"})
        return {"voiceapps": apps, "prompts": prompts if random.random() < 0.7 else []}

    def plant(self, state: Json) -> None:
        apps = self.account(state)["voiceapps"]
        del apps["VAdup1icate1"], apps["VAdup1icate2"]
        # Two that lead to each other, so that one has to let go before the other can be deleted.
        for app_id, name, other in (("VAo1", "Old one", "VAo2"), ("VAo2", "Old two", "VAo1")):
            apps[app_id] = sonetel.voiceapp(name, app_id=app_id)
            apps[app_id]["menu"]["digit_2"] = {"action": "connect", "to": "app", "id": other}

    def _apps(self, state: Json, name: str) -> list[Json]:
        return [app for app in self.account(state)["voiceapps"].values() if app["name"] == name]

    def held(self, state: Json, kind: str, item: Json) -> Any:
        if kind == "voiceapps":
            return self._apps(state, item["name"])
        prompts = self.account(state)["prompts"]
        return [
            prompt
            for app in self._apps(state, item["voiceapp"])
            for prompt in prompts.get(app["app_id"], {}).values()
            if prompt["name"] == item["name"]
        ]

    def right(self, state: Json, kind: str, item: Json) -> bool | None:
        found = self.held(state, kind, item)
        if item.get("state") == "absent":
            return not found
        if len(found) != 1:
            return False
        app = found[0]
        if kind == "prompts":
            return True
        entry = item.get("menu", [{}])[0]
        target = app.get("menu", {}).get("digit_1", {}).get("id")
        named = [other["app_id"] for other in self._apps(state, entry.get("voiceapp", ""))]
        return (
            item.get("voice") in (None, app.get("voice"))
            and ("voiceapp" not in entry or [target] == named)
            and ("phone" not in entry or target == entry["phone"])
            and ("user" not in entry or target == USERS[entry["user"]])
            and ("deliver_to" not in item or app["deliver_to_details"] == item["deliver_to"]["email"])
        )

    def twice(self, state: Json) -> list[str]:
        account = self.account(state)
        names = [app["name"] for app in account["voiceapps"].values()]
        names += [
            f"{app_id}/{prompt['name']}" for app_id, all_ in account["prompts"].items() for prompt in all_.values()
        ]
        return sorted({name for name in names if names.count(name) > 1})


class UserForwardings(_Sonetel):
    module = "sonetel_user_forwardings"
    writing: ClassVar[tuple[str, ...]] = ("POST",)
    lists = ("user_forwardings",)

    def draw(self, random: Random) -> dict[str, list[Json]]:
        people = random.sample([*USERS, "anna.lindqvist@example.org"], random.randint(1, 3))
        return {"user_forwardings": [self._item(email, random) for email in people]}

    @staticmethod
    def _item(email: str, random: Random) -> Json:
        action = random.choice(
            ({"phone": random.choice(PHONES)}, {"voiceapp": "Reception"}, {"sip": "a@sip.example.org"})
        )
        item: Json = {"user": email, "first_action": {**action, "ring_time": random.choice((10, 20))}}
        if random.random() < 0.5:
            item["standard_action"] = {"phone": random.choice(PHONES)}
        return item

    def held(self, state: Json, kind: str, item: Json) -> Any:
        people = self.account(state)["users"].values()
        return next(person["call_settings"] for person in people if person["email"] == item["user"])

    def right(self, state: Json, kind: str, item: Json) -> bool | None:
        incoming = self.held(state, kind, item)["incoming"]
        for name in ("first_action", "standard_action"):
            wanted = {key: value for key, value in item.get(name, {}).items() if key != "ring_time"}
            to = {"Reception": APPS["Reception"]}
            if any(incoming[name].get("id") != to.get(value, value) for value in wanted.values()):
                return False
        return str(incoming["first_action"]["ring_time"]) == str(item["first_action"]["ring_time"])


class _RingCentral(Account):
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
        made = run_module("ringcentral_forwarding_numbers", {**self.connection(), **numbers}, clock=Clock())
        assert not made.get("failed"), made["msg"]
        self.simulator.set_switches({"ringcentral": {"migrated": self.migrated}})
        # The first look at the account is what migrates it.
        run_module("ringcentral_call_forwarding_info", {**self.connection(), "extensions": ["101"]}, clock=Clock())

    def held(self, state: Json, kind: str, item: Json) -> Any:
        extension = state["extensions"][ringcentral.OWNER_ID]
        legacy, new = self._RULES[item["hours"]]
        if self.migrated == "yes":
            handling = extension["comm_handling"]
            return [handling["rules"].get(new), handling["states"].get(new)]
        hours = extension["business_hours"] if "schedule" in item else None
        return [extension["answering_rules"].get(legacy), hours]


class Callforwards(Account):
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
        wanted = {
            "disabled": [0, ""],
            "forward": [1, item.get("destination", "+")[1:]],
            "voicemail": [2, item.get("email")],
        }
        return bool(self.held(state, kind, item) == wanted[item["state"]])


class Numbers(Account):
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
        self._wishes = random.sample(FONE_WISHES, random.randint(1, len(FONE_WISHES)))
        return {"numbers": [dict(item) for item, _stored in self._wishes]}

    def connection(self) -> Json:
        login = {"account_sid": fonedynamics.ACCOUNT_SID, "token": fonedynamics.TOKEN}
        return {**login, "api_url": self.simulator.fonedynamics_api_url, "region": "AU"}

    def held(self, state: Json, kind: str, item: Json) -> Any:
        digits = "".join(sign for sign in item["number"] if sign.isdigit()).removeprefix("0")
        numbers = state["accounts"][fonedynamics.ACCOUNT_SID]["numbers"]
        return numbers[f"61{digits}"]

    def right(self, state: Json, kind: str, item: Json) -> bool | None:
        record = self.held(state, kind, item)
        stored = next(stored for wish, stored in self._wishes if wish["number"] == item["number"])
        return all(record[name] == value for name, value in stored.items())


ACCOUNTS: tuple[type[Account], ...] = (
    Forwardings,
    Voiceapps,
    UserForwardings,
    ForwardingNumbers,
    CallForwardings,
    Callforwards,
    Numbers,
)


def plainly(value: Any) -> str:
    """A value as text that can be compared and shown."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


__all__ = ["ACCOUNTS", "TOKEN", "Account", "plainly"]
