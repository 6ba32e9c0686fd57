"""A small API over real sockets that counts what it executed: what the programs of the tests stand before."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from attrs import Factory, define

from contracts_client import ContractsClient

CONTRACT: dict[str, Any] = {
    "uuid": "c-1",
    "status": "VALID",
    "createdAt": "2026-01-01T00:00:00Z",
    "createdBy": "a",
    "lastChangedAt": "2026-01-01T00:00:00Z",
    "lastChangedBy": "a",
    "consumableFrom": "2026-01-01T00:00:00Z",
    "organisationId": 1,
    "loyaltyProgram": {},
    "contractConsumers": [{"customerNumber": 1001, "contractRole": "OWNER"}],
}
PAGE = {"items": [CONTRACT], "totalItems": 1, "totalPages": 1}
CALLS: dict[str, Callable[[ContractsClient], Awaitable[Any]]] = {
    "read": lambda client: client.list_valid_contracts(1001),
    "claim": lambda client: client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001),
}
TOKEN = {"access_token": "t0ken", "token_type": "Bearer", "expires_in": 3600}


@define
class Request:
    """A request that was read."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@define
class Reply:
    """What is said to a request."""

    body: Any
    status: str = "200 OK"
    headers: dict[str, str] = Factory(dict)
    after: float = 0.0  # seconds

    def raw(self) -> bytes:
        content = json.dumps(self.body).encode()
        headers = {"Content-Type": "application/json", "Content-Length": len(content), **self.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {self.status}\r\n{lines}\r\n".encode() + content


@define
class Api:
    """The API: where it is, what it was asked, and how often it executed each claim."""

    url: str = ""
    answer: Callable[[Request], Reply | None] = lambda _: None
    """What a test has to say to a request; None for the usual answer."""
    requests: list[Request] = Factory(list)
    executed: Counter[str] = Factory(Counter)
    connections: int = 0
    delay: float = 0.0  # seconds that the usual answers take

    def reply(self, request: Request) -> Reply:
        self.requests.append(request)
        if (scripted := self.answer(request)) is not None:
            return scripted
        return Reply(self._body(request), after=self.delay)

    def _body(self, request: Request) -> Any:
        if request.path.endswith("/oauth/token"):
            return TOKEN
        if request.path.endswith("/claim-personnel-ticket"):
            self.executed[json.loads(request.body)["externalReference"]] += 1
            return {"success": True, "customerNumber": 1001}
        if "/contract-consumers/" in request.path:
            return [CONTRACT]
        return PAGE

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                reply = self.reply(await _request(reader))
                await asyncio.sleep(reply.after)
                writer.write(reply.raw())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, path.partition("?")[0], headers, body)


@asynccontextmanager
async def serving(context: ssl.SSLContext | None = None, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[Api]:
    """Serve the API on a port of a loopback address, or a free one."""
    api = Api()
    writers: set[asyncio.StreamWriter] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        try:
            await api.converse(reader, writer)
        except asyncio.CancelledError:
            pass
        finally:
            writers.discard(writer)

    server = await asyncio.start_server(converse, host, port, ssl=context)
    port = server.sockets[0].getsockname()[1]
    api.url = f"http://127.0.0.1:{port}" if context is None else f"https://localhost:{port}"
    try:
        yield api
    finally:
        server.close()
        for writer in list(writers):
            writer.transport.abort()
        await asyncio.sleep(0.01)
