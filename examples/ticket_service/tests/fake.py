"""The Contracts API in this process: the sandbox, which fails as it is told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from contracts_client import ClientCredentials, ContractsClient, Environment
from contracts_client.sandbox import create_app
from contracts_client.sandbox.app import State

CLAIM = "claim-personnel-ticket"
LOOK_UP = "by-external-ref"
VALID_CONTRACTS = "contracts"
TOKEN = "token"

CUSTOMER = 1001
"""Who holds something from the start."""

URL = "https://contracts.example"


@dataclass
class Fault:
    """What happens to one request, instead of being answered.

    Args:
        answer: Makes the response, or raises what a network would.
        executed: Whether the API does what it was asked for before that.
        reached: Set when the request is there.
        gate: Waited for before anything else is done.
    """

    answer: Callable[[], httpx.Response] | None = None
    executed: bool = False
    reached: asyncio.Event | None = None
    gate: asyncio.Event | None = None


def answered(status: int, body: Any = None, **headers: str) -> Fault:
    """Answer with this, and do nothing."""
    return Fault(lambda: httpx.Response(status, json=body, headers=headers))


def lost(*, executed: bool) -> Fault:
    """Drop the connection: after the API has done what it was asked for, or before."""

    def drop() -> httpx.Response:
        raise httpx.ReadError("")

    return Fault(drop, executed=executed)


class FakeApi(httpx.AsyncBaseTransport):
    """Answers what the client sends, and keeps it."""

    def __init__(self) -> None:
        app = create_app(120, seed=1)
        self.state: State = app.state.sandbox
        self.requests: list[httpx.Request] = []
        self._sandbox = httpx.ASGITransport(app)
        self._faults: dict[str, deque[Fault]] = {}

    def next(self, last_segment: str, *faults: Fault) -> None:
        """Say what happens to the next requests whose path ends in this segment."""
        self._faults.setdefault(last_segment, deque()).extend(faults)

    def sent(self, last_segment: str) -> list[httpx.Request]:
        """The requests whose path ends in this segment."""
        return [each for each in self.requests if each.url.path.endswith(f"/{last_segment}")]

    def connect(self) -> ContractsClient:
        """Make a client of this API. It tries nothing twice: that it can is tested elsewhere."""
        return ContractsClient(
            "acme-ticketshop",
            auth=ClientCredentials(self.state.client.client_id, self.state.client.client_secret),
            environment=Environment(api_url=URL, auth_url=URL),
            transport=self,
            retry=None,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        self.requests.append(request)
        faults = self._faults.get(request.url.path.rpartition("/")[2])
        fault = faults.popleft() if faults else Fault()
        if fault.reached is not None:
            fault.reached.set()
        if fault.gate is not None:
            await fault.gate.wait()
        if fault.answer is None:
            return await self.execute(request)
        if fault.executed:
            await self.execute(request)
        return fault.answer()

    async def execute(self, request: httpx.Request) -> httpx.Response:
        """Do what a request asks for, whatever its sender was told."""
        return await self._sandbox.handle_async_request(request)
