"""Thousands of calls against a server that fails now and then: all end, and nothing piles up.

`make soak` makes ten thousand; the suite makes fewer.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from benefits_server import OPERATIONS, BenefitsServer, Exchange, answer, answer_rightly, benefits_server
from leftovers import objects, open_files, resident_bytes, settled, tasks_but

from contracts_client import APIError, ClientCredentials, ContractsClient, Environment, RetryPolicy

CALLS = int(os.environ.get("SOAK_CALLS", "1000"))
FAULTS = 0.05
PLACES = 20
PARTS = 4  # of the calls; the first one warms up
MEGABYTE = 1024 * 1024


def half(exchange: Exchange) -> None:
    exchange.say(exchange.right[:-5])
    exchange.hang_up()


def half_a_head(exchange: Exchange) -> None:
    exchange.say(b"HTTP/1.1 200 OK\r\nContent-")
    exchange.reset()


KINDS: dict[str, Callable[[Exchange], None]] = {
    "503": lambda exchange: exchange.say(answer({}, "503 Service Unavailable")),
    "502 of a gateway": lambda exchange: exchange.say(
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>no</p>"
    ),
    "400": lambda exchange: exchange.say(answer({"title": "no"}, "400 Bad Request")),
    "closed": Exchange.hang_up,
    "reset": Exchange.reset,
    "half a body": half,
    "half a head": half_a_head,
    "no HTTP": lambda exchange: exchange.say(b"abc\r\n\r\n"),
    "no JSON": lambda exchange: exchange.say(exchange.right.replace(b"{", b"[", 1)),
}


class Weather:
    """What the server does with each request: mostly what is right."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self.seen: Counter[str] = Counter()

    def __call__(self, exchange: Exchange) -> None:
        if exchange.path == "/oauth/token" or self._draw.random() > FAULTS:
            answer_rightly(exchange)
            return
        kind = self._draw.choice(list(KINDS))
        self.seen[kind] += 1
        KINDS[kind](exchange)


async def calls(client: ContractsClient, number: int, outcomes: Counter[str]) -> None:
    """Make so many calls, a few at once, of all operations in turn."""
    operations = list(OPERATIONS.values())
    left = iter(range(number))

    async def some() -> None:
        for each in left:
            try:
                await operations[each % len(operations)](client)
            except APIError as error:
                outcomes[type(error).__name__] += 1
            else:
                outcomes["served"] += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(2 * PLACES):
            group.create_task(some())


async def rest(server: BenefitsServer) -> tuple[int, int, int]:
    await settled(lambda: not tasks_but() and len(server.transports) <= PLACES + 1)
    server.requests.clear()
    return open_files(), objects(), resident_bytes()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
async def test_resources_stay_flat_over_many_calls(transport: Any) -> None:
    """Files tasks and memory stay flat over many calls of which some fail."""
    weather, outcomes = Weather(seed=4), Counter[str]()
    async with benefits_server() as server:
        before = open_files()
        server.handler = weather
        async with ContractsClient(
            "acme-shop",
            auth=ClientCredentials("id", "secret"),
            environment=Environment(api_url=server.url, auth_url=server.url),
            transport=transport,
            max_concurrency=PLACES,
            retry=RetryPolicy(backoff_base=0.001, backoff_max=0.01),
        ) as client:
            found = []
            for _ in range(PARTS):
                await calls(client, CALLS // PARTS, outcomes)
                found.append(await rest(server))
            await server.together(client, PLACES)
        await settled(lambda: not server.transports)
        assert not tasks_but()
        assert open_files() <= before
    assert outcomes.total() == CALLS // PARTS * PARTS
    assert outcomes["served"] >= 0.97 * outcomes.total()
    assert all(weather.seen[kind] for kind in KINDS)
    files, things, memory = zip(*found, strict=True)
    print(  # noqa: T201 # make soak shows it
        f"{outcomes.total()} calls, {weather.seen.total()} faults: {dict(outcomes)}; after each quarter:"
        f" files {files}, objects {things}, resident {[each // 1024 for each in memory]} KiB"
    )
    assert max(files) - before <= 2 * (PLACES + 1)  # both ends of each connection are in this process
    assert things[-1] - things[0] < CALLS // 4  # some hundreds come and go with the connections
    assert memory[-1] - memory[0] < 8 * MEGABYTE
