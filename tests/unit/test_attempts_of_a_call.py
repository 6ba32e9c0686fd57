"""What a call makes of what the transport tells it at once, without a wait in between."""

import json

import httpx
from attrs import evolve
from virtual_time import HandClock

from contracts_client import BearerToken, ContractsClient
from contracts_client.openapi.operation import Response
from contracts_client.transport.interface import ExchangeError, TransportRequest

PAGE = {"items": [], "totalItems": 0, "totalPages": 0}


class Port:
    """Fails at once, and then answers."""

    def __init__(self) -> None:
        self.answers: list[Response | ExchangeError] = [
            ExchangeError("refused", never_sent=True),
            Response(status=200, headers={"content-type": "application/json"}, body=json.dumps(PAGE).encode()),
        ]

    async def send(self, request: TransportRequest) -> Response:
        answer = self.answers.pop(0)
        if isinstance(answer, ExchangeError):
            raise answer
        return answer

    async def aclose(self, drain: float | None = None) -> None: ...


async def test_an_immediate_fault_is_retried() -> None:
    """A fault that shows at once is tried again like any other."""
    clock, transport = HandClock(), Port()
    async with ContractsClient("acme-shop", auth=BearerToken("t"), clock=clock) as client:
        core = client._session
        core._context = evolve(core._context, transport=transport)
        assert (await client.list_contracts()).items == []
    assert transport.answers == []
    assert len(clock.slept) == 1


async def test_two_lengths_need_a_connection() -> None:
    """Two lengths of a response are no fault where there is no connection to give up."""

    def answer(request: httpx.Request) -> httpx.Response:
        headers = {"content-type": "application/json", "transfer-encoding": "chunked", "content-length": "48"}
        return httpx.Response(200, headers=headers, content=json.dumps(PAGE).encode())

    async with ContractsClient(
        "acme-shop", auth=BearerToken("t"), transport=httpx.MockTransport(answer), retry=None
    ) as client:
        assert (await client.list_contracts()).items == []
