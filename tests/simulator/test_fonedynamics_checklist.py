# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The fidelity checklist docs/providers/fonedynamics.md 8, each row a test, and each switch both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from simulator.fonedynamics import seed

if TYPE_CHECKING:
    from simulator.harness import Simulator

DESK, MOBILE, SMS_ONLY, PENDING = "61255500101", "61491570006", "61491570110", "61255500190"
ACCOUNT_NUMBERS = f"/Accounts/{seed.ACCOUNT_SID}/Numbers"
ENDPOINT = {"RoutingMethod": "Endpoint", "EndpointNumber": "+61400000002"}


class Client:
    """Another client of the simulated API."""

    def __init__(self, simulator: Simulator, token: str = seed.TOKEN, account: str = seed.ACCOUNT_SID) -> None:
        self._base = simulator.fonedynamics_api_url
        self._auth = (account, token)

    def __call__(self, method: str, path: str, **options: Any) -> requests.Response:
        with requests.Session() as session:
            session.trust_env = False
            return session.request(method, self._base + path, **{"auth": self._auth, "timeout": 10, **options})

    def ok(self, method: str, path: str, **options: Any) -> Any:
        """The document of a call that must succeed."""
        answer = self(method, path, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, method: str, path: str, status: int = 400, **options: Any) -> tuple[str, list[str]]:
        """Error code and fields of a call that must be refused in the documented form (fonedynamics.md 8 #28)."""
        answer = self(method, path, **options)
        document = answer.json()["ResponseStatus"]
        assert answer.status_code == status, answer.text
        assert document["Message"]
        return document["ErrorCode"], [error["FieldName"] for error in document["Errors"]]

    def post(self, number: str, **members: Any) -> Any:
        return self.ok("POST", f"/Numbers/{number}", json=members)

    def post_refused(self, number: str, status: int = 400, **members: Any) -> tuple[str, list[str]]:
        return self.refused("POST", f"/Numbers/{number}", status, json=members)

    def number(self, number: str) -> Any:
        return self.ok("GET", f"/Numbers/{number}")


@pytest.fixture
def client(simulator: Simulator) -> Client:
    return Client(simulator)


def switch(simulator: Simulator, **positions: str | int) -> None:
    simulator.set_switches({"fonedynamics": positions})


@pytest.mark.parametrize("auth", [None, (seed.ACCOUNT_SID, "wrong"), ("AC-unknown", seed.TOKEN)])
@pytest.mark.parametrize("path", [f"/Numbers/{DESK}", ACCOUNT_NUMBERS, "/Properties", "/nonsense"])
def test_rows_01_02_credentials(client: Client, auth: Any, path: str) -> None:
    answer = client("GET", path, auth=auth)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert client.refused("GET", path, 401, auth=auth) == ("UNAUTHORIZED", [])


def test_row_03_read(client: Client) -> None:
    found = client.number(DESK)
    assert (found["Number"], found["AccountSid"], found["PropertySid"]) == (f"+{DESK}", seed.ACCOUNT_SID, seed.SYDNEY)
    assert (found["RoutingMethod"], found["EndpointNumber"], found["Recording"]) == ("Endpoint", "+61491570156", "Off")


@pytest.mark.parametrize("prefix", ["+", "%2B"])
def test_row_04_no_plus_in_paths(client: Client, prefix: str) -> None:
    assert client.refused("GET", f"/Numbers/{prefix}{DESK}") == ("PARAMETER_INVALID", ["Number"])
    assert client.refused("POST", f"/Numbers/{prefix}{DESK}", json={"Friendly": "x"})[0] == "PARAMETER_INVALID"


@pytest.mark.parametrize("status", [400, 404])
def test_row_05_unknown_number(simulator: Simulator, client: Client, status: int) -> None:
    switch(simulator, not_found_status=status)
    assert client.refused("GET", "/Numbers/61255500999", status) == ("NUMBER_NOT_FOUND", [])


@pytest.mark.parametrize(
    ("position", "status", "code"), [("forbidden", 403, "FORBIDDEN"), ("not_found", 400, "NUMBER_NOT_FOUND")]
)
def test_row_06_number_of_another_account(
    simulator: Simulator, client: Client, position: str, status: int, code: str
) -> None:
    switch(simulator, foreign_number=position)
    assert client.refused("GET", f"/Numbers/{seed.FOREIGN_NUMBER}", status)[0] == code


def test_row_07_only_what_is_sent_changes(client: Client) -> None:
    before = client.number(DESK)
    assert client.post(DESK, Friendly="x") == client.number(DESK) == {**before, "Friendly": "x"}


def test_row_08_endpoint(client: Client) -> None:
    before = client.number("611800975707")
    assert client.post("611800975707", **ENDPOINT) == {**before, **ENDPOINT}


def test_row_09_endpoint_wants_a_number(client: Client) -> None:
    assert client.post_refused("611800975707", RoutingMethod="Endpoint") == ("PARAMETER_REQUIRED", ["EndpointNumber"])
    assert client.post("61255500102", **ENDPOINT)["RoutingMethod"] == "Endpoint"


@pytest.mark.parametrize("needs", ["no", "yes"])
def test_row_10_flow(simulator: Simulator, client: Client, needs: str) -> None:
    switch(simulator, flow_needs_endpoint=needs)
    flow = {"RoutingMethod": "Flow", "Flow": seed.MAIN_MENU}
    if needs == "yes":
        assert client.post_refused(DESK, **flow) == ("PARAMETER_REQUIRED", ["EndpointNumber"])
        flow["EndpointNumber"] = "+61400000002"
    assert flow.items() <= client.post(DESK, **flow).items()
    assert client.post_refused("611800975707", RoutingMethod="Flow", EndpointNumber="+61400000002") == (
        "PARAMETER_REQUIRED",
        ["Flow"],
    )


@pytest.mark.parametrize("flow", ["nonsense", seed.MELBOURNE_MENU])
def test_row_11_flow_of_no_or_another_property(client: Client, flow: str) -> None:
    before = client.number(DESK)
    assert client.post_refused(DESK, Friendly="x", RoutingMethod="Flow", Flow=flow)[0] == "FLOW_NOT_FOUND"
    assert client.number(DESK) == before


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("RoutingMethod", "application"),  # fonedynamics.md 8 #12
        ("Recording", "On"),  # fonedynamics.md 8 #13
        ("EndpointNumber", "0400000002"),  # fonedynamics.md 8 #14
        ("EndpointNumber", 61400000002),
        ("WebHookMethod", "PUT"),  # fonedynamics.md 8 #17
        ("DeliveryReceiptWebHookMethod", "PUT"),
        ("SendSmsTo", "0400000002"),
        ("SendSmsFrom", "more than eleven"),
        ("SendEmailTo", "nobody"),
        ("WebHookUrl", "ftp://host/"),
        ("EndpointNumber", ""),
        ("Recording", ""),
    ],
)
def test_rows_12_13_14_17_wrong_values(client: Client, member: str, value: Any) -> None:
    before = client.number(MOBILE)
    assert client.post_refused(MOBILE, Friendly="x", **{member: value}) == ("PARAMETER_INVALID", [member])
    assert client.number(MOBILE) == before


@pytest.mark.parametrize("value", ["Off", "Call"])
def test_row_13_recording(client: Client, value: str) -> None:
    assert client.post(DESK, Recording=value)["Recording"] == value


def test_row_15_unknown_address(client: Client) -> None:
    assert client.post_refused(DESK, AddressSid="AD-unknown") == ("ADDRESS_NOT_FOUND", [])


@pytest.mark.parametrize("position", ["error", "ignored"])
def test_row_16_capabilities(simulator: Simulator, client: Client, position: str) -> None:
    switch(simulator, sms_on_voice_only=position)
    assert client.post(SMS_ONLY, SendSmsTo="+61491570156", SendSmsFrom="Office")["SendSmsTo"] == "+61491570156"
    for number, members in ((DESK, {"SendSmsTo": "+61491570156"}), (SMS_ONLY, ENDPOINT)):
        before = client.number(number)
        if position == "error":
            assert client.post_refused(number, **members)[0] == "CONFLICTING_PARAMETERS"
        else:
            assert client.post(number, **members) == before
        assert client.number(number) == before


@pytest.mark.parametrize(("position", "kept"), [("as-sent", "post"), ("canonical", "POST")])
def test_row_17_case(simulator: Simulator, client: Client, position: str, kept: str) -> None:
    switch(simulator, enum_case=position)
    assert client.post(MOBILE, WebHookUrl="https://example.org/", WebHookMethod="post")["WebHookMethod"] == kept


def test_row_18_unknown_members_are_ignored(client: Client) -> None:
    before = client.number(MOBILE)
    sent = {"WebhookUri": "https://example.org/", "Application": "x", "Status": "Pending", "Number": "+61400000002"}
    assert client.post(MOBILE, **sent) == client.number(MOBILE) == before


@pytest.mark.parametrize("position", ["clears", "ignored", "rejected"])
def test_row_19_empty_and_null(simulator: Simulator, client: Client, position: str) -> None:
    switch(simulator, empty_string=position)
    before = client.number(MOBILE)
    assert client.post(MOBILE, SendEmailTo=None) == before
    if position == "rejected":
        assert client.post_refused(MOBILE, SendEmailTo="") == ("PARAMETER_INVALID", ["SendEmailTo"])
        assert client.number(MOBILE) == before
    else:
        after = client.post(MOBILE, SendEmailTo="")
        assert ("SendEmailTo" in after) is (position == "ignored")


def test_row_20_twice(client: Client) -> None:
    assert client.post(DESK, **ENDPOINT) == client.post(DESK, **ENDPOINT)


@pytest.mark.parametrize("shape", ["array", "envelope"])
@pytest.mark.parametrize("path", [ACCOUNT_NUMBERS, f"/Properties/{seed.SYDNEY}/Numbers"])
def test_row_21_paging(simulator: Simulator, client: Client, path: str, shape: str) -> None:
    switch(simulator, list_shape=shape)
    simulator.put_state(seed.state_with_numbers(450))
    seen: list[str] = []
    for skip, count, expected in ((0, None, 200), (200, 500, 200), (400, 200, 50), (450, 200, 0)):
        page = client.ok("GET", path, params={"Results_Skip": skip, "Results_Count": count})
        assert isinstance(page, list) is (shape == "array")
        if shape == "envelope":
            assert page["TotalCount"] == 450
        items = page if shape == "array" else page["Numbers"]
        assert len(items) == expected
        seen += [item["Number"] for item in items]
    assert len(set(seen)) == 450


@pytest.mark.parametrize(("right", "wrong"), [("Capabilites", "Capabilities"), ("Capabilities", "Capabilites")])
def test_row_22_filters(simulator: Simulator, client: Client, right: str, wrong: str) -> None:
    switch(simulator, capabilities_parameter=right)
    types = [item["Type"] for item in client.ok("GET", ACCOUNT_NUMBERS, params={"Type": "Local,Toll-Free"})]
    assert sorted(set(types)) == ["Local", "Toll-Free"]
    everything = client.ok("GET", ACCOUNT_NUMBERS)
    assert client.ok("GET", ACCOUNT_NUMBERS, params={wrong: "SMS"}) == everything
    filtered = client.ok("GET", ACCOUNT_NUMBERS, params={right: "SMS"})
    assert 0 < len(filtered) < len(everything)
    assert all("SMS" in item["Capabilities"] for item in filtered)


def test_row_23_flows(simulator: Simulator, client: Client) -> None:
    state = simulator.state()
    flows = [seed.flow(f"flow-{index}", f"Flow {index}") for index in range(60)]
    state["fonedynamics"]["accounts"][seed.ACCOUNT_SID]["flows"] = {flow["ConfigId"]: flow for flow in flows}
    simulator.put_state(state)
    page = client.ok("GET", f"/Properties/{seed.SYDNEY}/Flows")
    assert len(page) == 50
    assert sorted(page[0]) == ["ConfigId", "LastUpdated", "Name", "PropertySid", "Revision", "Type"]
    assert isinstance(page[0]["LastUpdated"], int)
    assert client.ok("GET", f"/Properties/{seed.MELBOURNE}/Flows") == []
    assert client.refused("GET", "/Properties/PR-unknown/Flows")[0] == "PROPERTY_NOT_FOUND"


def test_row_24_projects(client: Client) -> None:
    found = client.ok("GET", "/Properties", params={"Results_Count": 1})
    assert (len(found["Projects"]), found["TotalCount"]) == (1, 2)
    assert "NextPageToken" in found
    assert client.ok("GET", f"/Properties/{seed.SYDNEY}") == found["Projects"][0]


def test_row_25_addresses(client: Client) -> None:
    assert client.refused("DELETE", f"/Addresses/{seed.SYDNEY_ADDRESS}")[0] == "ADDRESS_CANNOT_BE_DELETED"
    path = f"/Accounts/{seed.ACCOUNT_SID}/Addresses"
    assert client.refused("POST", path, json={"City": "Perth"}) == ("PARAMETER_REQUIRED", ["Line1", "CountryCode"])
    added = client.ok("POST", path, json={"Line1": "1 Example Street", "City": "Perth", "CountryCode": "AU"})
    assert client.ok("GET", path, params={"City": "Perth"}) == [added]
    where = f"/Addresses/{added['AddressSid']}"
    assert client.ok("GET", where) == added
    assert client.ok("DELETE", where) == {"AddressSid": added["AddressSid"]}
    assert client.refused("GET", where)[0] == "ADDRESS_NOT_FOUND"


@pytest.mark.parametrize(("position", "path", "method"), [("documented", 400, 400), ("http", 404, 405)])
def test_rows_26_28_methods_and_paths(
    simulator: Simulator, client: Client, position: str, path: int, method: int
) -> None:
    switch(simulator, other_statuses=position)
    before = client.number(DESK)
    for verb in ("DELETE", "PUT"):
        client.refused(verb, f"/Numbers/{DESK}", method, json={"Friendly": "x"})
    client.refused("GET", "/Nonsense", path)
    assert client.number(DESK) == before


def test_row_27_html_instead_of_json(simulator: Simulator, client: Client) -> None:
    simulator.add_faults(
        [{"provider": "fonedynamics", "kind": "status", "status": 500, "body": "<html>Oops</html>", "times": 1}]
    )
    answer = client("GET", f"/Numbers/{DESK}")
    assert (answer.status_code, answer.text) == (500, "<html>Oops</html>")


def test_a_token_that_may_only_read(simulator: Simulator) -> None:
    reader = Client(simulator, seed.READ_TOKEN)
    assert reader.number(DESK)
    assert reader.post_refused(DESK, 403, Friendly="x") == ("FORBIDDEN", [])


@pytest.mark.parametrize("shape", ["bare", "wrapped"])
@pytest.mark.parametrize(("position", "expected"), [("absent", "nothing"), ("null", None), ("empty", "")])
def test_shapes(simulator: Simulator, client: Client, shape: str, position: str, expected: Any) -> None:
    switch(simulator, single_shape=shape, unset=position)
    for answer in (client.number(MOBILE), client.post(MOBILE, Friendly="x")):
        record = answer["Number"] if shape == "wrapped" else answer
        assert record["Number"] == f"+{MOBILE}"
        assert record.get("SendSmsTo", "nothing") == expected


@pytest.mark.parametrize("groups", ["capable", "all"])
@pytest.mark.parametrize("members", ["all", "confirmed"])
def test_which_members_are_shown(simulator: Simulator, client: Client, groups: str, members: str) -> None:
    switch(simulator, member_groups=groups, list_members=members, unset="null")
    assert ("SendSmsTo" in client.number(DESK)) is (groups == "all")
    listed = {item["Number"]: item for item in client.ok("GET", ACCOUNT_NUMBERS)}
    assert ("SendEmailTo" in listed[f"+{MOBILE}"]) is (members == "all")
    assert listed[f"+{DESK}"]["EndpointNumber"] == "+61491570156"


@pytest.mark.parametrize("position", ["configurable", "refused"])
def test_pending_numbers(simulator: Simulator, client: Client, position: str) -> None:
    switch(simulator, pending_numbers=position)
    if position == "refused":
        assert client.post_refused(PENDING, 403, Friendly="x")[0] == "FORBIDDEN"
    else:
        assert client.post(PENDING, Friendly="x")["Friendly"] == "x"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("numbers", DESK, "Number"), "+1"),
        (("numbers", DESK, "PropertySid"), "PR-unknown"),
        (("numbers", DESK, "Friendly"), 1),
        (("flows", seed.MAIN_MENU, "ConfigId"), "x"),
        (("tokens", seed.TOKEN, "permission"), "x"),
    ],
)
def test_an_incomplete_state_is_refused(simulator: Simulator, place: tuple[str, str, str], value: Any) -> None:
    from simulator.harness import SimulatorError

    state = simulator.state()
    kind, key, member = place
    state["fonedynamics"]["accounts"][seed.ACCOUNT_SID][kind][key][member] = value
    with pytest.raises(SimulatorError, match=member) as refused:
        simulator.put_state(state)
    assert seed.TOKEN not in str(refused.value)
