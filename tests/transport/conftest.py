"""What the tests of the transport share: each library in turn, and transports of ours that are closed at the end."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from peer import MakeTransport

from contracts_client import defaults
from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.library import TransportOptions


@pytest.fixture(params=["httpx", "httpx2", "aiohttp"])
def library(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def transport(library: str) -> Any:
    """What a user passes as transport to get the library."""
    return None if library == "httpx" else library


@pytest.fixture
async def make_transport(transport: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MakeTransport]:
    """Makes transports on the library, small ones by default."""
    async with AsyncExitStack() as stack:

        def make(
            base_url: str, max_concurrency: int = 2, max_bytes: int = 10_000_000, **options: Any
        ) -> HttpxTransport:
            made = HttpxTransport(
                base_url,
                TransportOptions(**{"transport": transport, **options}),
                max_concurrency=max_concurrency,
                max_bytes=max_bytes,
            )
            stack.push_async_callback(made.aclose)
            return made

        yield make
        monkeypatch.setattr(defaults, "DRAIN_TIMEOUT", 0.05)  # no test ends by waiting for a silent peer
