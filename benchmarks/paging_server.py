"""A listing of any size as a bare HTTP server on loopback, after a latency. benchmarks/paging.py runs it.

``/<run>/<milliseconds>/<pages>/<items a page>/…?page=N`` answers a page, ``/<run>/requests`` how many there were.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter

PAGE = re.compile(rb"GET /(\w+)/(\d+)/(\d+)/(\d+)/[^ ]*[?&]page=(\d+)")
COUNT = re.compile(rb"GET /(\w+)/requests ")
CONTRACT = {
    "uuid": "UUID",
    "status": "VALID",
    "createdAt": "2026-01-01T08:00:00Z",
    "createdBy": "acme",
    "lastChangedAt": "2026-01-02T08:00:00Z",
    "lastChangedBy": "acme",
    "consumableFrom": "2026-01-01T08:00:00Z",
    "loyaltyProgram": {"id": "p-1"},
    "organisationId": 1,
}
BEFORE, AFTER = json.dumps(CONTRACT, separators=(",", ":")).split("UUID")
counts: Counter[bytes] = Counter()


def answered(body: str) -> bytes:
    """Return a whole response."""
    content = body.encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def page(number: int, pages: int, size: int) -> bytes:
    """Return a page of contracts."""
    first = (number - 1) * size
    found = range(first, first + size) if number <= pages else ()
    items = ",".join(f"{BEFORE}c-{each:08}{AFTER}" for each in found)
    return answered(f'{{"items":[{items}],"totalItems":{pages * size},"totalPages":{pages}}}')


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection."""
    try:
        while True:
            request = await reader.readuntil(b"\r\n\r\n")
            asked = PAGE.match(request)
            if asked is None:
                count = COUNT.match(request)
                writer.write(answered(str(counts.pop(count[1], 0) if count else 0)))
                continue
            counts[asked[1]] += 1
            milliseconds, pages, size, number = (int(asked[group]) for group in (2, 3, 4, 5))
            body = page(number, pages, size)
            if milliseconds:
                await asyncio.sleep(milliseconds / 1000)
            writer.write(body)
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main() -> None:
    """Serve until the process is ended."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
