"""A sandbox on loopback, raw httpx to speak to it, and a clock to turn by hand."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from contracts_client.sandbox import Sandbox, create_app
from contracts_client.sandbox.specification import load_specification

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from starlette.applications import Starlette

BASE = "/customers/v2/benefits"
START = datetime(2025, 6, 15, 9, 30, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Api:
    """The five operations over raw httpx."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def list(self, *pairs: tuple[str, Any], **query: Any) -> httpx.Response:
        return self.client.get(f"{BASE}/contracts", params=[*query.items(), *pairs])

    def all(self, *pairs: tuple[str, Any], **query: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        for page in range(1, 1000):
            answer = self.list(*pairs, perPage=100, page=page, **query)
            assert answer.status_code == 200, answer.text
            items += answer.json()["items"]
            if page >= answer.json()["totalPages"]:
                break
        return items

    def by_ref(self, ref: str, headers: dict[str, str] | None = None, **query: Any) -> httpx.Response:
        return self.client.get(f"{BASE}/contracts/{ref}/by-external-ref", params=query, headers=headers)

    def valid(self, customer: object, **query: Any) -> httpx.Response:
        return self.client.get(f"{BASE}/contract-consumers/{customer}/contracts", params=query)

    def validate(self, *consumptions: dict[str, Any]) -> httpx.Response:
        return self.client.post(f"{BASE}/contracts/validate-consumption", json={"consumptions": consumptions})

    def claim(self, code: str, customer: int) -> httpx.Response:
        body = {"customerNumber": customer, "externalReference": code}
        return self.client.post(f"{BASE}/contracts/claim-personnel-ticket", json=body)


def speak(sandbox: Sandbox, *, internal: bool = False) -> httpx.Client:
    token = sandbox.issue_token(internal=internal)
    headers = {"ET-Client-Name": "acme-ticketshop", "Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=sandbox.url, headers=headers, trust_env=False)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One that nobody changes."""
    with Sandbox(contracts=300, seed=7, clock=Clock()) as running:
        yield running


@pytest.fixture(scope="session")
def api(sandbox: Sandbox) -> Iterator[Api]:
    with speak(sandbox) as client:
        yield Api(client)


@pytest.fixture(scope="session")
def internal(sandbox: Sandbox) -> Iterator[Api]:
    with speak(sandbox, internal=True) as client:
        yield Api(client)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def own(clock: Clock) -> Iterator[tuple[Sandbox, Api]]:
    """A sandbox of the test's own, to be changed."""
    with Sandbox(contracts=60, seed=3, clock=clock) as running, speak(running) as client:
        yield running, Api(client)


@pytest.fixture
def document() -> dict[str, Any]:
    """openapi.yaml, to be edited."""
    return copy.deepcopy(load_specification().document)


@pytest.fixture
async def inside() -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """Make a client that speaks to an application in process."""
    clients: list[httpx.AsyncClient] = []

    def make(app: Starlette | None = None, **options: Any) -> httpx.AsyncClient:
        app = app or create_app(60, 3, **options)
        state = app.state.sandbox
        token = state.tokens.issue(state.client)
        headers = {"ET-Client-Name": "acme-ticketshop", "Authorization": f"Bearer {token}"}
        transport = httpx.ASGITransport(app)
        clients.append(httpx.AsyncClient(transport=transport, base_url="http://sandbox", headers=headers))
        return clients[-1]

    yield make
    for client in clients:
        await client.aclose()
