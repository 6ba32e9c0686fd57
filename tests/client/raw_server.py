"""A loopback server that answers each connection as a test says, byte by byte where need be."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

Handler = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]

CONTRACT: dict[str, Any] = {
    "uuid": "c-0001",
    "status": "VALID",
    "createdAt": "2026-01-01T08:00:00Z",
    "createdBy": "acme",
    "lastChangedAt": "2026-01-02T08:00:00Z",
    "lastChangedBy": "acme",
    "consumableFrom": "2026-01-01T08:00:00Z",
    "loyaltyProgram": {"id": "p-1"},
    "organisationId": 1,
}


def json_answer(value: Any, status: str = "200 OK", extra: str = "") -> bytes:
    body = json.dumps(value).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
    return head.encode() + body


def page_answer(*uuids: str, total_pages: int | None = 1) -> bytes:
    page: dict[str, Any] = {"items": [{**CONTRACT, "uuid": uuid} for uuid in uuids]}
    if total_pages is not None:
        page["totalPages"] = total_pages
    return json_answer(page)


class RawServer:
    """Reads whole requests and hands each, raw, to the handler. Counts connections and requests."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self.requests: list[bytes] = []
        self.connections = 0
        self.url = ""
        self.tasks: set[asyncio.Task[None] | None] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.tasks.add(asyncio.current_task())
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = 0
                for line in head.lower().split(b"\r\n"):
                    if line.startswith(b"content-length:"):
                        length = int(line.partition(b":")[2])
                request = head + await reader.readexactly(length)
                self.requests.append(request)
                await self._handler(request, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def raw_server(handler: Handler) -> AsyncIterator[RawServer]:
    made = RawServer(handler)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    made.url = f"http://127.0.0.1:{port}"
    try:
        yield made
    finally:
        server.close()
        left = [task for task in made.tasks if task is not None]
        for task in left:
            task.cancel()
        await asyncio.gather(*left)


def always(answer: bytes) -> Handler:
    async def handle(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)

    return handle


def in_turn(*answers: bytes) -> Handler:
    left = list(answers)

    async def handle(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0))

    return handle


async def hang_up(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def silence(_: bytes, writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()
