# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Judging URLs before anything is sent to them. Private to the collection.

What is wrong with a URL is often a password in the wrong place. So a URL that is refused is named by its option alone.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote, urlsplit

from .._errors import InputError

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
_PROXY_SCHEMES = frozenset({"http", "https", "socks4", "socks4a", "socks5", "socks5h"})
_PORT = re.compile(r"[0-9]{1,5}")
# What may stand before the @ unencoded.
_LOGIN = re.compile(r"[\w.~!$&'()*+,;=:%-]*")
# Letters of other scripts may stand in a name; libraries turn them into their ASCII form.
_NAME = re.compile(r"[\w.-]+")


def check_url(option: str, url: str, *, query: bool = False) -> str:
    """Return *url* without a trailing slash. Raises `InputError` unless it is https, or http to the loopback.

    *query*: it may have a query, as links that a provider hands out do.
    """
    scheme, rest = _divided(url)
    authority, path = _cut_at(rest, "/?#")
    if "@" in (authority if query else url):
        raise InputError(
            f"{option} must not contain a user name or password, nor any @.", next_step="Use the options for them."
        )
    place = _place(authority)
    if scheme not in ("http", "https") or place is None or not _is_one_word(url):
        raise InputError(f"{option} is not a URL.", next_step="Write it like https://host/path.")
    if "#" in path or ("?" in path and not query):
        raise InputError(f"{option} must end with its path, without ? and #.", next_step="Leave the rest out.")
    if scheme == "http" and not _is_loopback(place[0]):
        raise InputError(
            f"{option} with http://{place[0]} would send credentials unencrypted.",
            next_step="Use https://. http:// is accepted only for servers on this machine.",
        )
    return url.rstrip("/")


def proxy_url(url: str, option: str = "proxy") -> str:
    """Return the proxy that *option* names, with a scheme. Raises `InputError` without naming any part of the value."""
    scheme, rest = _divided(url) if _SCHEME.fullmatch(url) else ("http", url)
    authority, path = _cut_at(rest, "/?#")
    login, at, place = authority.rpartition("@")
    if path not in ("", "/") or not _LOGIN.fullmatch(login) or not _is_one_word(url) or (at and _place(place) is None):
        raise InputError(
            f"{option} is not the URL of a proxy.",
            next_step=(
                "Write it like http://proxy.example.org:3128. In a user name and a password before the host, "
                "percent-encode special characters: @ is %40, : is %3A, / is %2F, # is %23, ? is %3F, % is %25."
            ),
        )
    if scheme not in _PROXY_SCHEMES or _place(place) is None:
        raise InputError(f"{option} is not a URL.", next_step="Write it like http://proxy.example.org:3128.")
    try:
        unquote(login).encode("latin-1")
    except UnicodeEncodeError:
        raise InputError(
            f"{option}: its user name or password has characters that proxies do not accept.",
            next_step="Use a login of ASCII characters.",
        ) from None
    return f"{scheme}://{authority}"


def proxy_login(url: str) -> tuple[str, str]:
    """Return user and password in a proxy's URL, decoded, "" for none."""
    parts = urlsplit(url)
    return unquote(parts.username or ""), unquote(parts.password or "")


def host_of(url: str) -> str | None:
    """Return host and port of *url* as a person would name them, None where it is no URL with a host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname
    return f"{host}:{port}" if host and port else host


def _divided(url: str) -> tuple[str, str]:
    """Return the scheme in lower case, "" for none, and what follows it."""
    found = _SCHEME.fullmatch(url)
    return (found.group(1).lower(), found.group(2)) if found else ("", url)


def _cut_at(text: str, characters: str) -> tuple[str, str]:
    """Return *text* up to the first of the *characters*, and the rest with it."""
    at = min((text.index(character) for character in characters if character in text), default=len(text))
    return text[:at], text[at:]


def _is_one_word(url: str) -> bool:
    """Return whether nothing in it would be read differently by different libraries."""
    return url.isprintable() and not any(character.isspace() or character == "\\" for character in url)


def _place(authority: str) -> tuple[str, str] | None:
    """Return host and port ("" for none) of what stands between scheme and path, None where it is no address."""
    host, colon, port = authority, "", ""
    if not authority.endswith("]"):
        before, colon, port = authority.rpartition(":")
        host = before if colon else port
        port = port if colon else ""
    if colon and port and (not _PORT.fullmatch(port) or int(port) > 65535):
        return None
    if host.startswith("[") and host.endswith("]"):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return None
        return host[1:-1], port
    return (host.lower(), port) if _NAME.fullmatch(host) else None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
