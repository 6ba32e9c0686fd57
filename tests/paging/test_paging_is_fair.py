"""A long listing and single calls share one client, and neither starves."""

import asyncio

import httpx
import pytest
from simulated_api import CONTRACT, LimitedApi
from virtual_time import VirtualClock, run_virtually

from contracts_client import ContractsClient, RateLimits


class LongApi(httpx.AsyncBaseTransport):
    """A listing of ten thousand pages, a second each, and single contracts that take no time."""

    def __init__(self) -> None:
        self.pages = 0
        self.under_way = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.pages += 1
        self.under_way += 1
        await asyncio.sleep(1)
        self.under_way -= 1
        number = request.url.params.get("page", "1")
        uuid = request.url.params.get("uuid", f"c-{number}")
        page = {"items": [{**CONTRACT, "uuid": uuid}], "totalItems": 10_000, "totalPages": 10_000}
        return httpx.Response(200, json=page)


@pytest.mark.parametrize("concurrency", [1, 2, 4, 20])
@pytest.mark.parametrize("prefetch", [None, 50])
def test_a_call_passes_beside_a_listing(concurrency: int, prefetch: int | None) -> None:
    async def main() -> None:
        api, loop = LongApi(), asyncio.get_running_loop()
        async with ContractsClient(
            "acme-shop", transport=api, max_concurrency=concurrency, clock=VirtualClock()
        ) as client:

            async def read() -> None:
                async for _ in client.list_contracts(prefetch=prefetch):
                    pass

            reading = asyncio.create_task(read())
            await asyncio.sleep(30.5)
            waits = []
            for _ in range(20):
                asked = loop.time()
                await client.get_contract("c-single")
                waits.append(loop.time() - asked)
            # With one place, a call waits for the page under way; with more, there is always a place for it.
            assert max(waits) <= (2 if concurrency == 1 else 1) + 0.01
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    run_virtually(main())


def test_a_call_waits_for_the_prefetch_alone() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        async with ContractsClient(
            "acme-shop", transport=LongApi(), clock=VirtualClock(), limits=RateLimits(spacing=2.0), deadline=100
        ) as client:

            async def read() -> None:
                async for _ in client.list_contracts():
                    pass

            reading = asyncio.create_task(read())
            await asyncio.sleep(60)
            asked = loop.time()
            await client.get_contract("c-single")
            assert loop.time() - asked <= (4 + 2) * 2.0 + 1
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    run_virtually(main())


def test_prefetch_keeps_the_rate_limit() -> None:
    class Paged(LimitedApi):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            answer = await super().handle_async_request(request)
            if answer.status_code != 200:
                return answer
            number = request.url.params["page"]
            return httpx.Response(200, json={"items": [{**CONTRACT, "uuid": f"c-{number}"}], "totalPages": 100})

    async def main() -> None:
        api = Paged(per_minute=60, spacing=0.2)
        limits = RateLimits(per_minute=60, spacing=0.2)
        async with ContractsClient(
            "acme-shop", transport=api, clock=VirtualClock(), limits=limits, deadline=200
        ) as client:
            assert len(await client.list_contracts().collect()) == 100
        assert api.refused == 0

    run_virtually(main())
