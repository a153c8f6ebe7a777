# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The example that composes an office from single and plural modules, with other tasks in between."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from system_playbooks import Playbooks, Run
from system_support import ROOT

from simulator.harness import Simulator

FOLDER = ROOT / "examples" / "compose"


@contextmanager
def chat() -> Iterator[tuple[str, list[str]]]:
    """A chat that keeps what is posted to it."""
    posted: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Print nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", posted
        server.shutdown()


def test_check_apply_apply(simulator: Simulator, tmp_path: Path, collections_path: Path) -> None:
    playbooks = Playbooks(simulator, tmp_path, collections_path)

    def writes() -> int:
        log = simulator.requests()
        simulator.clear_requests()
        return len([entry for entry in log if entry["method"] != "GET" and not entry["path"].endswith("/token")])

    def shown(run: Run) -> str:
        """What is the same in a preview and in a run: the differences, and the summary."""
        return "\n".join(re.findall(r"^(?:[-+@ ].*|.*(?:Menu, mailbox|Numbers:).*)$", run.text, re.MULTILINE))

    with chat() as (url, posted):
        given = ("--diff", "-e", json.dumps({"lund_test_call": False, "lund_chat_url": url}))

        def run(*arguments: str) -> Run:
            simulator.clear_requests()
            found = playbooks.run(str(FOLDER / "compose.yml"), *arguments, *given, inventory=str(FOLDER / "inventory"))
            assert found.code == 0, found.text
            return found

        preview = run("--check")
        assert "changed=5" in preview.text
        assert (writes(), posted) == (0, [])
        applied = run()
        assert "changed=5" in applied.text
        assert shown(applied) == shown(preview)
        assert "Menu, mailbox and prompt: 3 new, 0 changed" in applied.text
        assert "Numbers: 2 changed, 0 right already" in applied.text
        assert writes() > 0
        assert len(posted) == 1
        assert "changed=0" in run().text
        assert writes() == 0
        assert len(posted) == 1
