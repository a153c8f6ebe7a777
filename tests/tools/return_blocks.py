# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The parts of RETURN blocks that modules share, which `returned.yml` holds, and each item for the module of a list."""

from __future__ import annotations

import copy
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from collection import ROOT

Entry = dict[str, Any]

MARK = "# Generated from here on by `make generate`; see tests/tools/returned.yml.\n"
_BLOCK = re.compile(r'^RETURN = r"""\n(.*?)^"""$', re.DOTALL | re.MULTILINE)
_WIDTH = 120


def sources() -> Iterator[tuple[Path, str]]:
    """Yield the file of each module that returns what others return as well, with its whole text."""
    for path in sorted((ROOT / "plugins/modules").glob("*.py")):
        shared = _shared(path.stem)
        if shared:
            text = path.read_text()
            found = _block(text, path.stem)
            own = found.group(1).partition(MARK)[0]
            yield path, f"{text[: found.start(1)]}{own}{MARK}{_yaml(shared)}{text[found.end(1) :]}"


def _block(text: str, module: str) -> re.Match[str]:
    found = _BLOCK.search(text)
    if not found:
        raise LookupError(f"{module} has no RETURN block")
    return found


@cache
def _data() -> Entry:
    return dict(yaml.safe_load((ROOT / "tests/tools/returned.yml").read_text()))


def _own(module: str) -> Entry:
    """Return what the module says that it returns, without what is generated."""
    text = (ROOT / f"plugins/modules/{module}.py").read_text()
    return dict(yaml.safe_load(_block(text, module).group(1).partition(MARK)[0]) or {})


def _shared(module: str) -> Entry:
    if module in _data()["modules"]:
        return _of_office(_data()["modules"][module])
    provider = _data()["providers"].get(module.partition("_")[0])
    if provider is None or module.startswith("office"):
        return {}
    item = next((item for item in _data()["items"] if module in (item.get("one"), item.get("many"))), None)
    return _of_provider(module, provider, item)


def _of_provider(module: str, provider: Entry, item: Entry | None) -> Entry:
    words = {"readable": "if the current state could be read", **provider, **(item or {})}
    entries = copy.deepcopy(_data()["entries"])
    chosen: Entry = {}
    if item:
        many = module == item.get("many")
        words["nouns"] = item.get("nouns", f"{item['noun']}s")
        listed = [item, *([item["also"]] if many and "also" in item else [])]
        if many:
            for each in listed:
                if "one" in each:
                    chosen[each["list"]] = _list_of(each, words["readable"])
            words |= _together(listed)
        chosen["results"] = _results(entries["results"], item, listed, many)
        chosen["plan"] = entries["plan"]
        if "plan" in item:
            chosen["plan"]["description"] = [chosen["plan"]["description"], item["plan"]]
        actions = [*item.get("actions", ("create", "update", "delete")), *([] if many else ["none"])]
        words["actions"] = _either(actions)
        if many:
            entries["failure"]["contains"] |= {name: _names(each) for name, each in _data()["each"].items()}
    if "kind" in provider:
        entries["failure"]["contains"]["kind"]["description"].append(provider["kind"])
    chosen["failure"] = entries["failure"]
    if module.endswith("_info"):
        chosen["incomplete"] = entries["incomplete"]
    chosen["api_calls"] = entries["api_calls"]
    return dict(_filled(chosen, words))


def _together(listed: Iterable[Entry]) -> Entry:
    """Return the words for a module of one or two lists."""
    nouns, plurals = zip(*((each["noun"], each.get("nouns", f"{each['noun']}s")) for each in listed), strict=True)
    return {"noun": " and ".join(nouns), "nouns": " and ".join(plurals)}


def _list_of(item: Entry, readable: str) -> Entry:
    """Return what the module of a list returns for its items, from what the module of one of them returns."""
    name, one = next(iter(_own(item["one"]).items()))
    nouns = item.get("nouns", f"{item['noun']}s")
    gone = " Deleted ones are left out." if "V(null)" in str(one["description"]) else ""
    found: Entry = {
        "description": f"The listed {nouns} as they are after the task, or as they would be in check mode.{gone}",
        "type": "list",
        "elements": "dict",
        "returned": readable,
    }
    rest = {key: one[key] for key in ("contains", "sample") if key in one}
    if "sample" in rest:
        rest["sample"] = [rest["sample"]]
    inside = json.dumps(rest, ensure_ascii=False).replace(f"RV({name}.", f"RV({item['list']}[].")
    return found | dict(json.loads(inside))


def _results(entry: Entry, item: Entry, listed: Iterable[Entry], many: bool) -> Entry:
    if not many:
        entry["description"] = "What happened to the <noun>, as a list with one entry."
    elif "results" in item:
        entry["description"][0] += f" {item['results']}"
    identified = dict(item.get("identified", {}))
    known = _own(item["one"] if "one" in item else item["many"])
    described = next(iter(known.values())).get("contains", {})
    keys = {name: identified.get(name) or described[name] for name in item["by"]}
    for each in list(listed)[1:]:
        keys = {name: value | {"returned": f"for {_plural(item)}"} for name, value in keys.items()}
        keys |= {name: value | {"returned": f"for {_plural(each)}"} for name, value in each["identified"].items()}
    if "action" in item:
        entry["contains"]["action"]["description"] = [entry["contains"]["action"]["description"], *item["action"]]
    members = entry["contains"]
    error = members.pop("error")
    more = {name: identified[name] for name in item.get("more", ())}
    return entry | {"contains": {**keys, **members, **more, "error": error}}


def _plural(item: Entry) -> str:
    return str(item.get("nouns", f"{item['noun']}s"))


def _names(entry: Entry) -> Entry:
    """Return a member of a failure that holds names of items."""
    return {**entry, "type": "list", "elements": "str", "returned": "if several items were tried", "sample": []}


def _of_office(returned: Mapping[str, Entry | None]) -> Entry:
    """Return the entries that a module of whole offices names, each with what differs there."""
    base, chosen = _data()["entries"], {}
    for name, different in returned.items():
        entry = copy.deepcopy(_data()["offices"].get(name, {}))
        if name in ("failure", "api_calls"):
            whole = copy.deepcopy(base[name])
            whole["contains"] |= entry.pop("contains", {})
            entry = whole | entry
        chosen[name] = entry | (different or {})
    return dict(_filled(chosen, _data()["providers"]["office"]))


def _either(names: Iterable[str]) -> str:
    *first, last = (f"V({name})" for name in names)
    return f"{', '.join(first)} or {last}" if first else last


def _filled(value: Any, words: Mapping[str, Any]) -> Any:
    """Return *value* with words in place of what stands in angle brackets."""
    if isinstance(value, dict):
        return {name: _filled(each, words) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, words) for each in value]
    if not isinstance(value, str):
        return value
    whole = re.fullmatch(r"<(\w+)>", value)
    return words[whole[1]] if whole else re.sub(r"<(\w+)>", lambda found: str(words[found[1]]), value)


def _yaml(entries: Entry, indent: str = "") -> str:
    """Return entries as YAML in the form in which the modules' own ones are written."""
    lines = []
    for name, entry in entries.items():
        lines.append(f"{indent}{name}:\n")
        for key, value in entry.items():
            inside = f"{indent}  "
            if key == "contains":
                lines += [f"{inside}contains:\n", _yaml(value, f"{inside}  ")]
            elif key == "description":
                lines.append(_description(value, inside))
            else:
                lines.append(_value(key, value, inside))
    return "".join(lines)


def _description(value: Any, indent: str) -> str:
    line = f"{indent}description: {value}"
    if isinstance(value, str) and len(line) <= _WIDTH and _is_plain(value):
        return f"{line}\n"
    lines = [f"{indent}description:\n"]
    for text in [value] if isinstance(value, str) else value:
        wrapped = textwrap.wrap(text, _WIDTH - len(indent) - 4, break_on_hyphens=False, break_long_words=False)
        lines.append(f"{indent}  - " + f"\n{indent}    ".join(wrapped) + "\n")
    return "".join(lines)


def _value(key: str, value: Any, indent: str) -> str:
    if isinstance(value, str):
        return f"{indent}{key}: {value if _is_plain(value) else json.dumps(value, ensure_ascii=False)}\n"
    line = f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}"
    if len(line) <= _WIDTH:
        return f"{line}\n"
    text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=_WIDTH - len(indent) - 4)
    return f"{indent}{key}:\n{textwrap.indent(text, indent + '  ')}"


def _is_plain(text: str) -> bool:
    """Return whether YAML reads *text* as it is, without quotes."""
    try:
        return bool(yaml.safe_load(f"x: {text}") == {"x": text})
    except yaml.YAMLError:
        return False
