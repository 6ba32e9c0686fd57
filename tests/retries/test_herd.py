"""Many calls against a quota and a spike arrest, on a virtual clock."""

import asyncio
import random

import pytest
from simulated_api import LimitedApi
from virtual_time import VirtualClock, run_virtually

from contracts_client import BearerToken, ContractsClient, RateLimits

QUOTA, SPIKE = 60, 0.2


@pytest.fixture(params=range(5))
def seed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """What is drawn at random, repeatably."""
    monkeypatch.setattr(random, "random", random.Random(request.param).random)
    return int(request.param)


def a_client(api: LimitedApi, limits: RateLimits | None = None) -> ContractsClient:
    return ContractsClient(
        "acme-shop", auth=BearerToken("t"), transport=api, clock=VirtualClock(), deadline=3600, limits=limits
    )


async def herd(api: LimitedApi, *clients: ContractsClient, calls: int = 150, operations: int = 1) -> None:
    """Make calls, of one operation or of more in turn."""

    async def call(client: ContractsClient, each: int, correlation_id: str) -> None:
        if each % operations == 0:
            await client.get_contract("c-1", correlation_id=correlation_id)
        elif each % operations == 1:
            await client.list_contracts(correlation_id=correlation_id)
        else:
            await client.list_contracts_by_external_ref("a-b-c", correlation_id=correlation_id)

    await asyncio.gather(
        *(call(client, each, f"{number}-{each}") for each in range(calls) for number, client in enumerate(clients)),
        return_exceptions=True,  # the tests count what was served
    )
    for client in clients:
        await client.aclose()


@pytest.mark.usefixtures("seed")
@pytest.mark.parametrize(("operations", "most"), [(1, 31), (3, 34)])
def test_150_calls_succeed_with_few_refusals(operations: int, most: int) -> None:
    """Against 60 a minute and 5 a second. The three operations share the quota, which the client has to find out."""
    api = LimitedApi(per_minute=QUOTA, spacing=SPIKE)
    run_virtually(herd(api, a_client(api), operations=operations))
    assert len(api.served) == 150
    assert api.refused <= most


@pytest.mark.usefixtures("seed")
@pytest.mark.parametrize("operations", [1, 3])
def test_three_processes_slow_and_succeed(operations: int) -> None:
    """Three processes slow down and succeed. One of 150 calls may be refused as often as it has attempts."""
    api = LimitedApi(per_minute=QUOTA, spacing=SPIKE)
    run_virtually(herd(api, a_client(api), a_client(api), a_client(api), calls=50, operations=operations))
    assert len(api.served) >= 149
    assert api.refused < len(api.served)  # so less than half of all requests


def test_declared_limits_are_never_met() -> None:
    api = LimitedApi(per_minute=QUOTA, spacing=SPIKE)
    run_virtually(herd(api, a_client(api, RateLimits(per_minute=QUOTA, spacing=SPIKE)), operations=3))
    assert (len(api.served), api.refused) == (150, 0)


def test_calls_go_out_in_the_order_of_calls() -> None:
    api = LimitedApi(per_minute=1000, spacing=SPIKE)
    run_virtually(herd(api, a_client(api, RateLimits(spacing=SPIKE)), calls=40, operations=3))
    assert api.order == [f"0-{each}" for each in range(40)]
