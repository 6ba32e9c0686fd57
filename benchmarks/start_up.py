"""Measures how one contender starts, in this process, and prints what it found as JSON. overhead.py runs it."""

from __future__ import annotations

import asyncio
import importlib
import json
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from time import perf_counter, process_time
from typing import Any


def milliseconds_since(started: float, clock: Callable[[], float] = process_time) -> float:
    """Return how long it is ago, on the processor or on another clock."""
    return (clock() - started) * 1000


def closed_port() -> int:
    """Return a port that refuses connections."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
    return port


async def first_call(module: Any, *, is_ours: bool) -> dict[str, float]:
    """Make a client and its first call, to a port that refuses it, and see how long the event loop is held up."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            started = perf_counter()
            await asyncio.sleep(0)
            longest = max(longest, milliseconds_since(started, perf_counter))

    watching = asyncio.create_task(watch())
    await asyncio.sleep(0.01)
    longest = 0.0
    url = f"https://127.0.0.1:{closed_port()}"
    started = process_time()
    if is_ours:
        client = module.ContractsClient("acme-ticketshop", base_url=url, retry=None)
        construct = milliseconds_since(started)
        with suppress(module.APIConnectionError):
            await client.get_contract("c-1")
    else:
        client = module.AsyncClient(base_url=url)
        construct = milliseconds_since(started)
        with suppress(module.ConnectError):
            await client.get("/")
    await asyncio.sleep(0)
    watching.cancel()
    await client.aclose()
    return {"construct": construct, "held up": longest}


def main() -> None:
    """Measure the contender that the command line names: httpx, httpx2 or contracts_client."""
    started = process_time()
    module = importlib.import_module(sys.argv[1])
    found = {"import": milliseconds_since(started)}
    found |= asyncio.run(first_call(module, is_ours=sys.argv[1] == "contracts_client"))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
