"""What a server of the tests says: good answers, and the many ways to spoil one."""

import asyncio
import gzip
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from canaries import BODY, CODE, CUSTOMER, TOKEN
from peer import Connection, Talk
from simulated_api import CONTRACT

ITEM: dict[str, Any] = {**CONTRACT, "externalRef": CODE, "createdBy": BODY}
PAGE: dict[str, Any] = {"items": [ITEM], "totalItems": 1, "totalPages": 1}
CLAIM: dict[str, Any] = {"success": True, "customerNumber": CUSTOMER}
GRANT: dict[str, Any] = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 86400}


def answer(
    body: Any = b"",
    status: str = "200 OK",
    headers: Mapping[str, str] | None = None,
    content_type: str | None = "application/json",
    length: int | None = None,
) -> bytes:
    """A whole response.

    Args:
        body: Bytes, or what is written as JSON.
        status: Code and phrase.
        headers: More headers.
        content_type: The content type, or None for none.
        length: The Content-Length, or None for the true one.
    """
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    size = len(raw) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", f"Set-Cookie: session={BODY}"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + raw


def good(request: bytes) -> bytes:
    """The answer that a request deserves."""
    if request.startswith(b"POST /oauth/token"):
        return answer(GRANT)
    return answer(CLAIM if request.startswith(b"POST") else PAGE)


def good_body(request: bytes) -> bytes:
    """Its body alone."""
    return good(request).partition(b"\r\n\r\n")[2]


async def healthy(connection: Connection) -> None:
    """Answer every request as it deserves."""
    while True:
        await connection.say(good(await connection.request()))


def answering(*raw: bytes) -> Talk:
    """Answer every request with that, until the fault has passed. Tokens are granted."""

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            is_well = connection.peer.healed or request.startswith(b"POST /oauth/token")
            await connection.say(*([good(request)] if is_well else raw))

    return talk


def saying(*raw: bytes, resets: bool = False) -> Talk:
    """Answer one request with that, and hang up."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        await connection.say(*raw)
        if resets:
            await asyncio.sleep(0.01)  # what was said gets through before the RST, which overtakes it
            connection.reset()

    return talk


def then_silence(*raw: bytes) -> Talk:
    """Answer one request with that, and say no more."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        await connection.say(*raw)
        await connection.gone()

    return talk


def dripping(start: bytes, piece: bytes) -> Talk:
    """Answer one request in drips without an end."""

    async def talk(connection: Connection) -> None:
        await connection.request()
        await connection.say(start)
        await connection.drip(piece, seconds=0.02)

    return talk


def greeting(*raw: bytes, resets: bool = False) -> Talk:
    """Say that before anything is asked, and hang up."""

    async def talk(connection: Connection) -> None:
        await connection.say(*raw)
        if resets:
            connection.reset()

    return talk


def tokens(*raw: bytes) -> Talk:
    """Answer token requests with that, until the fault has passed, and all others as they deserve."""

    async def talk(connection: Connection) -> None:
        while True:
            request = await connection.request()
            spoilt = request.startswith(b"POST /oauth/token") and not connection.peer.healed
            await connection.say(*(raw if spoilt else [good(request)]))

    return talk


async def nothing(connection: Connection) -> None:
    """Take the connection and never say anything."""
    await connection.gone()


@cache
def bomb(megabytes: int) -> bytes:
    """A gzip stream that unpacks into so many megabytes."""
    return gzip.compress(b" " * megabytes * 1_000_000)
