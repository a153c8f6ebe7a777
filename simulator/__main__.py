# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Command line: python -m simulator --port 0 --state FILE, or python PATH/TO/simulator --rehearse FOLDER."""

from __future__ import annotations

import argparse
import ipaddress
import sys
from pathlib import Path

if not __package__:
    # Started by the path of this folder, Python looks for modules in the folder instead of beside it.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

try:
    from simulator.harness import SimulatorError
    from simulator.messages import BadInput
    from simulator.provider import find_providers
    from simulator.rehearsal import rehearse
    from simulator.server import serve
    from simulator.world import World
except ModuleNotFoundError as missing:
    sys.exit(
        f"The simulator needs the Python library {missing.name}. Install what it needs:\n"
        f"  {sys.executable} -m pip install starlette uvicorn httptools"
    )


def main() -> None:
    """Start the simulator; it prints one JSON line {"url", "pid"} when it accepts connections."""
    parser = argparse.ArgumentParser(prog="simulator", description="Local simulator of telephony providers.")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 (default) takes a free one")
    parser.add_argument("--host", default="127.0.0.1", help="loopback address to listen on (default: 127.0.0.1)")
    parser.add_argument("--state", type=Path, help="JSON file: start state if it exists; written when the server stops")
    parser.add_argument(
        "--rehearse",
        type=Path,
        metavar="FOLDER",
        help="start in the background for a folder with the example offices, which is created if it is missing, "
        "and print the shell commands that log in",
    )
    options = parser.parse_args()
    if options.rehearse is not None:
        try:
            rehearse(options.rehearse.absolute())
        except (OSError, SimulatorError) as error:
            parser.error(str(error))
        return
    try:
        loopback = ipaddress.ip_address(options.host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        parser.error(f"--host {options.host}: not a loopback address such as 127.0.0.1")
    if options.state is not None and not options.state.parent.is_dir():
        parser.error(f"--state {options.state}: there is no such directory")
    try:
        world = World(find_providers(), options.state)
        serve(world, options.host, options.port)
    except (BadInput, OSError) as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
