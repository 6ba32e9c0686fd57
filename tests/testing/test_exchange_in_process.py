"""The fake reports the steps of an exchange as httpx's transport does, since the client decides by them."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from contracts_client.testing import ManualClock, RecordedRequest
from contracts_client.testing.api.in_process import InProcessExchange, InProcessServer
from contracts_client.testing.faults.exchange import Answer
from contracts_client.transport.interface import UsedConnectionError

SENDING = [
    "http11.send_request_headers.started",
    "http11.send_request_headers.complete",
    "http11.send_request_body.started",
    "http11.send_request_body.complete",
]
CONNECTING = ["connection.connect_tcp.started", "connection.connect_tcp.complete"]
RECEIVING = [
    "http11.receive_response_headers.started",
    "http11.receive_response_headers.complete",
    "http11.receive_response_body.started",
    "http11.receive_response_body.complete",
]


async def answer(_: httpx.Request) -> Answer:
    return Answer(200, {}, b"{}")


@pytest.fixture
def server() -> InProcessServer:
    return InProcessServer(answer, ManualClock())


def exchange(
    server: InProcessServer, seen: list[str], operation: str = "list_contracts", *, refuses_used: bool = False
) -> InProcessExchange:
    async def trace(event: str, _: dict[str, Any]) -> None:
        if refuses_used and not seen:
            seen.append("refused")
            raise UsedConnectionError
        seen.append(event)

    request = httpx.Request("GET", "https://contracts.example/x", extensions={"trace": trace})
    record = RecordedRequest(operation, {}, "GET", "/x", request.headers, b"")
    return InProcessExchange(server, request, record, asyncio.Event())


async def whole(made: InProcessExchange) -> None:
    await made.send()
    assert await (await made.receive(made.execute())).aread() == b"{}"


async def test_a_connection_is_used_again(server: InProcessServer) -> None:
    """A connection is opened and used again."""
    first: list[str] = []
    await whole(exchange(server, first))
    assert first == [*CONNECTING, *SENDING, *RECEIVING]
    second: list[str] = []
    await whole(exchange(server, second))
    assert second == [*SENDING, *RECEIVING]
    assert server.idle == 1


@pytest.mark.parametrize("operation", ["claim_personnel_ticket", "token"])
async def test_claims_and_tokens_connect_anew(server: InProcessServer, operation: str) -> None:
    """A claim and a token have connections of their own."""
    await whole(exchange(server, []))
    seen: list[str] = []
    await whole(exchange(server, seen, operation))
    assert seen == [*CONNECTING, *SENDING, *RECEIVING]
    assert server.idle == 1


async def test_a_refused_connection_is_replaced(server: InProcessServer) -> None:
    """Where the client refuses a used connection another is opened."""
    server.idle = 2
    seen: list[str] = []
    await whole(exchange(server, seen, refuses_used=True))
    assert seen == ["refused", *CONNECTING, *SENDING, *RECEIVING]


async def test_the_steps_are_those_of_httpx() -> None:
    """The steps are those that httpx reports.

    Over a real socket, with the installed httpx; it closes what it has read by itself.
    """

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(2):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        writer.close()

    seen: list[list[str]] = [[], []]
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as real, httpx.AsyncClient(trust_env=False) as client:
        url = f"http://127.0.0.1:{real.sockets[0].getsockname()[1]}/"
        for events in seen:

            async def trace(event: str, _: Any, events: list[str] = events) -> None:
                events.append(event)

            await client.get(url, extensions={"trace": trace})
    ours = [*CONNECTING, *SENDING, *RECEIVING]
    assert [event for event in seen[0] if "response_closed" not in event] == ours
    assert [event for event in seen[1] if "response_closed" not in event] == ours[2:]
