# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An exported file, loaded by Ansible as host variables: what was exported, nothing more, and nothing templated."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ansible_collections.office.telephony.plugins.module_utils._files.masks import masked_places
from ansible_collections.office.telephony.plugins.module_utils._numbers.rules import NumberRules
from ansible_collections.office.telephony.plugins.module_utils._office.variables import host_variables
from ansible_collections.office.telephony.tests.unit.plugins.module_utils.tables import each

RULES = NumberRules.from_options({}, lambda text: None)

BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\t", "\x00", "\x1b["]
HOSTILE = [
    *BREAKS, "{{ 1 + 1 }}", "{% if true %}x{% endif %}", "{# gone #}", "{{", "}}", "{", "%}", "#", " # ", ": ", "- ",
    "? ", "<<", "=", "~", "null", "no", "NO", "y", "12:30", "0145", "1e5", "0x1F", "1_000", "2026-11-21", ".inf",
    "!unsafe",
    "!vault", "&a", "*a", "|", ">", "%YAML", "---", "...", "'", '"', "\\", "`", "@", ",", "[", "]", "\ufeff", "\u202e",
    "\ufffe", "\U000e0001", "\xa0", "\xad", "ä", "a\u0308", "😀", "漢", "office_region", "#jinja2: ", "[[ 1 + 1 ]]",
    "#jinja2: variable_start_string:'[[', variable_end_string:']]'\n[[ 1 + 1 ]]", "$ANSIBLE_VAULT;1.1;AES256",
    "__ansible_unsafe", "__ansible_type", "x" * 200,
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE) | st.text(max_size=5), max_size=5).map("".join),
    st.text(max_size=20),
)
VALUES = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
APPS = st.lists(st.dictionaries(TEXTS, VALUES, max_size=4), max_size=3)


Loaded = Callable[[str], Any]


def exported(read: Any, carried: Any = None) -> tuple[str, Any, list[str]]:
    return host_variables(read, carried or {}, None, RULES)


class Loader(yaml.SafeLoader):
    """Knows Ansible's tag."""


Loader.add_constructor("!unsafe", lambda loader, node: str(node.value))


def parsed(text: str) -> Any:
    return yaml.load(text, Loader=Loader)


@settings(database=None)
@given(names=st.lists(TEXTS.filter(str.strip), max_size=3), apps=APPS, region=TEXTS, policy=VALUES)
def test_what_is_loaded_is_what_was_exported(
    loaded: Loaded, names: list[str], apps: list[Any], region: str, policy: Any
) -> None:
    """Also where names stand in comments, because what is called so may not be written."""
    refused = [{"name": name, "menu": [{"phone": "+469001234567"}]} for name in names]
    members = [{"name": "x", "raw": app, "list": [app]} for app in apps]
    read = {"sonetel": {"voiceapps": {"items": [*refused, *members]}}}
    carried = {"office_region": region, "office_policy": policy}
    assume(not list(masked_places([carried, members])))
    text, lists, left_out = exported(read, carried)
    expected = {**carried, "office_sonetel": {"voiceapps": members}}
    assert lists == {"sonetel": {"voiceapps": members}}
    assert parsed(text) == expected
    assert loaded(text) == expected
    assert all(line.isprintable() for line in text.splitlines())
    assert text.splitlines() == text.removesuffix("\n").split("\n")
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert len(comments) == 5 + len(names)
    assert "{" not in "".join(comments)
    assert all(line.isprintable() for line in left_out)


@each("line_break", BREAKS)
def test_a_name_in_a_comment_adds_no_variable(loaded: Loaded, line_break: str) -> None:
    name = line_break.join(["Sales", "office_region: \"{{ lookup('pipe', 'id > pwned') }}\"", "x: y"])
    app = {"name": name, "menu": [{"phone": "+469001234567"}]}
    text = exported({"sonetel": {"voiceapps": {"items": [app]}}})[0]
    assert loaded(text) == {"office_sonetel": {"voiceapps": []}}


@each(
    "value",
    ["\ud800", {"\udfff": 1}, [float("inf")], {"x": float("nan")}, "deep"],
)
def test_what_no_file_can_hold_is_left_out(loaded: Loaded, value: Any) -> None:
    if value == "deep":
        for _level in range(2000):
            value = [value]
    read = {"sonetel": {"voiceapps": {"items": [{"name": "x", "raw": value}, {"name": "y"}]}}}
    text, lists, left_out = exported(read)
    assert loaded(text) == {"office_sonetel": lists["sonetel"]} == {"office_sonetel": {"voiceapps": [{"name": "y"}]}}
    assert "    # x is left out: " in text
    assert len(left_out) == 1


def test_it_reads_as_a_person_would_write_it() -> None:
    composed = unicodedata.normalize("NFC", "Växel Stockholm")
    app = {
        "name": composed,
        "type": "menu",
        "menu": [
            {"key": "1", "phone": "+46701740606"},
            {"key": "2", "voiceapp": "No"},
            {"key": "timeout", "voiceapp": "Öppning (natt)"},
        ],
        "greeting": "Hej! " * 60,
        "extensions": ["101", "A 2"],
    }
    text = exported({"sonetel": {"voiceapps": {"items": [app]}}}, {"office_region": "SE"})[0]
    assert (
        text.partition("---\n")[2]
        == f"""\
office_region: SE

office_sonetel:
  voiceapps:
    - name: Växel Stockholm
      type: menu
      menu:
        - key: "1"
          phone: "+46701740606"
        - key: "2"
          voiceapp: "No"
        - key: timeout
          voiceapp: Öppning (natt)
      greeting: "{"Hej! " * 60}"
      extensions: ["101", A 2]
"""
    )


@each("key", ["{{ 1 + 1 }}", "#jinja2: variable_start_string:'[['\n[[ 1 + 1 }}"])
def test_a_key_stays_as_it_is_where_it_becomes_a_value(loaded: Loaded, key: str) -> None:
    text = exported({"sonetel": {"voiceapps": {"items": [{"name": "x", "raw": {key: key}}]}}})[0]
    text += 'members: "{{ office_sonetel.voiceapps[0].raw | dict2items }}"\n'
    assert loaded(text)["members"] == [{"key": key, "value": key}]
