"""Count what one warm call runs through until httpx is reached: calls and frames of the package. Prints both.

`make budgets` runs it beside the installed wheel, so it imports nothing but the package and what that needs.
"""

import asyncio
import sys
from pathlib import Path
from types import FrameType

import httpx

import contracts_client

PACKAGE = str(Path(contracts_client.__file__).parent)
REACHED = httpx.AsyncHTTPTransport.handle_async_request.__code__
BODY = b'{"items":[],"totalItems":0,"totalPages":0}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every request on a connection with an empty page."""
    try:
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(ANSWER)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def frames_of(frame: FrameType | None) -> int:
    """Count the package's frames on the stack."""
    found = 0
    while frame is not None:
        found += frame.f_code.co_filename.startswith(PACKAGE)
        frame = frame.f_back
    return found


async def count() -> tuple[int, int]:
    """Make a call to warm up, and return calls and frames of the next one."""
    calls, frames = 0, 0

    def profile(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls, frames
        if event == "call" and frames == 0:
            calls += frame.f_code.co_filename.startswith(PACKAGE)
            if frame.f_code is REACHED:
                frames = frames_of(frame)

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    auth = contracts_client.BearerToken("t")
    async with contracts_client.ContractsClient("acme-ticketshop", auth=auth, base_url=url) as client:
        await client.list_contracts()
        sys.setprofile(profile)
        await client.list_contracts()
        sys.setprofile(None)
    server.close()
    return calls, frames


if __name__ == "__main__":
    print(*asyncio.run(count()))
