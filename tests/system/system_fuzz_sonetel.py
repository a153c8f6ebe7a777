# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the fuzzer works on at Sonetel."""

from __future__ import annotations

from random import Random
from typing import Any, ClassVar

from system_fuzz_base import FuzzedAccount
from system_support import Json

from simulator.sonetel import seed as sonetel

PHONES = ("+46701740605", "+46701740606", "+12025550144")
USERS = {"erik.ohman@example.org": "3000000014", "john.miller@example.org": "3000000013"}
APPS = {"Reception": "VAq7k2m9x1za", "Sales voicemail": "VAm1b8c5d2ef", "Main menu": "VAd4f6g8h0jk"}


class _Sonetel(FuzzedAccount):
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
        desired = {
            "phone": ("phnum", to),
            "user": ("user", USERS.get(to)),
            "sip": ("sip", to.lower()),
            "voiceapp": ("app", APPS.get(to)),
        }[how]
        found = record["connect_to"]["app_id"] if isinstance(record["connect_to"], dict) else record["connect_to"]
        return (
            (record["connect_to_type"], found) == desired
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
            desired = {key: value for key, value in item.get(name, {}).items() if key != "ring_time"}
            to = {"Reception": APPS["Reception"]}
            if any(incoming[name].get("id") != to.get(value, value) for value in desired.values()):
                return False
        return str(incoming["first_action"]["ring_time"]) == str(item["first_action"]["ring_time"])
