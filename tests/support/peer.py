"""A loopback peer that does on each of its connections what a test says, byte by byte; and requests to send it."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from attrs import define

from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.interface import PhaseTimeouts, TransportRequest
from contracts_client.transport.library import DEFAULT_TIMEOUT

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
STRAY = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstray"


@define
class Connection:
    """One connection, as the peer sees it. Its number counts from 1."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    number: int
    peer: Peer

    async def request(self) -> bytes:
        """The next whole request."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        whole = head + await self.reader.readexactly(length)
        self.peer.requests.append(whole)
        return whole

    async def say(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()

    def reset(self) -> None:
        """Tear the connection down: the other side gets a RST, even where nothing is left to read."""
        made: Any = self.writer.get_extra_info("socket")
        made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def drip(self, piece: bytes, seconds: float = 0.004) -> None:
        """Say the same again and again, until the other side hangs up."""
        while True:
            await self.say(piece)
            await asyncio.sleep(seconds)

    async def gone(self) -> None:
        """Wait until the other side hangs up."""
        await self.reader.read()


Talk = Callable[[Connection], Awaitable[None]]
MakeTransport = Callable[..., HttpxTransport]


@define
class Peer:
    """The peer as a whole: where it is, and what it has seen. It is healed once nothing is wrong with it any more."""

    url: str
    connections: int
    requests: list[bytes]
    open: int = 0
    most_open: int = 0
    healed: bool = False


@asynccontextmanager
async def peer(
    talk: Talk, context: ssl.SSLContext | None = None, *, listening: socket.socket | None = None
) -> AsyncIterator[Peer]:
    """A peer that talks like that on every connection, then closes it.

    Args:
        talk: What it does on a connection.
        context: What it speaks TLS with, or None for plain text.
        listening: A socket that is bound already, or None for a port of its own on 127.0.0.1.
            One bound to a path has no url.
    """
    made = Peer("", 0, [])
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task: Any = asyncio.current_task()
        tasks.add(task)
        made.connections += 1
        made.open += 1
        made.most_open = max(made.most_open, made.open)
        try:
            await talk(Connection(reader, writer, made.connections, made))
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            made.open -= 1
            tasks.discard(task)
            writer.close()

    if listening is None:
        listening = socket.create_server(("127.0.0.1", 0))
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # a small write waits for no acknowledgement
    start_server = asyncio.start_unix_server if listening.family == socket.AF_UNIX else asyncio.start_server
    server = await start_server(serve, sock=listening, ssl=context)
    scheme = "http" if context is None else "https"
    host = "127.0.0.1" if context is None else "localhost"
    made.url = f"{scheme}://{host}:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.close()
        left = list(tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left)


async def answer_all(connection: Connection) -> None:
    """Answer every request with 200."""
    while True:
        await connection.request()
        await connection.say(OK)


def once(*pieces: bytes) -> Talk:
    """Answer one request with that, and hang up."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        await connection.say(*pieces)

    return talk


def a_request(
    path: str = "/x", *, seconds: float = 30.0, timeout: PhaseTimeouts = DEFAULT_TIMEOUT, **more: Any
) -> TransportRequest:
    """A request that is given up so many seconds from now."""
    return TransportRequest(
        **{
            "method": "GET",
            "path": path,
            "headers": (("X-Correlation-Id", "id-1"),),
            "timeout": timeout,
            "deadline": asyncio.get_running_loop().time() + seconds,
            **more,
        }
    )


async def settled(condition: Callable[[], bool]) -> None:
    """Wait until something is so, which takes a few turns of the event loop."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 # what it waits for is anything at all
            await asyncio.sleep(0.001)


def start(exchange: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    return asyncio.get_running_loop().create_task(exchange)
