"""Many calls under timeouts of their own, round after round, on a pool that has to be whole afterwards."""

import asyncio
import random
from collections import Counter

import pytest
from benefits_server import Exchange, answer_rightly, benefits_server
from leftovers import open_files, settled, tasks_but

from contracts_client import BearerToken, ContractsClient

ROUNDS, CALLS, PLACES = 15, 200, 10
MOST = (0.02, 0.2, 10.0)  # seconds: on any machine some give up and some are served


@pytest.mark.timeout(300)
@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
async def test_random_timeouts_leave_a_pool_whole(transport: str | None) -> None:
    """200 calls under random timeouts for 15 rounds leave a pool of 10 whole."""
    draw = random.Random(20261124)
    outcomes: Counter[str] = Counter()

    def answer_at_some_time(exchange: Exchange) -> None:
        asyncio.get_running_loop().call_later(draw.uniform(0, 0.01), answer_rightly, exchange)

    async def call(seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                assert (await client.get_contract("c-1")).uuid == "c-1"
        except TimeoutError:
            outcomes["gave up"] += 1
        else:
            outcomes["served"] += 1

    async with (
        benefits_server() as server,
        ContractsClient(
            "acme-shop",
            auth=BearerToken("t"),
            base_url=server.url,
            transport=transport,  # type: ignore[arg-type]
            max_concurrency=PLACES,
        ) as client,
    ):
        server.handler, files = answer_at_some_time, open_files()
        for _ in range(ROUNDS):
            await asyncio.gather(*(call(draw.uniform(0, draw.choice(MOST))) for _ in range(CALLS)))
            await server.together(client, PLACES)
            await settled(lambda: not tasks_but() and len(server.transports) <= PLACES)
            assert open_files() <= files + 2 * PLACES  # both ends of each connection
    assert outcomes.total() == ROUNDS * CALLS
    assert min(outcomes["gave up"], outcomes["served"]) > 100  # else nothing was tried
