# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report: what its playbook writes, and what a browser makes of it."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from system_browser import Browser, browser, find_chromium
from system_examples import OFFICES, office
from system_playbooks import Playbooks
from system_support import ROOT, Json, run_module

from simulator.harness import Simulator

WIDE, NARROW = 1280, 400
# Would run, and call home, if it were more than text.
HOSTILE = "Büro </script><script>document.title='hit'</script><img src='http://127.0.0.1:9/x' onerror='alert(1)'>"
MAIN = "+46846500"
# The least contrast of text with what is behind it, by WCAG 2 AA.
CONTRAST = 4.5


def variables(name: str) -> Json:
    """The host variables of an example office."""
    found: Json = yaml.safe_load((ROOT / f"examples/inventory/host_vars/{name}.yml").read_text())
    return found


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_playbook_writes_one_report_of_all_offices(
    simulator: Simulator, tmp_path: Path, collections_path: Path
) -> None:
    playbooks = Playbooks(simulator, tmp_path, collections_path)
    wrong = {"office_sonetel": {"forwardings": [{"number": "no number", "destination": {"user": "x"}}]}}
    offices = {name: {**variables(name), "office_state_directory": "state"} for name in ("paris", "sydney")}
    # A call to Oslo's number goes on at Sydney.
    oslo = {"number": "08-465 004 14", "destination": {"phone": "+61 2 5550 0101"}}
    offices["oslo"] = {"office_region": "SE", "office_sonetel": {"forwardings": [oslo]}}
    playbooks.write({**offices, "lyon": wrong})
    run = playbooks.run("report", "-e", '{"report_of": "files"}')
    assert run.code != 0
    assert run.table()[0] == "FAILED  lyon    1 problem (see above)"
    folder = tmp_path / "reports"
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.json", "report.md"]
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    assert [str(path) in run.text for path in folder.iterdir()] == [True] * 3
    assert "lyon is missing: 1 problem" in run.text
    report = json.loads((folder / "report.json").read_text())
    assert report["missing"] == [{"office": "lyon", "why": "1 problem"}]
    assert [found["office"] for found in report["offices"]] == ["oslo", "paris", "sydney"]
    assert "(sydney)</span>" in (folder / "report.html").read_text()

    for name, customer in (("oslo", "north"), ("paris", "south"), ("sydney", "south")):
        offices[name] |= {"customer": customer, "report_group": "customer"}
    playbooks.write(offices)
    arguments = {"report_of": "files", "report_directory": "public", "report_mode": "0644", "report_formats": ["json"]}
    run = playbooks.run("report", "-e", json.dumps({**arguments, "report_mask_numbers": True}))
    assert run.code == 0, run.text
    found = {path.name: path.read_text() for path in (tmp_path / "public").iterdir()}
    assert sorted(found) == ["report-north.json", "report-south.json"]
    assert {mode(path) for path in (tmp_path / "public").iterdir()} == {0o644}
    assert "sydney" not in found["report-north.json"]
    assert "flow" not in found["report-north.json"], "what happens there is nobody else's business"
    assert "5550" not in "".join(found.values())
    assert [line for line in run.text.splitlines() if "north: 1 number of 1 office" in line]


def kept(options: Json, folder: Path) -> Json:
    """What the task of an office keeps."""
    result = run_module("office_calls", {**options, "of": "files", "keep_model": True, "index_folder": str(folder)})
    assert not result.get("failed"), result
    assert mode(Path(result["model_path"])) == 0o600
    return {"office": options["office"], "path": result["model_path"]}


def report(models: list[Json], folder: Path, *, check: bool = False, **more: Any) -> Json:
    return run_module("office_report", {"of": "x", "directory": str(folder), "models": models, **more}, check=check)


def test_check_mode_writes_nothing_and_names_the_files(simulator: Simulator, tmp_path: Path) -> None:
    models = [kept(office("sydney", simulator, tmp_path), tmp_path)]
    planned = report(models, tmp_path / "reports", check=True)
    assert not (tmp_path / "reports").exists()
    made = report(models, tmp_path / "reports")
    assert (
        planned["files"] == made["files"] == [str(tmp_path / f"reports/report.{end}") for end in ("html", "md", "json")]
    )
    assert made["changed"] is False
    assert report(models, tmp_path, mode="rw")["msg"].startswith("mode is 'rw'.")
    assert "nothing is known about 1 office" in report([{"office": "lyon", "why": "no"}], tmp_path)["msg"]


def test_a_group_that_only_the_task_knows_of_is_refused(simulator: Simulator, tmp_path: Path) -> None:
    model = kept(office("sydney", simulator, tmp_path), tmp_path)
    refused = report([{**model, "group": "south"}], tmp_path / "reports", group="customer")
    assert "may show calls that continue at offices of other groups" in refused["msg"]
    assert not (tmp_path / "reports").exists()


def test_a_secret_is_masked_in_what_is_kept(simulator: Simulator, tmp_path: Path) -> None:
    """A provider may repeat it, and so may an account's owner."""
    options = office("stockholm", simulator, tmp_path)
    secret = options["sonetel_connection"]["password"]
    options["sonetel"]["voiceapps"][0]["name"] = secret
    text = Path(kept(options, tmp_path)["path"]).read_text()
    assert "********" in text
    assert secret not in text


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium is installed, so that no browser shows the report")
    with browser(found, tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture(scope="module")
def pages(process: Simulator, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of the example offices, and that of one with 500 numbers and hostile names."""
    folder = tmp_path_factory.mktemp("pages")
    examples = [kept(office(name, process, folder), folder) for name in OFFICES]
    report([*examples, {"office": "lyon", "why": "2 problems"}], folder / "examples")
    menu = {"name": HOSTILE, "type": "menu", "menu": [{"key": 1, "phone": "+46 70 174 06 06"}]}
    numbers = [{"number": f"{MAIN}{place:03}", "destination": {"voiceapp": HOSTILE}} for place in range(500)]
    big = {"office": "big", "region": "SE", "sonetel": {"voiceapps": [menu], "forwardings": numbers}}
    people = [{"name": "Anna Lindqvist", "email": "anna@example.org", "phones": ["+46 70 174 06 06"]}]
    report([kept({**big, "people": people, "timezone": "Europe/Stockholm"}, folder)], folder / "big")
    return {name: folder / name / "report.html" for name in ("examples", "big")}


def test_nothing_is_fetched_and_nothing_foreign_runs(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["big"])
    assert chromium.requests == [pages["big"].as_uri()]
    assert chromium.complaints == []
    assert chromium.run("document.title") == "Phone routing"
    assert HOSTILE in chromium.run("document.body.innerText")


FAINT = """[...document.querySelectorAll("main *,header *,footer *,.bar *")].filter(element => {
  const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!own || element.closest("[aria-hidden]")) return false;
  const light = color => {
    const parts = color.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
      .map(part => part <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
  };
  let behind = element;
  while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)" && behind.parentElement)
    behind = behind.parentElement;
  const one = light(getComputedStyle(element).color), other = light(getComputedStyle(behind).backgroundColor);
  return (Math.max(one, other) + .05) / (Math.min(one, other) + .05) < LEAST;
}).map(element => element.outerHTML)"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_it_fits_the_window_and_can_be_read(
    width: int, dark: bool, chromium: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    chromium.open(pages["examples"], width=width, dark=dark)
    assert chromium.run("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert chromium.run(FAINT.replace("LEAST", str(CONTRAST))) == []
    back = chromium.run("getComputedStyle(document.body).backgroundColor")
    assert (back == "rgb(255, 255, 255)") is not dark
    assert chromium.run("document.querySelectorAll('.band').length") > 10


def search(chromium: Browser, text: str) -> tuple[str, list[str]]:
    """Type *text* into the search field; return what it says, and the headings of what is left."""
    chromium.run("document.getElementById('search').value = ''; document.getElementById('search').focus()")
    chromium.write(text) if text else None
    script = "new Promise(done => setTimeout(done, 200)).then(() => "
    said = chromium.run(f"{script}document.getElementById('found').textContent)")
    headings = "[...document.querySelectorAll('article.item:not([hidden]) h4')].map(found => found.innerText)"
    return said, chromium.run(headings)


def test_the_search_finds_numbers_and_names_however_they_are_written(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["big"])
    for spelling in ("08-465 002 17", "+46 8 465 002 17", "00468 46500217", "46500217"):
        said, headings = search(chromium, spelling)
        assert said.startswith("1 of 500 numbers"), spelling
        assert [heading.split(" Sonetel")[0] for heading in headings] == ["+46 8 465 002 17"]
    assert search(chromium, "buro key 1")[1] == [f'menu "{HOSTILE}"'], "without accents"
    assert search(chromium, "lindqvist anna")[0].startswith("0 of 500 numbers, ")
    assert search(chromium, "nothing like it") == ("0 of 500 numbers, 0 other entries", [])
    menu = "document.querySelector('article.item h4 + p a, article.item .tree a')"
    link = chromium.run(f"{menu}.hash")
    # What a link leads to is shown, even if the search has hidden it.
    chromium.run(f"location.hash = {json.dumps(link)}; new Promise(done => setTimeout(done, 200))")
    assert chromium.run("document.querySelector(location.hash).checkVisibility()")
    assert chromium.run("document.getElementById('search').value") == ""


def test_it_can_be_used_with_the_keyboard_and_a_screen_reader(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["examples"])
    chromium.press("Tab")
    assert chromium.run("document.activeElement.className") == "skip"
    assert chromium.run("document.activeElement.getBoundingClientRect().left") >= 0, "it is seen when it has the focus"
    chromium.press("Enter")
    assert chromium.run("location.hash") == "#main"
    for _time in range(3):
        chromium.press("Tab")
        assert chromium.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    found = chromium.names()
    roles = [role for role, _name in found]
    for role in ("banner", "main", "contentinfo", "search", "table"):
        assert roles.count(role) == 1, role
    assert ("navigation", "Sections") in found
    assert ("searchbox", "Search") in found
    assert [name for role, name in found if role == "columnheader"][:2] == ["Office", "Numbers"]
    assert ("rowheader", "stockholm") in found
    unnamed = [role for role, name in found if role in ("link", "heading", "region") and not name.strip()]
    assert unnamed == []
    levels = chromium.run("[...document.querySelectorAll('h1,h2,h3,h4')].map(found => +found.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_a_narrow_window_keeps_the_table_a_table(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["examples"], width=NARROW)
    roles = [role for role, _name in chromium.names()]
    assert roles.count("table") == 1
    assert roles.count("rowheader") == len(OFFICES)


def test_it_can_be_printed_also_in_the_dark(chromium: Browser, pages: dict[str, Path]) -> None:
    chromium.open(pages["examples"], dark=True, media="print")
    assert chromium.run("getComputedStyle(document.querySelector('.bar')).display") == "none"
    assert chromium.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    band = "document.querySelector('.band i')"
    assert chromium.run(f"getComputedStyle({band}).printColorAdjust") == "exact"
