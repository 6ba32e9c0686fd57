"""Answers every request with the same page of one contract, as fast as it can. overhead.py starts it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pages

_END = b"\r\n\r\n"


class Answering(asyncio.Protocol):
    """One connection: an answer for each request. The requests have no bodies."""

    def __init__(self, answer: bytes) -> None:
        """Args: answer: The whole response."""
        self._answer = answer
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to answer."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is there: they are small, and come whole."""
        self._transport.write(self._answer * data.count(_END))


async def main() -> None:
    """Serve until killed, and print the port first."""
    page = json.loads(pages.body())
    body = json.dumps({"items": page["items"][:1], "totalItems": 1, "totalPages": 1}).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    server = await asyncio.get_running_loop().create_server(lambda: Answering(head + body), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], page["items"][0]["uuid"], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
