"""A transport to the API that does no I/O: it writes down what it is handed, and answers in turn, on virtual time."""

from __future__ import annotations

import json
from typing import Any

from attrs import evolve
from virtual_time import VirtualClock, run_virtually

from contracts_client import BearerToken, ContractsClient
from contracts_client.errors import ContractsError
from contracts_client.openapi.operation import Response
from contracts_client.transport.interface import ExchangeError, TransportRequest

STARTS_AT = 3
"""When, on virtual time, a call starts."""


def answer(body: object, status: int = 200, **headers: str) -> Response:
    """Return a response whose body is JSON."""
    return Response(
        status=status, headers={"content-type": "application/json", **headers}, body=json.dumps(body).encode()
    )


class ScriptedTransport:
    """Answers with what it is given, or raises it; a number is the seconds after which an answer fails to come.

    Args:
        answers: What comes of each request.
        sent: Whether something of the requests goes out.
    """

    def __init__(self, *answers: Response | ExchangeError | float, sent: bool = True) -> None:
        self._answers = list(answers)
        self._sent = sent
        self.requests: list[TransportRequest] = []
        self.clock = VirtualClock()

    async def send(self, request: TransportRequest) -> Response:
        self.requests.append(request)
        request.trace.sent = self._sent
        given = self._answers.pop(0)
        if isinstance(given, ExchangeError):
            raise given
        if isinstance(given, Response):
            return given
        await self.clock.sleep(given)
        raise ExchangeError("no answer came")

    async def aclose(self, drain: float | None = None) -> None: ...


def connect(client: ContractsClient, transport: ScriptedTransport) -> None:
    """Put the transport in the place of the client's own."""
    core = client._session
    core._context = evolve(core._context, transport=transport)


def made(transport: ScriptedTransport, call: Any, **options: Any) -> Any:
    """Return the result of a call through the transport, or its error."""

    async def main() -> Any:
        options.setdefault("auth", BearerToken("t"))
        async with ContractsClient("acme-shop", clock=transport.clock, **options) as client:
            connect(client, transport)
            await transport.clock.sleep(STARTS_AT)  # times are measured from here, not from zero
            try:
                return await call(client)
            except ContractsError as error:
                return error

    return run_virtually(main())


async def read(client: ContractsClient) -> Any:
    """Make a call that may be made twice."""
    return await client.list_valid_contracts(1)


async def claim(client: ContractsClient) -> Any:
    """Make the call that must not be executed twice."""
    return await client.claim_personnel_ticket("ABC-DEF-1", customer_number=1)
