"""Calls come back soon after a limit has ended, and a limit of one operation costs another one little."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from simulated_api import page
from virtual_time import VirtualClock, run_virtually

from contracts_client import BearerToken, ContractsClient, ContractsError

Call = Callable[[ContractsClient], Awaitable[Any]]
Refuses = Callable[[float, httpx.Request], bool]


class RefusingApi(httpx.AsyncBaseTransport):
    """Answers with 429 as a function of time and request says, and else with a page."""

    def __init__(self, refuses: Refuses, retry_after: int | None) -> None:
        self._refuses = refuses
        self._headers = {} if retry_after is None else {"Retry-After": str(retry_after)}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        refused = self._refuses(asyncio.get_running_loop().time(), request)
        await asyncio.sleep(0.05)
        return httpx.Response(429, headers=self._headers) if refused else page()


def read(client: ContractsClient) -> Awaitable[object]:
    return client.get_contract("c-1")


def claim(client: ContractsClient) -> Awaitable[object]:
    return client.claim_personnel_ticket("ABC-DEF-1", customer_number=1)


def reference(client: ContractsClient) -> Awaitable[object]:
    return client.list_contracts_by_external_ref("a-b-c")


def served(api: RefusingApi, until: float, *streams: tuple[Call, float, float]) -> list[float]:
    """When the reads succeeded.

    Args:
        api: The API.
        until: When the last calls are made.
        streams: What is called, from when, and every how many seconds.
    """
    times = list[float]()

    async def made(client: ContractsClient, call: Call) -> None:
        try:
            await call(client)
        except ContractsError:
            return
        if call is read:
            times.append(asyncio.get_running_loop().time())

    async def main() -> None:
        loop, tasks = asyncio.get_running_loop(), list[asyncio.Task[None]]()
        async with ContractsClient("acme-shop", auth=BearerToken("t"), transport=api, clock=VirtualClock()) as client:

            def start(call: Call) -> None:
                tasks.append(loop.create_task(made(client, call)))

            for call, begins, every in streams:
                for number in range(int((until - begins) / every)):
                    when = begins + number * every
                    loop.call_at(when, start, call)
            await asyncio.sleep(until + 60)
            await asyncio.gather(*tasks)

    random.seed(1)
    run_virtually(main())
    return times


@pytest.mark.parametrize(
    ("lasted", "retry_after", "within"),
    [(30, 1, 20), (60, 1, 20), (60, 2, 20), (60, 5, 30), (45, None, 40), (60, None, 40), (120, 30, 30)],
)
def test_reads_come_back_after_a_limit(lasted: float, retry_after: int | None, within: float) -> None:
    """Ten reads a second are served again, each second, soon after all were refused for a while."""
    api = RefusingApi(lambda now, _: now < lasted, retry_after)
    times = served(api, lasted + 70, (read, 0, 0.1))
    back = lasted + within
    assert [sum(each <= time < each + 1 for time in times) for each in range(int(back), int(back) + 20)] >= [9] * 20
    assert sum(back <= time < back + 20 for time in times) >= 199


def test_a_minute_s_quota_is_used() -> None:
    """Ten reads a second get all of 300 a minute, and not a few of them."""
    used = dict[int, int]()

    def refuses(now: float, _: httpx.Request) -> bool:
        minute = int(now // 60)
        used[minute] = used.get(minute, 0) + 1
        return used[minute] > 300

    times = served(RefusingApi(refuses, 5), 300, (read, 0, 0.1))
    assert [sum(60 * each <= time < 60 * (each + 1) for time in times) > 280 for each in range(5)] == [True] * 5


@pytest.mark.parametrize(("every", "share", "until"), [(0.2, 1, 1e9), (0.2, 2, 1e9), (1, 1, 1e9), (0.2, 1, 40)])
def test_a_stray_refusal_stops_reads_briefly(every: float, share: int, until: float) -> None:
    """Claims are limited; one 429 of a third operation holds healthy reads back for as long as it asks."""
    seen = {"claims": 0, "references": 0}

    def refuses(now: float, request: httpx.Request) -> bool:
        if request.method == "POST":
            seen["claims"] += 1
            return now < until and seen["claims"] % share == 0
        if "external" in str(request.url):
            seen["references"] += 1
            return seen["references"] == 1
        return False

    times = served(RefusingApi(refuses, 5), 80, (read, 0, 0.1), (claim, 0, every), (reference, 10, 70))
    assert seen["references"] == 2
    assert [sum(20 * each <= time < 20 * (each + 1) for time in times) >= 150 for each in range(4)] == [True] * 4
    assert sum(40 <= time < 80 for time in times) >= 399
