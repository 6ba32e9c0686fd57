"""The sandbox's server with faults that a test scripts: the API for a service in another process, failing as told.

The same scripts as in the process of the test, and the same records. What differs is what a server can do: its time is
real, and it can't refuse a connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import TYPE_CHECKING, Any, Final, NoReturn

import httpx
from starlette.requests import Request
from uvicorn.protocols.http.h11_impl import H11Protocol

from ...errors import InvalidArgumentError
from ...sandbox import Sandbox
from ...sandbox.tokens import DEFAULT_LIFETIME
from ..faults.exchange import DRIPS, Answer, Exchange, Server, answering
from ..faults.script import Plans, Script
from ..records.recording import Recorder
from .scripted import Scripted
from .stored_contracts import StoredContract

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from ...models import Contract
    from ..records.recording import RecordedRequest

__tracebackhide__ = True  # what a test did wrong is seen best in the test

_CLOSE_CONNECTION: Final = "contracts.close_connection"
"""Key of the ASGI scope with the function that closes the connection, which ASGI itself lacks."""


class ScriptedSandbox(Sandbox, Scripted):
    """The sandbox as a server on 127.0.0.1, which fails as a test scripts it, and records what was called.

    What it knows of a client is what that sends: a call is what comes with one correlation id and the same arguments
    until it is answered well, and its requests are its attempts. A ``get_contract`` is a ``list_contracts`` here.

    Args:
        contracts: How many contracts there are, 0 to 20 000.
        seed: Which data set; the same seed gives the same one on the same day.
        port: Where to listen, 0 to 65535; 0 takes a free port.
        token_lifetime: Seconds that a token holds, from 1.
        churn: How many contracts come or go after each page of a listing, from 0.

    Raises:
        ValueError: A number is out of range.
    """

    def __init__(
        self,
        contracts: int = 300,
        seed: int = 1,
        *,
        port: int = 0,
        token_lifetime: int = DEFAULT_LIFETIME,
        churn: int = 0,
    ) -> None:
        Sandbox.__init__(self, contracts, seed, port=port, token_lifetime=token_lifetime, churn=churn)
        Scripted.__init__(self, self._state)
        self._app = _Front(self._app, self._plans, self._recorder)
        self._protocol = _Protocol

    def _script(self, operation: str | None, times: int | None) -> Script:
        return _ServedScript(self._plans, operation, times, self._insert, self._remove)

    def _insert(self, contract: Contract) -> None:
        self.data.insert(StoredContract.of(contract))

    def _remove(self, contract: Contract | str) -> None:
        self.data.remove(contract if isinstance(contract, str) else contract.uuid)


class _ServedScript(Script):
    """What can happen to a request that has a connection already."""

    def refuses_connection(self) -> NoReturn:
        """Refuse, since it can't be done.

        Raises:
            InvalidArgumentError: Always.
        """
        raise InvalidArgumentError("fault", "must be one of a connection that stands: stop() the server to have none")

    def times_out(self, *, connecting: bool = False) -> None:
        """Read the request and never answer. See ``Script.times_out``.

        Args:
            connecting: Must be False here.

        Raises:
            InvalidArgumentError: It is not.
        """
        if connecting:
            raise InvalidArgumentError("connecting", "must be False: a server that runs takes every connection")
        super().times_out()


class _HangUpError(Exception):
    """The connection is to be ended, without a word."""


class _Front:
    """Stands before the application, and has happen what was scripted.

    Args:
        app: The sandbox's application.
        plans: What is scripted.
        recorder: Keeps what was called.
    """

    def __init__(self, app: ASGIApp, plans: Plans, recorder: Recorder) -> None:
        self._plans = plans
        self._recorder = recorder
        self._server = Server(answering(app))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or fail as it is scripted."""
        request = await _read(scope, receive)
        record, _ = self._recorder.note(request)
        client_closed = asyncio.ensure_future(_closed_by_client(receive))
        try:
            response = await self._plans.take(record)(_ServedExchange(self._server, request, record, client_closed))
            await _send(response, send, client_closed)
        except Exception:  # noqa: BLE001 # what went wrong with a script is kept in the record
            scope[_CLOSE_CONNECTION]()
        except asyncio.CancelledError:  # the server stops, and would say 500
            scope[_CLOSE_CONNECTION]()
            raise
        finally:
            client_closed.cancel()


class _ServedExchange(Exchange):
    """A request that has come over a socket.

    Args:
        server: What all share.
        request: The request, read.
        record: What is kept of it.
        client_closed: Done when the client has closed the connection.
    """

    def __init__(
        self, server: Server, request: httpx.Request, record: RecordedRequest, client_closed: asyncio.Future[None]
    ) -> None:
        super().__init__(server, request, record)
        self._client_closed = client_closed

    async def begin(self) -> None:
        """Do nothing: the client has done it."""

    async def send(self) -> None:
        """Do nothing: the client has done it."""

    async def receive(self, work: Coroutine[Any, Any, Answer], drip: float | None = None) -> httpx.Response:
        """Have the answer made. See ``Exchange.receive``."""
        answer = await asyncio.shield(self.server.start(self.noted(work)))
        return self.respond(answer, self._body(answer.body, drip), drips=drip is not None)

    async def hush(self) -> httpx.Response:
        """Wait until the client has closed the connection.

        Raises:
            _HangUpError: Then.
        """
        await asyncio.wait({self._client_closed})
        raise _HangUpError

    async def refuse(self, *, slowly: bool) -> httpx.Response:
        """Do what is nearest to it: the script refuses to plan this.

        Raises:
            _HangUpError: Always.
        """
        return await (self.hush() if slowly else self.drop())

    async def drop(self) -> httpx.Response:
        """End the connection.

        Raises:
            _HangUpError: Always.
        """
        raise _HangUpError

    async def _body(self, body: bytes, drip: float | None) -> AsyncIterator[bytes]:
        if drip is not None:
            for _ in range(DRIPS):
                await asyncio.wait({self._client_closed}, timeout=drip)
                if self._client_closed.done():
                    return
                yield b" "
        yield body


class _Protocol(H11Protocol):
    """uvicorn's protocol, whose connections the application can end."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        app: ASGIApp = self.app

        async def with_hang_up(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, _CLOSE_CONNECTION: self.transport.abort}, receive, send)

        self.app = with_hang_up


async def _read(scope: Scope, receive: Receive) -> httpx.Request:
    body = await Request(scope, receive).body()
    target = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
    url = httpx.URL("http://127.0.0.1").copy_with(raw_path=target)
    return httpx.Request(scope["method"], url, headers=scope["headers"], content=body)


async def _closed_by_client(receive: Receive) -> None:
    await receive()  # the body has been read, so what comes now is that the client has closed the connection


async def _send(response: httpx.Response, send: Send, client_closed: asyncio.Future[None]) -> None:
    await send({"type": "http.response.start", "status": response.status_code, "headers": response.headers.raw})
    async for chunk in response.aiter_raw():
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    if not client_closed.done():
        await send({"type": "http.response.body", "body": b"", "more_body": False})
