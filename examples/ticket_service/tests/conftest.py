"""The service, ready to be asked, and the API behind it."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from ..app import create_app
from .fake import CUSTOMER, FakeApi


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
def code(api: FakeApi) -> str:
    """The code of a personnel ticket that nobody has claimed."""
    return next(ticket.code for ticket in api.state.data.personnel_tickets if not ticket.claimed)


@pytest.fixture
async def service(api: FakeApi) -> AsyncGenerator[httpx.AsyncClient]:
    app = create_app(api.connect, deadline=0.5, find_after=(0, 0))
    async with app.router.lifespan_context(app) as state:

        async def started(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "state": dict(state or {})}, receive, send)  # as a server hands it to each request

        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(started),
            base_url="https://shop.example",
            headers={"Customer-Number": str(CUSTOMER)},
        ) as client:
            yield client
