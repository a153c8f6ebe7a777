# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The floor: as many requests at a time as the collection makes, and no safety at all. floor.py WANTED.JSON

No plan, no comparison, no retry, no check of any answer but its HTTP status. Nobody should route phones like this.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

THREADS = 8
_local = threading.local()


def session(token: str) -> requests.Session:
    """This thread's session."""
    if not hasattr(_local, "session"):
        _local.session = requests.Session()
        _local.session.headers["Authorization"] = f"Bearer {token}"
    found: requests.Session = _local.session
    return found


def main() -> None:
    """Log in, list the numbers, and write every one of them."""
    desired = {item["number"][1:]: item["destination"]["phone"] for item in json.loads(Path(sys.argv[1]).read_text())}
    form = {
        "grant_type": "password",
        "refresh": "yes",
        "username": os.environ["SONETEL_USERNAME"],
        "password": os.environ["SONETEL_PASSWORD"],
    }
    client = ("sonetel-api", "sonetel-api")
    login = requests.post(os.environ["SONETEL_AUTH_URL"], data=form, auth=client, timeout=30)
    token = login.json()["access_token"]
    account = os.environ["SONETEL_ACCOUNT_ID"]
    url = f"{os.environ['SONETEL_API_URL']}/account/{account}/phonenumbersubscription"
    numbers = session(token).get(url, timeout=30).json()["response"]

    def write(phnum: str) -> None:
        body = {"connect_to_type": "phnum", "connect_to": desired[phnum]}
        session(token).put(f"{url}/{phnum}", json=body, timeout=30).raise_for_status()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, [record["phnum"] for record in numbers]))


if __name__ == "__main__":
    main()
