"""Many calls against a quota and a spike arrest, on a virtual clock."""

import asyncio
import random

import pytest
from simulated_api import LimitedApi
from virtual_time import VirtualClock, run_virtually

from contracts_client import BearerToken, ContractsClient, RateLimits

QUOTA, SPIKE = 60, 0.2


def a_client(api: LimitedApi, limits: RateLimits | None = None) -> ContractsClient:
    return ContractsClient(
        "acme-shop", auth=BearerToken("t"), transport=api, clock=VirtualClock(), deadline=3600, limits=limits
    )


async def herd(api: LimitedApi, *clients: ContractsClient, calls: int = 150) -> None:
    await asyncio.gather(
        *(
            client.get_contract("c-1", correlation_id=f"{number}-{each}")
            for each in range(calls)
            for number, client in enumerate(clients)
        )
    )
    for client in clients:
        await client.aclose()


@pytest.mark.parametrize("seed", range(5))
def test_150_calls_against_60_a_minute_and_5_a_second_all_succeed_with_a_handful_of_refusals(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    seeded(monkeypatch, seed)
    api = LimitedApi(per_minute=QUOTA, spacing=SPIKE)
    run_virtually(herd(api, a_client(api)))
    assert len(api.served) == 150
    assert api.refused <= 30


@pytest.mark.parametrize("seed", range(5))
def test_three_processes_behind_one_limit_slow_down_without_a_failure(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    seeded(monkeypatch, seed)
    api = LimitedApi(per_minute=QUOTA, spacing=SPIKE)
    run_virtually(herd(api, a_client(api), a_client(api), a_client(api), calls=50))
    assert len(api.served) == 150
    assert api.refused < len(api.served)  # so less than half of all requests


def test_declared_limits_are_never_met() -> None:
    api = LimitedApi(per_minute=QUOTA, spacing=SPIKE)
    run_virtually(herd(api, a_client(api, RateLimits(per_minute=QUOTA, spacing=SPIKE))))
    assert len(api.served) == 150
    assert api.refused == 0


def test_calls_go_out_in_the_order_in_which_they_were_made() -> None:
    api = LimitedApi(per_minute=1000, spacing=SPIKE)
    run_virtually(herd(api, a_client(api, RateLimits(spacing=SPIKE)), calls=40))
    assert api.order == [f"0-{each}" for each in range(40)]


def seeded(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(random, "random", random.Random(seed).random)
