"""Measures the calls of one contender in this process, and prints what it found as JSON. overhead.py runs it."""

from __future__ import annotations

import asyncio
import importlib
import json
import statistics
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import perf_counter, process_time
from typing import Any

WARM_UP = 100
ONE_BY_ONE = 600
AT_ONCE = 2000
IN_FLIGHT = (1, 20, 100)
PLACES = 20
PATH = "/customers/v2/benefits/contracts"
HEADERS = {
    "Accept": "application/json",
    "Authorization": "Bearer t0ken",
    "ET-Client-Name": "acme-ticketshop",
    "X-Correlation-Id": "5f0c7a52-6d0f-4f7e-9b1c-0d8a3e1b2c3d",
}

Call = Callable[[], Awaitable[object]]
Figures = dict[str, float]


@asynccontextmanager
async def bare(library: str, url: str, uuid: str) -> AsyncIterator[Call]:
    """The request by the library's own client, with JSON parsed and nothing checked."""
    module: Any = importlib.import_module(library)
    limits = module.Limits(max_connections=PLACES, max_keepalive_connections=PLACES)
    async with module.AsyncClient(base_url=url, limits=limits, timeout=20, trust_env=False) as client:

        async def call() -> object:
            response = await client.get(PATH, params={"uuid": uuid, "page": "1"}, headers=HEADERS)
            response.raise_for_status()
            return response.json()["items"][0]

        yield call


@asynccontextmanager
async def bare_aiohttp(url: str, uuid: str) -> AsyncIterator[Call]:
    """The request by aiohttp's own client, likewise."""
    module: Any = importlib.import_module("aiohttp")
    connector, timeout = module.TCPConnector(limit=PLACES), module.ClientTimeout(20)
    async with module.ClientSession(connector=connector, timeout=timeout, raise_for_status=True) as session:

        async def call() -> object:
            async with session.get(url + PATH, params={"uuid": uuid, "page": "1"}, headers=HEADERS) as response:
                return (await response.json())["items"][0]

        yield call


@asynccontextmanager
async def ours(library: str, url: str, uuid: str) -> AsyncIterator[Call]:
    """The same request by this package."""
    module: Any = importlib.import_module("contracts_client")
    async with module.ContractsClient(
        "acme-ticketshop",
        auth=module.BearerToken("t0ken"),
        base_url=url,
        transport=None if library == "httpx" else library,
        max_concurrency=PLACES,
    ) as client:
        yield lambda: client.get_contract(uuid)


async def one_by_one(call: Call) -> Figures:
    """Return microseconds of a call: the median of its time, and the mean of the processor's time."""
    for _ in range(WARM_UP):
        await call()
    times = []
    busy = process_time()
    for _ in range(ONE_BY_ONE):
        started = perf_counter()
        await call()
        times.append(perf_counter() - started)
    busy = process_time() - busy
    return {"call": statistics.median(times) * 1e6, "busy": busy / ONE_BY_ONE * 1e6}


async def at_once(call: Call, tasks: int) -> Figures:
    """Return calls a second, and the processor's microseconds of one, of tasks that make one call after the other."""
    left = iter(range(AT_ONCE))

    async def some() -> None:
        for _ in left:
            await call()

    started, busy = perf_counter(), process_time()
    await asyncio.gather(*(some() for _ in range(tasks)))
    seconds, busy = perf_counter() - started, process_time() - busy
    return {f"rate {tasks}": AT_ONCE / seconds, f"busy {tasks}": busy / AT_ONCE * 1e6}


async def main() -> None:
    """Measure the contender that the command line names: bare or ours, library, address, uuid."""
    kind, library, url, uuid = sys.argv[1:5]
    if kind == "ours":
        contender = ours(library, url, uuid)
    else:
        contender = bare_aiohttp(url, uuid) if library == "aiohttp" else bare(library, url, uuid)
    async with contender as call:
        found = await one_by_one(call)
        for tasks in IN_FLIGHT:
            found |= await at_once(call, tasks)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    asyncio.run(main())
