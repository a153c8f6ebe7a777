# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An emergency in a RingCentral company: its own switch where that is set up, else its rules; and back again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from system_company_office import Company
from system_rerouting import FALLBACK, JobFailed
from system_support import Json, texts_of

from simulator.harness import Simulator
from simulator.ringcentral import seed

RULES: Json = {
    "company_rules": [
        {"owner": "company", "hours": "work", "destination": {"extension": "8001"}},
        {"owner": "company", "hours": "after", "destination": {"extension": "7101"}},
        {
            "owner": "company",
            "name": "Lunch",
            "schedule": {"monday": ["12:00-13:00"]},
            "destination": {"extension": "301"},
        },
    ]
}
TO_ADA = {"ringcentral": {"company_rules": {"destination": {"extension": "101"}}}}


@pytest.fixture
def company(simulator: Simulator, tmp_path: Path) -> Company:
    made = Company(simulator, tmp_path)
    made.onboard(RULES)
    return made


def set_up(company: Company) -> None:
    """Set up in the portal that all calls go to Ada when the switch is on."""
    state = company.simulator.state()
    state["ringcentral"]["company"]["forward_all"] |= {"extension": seed.OWNER_ID, "enabled": False}
    company.simulator.put_state(state)


def reroute(company: Company, folder: Path, **options: Any) -> Json:
    options = {"reroute_directory": str(folder), "ringcentral": RULES, **options}
    return company.job("office_reroute", **options)


def restore(company: Company, folder: Path) -> Json:
    return company.job("office_reroute", reroute_directory=str(folder), state="restored")


def switched_on(company: Company) -> bool:
    return bool(company.account()["company"]["forward_all"]["enabled"])


def destinations(company: Company) -> set[str]:
    """Where the company's rules lead."""
    return {str(rule.get("extension")) for rule in company.account()["company"]["answering_rules"].values()}


def test_the_switch_takes_all_calls_where_it_is_set_up(company: Company, tmp_path: Path) -> None:
    set_up(company)
    before = company.account()["company"]
    previewed = company.job(
        "office_reroute", check=True, reroute_directory=str(tmp_path / "r"), ringcentral=RULES, to=FALLBACK
    )
    assert (company.writes(), previewed["changed"]) == ([], True)
    result = reroute(company, tmp_path / "r", to=FALLBACK)
    assert (switched_on(company), company.account()["company"]["answering_rules"]) == (True, before["answering_rules"])
    # Nobody is told that these calls ring the phone.
    assert (
        result["message"][0]
        == "hq: all calls to the company now go to the destination that is set in the provider's portal."
    )
    assert "No caller notices anything." not in str(result["message"])
    assert restore(company, tmp_path / "r")["changed"]
    assert company.account()["company"] == before
    # It needs no destination, and gives way to one that is given for the rules.
    reroute(company, tmp_path / "r")
    assert switched_on(company)
    restore(company, tmp_path / "r")
    reroute(company, tmp_path / "r", settings=TO_ADA)
    assert (switched_on(company), destinations(company)) == (False, {seed.OWNER_ID})


def test_rules_lead_to_an_extension_where_it_is_not_set_up(company: Company, tmp_path: Path) -> None:
    before = company.account()["company"]
    with pytest.raises(JobFailed, match="lead to extensions: name one with settings"):
        reroute(company, tmp_path / "r", to=FALLBACK)
    assert (company.writes(), company.account()["company"]) == ([], before)
    result = reroute(company, tmp_path / "r", settings=TO_ADA)
    assert result["message"][0] == "hq: 3 rules now ring the destinations in the snapshot."
    assert destinations(company) == {seed.OWNER_ID}
    assert reroute(company, tmp_path / "r", settings=TO_ADA)["changed"] is False
    back = restore(company, tmp_path / "r")
    assert back["message"][0] == "hq: 3 rules were restored to what they were before the re-route."
    assert destinations(company) == {str(rule["extension"]) for rule in before["answering_rules"].values()}


def test_a_queues_rules_ring_the_phone_and_what_cannot_is_reported(company: Company, tmp_path: Path) -> None:
    queue = {"owner": "7002", "hours": "after", "destination": {"voicemail": True}}
    before = company.extension_of("7002")["answering_rules"]
    result = reroute(
        company, tmp_path / "r", to=FALLBACK, ringcentral={"company_rules": [*RULES["company_rules"], queue]}
    )
    rule = company.extension_of("7002")["answering_rules"]["after-hours-rule"]
    assert rule["unconditionalForwarding"]["phoneNumber"] == FALLBACK
    assert len([text for text in texts_of(result) if "is left alone, because it cannot lead to a phone" in text]) == 3
    restore(company, tmp_path / "r")
    after = company.extension_of("7002")["answering_rules"]
    assert after["after-hours-rule"]["callHandlingAction"] == before["after-hours-rule"]["callHandlingAction"]
