"""The retry budget: on virtual time, against an API that restarts or is down, with calls that come at a steady rate."""

import asyncio
from typing import Any

import httpx
import pytest
from simulated_api import ScriptedApi, page
from virtual_time import HandClock, VirtualClock, run_virtually

from contracts_client import ConfigurationError, ContractsClient, RetryPolicy, ServerError
from contracts_client.resilience.retry import RetryBudget


class FailingApi(httpx.AsyncBaseTransport):
    """Fails for a while: 503, or connections that are refused after those under way were reset."""

    def __init__(self, start: float, end: float, *, restarts: bool) -> None:
        self._start, self._end, self._restarts = start, end, restarts
        self.times: list[float] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        now = asyncio.get_running_loop().time
        self.times.append(now())
        trace = request.extensions["trace"]
        await trace("connection.connect_tcp.started", {})
        if self._start <= now() < self._end:
            if self._restarts:
                raise httpx.ConnectError("refused")
            return httpx.Response(503)
        await trace("http11.send_request_headers.started", {})
        await asyncio.sleep(0.02)
        if self._restarts and self._start <= now() < self._end:
            raise httpx.ReadError("reset")
        return page()


def failed_reads(api: httpx.AsyncBaseTransport, *, rate: int, seconds: int) -> list[Exception]:
    """Read at a steady rate, and return the errors."""

    async def main() -> list[Exception]:
        async with ContractsClient("acme-shop", transport=api, clock=VirtualClock()) as client:
            reads = list[asyncio.Task[Any]]()
            for _ in range(rate * seconds):
                reads.append(asyncio.create_task(client.get_contract("c-1")))
                await asyncio.sleep(1 / rate)
            return [
                each for each in await asyncio.gather(*reads, return_exceptions=True) if isinstance(each, Exception)
            ]

    return run_virtually(main())


@pytest.mark.parametrize("rate", [5, 40, 80])
@pytest.mark.parametrize("start", [0.0, 15.0], ids=["of a new client", "under way"])
def test_a_restart_of_a_second_fails_no_read(rate: int, start: float) -> None:
    """Two failed reads would be allowed; what never left costs the budget little, and its waits outlast the restart."""
    api = FailingApi(start, start + 1, restarts=True)
    assert failed_reads(api, rate=rate, seconds=int(start) + 3) == []


@pytest.mark.parametrize("rate", [25, 40, 80])
def test_an_outage_adds_a_quarter_of_load(rate: int) -> None:
    api = FailingApi(15, 75, restarts=False)
    assert {type(error) for error in failed_reads(api, rate=rate, seconds=80)} == {ServerError}
    during = [moment for moment in api.times if 15 <= moment < 75]
    assert rate * 60 * 1.1 < len(during) <= rate * 60 * 1.25


def test_many_callers_add_a_quarter_of_load() -> None:
    """A storm of callers adds a quarter of load. 500 callers at once, and a server that is down for a minute."""

    async def main() -> list[Any]:
        async with ContractsClient(
            "acme-shop", transport=api, clock=VirtualClock(), max_concurrency=500, deadline=3600
        ) as client:
            return await asyncio.gather(*(client.get_contract("c-1") for _ in range(500)), return_exceptions=True)

    api = ScriptedApi(*[503] * 10_000)
    assert {type(each) for each in run_virtually(main())} == {ServerError}
    assert 500 < len(api.requests) <= 500 * 1.25


def read(api: ScriptedApi, policy: RetryPolicy) -> Any:
    async def main() -> Any:
        async with ContractsClient("acme-shop", transport=api, clock=VirtualClock(), retry=policy) as client:
            return await asyncio.gather(client.get_contract("c-1"), return_exceptions=True)

    return run_virtually(main())[0]


def spent(budget: RetryBudget, policy: RetryPolicy, cost: float = 1.0) -> int:
    """Spend all that a policy allows now, and return how many retries that were."""
    return next(count for count in range(10_000) if not budget.spend(policy, cost))


def test_the_budget_is_a_share_and_a_floor() -> None:
    """The budget is a share of calls and a floor."""
    clock, policy = HandClock(), RetryPolicy(budget_share=0.5, budget_floor=0.3)
    budget = RetryBudget(clock)
    assert spent(budget, policy) == 3  # 0.3 a second for 10 seconds
    for _ in range(20):
        budget.note_call(clock.now)
    assert spent(budget, policy) == 10
    assert spent(budget, RetryPolicy(budget_share=1, budget_floor=0)) == 7  # each call by its own policy


def test_the_budget_looks_back_ten_seconds() -> None:
    clock, policy = HandClock(), RetryPolicy(budget_share=1, budget_floor=0)
    budget = RetryBudget(clock)
    for _ in range(10):
        budget.note_call(clock.now)
        clock.now += 1
    assert spent(budget, policy) == 9  # the first call has left the window
    clock.now += 9
    budget.note_call(clock.now)
    assert spent(budget, policy) == 0  # the retries have not
    clock.now += 1
    assert spent(budget, policy) == 1
    clock.now += 1000
    assert spent(budget, policy) == 0


def test_an_unsent_retry_costs_a_tenth() -> None:
    """A retry of what never left costs a tenth."""
    budget = RetryBudget(HandClock())
    assert spent(budget, RetryPolicy(budget_share=0, budget_floor=0.2), cost=0.1) == 20


def test_a_wait_for_the_rate_costs_nothing() -> None:
    policy = RetryPolicy(budget_share=0, budget_floor=0)
    assert not isinstance(read(ScriptedApi(429, 429), policy), Exception)
    assert isinstance(read(ScriptedApi(503), policy), ServerError)


def test_what_never_left_waits_half_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """With full jitter the waits of a call may add up to nothing, and all its attempts fall into a restart."""
    monkeypatch.setattr("random.random", lambda: 0.0)
    refused = ScriptedApi(*[httpx.ConnectError("refused")] * 3, reports_connecting=True, latency=0)
    read(refused, RetryPolicy())
    assert refused.times == [0, 0.25, 0.75, 1.75]
    failing = ScriptedApi(503, 503, latency=0)
    read(failing, RetryPolicy())
    assert failing.times == [0, 0, 0]


@pytest.mark.parametrize("share", [-0.1, 1.1, True, "1", float("nan")], ids=repr)
def test_a_share_is_a_number_from_0_to_1(share: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"^budget_share must be a number from 0 to 1$"):
        RetryPolicy(budget_share=share)


@pytest.mark.parametrize("floor", [-0.1, 1001, True, "1", float("nan")], ids=repr)
def test_a_floor_is_a_number_from_0_to_1000(floor: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"^budget_floor must be a number from 0 to 1000$"):
        RetryPolicy(budget_floor=floor)
