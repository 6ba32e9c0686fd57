"""Hundreds of clients, opened and closed: nothing piles up."""

from typing import Any

import pytest
from benefits_server import benefits_server
from leftovers import objects, open_files, settled, tasks_but

from contracts_client import ClientCredentials, ContractsClient, Environment

CLIENTS = 300
WARM_UP = 50


@pytest.mark.timeout(300)
@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
async def test_clients_leave_nothing_behind(transport: Any) -> None:
    async with benefits_server() as server:

        async def one() -> None:
            async with ContractsClient(
                "acme-shop",
                auth=ClientCredentials("id", "secret"),
                environment=Environment(api_url=server.url, auth_url=server.url),
                transport=transport,
            ) as client:
                await client.list_contracts()
            server.requests.clear()

        async def some(number: int) -> tuple[int, int]:
            for _ in range(number):
                await one()
            await settled(lambda: not server.transports)
            assert not tasks_but()
            return open_files(), objects()

        files, things = await some(WARM_UP)
        files_at_the_end, things_at_the_end = await some(CLIENTS)
    assert files_at_the_end <= files
    assert things_at_the_end - things < CLIENTS // 10
