"""The token request in an outage of its endpoint, and tokens that are revoked: on virtual time."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import httpx
import pytest
from simulated_api import page
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    AccessToken,
    APITimeoutError,
    AuthenticationError,
    ClientCredentials,
    ContractsClient,
    TokenError,
    TokenProvider,
)
from contracts_client.auth.credentials import AuthLike

GRANT = {"token_type": "Bearer", "expires_in": 3600}
CREDENTIALS = ClientCredentials("an-id", "a-secret")
Fault = Callable[[], httpx.Response]


def reset() -> httpx.Response:
    raise httpx.ReadError("reset")


def refused() -> httpx.Response:
    raise httpx.ConnectError("refused")


def status_error(status: int) -> httpx.HTTPStatusError:
    """Return what raise_for_status() raises."""
    return httpx.HTTPStatusError("", request=httpx.Request("POST", "http://x"), response=httpx.Response(status))


class TokenApi(httpx.AsyncBaseTransport):
    """An API with its token endpoint, which fails for a while. A token is good until it is revoked.

    Args:
        fault: What the endpoint answers while it fails.
        recovers: When it stops failing, in seconds from the start.
        latency: Seconds that the endpoint takes.
        answer: What the API answers to a good token.
    """

    def __init__(
        self, fault: Fault = reset, recovers: float = 0.0, latency: float = 0.05, answer: Fault = page
    ) -> None:
        self._answer = answer
        self._fault, self._recovers, self._latency = fault, recovers, latency
        self.asked: list[float] = []
        self.at_once = self.most_at_once = 0
        self.served = 0
        self.accepts_none = False
        self.revoked_below = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        now = asyncio.get_running_loop().time
        if request.url.path != "/oauth/token":
            number = int(request.headers["Authorization"].rpartition("-")[2])
            await asyncio.sleep(0.01)
            accepted = number >= self.revoked_below and not self.accepts_none
            self.served += accepted
            return self._answer() if accepted else httpx.Response(401)
        self.asked.append(now())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self._latency)
            if now() < self._recovers:
                return self._fault()
            return httpx.Response(200, json={**GRANT, "access_token": f"token-{len(self.asked)}"})
        finally:
            self.at_once -= 1


async def read(client: ContractsClient, **options: Any) -> Any:
    """Read, and return the error if there is one, and when the call ended."""
    try:
        outcome: Any = await client.get_contract("c-1", **options)
    except Exception as error:  # noqa: BLE001 # it is what the test is about
        outcome = error
    return outcome, asyncio.get_running_loop().time()


def run(api: TokenApi, main: Callable[[ContractsClient], Awaitable[Any]], auth: AuthLike = CREDENTIALS) -> Any:
    async def within() -> Any:
        async with ContractsClient("acme-shop", transport=api, clock=VirtualClock(), auth=auth) as client:
            return await main(client)

    return run_virtually(within())


@pytest.mark.parametrize(
    "fault",
    [reset, refused, *(partial(httpx.Response, status) for status in (408, 425, 429, 500, 503, 520, 599))],
    ids=["reset", "refused", "408", "425", "429", "500", "503", "520", "599"],
)
def test_an_outage_ends_within_a_second(fault: Fault) -> None:
    """200 callers wait, and one request at a time asks for them."""

    async def main(client: ContractsClient) -> Any:
        return await asyncio.gather(*(read(client) for _ in range(200)))

    api = TokenApi(fault, recovers=8)
    outcomes = run(api, main)
    assert [each for each, _ in outcomes if isinstance(each, Exception)] == []
    first = min(moment for moment in api.asked if moment >= 8 - 0.05)
    assert first <= 9
    assert max(ended for _, ended in outcomes) <= 9.5
    assert api.most_at_once == 1
    assert len(api.asked) < 30


def test_one_reset_costs_no_call() -> None:
    async def main(client: ContractsClient) -> Any:
        return await asyncio.gather(*(read(client) for _ in range(50)))

    api = TokenApi(recovers=0.1)
    assert {isinstance(each, Exception) for each, _ in run(api, main)} == {False}
    assert len(api.asked) == 2


def test_each_caller_leaves_at_its_deadline() -> None:
    """With the error of the endpoint, up to a pause before the deadline: no request would come in time."""

    async def main(client: ContractsClient) -> Any:
        return await asyncio.gather(*(read(client, deadline=seconds) for seconds in (0.3, 3, 20)))

    api = TokenApi(recovers=10)
    (short, left), (longer, later), (contract, _) = run(api, main)
    assert (type(short), type(longer)) == (TokenError, TokenError)
    assert left <= 0.3
    assert 2 <= later <= 3
    assert longer.safe_to_retry
    assert "oauth/token" in str(longer)
    assert contract.uuid == "c-1"
    assert api.most_at_once == 1


def test_a_deadline_tells_the_last_error() -> None:
    """A deadline in a request tells the last error."""

    async def main(client: ContractsClient) -> Any:
        return await read(client, deadline=1.5)

    error, ended = run(TokenApi(recovers=60, latency=1), main)
    assert isinstance(error, TokenError)
    assert ended == pytest.approx(1.5)
    error, ended = run(TokenApi(latency=10), main)
    assert isinstance(error, APITimeoutError)  # nothing else is known
    assert ended == pytest.approx(1.5)


def test_without_retries_one_failure_is_told() -> None:
    async def main(client: ContractsClient) -> Any:
        return await read(client, retry=None), await read(client, retry=None)

    api = TokenApi(recovers=10)
    (first, _), (second, _) = run(api, main)
    assert (type(first), type(second), len(api.asked)) == (TokenError, TokenError, 1)
    assert 0 < second.retry_after <= 0.1


def test_a_call_waits_a_minute_by_default() -> None:
    """A call without a deadline waits a minute."""

    async def main(client: ContractsClient) -> Any:
        return await read(client, deadline=float("inf"))

    error, ended = run(TokenApi(recovers=1e6), main)
    assert isinstance(error, TokenError)
    assert 58 <= ended <= 60


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 501, 302])
def test_refused_credentials_fail_at_once(status: int) -> None:
    """Refused credentials are told at once."""

    async def main(client: ContractsClient) -> Any:
        first = await read(client)
        await asyncio.sleep(20)
        return first, await read(client)

    api = TokenApi(lambda: httpx.Response(status), recovers=1e6)
    (first, ended), (second, _) = run(api, main)
    assert (type(first), first.safe_to_retry, ended) == (TokenError, False, 0.05)
    assert type(second) is TokenError
    assert len(api.asked) == (1 if status in {400, 401, 403} else 2)  # what a gateway says is not remembered


def test_an_outage_is_one_warning(caplog: pytest.LogCaptureFixture) -> None:
    async def main(client: ContractsClient) -> Any:
        return await asyncio.gather(*(read(client) for _ in range(20)))

    run(TokenApi(recovers=20), main)
    [record] = [each for each in caplog.records if each.levelname == "WARNING"]
    assert record.getMessage().startswith("calls wait for a token, and the request is retried: no token: ")


@pytest.mark.parametrize(
    ("fault", "fetches"),
    [
        (ConnectionResetError(), 3),
        (httpx.ReadTimeout(""), 3),
        (TimeoutError(), 3),
        (status_error(503), 3),
        (status_error(429), 3),
        (status_error(401), 1),
        (KeyError("k"), 1),
    ],
    ids=["reset", "timeout of httpx", "timeout", "503", "429", "401", "another"],
)
def test_a_provider_is_retried_on_faults(fault: Exception, fetches: int) -> None:
    """A provider is retried after network faults."""
    calls = 0

    async def fetch() -> AccessToken:
        nonlocal calls
        calls += 1
        if calls < 3:
            raise fault
        return AccessToken("token-1", expires_in=3600)

    outcome, _ = run(TokenApi(), read, auth=TokenProvider(fetch))
    assert calls == fetches
    assert isinstance(outcome, TokenError) is (fetches == 1)


@pytest.mark.parametrize("status", [200, 400, 403, 404, 409, 422])
def test_revoked_tokens_are_replaced_at_once(status: int) -> None:
    """A token that was accepted, with any answer, clears the memory of those that were rejected before it."""

    async def main(client: ContractsClient) -> Any:
        outcomes = list[Any]()
        for _ in range(10):
            outcomes += await asyncio.gather(*(read(client) for _ in range(20)))
            api.revoked_below = len(api.asked) + 1
            await asyncio.sleep(0.2)
        return outcomes

    api = TokenApi(answer=page if status == 200 else partial(httpx.Response, status))
    assert [each for each, _ in run(api, main) if isinstance(each, AuthenticationError)] == []
    assert len(api.asked) == 10


def test_a_refusing_api_costs_few_tokens() -> None:
    """An API that refuses all costs few tokens."""

    async def main(client: ContractsClient) -> Any:
        outcomes = list[Any]()
        for _ in range(60):
            outcomes.append(await read(client))
            await asyncio.sleep(0.5)
        return outcomes

    api = TokenApi()
    api.accepts_none = True
    assert {type(each) for each, _ in run(api, main)} == {AuthenticationError}
    assert len(api.asked) <= 7  # within 30 s: pauses of 1, 2, 4, 8 and 16 s
