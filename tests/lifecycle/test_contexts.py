"""Context variables of callers: seen where a transport or a hook of theirs runs, kept apart, and not kept alive."""

import asyncio
import gc
import weakref
from contextvars import ContextVar
from typing import Any

import httpx
import pytest
from benefits_server import benefits_server
from simulated_api import page

from contracts_client import BearerToken, ContractsClient

caller: ContextVar[Any] = ContextVar("caller", default="nobody")


class Seeing(httpx.AsyncBaseTransport):
    """Notes in whose context each request is made, and leaves a mark there."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        self.seen[request.headers["X-Correlation-Id"]] = caller.get()
        caller.set("the transport")
        return page()


async def test_an_exchange_runs_in_its_context() -> None:
    """Each exchange runs in its caller's context and changes nothing there."""
    transport = Seeing()

    async def call(name: str) -> None:
        caller.set(name)
        await client.get_contract("c-1", correlation_id=f"id-{name}")
        assert caller.get() == name

    async with ContractsClient("acme-shop", auth=BearerToken("t"), transport=transport, max_concurrency=3) as client:
        await asyncio.gather(*(call(f"caller-{each}") for each in range(20)))
    assert transport.seen == {f"id-caller-{each}": f"caller-{each}" for each in range(20)}
    assert caller.get() == "nobody"


async def test_a_correlation_id_is_read_in_context() -> None:
    """The correlation id of the caller's context is asked for in that context."""

    def fail_once(_: httpx.Request) -> httpx.Response:
        seen.append(_.headers["X-Correlation-Id"])
        return httpx.Response(503) if seen.count(seen[-1]) == 1 else page()

    seen: list[str] = []

    async def call(name: str) -> None:
        caller.set(name)
        await client.get_contract("c-1")

    async with ContractsClient(
        "acme-shop", auth=BearerToken("t"), transport=httpx.MockTransport(fail_once), correlation_id=caller.get
    ) as client:
        await asyncio.gather(*(call(f"id-{each}") for each in range(5)))
    assert sorted(seen) == sorted([f"id-{each}" for each in range(5)] * 2)


class Thing:
    """Something that a service keeps for the time of a request."""


@pytest.mark.parametrize("transport", [None, "httpx2", "aiohttp"], ids=["httpx", "httpx2", "aiohttp"])
async def test_closing_drops_the_caller_s_context(transport: Any) -> None:
    """What a caller kept in its context goes when the client closes."""

    async def call() -> weakref.ref[Thing]:
        thing = Thing()
        caller.set(thing)
        await client.get_contract("c-1")
        return weakref.ref(thing)

    async with (
        benefits_server() as server,
        ContractsClient("acme-shop", auth=BearerToken("t"), base_url=server.url, transport=transport) as client,
    ):
        thing = await asyncio.create_task(call())
        await client.aclose()
        for _ in range(3):
            await asyncio.sleep(0)
        gc.collect()
        assert thing() is None
