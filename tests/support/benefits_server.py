"""The API over a raw loopback server without a task of its own, so that every task left is the client's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from contracts_client import Consumption, ContractsClient

CONTRACT = {
    "uuid": "c-1",
    "status": "VALID",
    "createdAt": "2026-01-01T00:00:00Z",
    "createdBy": "a",
    "lastChangedAt": "2026-01-01T00:00:00Z",
    "lastChangedBy": "a",
    "consumableFrom": "2026-01-01T00:00:00Z",
    "organisationId": 1,
    "loyaltyProgram": {},
    "contractConsumers": [{"customerNumber": 7, "contractRole": "OWNER"}],
}
PAGE = {"items": [CONTRACT], "totalItems": 1, "totalPages": 1}
_BODIES: dict[str, Any] = {
    "/oauth/token": {"access_token": "t0ken", "token_type": "Bearer", "expires_in": 86400},
    "/validate-consumption": {"isValid": True},
    "/claim-personnel-ticket": {"success": True, "customerNumber": 7},
    "contract-consumers": [CONTRACT],
}


def answer(body: Any, status: str = "200 OK") -> bytes:
    """Return a whole response."""
    raw = json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
    return head.encode() + raw


_ANSWERS = {path: answer(body) for path, body in _BODIES.items()}
_PAGE = answer(PAGE)


class Exchange:
    """A request that was read, and the way to answer it."""

    def __init__(self, raw: bytes, transport: asyncio.Transport) -> None:
        self.raw = raw
        self.path = raw.split(b" ", 2)[1].decode()
        self._transport = transport

    @property
    def correlation_id(self) -> str:
        return self.raw.partition(b"X-Correlation-Id: ")[2].partition(b"\r\n")[0].decode()

    @property
    def right(self) -> bytes:
        """What the API would answer."""
        return next((raw for part, raw in _ANSWERS.items() if part in self.path), _PAGE)

    def say(self, raw: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(raw)

    def hang_up(self) -> None:
        self._transport.close()

    def reset(self) -> None:
        self._transport.abort()


Handler = Callable[[Exchange], None]


def answer_rightly(exchange: Exchange) -> None:
    exchange.say(exchange.right)


class _Conversation(asyncio.Protocol):
    def __init__(self, server: BenefitsServer) -> None:
        self._server = server
        self._buffer = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._server.connections += 1
        self._server.transports.add(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.transports.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, rest = self._buffer.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
            if len(rest) < length:
                return
            self._buffer = rest[length:]
            self._server.take(Exchange(head + b"\r\n\r\n" + rest[:length], self._transport))


class BenefitsServer:
    """Hands every request to its handler. Those of ``together`` wait for each other before they are answered."""

    def __init__(self) -> None:
        self.url = ""
        self.handler: Handler = answer_rightly
        self.connections = 0
        self.transports: set[asyncio.Transport] = set()
        self.requests: list[Exchange] = []
        self._held: list[Exchange] = []
        self._together = 0

    def take(self, exchange: Exchange) -> None:
        self.requests.append(exchange)
        if not exchange.correlation_id.startswith(_TOGETHER):
            self.handler(exchange)
            return
        self._held.append(exchange)
        if len(self._held) == self._together:
            for each in self._held:
                answer_rightly(each)
            self._held.clear()

    def seen(self, part: str) -> int:
        """Count the requests with something in their path."""
        return sum(part in each.path for each in self.requests)

    async def together(self, client: ContractsClient, calls: int) -> None:
        """Make so many calls, none of which is answered before all are there: they take so many places at once."""
        self._together = calls
        async with asyncio.timeout(10):
            for found in await asyncio.gather(
                *(client.get_contract("c-1", correlation_id=f"{_TOGETHER}{each}") for each in range(calls))
            ):
                assert found.uuid == "c-1"


_TOGETHER = "together-"


@asynccontextmanager
async def benefits_server() -> AsyncIterator[BenefitsServer]:
    """A server on a free loopback port."""
    made = BenefitsServer()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: _Conversation(made), "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        listening.close()
        for transport in list(made.transports):
            transport.abort()
        await asyncio.sleep(0)


Operation = Callable[[ContractsClient], Awaitable[object]]


async def _first_page(client: ContractsClient) -> object:
    return await client.list_contracts(customer_number=7)


async def _by_external_ref(client: ContractsClient) -> object:
    return await client.list_contracts_by_external_ref("A-B-C").collect()


OPERATIONS: dict[str, Operation] = {
    "list_contracts": _first_page,
    "list_contracts_by_external_ref": _by_external_ref,
    "list_valid_contracts": lambda client: client.list_valid_contracts(7),
    "validate_consumption": lambda client: client.validate_consumption(
        [Consumption(contract_uuid="c-1", customer_number=7)]
    ),
    "claim_personnel_ticket": lambda client: client.claim_personnel_ticket("A-B-C", customer_number=7),
    "get_contract": lambda client: client.get_contract("c-1"),
    "find_claim": lambda client: client.find_claim("A-B-C", customer_number=7),
}
