"""What the tests of faults share: each library in turn, clients, and an eye on every log record."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from canaries import TOKEN, assert_log_shows_nothing
from fault_case import RETRY, HealingClock

from contracts_client import BearerToken, ContractsClient, defaults

MakeClient = Callable[..., ContractsClient]


@pytest.fixture(params=["httpx", "httpx2", "aiohttp"])
def transport(request: pytest.FixtureRequest) -> Any:
    """What a user passes as transport to get each of the libraries."""
    return None if request.param == "httpx" else request.param


@pytest.fixture(autouse=True)
def nothing_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """In every test here, no logger says anything secret or personal, at any level."""
    caplog.set_level(logging.DEBUG)
    yield
    assert_log_shows_nothing(caplog.get_records("call"))


@pytest.fixture
def clock() -> HealingClock:
    return HealingClock()


@pytest.fixture
async def make_client(
    transport: Any, clock: HealingClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[MakeClient]:
    """Makes clients on the library, and closes them in the end without waiting for a silent peer."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    async with AsyncExitStack() as stack:

        def make(base_url: str, **options: Any) -> ContractsClient:
            made = ContractsClient(
                "acme-shop",
                **{
                    "auth": BearerToken(TOKEN),
                    "base_url": base_url,
                    "retry": RETRY,
                    "clock": clock,
                    "transport": transport,
                    **options,
                },
            )
            stack.push_async_callback(made.aclose)
            return made

        yield make
        monkeypatch.setattr(defaults, "DRAIN_TIMEOUT", 0.05)
