"""The sandbox as a real server on this machine."""

from __future__ import annotations

import errno
import socket
import threading
from typing import TYPE_CHECKING, Any, Literal, Self

import uvicorn

from .app import State, create_app, utc_now
from .tokens import DEFAULT_LIFETIME

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from types import TracebackType

    from starlette.types import ASGIApp

    from .data.store import DataSet

LOOPBACK = "127.0.0.1"
"""The only address that the sandbox listens on."""

_HIGHEST_PORT = 65_535
_STOP_GRACE = 1  # seconds for requests that are being answered


class SandboxStartError(RuntimeError):
    """The sandbox could not start, for a reason that the message tells."""


class _Server(uvicorn.Server):
    """A uvicorn server that says when it is ready, or has failed to become so."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            super().run(sockets)
        finally:
            self.ready.set()


class Sandbox:
    """The Contracts API as a server on 127.0.0.1, in a thread of its own.

    It can be used from synchronous code and within a running event loop, which it does not touch.

    Args:
        contracts: How many contracts there are, 0 to 20 000.
        seed: Which data set; the same seed gives the same one on the same day.
        port: Where to listen, 0 to 65535; 0 takes a free port.
        clock: Tells the time as aware datetimes; tests turn it by hand.
        token_lifetime: Seconds that a token holds, from 1.
        specification: A parsed openapi.yaml to answer from; None reads the project's own.
        churn: How many contracts come or go after each page of a listing, from 0.

    Raises:
        SpecificationError: There is no openapi.yaml, or it has an operation that the sandbox cannot answer.
        ValueError: A number is out of range.

    Entering the context starts the server and raises SandboxStartError if the port is taken; leaving it stops the
    server. A sandbox can be started again, and keeps its data and its port.
    """

    def __init__(
        self,
        contracts: int = 300,
        seed: int = 1,
        *,
        port: int = 0,
        clock: Callable[[], datetime] = utc_now,
        token_lifetime: int = DEFAULT_LIFETIME,
        specification: Mapping[str, Any] | None = None,
        churn: int = 0,
    ) -> None:
        if not 0 <= port <= _HIGHEST_PORT:
            raise ValueError(f"port must be from 0 to {_HIGHEST_PORT}")
        app = create_app(
            contracts, seed, clock=clock, token_lifetime=token_lifetime, specification=specification, churn=churn
        )
        self._state: State = app.state.sandbox
        self._app: ASGIApp = app
        self._protocol: type[asyncio.Protocol] | Literal["h11"] = "h11"
        self._port = port
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where it listens, such as http://127.0.0.1:54321: the API and the token endpoint alike.

        Raises:
            RuntimeError: It has never been started, and its port is not known yet.
        """
        if not self._port:
            raise RuntimeError("the sandbox has no URL before it has been started")
        return f"http://{LOOPBACK}:{self._port}"

    @property
    def data(self) -> DataSet:
        """What it knows: `contracts`, `customers`, `personnel_tickets` and `organisations`."""
        return self._state.data

    @property
    def extra_query(self) -> set[str]:
        """Names of query parameters that the specification does not know, and that are ignored instead of refused."""
        return self._state.extra_query

    @property
    def client_id(self) -> str:
        """The client that the token endpoint accepts; it acts for the first organisation."""
        return self._state.client.client_id

    @property
    def client_secret(self) -> str:
        """The secret of that client. It opens nothing but this sandbox."""
        return self._state.client.client_secret

    @property
    def internal_client_id(self) -> str:
        """A second client, whose tokens are internal ones: they may ask for any organisation."""
        return self._state.internal_client.client_id

    @property
    def internal_client_secret(self) -> str:
        """The secret of the internal client."""
        return self._state.internal_client.client_secret

    @property
    def environ(self) -> dict[str, str]:
        """The environment variables that connect ``ContractsClient.from_env()`` with it, in this process or another.

        Raises:
            RuntimeError: It has never been started.
        """
        return {
            "CONTRACTS_CLIENT_NAME": "acme-ticketshop",
            "CONTRACTS_CLIENT_ID": self.client_id,
            "CONTRACTS_CLIENT_SECRET": self.client_secret,
            "CONTRACTS_CLIENT_BASE_URL": self.url,
            "CONTRACTS_CLIENT_AUTH_URL": self.url,
        }

    def issue_token(self, *, internal: bool = False) -> str:
        """A fresh token, without a request to the token endpoint.

        Args:
            internal: Whether it is a token of the internal client.
        """
        return self._state.tokens.issue(self._state.internal_client if internal else self._state.client)

    def start(self) -> None:
        """Start to listen. It returns once the server answers; a running sandbox is left as it is.

        Raises:
            SandboxStartError: The port is taken or forbidden, or the server did not come up.
        """
        if self._thread is not None:
            return
        listener = _listen(self._port)
        self._port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            http=self._protocol,
            ws="none",
            loop="asyncio",
            lifespan="off",
            # Nothing is printed, and no access log: it would tell customer numbers.
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_STOP_GRACE,
        )
        server = _Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), name="contracts-sandbox", daemon=True)
        self._server, self._thread = server, thread
        thread.start()
        server.ready.wait()
        if not server.started:
            self.stop()
            listener.close()
            raise SandboxStartError("the sandbox's server failed before it was up")

    def stop(self) -> None:
        """Stop to listen, and wait until thread and socket are closed. Idempotent."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join()
        self._server = self._thread = None


def _listen(port: int) -> socket.socket:
    try:
        created = socket.create_server((LOOPBACK, port))
    except OSError as error:
        why = {errno.EADDRINUSE: "it is taken", errno.EACCES: "it is not allowed"}.get(error.errno or 0, str(error))
        raise SandboxStartError(f"the sandbox cannot listen on port {port} of {LOOPBACK}: {why}") from error
    # asyncio turns Nagle's algorithm off only where the protocol is named. With it, every answer would take 40 ms more.
    return socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=created.detach())
