"""Each operation, cancelled at every step of the event loop, on a client that has to be whole afterwards."""

import asyncio
from itertools import count

import pytest
from benefits_server import OPERATIONS, BenefitsServer, Operation, benefits_server
from leftovers import open_files, settled, tasks_but

from contracts_client import ClientCredentials, ContractsClient, Environment
from contracts_client.hooks import AttemptEnd, CallObserver

PLACES = 2
CLAIM = "claim-personnel-ticket"


class Late(CallObserver):
    """A hook that counts what it is told of calls whose caller has gone."""

    def __init__(self) -> None:
        self.told = 0

    def __call__(self, _: object) -> CallObserver:
        return self

    def ended_late(self, attempt: AttemptEnd) -> None:
        assert attempt.status_code == 200
        self.told += 1


def a_client(server: BenefitsServer, transport: str | None, late: Late) -> ContractsClient:
    return ContractsClient(
        "acme-shop",
        auth=ClientCredentials("id", "secret"),
        environment=Environment(api_url=server.url, auth_url=server.url),
        transport=transport,  # type: ignore[arg-type]
        max_concurrency=PLACES,
        hooks=[late],
    )


async def cancelled_at(step: int, operation: Operation, client: ContractsClient) -> bool:
    """Cancel an operation after so many steps, and tell whether it had ended before."""
    call = asyncio.ensure_future(operation(client))
    for _ in range(step):
        await asyncio.sleep(0)
    if call.done():
        await call
        return True
    call.cancel()
    for _ in range(10):  # the caller leaves at once: what goes on in the background is none of its business
        await asyncio.sleep(0)
    assert call.cancelled()
    return False


async def prove_whole(client: ContractsClient, server: BenefitsServer) -> None:
    await settled(lambda: not tasks_but())
    await server.together(client, PLACES)
    assert not tasks_but()
    await settled(lambda: len(server.transports) <= PLACES)  # none is left of a connection that broke off


async def all_closed(server: BenefitsServer, files: int) -> None:
    """See that a client that has closed leaves no socket, at either end."""
    await settled(lambda: not server.transports and open_files() <= files)
    assert not tasks_but()


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
async def test_a_cold_client_is_whole_if_cancelled(operation: Operation, transport: str | None) -> None:
    """A cold client is whole after a call was cancelled at any step."""
    async with benefits_server() as server:
        files = open_files()
        for step in count():
            late, claims = Late(), server.seen(CLAIM)
            async with a_client(server, transport, late) as client:
                ended = await cancelled_at(step, operation, client)
                await prove_whole(client, server)
                assert late.told == (0 if ended else server.seen(CLAIM) - claims)
            await all_closed(server, files)
            if ended:
                break
        assert step > 10


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
async def test_a_warm_client_is_whole_if_cancelled(operation: Operation, transport: str | None) -> None:
    """A warm client is whole after calls were cancelled at every step."""
    late = Late()
    async with benefits_server() as server, a_client(server, transport, late) as client:
        await server.together(client, PLACES)
        for step in count():
            claims, told = server.seen(CLAIM), late.told
            ended = await cancelled_at(step, operation, client)
            await prove_whole(client, server)
            assert late.told - told == (0 if ended else server.seen(CLAIM) - claims)  # a claim that went out is told of
            if ended:
                break
        assert step > 3
    assert not tasks_but()
