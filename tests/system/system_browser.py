# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A headless Chromium that is driven through a pipe, by its own protocol, so that no further library is needed."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
Values = dict[str, Any]


def find_chromium() -> str | None:
    """Return the path of a Chromium, None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One page of a Chromium that runs."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._to_browser = to_browser
        self._answers = os.fdopen(from_browser, "rb", buffering=0)
        self._rest = b""
        self._last = 0
        self._session = ""
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self._send(f"{domain}.enable")
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def _send(self, method: str, **params: Any) -> Values:
        self._last += 1
        message: Values = {"id": self._last, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to_browser, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: Values = answer["result"]
                return result

    def _next(self) -> Values:
        while b"\0" not in self._rest:
            read = self._answers.read(1 << 20)
            if not read:
                raise EOFError("Chromium has ended.")
            self._rest += read
        text, _end, self._rest = self._rest.partition(b"\0")
        message: Values = json.loads(text)
        self._note(message)
        return message

    def _note(self, message: Values) -> None:
        params = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(params["request"]["url"])
            case "Log.entryAdded":
                self.complaints.append(params["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.complaints.append(str(params["exceptionDetails"].get("exception", params)))

    def close(self) -> None:
        """End the browser, so that it leaves nothing behind."""
        self._session = ""
        self._send("Browser.close")

    def open(self, file: Path, *, width: int = 1280, height: int = 900, dark: bool = False, media: str = "") -> None:
        """Show a file, in a window of that size."""
        self.requests, self.complaints = [], []
        self._send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._send("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self._send("Page.navigate", url=file.as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def run(self, script: str) -> Any:
        """Return what a script is worth, after the promise that it may be has been kept."""
        done = self._send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in done:
            raise RuntimeError(str(done["exceptionDetails"]))
        return done["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key such as `Tab`."""
        code = {"Tab": 9, "Enter": 13}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        self._send("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
        self._send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def write(self, text: str) -> None:
        """Type a text where the focus is."""
        self._send("Input.insertText", text=text)

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """Write what is seen as PNG; with *whole*, also what one has to scroll for."""
        shot = self._send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))

    def names(self) -> list[tuple[str, str]]:
        """Return the role and the name of everything that a screen reader finds."""
        nodes = self._send("Accessibility.getFullAXTree")["nodes"]
        return [
            (node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node.get("ignored")
        ]


@contextmanager
def browser(chromium: str, profile: Path) -> Iterator[Browser]:
    """Start a Chromium with a *profile* of its own, and end it."""
    read_commands, write_commands = os.pipe()
    read_answers, write_answers = os.pipe()
    options = ["--headless=new", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}"]
    # Its sandbox does not run for root.
    options += ["--no-sandbox"] if os.geteuid() == 0 else []
    # It reads from 3 and writes to 4.
    shell = f'exec 3<&{read_commands} 4>&{write_answers}; exec "$0" "$@"'
    process = subprocess.Popen(
        ["bash", "-c", shell, chromium, *options, "--remote-debugging-pipe"],
        pass_fds=(read_commands, write_answers),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(read_commands)
    os.close(write_answers)
    try:
        running = Browser(write_commands, read_answers)
        yield running
        running.close()
        process.wait(timeout=30)
    finally:
        os.close(write_commands)
        # Where it is still there, the test has failed.
        process.kill()
        process.wait()
