"""The service: its routes, and the one client that all of them share.

uvicorn --factory ticket_service.app:create_app
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, TypedDict, cast

from attrs import evolve
from fastapi import APIRouter, Depends, FastAPI, Header, Request, Response
from pydantic import AwareDatetime

from contracts_client import Consumption, ConsumptionValidation, Contract, ContractsClient

from .correlation import CorrelationId, correlation_id
from .messages import Journey, PickUp, Sale
from .problems import NOTHING_KNOWN, RETRY_AFTER, add_problems, problem
from .selling import Outcome, TicketDesk

DEADLINE = 8.0
"""Seconds for one call of the client, all of it: somebody waits."""

STATUSES = {
    Outcome.SOLD: HTTPStatus.CREATED,
    Outcome.REFUSED: HTTPStatus.CONFLICT,
    Outcome.UNKNOWN: HTTPStatus.ACCEPTED,
}

router = APIRouter()


class State(TypedDict):
    """What requests share."""

    client: ContractsClient
    desk: TicketDesk


def _client(request: Request) -> ContractsClient:
    return cast("State", request.scope["state"])["client"]


def _desk(request: Request) -> TicketDesk:
    return cast("State", request.scope["state"])["desk"]


Client = Annotated[ContractsClient, Depends(_client)]
Desk = Annotated[TicketDesk, Depends(_desk)]
# Set by the gateway that has logged the customer in; never a part of a URL.
Customer = Annotated[int, Header(alias="Customer-Number", ge=1)]


def _without_consumers(contract: Contract) -> Contract:
    """Return what this customer may see: not the numbers of others who may use the contract too."""
    inner = contract.sub_contracts and [_without_consumers(each) for each in contract.sub_contracts]
    return evolve(contract, contract_consumers=None, sub_contracts=inner)


@router.get("/contracts")
async def list_contracts(
    client: Client, customer: Customer, travel_date: AwareDatetime | None = None
) -> list[Contract]:
    """List the contracts that the customer can use, now or at the time of the journey."""
    moment = travel_date or datetime.now(UTC)
    listed = await client.list_valid_contracts(customer, travel_date=moment, include_consumers="none")
    return [_without_consumers(each) for each in listed]


@router.get("/contracts/{uuid}", response_model=Contract)
async def get_contract(client: Client, customer: Customer, uuid: str) -> Contract | Response:
    """Return a contract of the customer. There is none for them where it is somebody else's."""
    contract = await client.get_contract(uuid, include_consumers="all")
    if all(consumer.customer_number != customer for consumer in contract.contract_consumers or ()):
        return problem(HTTPStatus.NOT_FOUND, NOTHING_KNOWN)
    return _without_consumers(contract)


@router.post("/validations")
async def validate(client: Client, customer: Customer, journey: Journey) -> ConsumptionValidation:
    """Tell before a ticket is sold whether it can be had with a contract. It changes nothing."""
    consumption = Consumption(
        contract_uuid=journey.contract_uuid, customer_number=customer, travel_date=journey.travel_date
    )
    return await client.validate_consumption([consumption])


@router.post("/tickets")
async def claim_ticket(desk: Desk, customer: Customer, pick_up: PickUp, response: Response) -> Sale:
    """Sell a personnel ticket: claim it for the customer. To ask again is safe, and tells what has become of it."""
    outcome = await desk.sell(pick_up.pickup_code, customer)
    response.status_code = STATUSES[outcome]
    if outcome is Outcome.UNKNOWN:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return Sale(outcome=outcome)


def create_app(
    connect: Callable[[], ContractsClient] = ContractsClient.from_env,
    *,
    deadline: float = DEADLINE,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> FastAPI:
    """Make the service.

    Args:
        connect: Makes the client; tests make one that talks to a fake.
        deadline: Seconds for one call of the client.
        sleep: Waits for some seconds; tests have a clock of their own.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[State]:
        # One client for all: its connections, its token and its pace are shared.
        async with connect() as client:
            view = client.with_options(correlation_id=correlation_id.get, deadline=deadline)
            yield {"client": view, "desk": TicketDesk(view, sleep)}

    app = FastAPI(title="Ticket service", lifespan=lifespan)
    app.include_router(router)
    app.add_middleware(CorrelationId)
    add_problems(app)
    return app
