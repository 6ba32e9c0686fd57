"""The service, ready to be asked, and the API behind it: the fake of the client's test kit."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from contracts_client.testing import FakeContractsApi, ManualClock
from contracts_client.testing.builders import a_contract, a_contract_consumer

from ..app import create_app

pytest_plugins = ["contracts_client.testing.pytest_plugin"]

CUSTOMER = 1001
"""Who holds something from the start."""

SOMEBODY_ELSE = 1002


@pytest.fixture
def api(contracts_api: FakeContractsApi) -> FakeContractsApi:
    """The API, with a contract of the customer and one of somebody else."""
    contracts_api.add(
        a_contract(1, contract_consumers=[a_contract_consumer(customer_number=CUSTOMER)]),
        a_contract(2, contract_consumers=[a_contract_consumer(customer_number=SOMEBODY_ELSE)]),
    )
    return contracts_api


@pytest.fixture
def code(api: FakeContractsApi) -> str:
    """The code of a personnel ticket that nobody has claimed."""
    return api.add_personnel_ticket("RUT-PRIV-ABC234")


@pytest.fixture
async def service(api: FakeContractsApi, contracts_clock: ManualClock) -> AsyncGenerator[httpx.AsyncClient]:
    # One attempt a call: that the client tries again where it can is tested elsewhere.
    app = create_app(lambda: api.connect(retry=None), sleep=contracts_clock.sleep)
    async with app.router.lifespan_context(app) as state:

        async def started(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "state": dict(state or {})}, receive, send)  # as a server hands it to each request

        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(started),
            base_url="https://shop.example",
            headers={"Customer-Number": str(CUSTOMER)},
        ) as client:
            yield client
