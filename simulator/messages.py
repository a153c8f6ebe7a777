# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a provider is asked and what it answers, free of any web framework."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP as HTTP_POLICY
from typing import Any, TypeGuard
from urllib.parse import parse_qsl

Record = dict[str, Any]
"""A JSON object."""

Headers = list[tuple[bytes, bytes]]
"""Header lines in the form of ASGI: lower-case names."""

JSON_TYPE = "application/json;charset=UTF-8"


class BadInput(ValueError):
    """Wrong input to the control interface; the message goes to the caller with HTTP 400."""


@dataclass(slots=True)
class Request:
    """One provider request. `path` is decoded and holds the provider's prefix.

    `body_kind` is "none", "json", "form" (urlencoded or multipart) or "text" (anything else, broken JSON included);
    `body` is the parsed JSON document, the form's fields, or the text. A multipart part with a file name is the field
    `{file_name, content_type, size}`, and its content is in `files`. A part of JSON is parsed. Parts of
    multipart/mixed may lack a name: one of JSON is the field "json" then, and any other is the field "attachment".
    """

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body_kind: str
    body: Any
    files: dict[str, bytes] = field(default_factory=dict)

    pairs: list[tuple[str, str]] = field(default_factory=list)
    """The query as it came, for names that occur more than once; `query` has the last value of each."""

    def values(self, name: str) -> list[str]:
        """All values of a query parameter, in order."""
        return [value for key, value in self.pairs if key == name]


@dataclass(slots=True)
class Answer:
    """One answer, ready to send. The server adds Content-Length."""

    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)


def json_answer(document: object, status: int = 200, headers: Headers | None = None) -> Answer:
    """An answer holding `document` as JSON."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(status, body, [(b"content-type", JSON_TYPE.encode()), *(headers or [])])


def parse_request(method: str, path: str, query_string: bytes, raw_headers: Headers, content: bytes) -> Request:
    """Build a Request from what the server received."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in raw_headers}
    pairs = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True) if query_string else []
    query = dict(pairs)
    content_type = headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() in ("multipart/form-data", "multipart/mixed"):
        fields, files = _multipart(content_type, content)
        return Request(method, path, query, headers, "form", fields, files, pairs)
    kind, body = _parse_body(content_type, content)
    return Request(method, path, query, headers, kind, body, pairs=pairs)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a JSON value is a number (a boolean is not)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_count(value: object) -> TypeGuard[int]:
    """Whether a JSON value is a whole number of at least 0."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def masked(value: object, secret_names: frozenset[str]) -> object:
    """A copy of a JSON value in which every member with a secret name shows only stars."""
    if isinstance(value, dict):
        return {key: "***" if key in secret_names else masked(item, secret_names) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item, secret_names) for item in value]
    return value


def _parse_body(content_type: str, content: bytes) -> tuple[str, Any]:
    if not content:
        return "none", None
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == "application/json":
        try:
            return "json", json.loads(content)
        except ValueError:
            return "text", content.decode("utf-8", "replace")
    if media_type == "application/x-www-form-urlencoded":
        return "form", dict(parse_qsl(content.decode("utf-8", "replace"), keep_blank_values=True))
    return "text", content.decode("utf-8", "replace")


def _multipart(content_type: str, content: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The fields and the files of a multipart body (RFC 2046, 5.1.1), without a limit on the size of either."""
    fields: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    boundary = _header(b"Content-Type: " + content_type.encode("latin-1")).get_param("boundary")
    if not isinstance(boundary, str):
        return fields, files
    delimiter = b"\r\n--" + boundary.encode("latin-1")
    for part in (b"\r\n" + content).split(delimiter)[1:]:
        head, separator, payload = part.partition(b"\r\n\r\n")
        if not separator or head.startswith(b"--"):
            continue
        header = _header(head.lstrip())
        is_json = header.get_content_type() == "application/json"
        name = header.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            if "multipart/mixed" not in content_type.lower():
                continue
            name = "json" if is_json else "attachment"
        file_name = header.get_filename()
        if is_json and file_name is None:
            _kind, fields[name] = _parse_body("application/json", payload)
        elif file_name is None:
            fields[name] = payload.decode("utf-8", "replace")
        else:
            fields[name] = {"file_name": file_name, "content_type": header.get_content_type(), "size": len(payload)}
            files[name] = payload
    return fields, files


def _header(lines: bytes) -> EmailMessage:
    message = BytesParser(policy=HTTP_POLICY).parsebytes(lines + b"\r\n\r\n")
    assert isinstance(message, EmailMessage)
    return message
