# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Judging URLs before anything is sent to them. Private to the collection."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from ._errors import InputError


def check_url(option: str, url: str) -> str:
    """Return *url* without a trailing slash. Raises `InputError` unless it is https, or http to the loopback."""
    if not url.lower().startswith(("http://", "https://")) or not host_of(url):
        raise InputError(f"{option} {url!r} is not a URL.", next_step="Write it like https://host/path.")
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise InputError(f"{option} must not contain a user name or password.", next_step="Use the options for them.")
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise InputError(
            f"{option} {url!r} would send credentials unencrypted.",
            next_step="Use https://; http:// is for servers on this machine only.",
        )
    return url.rstrip("/")


def proxy_url(proxy: str) -> str:
    """Return *proxy* with a scheme. Raises `InputError` without naming the value, as it may hold a password."""
    url = proxy if "://" in proxy else f"http://{proxy}"
    if not host_of(url):
        raise InputError("proxy is not a URL.", next_step="Write it like http://proxy.example.org:3128.")
    return url


def host_of(url: str) -> str | None:
    """Return host and port of *url* as a person would name them, None where it is no URL with a host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname
    return f"{host}:{port}" if host and port else host


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
