# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many connections to a simulator at once, for its tests and the benchmark. Needs the standard library alone."""

from __future__ import annotations

import asyncio


def ask_at_once(url: str, path: str, token: str, *, connections: int, each: int) -> list[str]:
    """GET *path* of the simulator at *url* *each* times over every connection, and return all status lines."""
    return asyncio.run(_ask_at_once(url, path, token, connections, each))


async def _ask_at_once(url: str, path: str, token: str, connections: int, each: int) -> list[str]:
    host, port = url.removeprefix("http://").split(":")
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode()

    async def ask_often() -> list[str]:
        reader, writer = await asyncio.open_connection(host, int(port))
        lines = []
        for _time in range(each):
            writer.write(request)
            answer = await reader.readuntil(b"\r\n\r\n")
            lines.append(answer.partition(b"\r\n")[0].decode())
            await reader.readexactly(int(answer.lower().partition(b"content-length: ")[2].split()[0]))
        writer.close()
        return lines

    found = await asyncio.gather(*[ask_often() for _connection in range(connections)])
    return [line for lines in found for line in lines]
