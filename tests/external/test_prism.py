"""Prism serves openapi.yaml and refuses what the document does not allow: every operation and filter has to pass.

Prism's request validation is a reading of the document that owes nothing to ours, and its dynamic mode makes up
documents that no test of ours would think of.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import ROOT, SPECIFICATION, free_port, running

from contracts_client import (
    BearerToken,
    Claim,
    Consumption,
    ConsumptionValidation,
    Contract,
    ContractPage,
    ContractsClient,
    NotFoundError,
)

MOMENT = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
DYNAMIC_ROUNDS = 15  # documents of each operation that Prism makes up

FILTERS: dict[str, Any] = {
    "uuid": "c-0001",
    "customer_number": 1001,
    "customer_ref": "a b/c?&=#",
    "loyalty_program_id": "p-1",
    "contract_holder": 1001,
    "consumable_after": MOMENT,
    "consumable_before": MOMENT,
    "expiration_date_after": MOMENT,
    "expiration_date_before": MOMENT,
    "external_ref": "ABC-DEF-123",
    "organisation_id": 1,
    "sort_by": ["createdAt", "uuid"],
    "sort_direction": "DESC",
    "page": 2,
    "per_page": 10,
    "include_order_line_events": True,
    "include_consumers": "all",
}
DATES = ("consumable_after", "consumable_before", "expiration_date_after", "expiration_date_before")


class WithoutEcho(httpx.AsyncBaseTransport):
    """Drops a response's correlation id: Prism makes one up, which the client takes for somebody else's response."""

    def __init__(self) -> None:
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        response.headers.pop("x-correlation-id", None)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


@pytest.fixture(scope="module", params=["static", "dynamic"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def prism(mode: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    program = ROOT / "tools" / "npm" / "node_modules" / ".bin" / "prism"
    options = ["--dynamic", "--seed", "contracts"] if mode == "dynamic" else []
    log = tmp_path_factory.mktemp("prism") / "log"
    command: list[str | Path] = [program, "mock", "--errors", "-p", str(port), *options, SPECIFICATION]
    with running(command, port, log) as url:
        yield url


@pytest.fixture
async def client(prism: str) -> AsyncIterator[ContractsClient]:
    async with ContractsClient(
        "acme-ticketshop", auth=BearerToken("made.up.token"), base_url=prism, transport=WithoutEcho(), retry=None
    ) as client:
        yield client


@pytest.fixture
def rounds(mode: str) -> range:
    return range(DYNAMIC_ROUNDS if mode == "dynamic" else 1)


@pytest.mark.parametrize("name", FILTERS)
async def test_prism_takes_each_listing_filter(client: ContractsClient, name: str, rounds: range) -> None:
    """Prism takes each filter of the listing."""
    for _ in rounds:
        page = await client.list_contracts(**{name: FILTERS[name]})
        assert isinstance(page, ContractPage)


@pytest.mark.parametrize("name", DATES)
async def test_prism_takes_a_date_as_a_filter(client: ContractsClient, name: str) -> None:
    """Prism takes a date where a filter takes one."""
    assert isinstance(await client.list_contracts(**{name: date(2026, 5, 1)}), ContractPage)


async def test_prism_takes_all_filters_at_once(client: ContractsClient) -> None:
    assert isinstance(await client.list_contracts(**FILTERS), ContractPage)


@pytest.mark.parametrize("value", ["all", "none", "contract-holder"])
async def test_prism_takes_each_consumer_choice(client: ContractsClient, value: Any) -> None:
    """Prism takes each choice of consumers."""
    assert isinstance(await client.list_contracts(include_consumers=value), ContractPage)


async def test_prism_takes_a_reference_lookup(client: ContractsClient, rounds: range) -> None:
    """Prism takes a look up by external reference."""
    for _ in rounds:
        page = await client.list_contracts_by_external_ref(
            "ABC DEF/ÆØÅ",
            organisation_id=1,
            page=1,
            per_page=5,
            include_order_line_events=False,
            include_consumers="none",
            entur_customer_number=1001,
        )
        assert isinstance(page, ContractPage)


async def test_prism_takes_valid_contract_lookups(client: ContractsClient, rounds: range) -> None:
    """Prism takes a look up of valid contracts."""
    for _ in rounds:
        contracts = await client.list_valid_contracts(
            1001,
            travel_date=MOMENT,
            organisation_id=1,
            include_expired_contracts=True,
            include_order_line_events=True,
            include_consumers="all",
        )
        assert all(isinstance(contract, Contract) for contract in contracts)


async def test_prism_takes_a_validation(client: ContractsClient, rounds: range) -> None:
    consumption = Consumption(contract_uuid="c-0001", customer_number=1001, travel_date=MOMENT)
    for _ in rounds:
        assert isinstance(await client.validate_consumption([consumption, consumption]), ConsumptionValidation)


async def test_prism_takes_a_claim(client: ContractsClient, rounds: range) -> None:
    for _ in rounds:
        assert isinstance(await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001), Claim)


async def test_prism_s_examples_round_trip(prism: str, rounds: range) -> None:
    """What prism makes up survives the way to objects and back."""
    bodies: list[Any] = []

    class Recording(WithoutEcho):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            response = await super().handle_async_request(request)
            await response.aread()
            bodies.append(response.json())
            return httpx.Response(response.status_code, headers={"content-type": "application/json"}, json=bodies[-1])

    async with ContractsClient("acme-shop", base_url=prism, auth=BearerToken("t"), transport=Recording()) as client:
        for _ in rounds:
            contracts = await client.list_valid_contracts(1001)
            assert [Contract.from_dict(contract.to_dict()) for contract in contracts] == contracts
            assert len(contracts) == len(bodies[-1])


async def test_a_path_unknown_to_prism_is_a_404(prism: str) -> None:
    """A path that prism does not know is a 404 and not something else."""
    async with ContractsClient("acme-shop", base_url=f"{prism}/elsewhere", auth=BearerToken("t")) as client:
        with pytest.raises(NotFoundError):
            await client.list_valid_contracts(1001)


@pytest.mark.parametrize(
    "call",
    [
        lambda http: http.get("/customers/v2/benefits/contracts", params={"page": "one"}),
        lambda http: http.post("/customers/v2/benefits/contracts/claim-personnel-ticket", json={"customerNumber": "1"}),
        lambda http: http.get("/customers/v2/benefits/contracts", headers={"ET-Client-Name": ""}),
    ],
)
async def test_prism_refuses_what_is_not_allowed(
    prism: str, call: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]
) -> None:
    """Prism does refuse what the document does not allow.

    Without this, the tests above would pass against a server that checks nothing.
    """
    headers = {"Authorization": "Bearer t", "ET-Client-Name": "acme-shop"}
    async with httpx.AsyncClient(base_url=prism, headers=headers) as http:
        assert (await call(http)).status_code in {400, 401, 422}
