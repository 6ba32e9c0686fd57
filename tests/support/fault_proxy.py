"""A TCP proxy that spoils what passes: late, in drips, cut short, broken, or not at all. For faults below TLS too."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from attrs import define, frozen

_PIECE = 65536


@frozen(kw_only=True)
class Spoil:
    """What the proxy does to the bytes that go from the server to the client.

    Attributes:
        latency: Seconds that each piece is held back.
        drip: Bytes that pass at once, each after the latency; None for as they come.
        cut_after: Bytes of a connection after which it ends, or None for never.
        resets: Whether it ends with a RST, rather than a FIN.
        flip_at: The byte of a connection, counted from 0, whose bits are turned over, or None.
        swallows: Whether nothing passes at all, in either direction.
    """

    latency: float = 0.0
    drip: int | None = None
    cut_after: int | None = None
    resets: bool = False
    flip_at: int | None = None
    swallows: bool = False


NOTHING = Spoil()


@define
class FaultProxy:
    """The proxy. ``spoil`` may be changed at any time, for the connections that come after."""

    port: int
    spoil: Spoil
    connections: int = 0


@asynccontextmanager
async def fault_proxy(port: int, spoil: Spoil = NOTHING) -> AsyncIterator[FaultProxy]:
    """A proxy in front of a port on 127.0.0.1.

    Args:
        port: Where the server listens.
        spoil: What is done to what passes.
    """
    tasks: set[asyncio.Task[Any]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task: Any = asyncio.current_task()
        tasks.add(task)
        made.connections += 1
        try:
            with suppress(OSError, asyncio.CancelledError):
                await _pass(reader, writer, port, made.spoil)
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    made = FaultProxy(server.sockets[0].getsockname()[1], spoil)
    try:
        yield made
    finally:
        server.close()
        left = list(tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, spoil: Spoil) -> None:
    if spoil.swallows:
        await reader.read()  # until the client gives up, or for good
        return
    from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
    there = asyncio.get_running_loop().create_task(_there(reader, to_server))
    try:
        await _back(from_server, writer, spoil)
    finally:
        there.cancel()
        with suppress(OSError, asyncio.CancelledError):
            await there
        to_server.close()


async def _there(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(_PIECE):
        writer.write(piece)
        await writer.drain()


async def _back(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, spoil: Spoil) -> None:
    passed = 0
    while piece := await reader.read(spoil.drip or _PIECE):
        if spoil.latency:
            await asyncio.sleep(spoil.latency)
        if spoil.flip_at is not None and passed <= spoil.flip_at < passed + len(piece):
            at = spoil.flip_at - passed
            piece = piece[:at] + bytes([piece[at] ^ 0xFF]) + piece[at + 1 :]  # the piece that passes
        ends = spoil.cut_after is not None and passed + len(piece) >= spoil.cut_after
        writer.write(piece[: spoil.cut_after - passed] if spoil.cut_after is not None else piece)
        await writer.drain()
        passed += len(piece)
        if ends:
            if spoil.resets:
                made: Any = writer.get_extra_info("socket")
                made.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
            return
