# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The vendor's OpenAPI description of RingCentral, and whether an answer agrees with it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import requests

# The description is the vendor's and not part of this project; the tests that need it are skipped without it. Steps of
# `make test` work in a copy below the checkout, so that it is looked for beside all folders above.
_PLACE = Path("shared", "specs", "ringcentral-openapi.json")
_PLACES = [folder / _PLACE for folder in Path(__file__).resolve().parents]
DESCRIPTION = Path(
    os.environ.get("RINGCENTRAL_OPENAPI") or next((place for place in _PLACES if place.is_file()), _PLACE)
)
WITHOUT_IT = (
    f"answers were not compared with RingCentral's OpenAPI description: set RINGCENTRAL_OPENAPI to its JSON file, or "
    f"put it at {_PLACE} beside the checkout"
)


class Description:
    """A part of OpenAPI 3.0: enough to tell whether an answer has the members and kinds that are described."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def check(self, method: str, path: str, answer: requests.Response) -> None:
        """Fail unless the answer is described for that operation."""
        described = self._document["paths"][path][method.lower()]["responses"]
        response = self.found(described.get(str(answer.status_code)))
        if response is None:
            # Some operations describe no refusal at all.
            refused = answer.status_code in (401, 403, 429) or (len(described) == 1 and answer.status_code >= 400)
            assert refused, f"{method} {path} has no answer {answer.status_code}"
            response = {
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ApiErrorResponseModel"}}}
            }
        content = response.get("content", {}).get("application/json")
        if content:
            self._value(content["schema"], answer.json(), f"{method} {path} {answer.status_code}")

    def operation(self, method: str, path: str) -> dict[str, Any]:
        """What is described of one operation."""
        found: dict[str, Any] = self._document["paths"][path][method.lower()]
        return found

    def found(self, node: Any) -> Any:
        """Follow references."""
        while isinstance(node, dict) and "$ref" in node:
            target = self._document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def _value(self, schema: Any, value: Any, where: str) -> None:
        schema = self.found(schema)
        for part in schema.get("allOf", []):
            self._value(part, value, where)
        options = schema.get("oneOf") or schema.get("anyOf")
        if options:
            assert any(self._fits(option, value, where) for option in options), f"{where}: fits no alternative"
        if "enum" in schema:
            assert value in schema["enum"], f"{where}: {value!r} is not one of {schema['enum']}"
        kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}
        kind = schema.get("type") or ("object" if "properties" in schema else None)
        if kind:
            assert isinstance(value, kinds[kind]), f"{where}: {value!r} is no {kind}"
            assert kind == "boolean" or not isinstance(value, bool), f"{where}: {value!r} is no {kind}"
        if "pattern" in schema:
            assert re.search(schema["pattern"], value), f"{where}: {value!r} does not match {schema['pattern']}"
        if isinstance(value, list):
            count = len(value)
            assert schema.get("minItems", 0) <= count <= schema.get("maxItems", count), f"{where}: {count} items"
            for position, item in enumerate(value):
                self._value(schema.get("items", {}), item, f"{where}[{position}]")
        if isinstance(value, dict):
            missing = set(schema.get("required", [])) - set(value)
            assert not missing, f"{where}: lacks {sorted(missing)}"
            unknown = set(value) - set(schema.get("properties", {}))
            assert schema.get("additionalProperties") is not False or not unknown, f"{where}: {sorted(unknown)}"
            for name, item in value.items():
                if name in schema.get("properties", {}):
                    self._value(schema["properties"][name], item, f"{where}.{name}")

    def _fits(self, schema: Any, value: Any, where: str) -> bool:
        try:
            self._value(schema, value, where)
        except AssertionError:
            return False
        return True
