"""The session of a client: transports, tokens and rate limiter, opened when first used and closed together."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from functools import partial
from math import inf
from typing import Any, TypeVar
from urllib.parse import urlsplit

from attrs import evolve

from .. import defaults
from ..auth.cache import TokenCache
from ..auth.credentials import AuthLike, BearerToken, ClientCredentials, TokenProvider, TokenSource, is_token_callable
from ..auth.endpoint import TokenRequest
from ..auth.sources import CallableTokenSource, ProvidedToken, StaticTokenSource
from ..clock import Clock
from ..environment import Environment
from ..errors import ConfigurationError, ContractsError
from ..hooks import Hook
from ..openapi.errors import DecodeError, StatusError
from ..openapi.operation import Operation, Response
from ..raw import RawResponse
from ..resilience.rate_limiter import RateLimiter
from ..resilience.rate_limits import RateLimits
from ..resilience.retry import RetryBudget
from ..schema_drift import DriftWatch
from ..transport.httpx_transport import HttpxTransport
from ..transport.interface import Transport
from ..transport.library import TransportOptions, is_auth
from ..transport.lifecycle import Lifetime, closed_error
from ..transport.network import LazyContext
from . import outcomes
from .advice import Advice
from .call import Call
from .context import CallContext, CallSettings
from .options import Options

T = TypeVar("T")


class Session:
    """The part of a client that its views share: connections, rate limiter and token.

    Args:
        client_name: The ET-Client-Name, checked.
        auth: How to authenticate.
        environment: The addresses of API and token endpoint.
        base_url: Base URL of the API, checked.
        transport: How to reach it.
        max_concurrency: Exchanges under way at once.
        max_response_bytes: Bytes of one response.
        drift: Looks for schema drift, or None.
        limits: Limits to keep from the start.
        hooks: Those of the client.
        clock: The time.
        options: Those of the client. They bound a token request, which serves all calls.

    Raises:
        ConfigurationError: ``auth`` is nothing that can authenticate.
    """

    def __init__(
        self,
        *,
        client_name: str,
        auth: AuthLike,
        environment: Environment,
        base_url: str,
        transport: TransportOptions,
        max_concurrency: int,
        max_response_bytes: int,
        drift: DriftWatch | None,
        limits: RateLimits,
        hooks: tuple[Hook, ...],
        clock: Clock,
        options: Options,
    ) -> None:
        self.client_name = client_name
        self.base_url = base_url
        self.max_concurrency = max_concurrency
        self.is_strict = drift is not None and drift.strict
        self._life = Lifetime(f"the client {client_name} at {base_url}")
        tls = LazyContext(transport.ssl_context, trust_env=transport.trust_env)
        api = HttpxTransport(
            base_url,
            transport,
            max_concurrency=max_concurrency,
            max_bytes=max_response_bytes,
            clock=clock,
            tls=tls,
            life=self._life,
        )
        self._transports: list[Transport] = [api]
        self._closing: asyncio.Task[None] | None = None
        tokens: TokenSource | None = None
        if isinstance(auth, ClientCredentials):
            endpoint = HttpxTransport(
                environment.auth_url,
                evolve(transport, closes_transport=False),
                max_concurrency=defaults.TOKEN_CONCURRENCY,
                max_bytes=defaults.MAX_TOKEN_RESPONSE_BYTES,
                clock=clock,
                tls=tls,
                life=self._life,
            )
            self._transports.append(endpoint)
            request = TokenRequest(
                auth,
                endpoint,
                host=urlsplit(environment.auth_url).netloc,
                audience=environment.api_url,
                client_name=client_name,
                clock=clock,
                timeout=options.timeout,
                seconds=min(options.attempt_timeout or inf, options.deadline, defaults.TOKEN_DEADLINE),
            )
            tokens = TokenCache(request, clock)
        elif isinstance(auth, TokenProvider):
            tokens = TokenCache(ProvidedToken(auth, clock, min(options.deadline, defaults.DEADLINE)), clock)
        elif isinstance(auth, BearerToken):
            tokens = StaticTokenSource(auth)
        elif auth is not None and not is_auth(auth):
            if not is_token_callable(auth):
                raise ConfigurationError(
                    "auth must be ClientCredentials, BearerToken, an async callable that returns a token, "
                    "an Auth of httpx or httpx2, or None"
                )
            tokens = CallableTokenSource(auth)
        address = urlsplit(base_url)
        self._context = CallContext(
            client_name=client_name,
            host=address.hostname or "",
            port=address.port or (443 if address.scheme == "https" else 80),
            life=self._life,
            transport=api,
            tokens=tokens,
            auth=auth if is_auth(auth) else None,
            advice=Advice(auth, base_url, clock.wall),
            clock=clock,
            rate_limiter=RateLimiter(clock, limits, random.random, max_concurrency=max_concurrency),
            retry_budget=RetryBudget(clock),
            hooks=hooks,
            drift=drift,
        )

    def check_open(self) -> None:
        """Check that calls can be made.

        Raises:
            ClientClosedError: The client is closed, and can't be opened again.
        """
        if self._life.is_closed:
            raise closed_error()

    def run(self, operation: Operation[T], settings: CallSettings) -> Coroutine[Any, Any, T]:
        """Make one call. See ``Call.run``."""
        return Call(self._context, settings, operation).run()

    async def run_raw(self, operation: Operation[T], settings: CallSettings) -> RawResponse[T]:
        """Make one call, and return its whole response, which is not read yet. See ``Call.run``."""
        call = Call(self._context, settings, Operation(request=operation.request, parse=_unread))
        response = await call.run()
        details = call.details()
        return RawResponse(
            response,
            partial(_read, operation, settings, details, self._context.drift),
            correlation_id=settings.correlation_id,
            attempts=details["attempts"],
            elapsed=details["elapsed"],
        )

    async def aclose(self) -> None:
        """Refuse new calls, wait a bounded time for those under way, then close every connection.

        Idempotent. If it is cancelled, the rest goes on in the background.

        Raises:
            ConfigurationError: The client belongs to another event loop.
        """
        if self._closing is None or not self._closing.done():
            self._life.check_loop()
            self._life.is_closed = True
            if self._closing is None:
                self._closing = asyncio.get_running_loop().create_task(self._close())
            await asyncio.shield(self._closing)

    async def _close(self) -> None:
        clock = asyncio.get_running_loop().time
        ends_at = clock() + defaults.DRAIN_TIMEOUT
        try:
            await self._life.drain(defaults.DRAIN_TIMEOUT)
        finally:
            if isinstance(self._context.tokens, TokenCache):
                await self._context.tokens.aclose()  # nobody waits for a renewal any more
            # Exchanges end first, so that a claim under way learns that its outcome is unknown; then all other waits.
            left = max(0.0, ends_at - clock())
            await asyncio.gather(*(transport.aclose(left) for transport in self._transports))
            self._life.end_calls()


def _unread(response: Response) -> Response:
    return response


def _read(
    operation: Operation[T],
    settings: CallSettings,
    details: dict[str, Any],
    drift: DriftWatch | None,
    response: Response,
) -> T:
    """Read a raw response, with the errors and the reports of a call that reads it itself."""
    try:
        result = operation.parse(response)
        if drift is not None:
            drift.look(settings.operation, result)
    except DecodeError as error:
        failure: ContractsError = outcomes.unreadable(
            error, details, at_most_once=settings.at_most_once, status_code=response.status
        )
    except StatusError as error:
        failure = outcomes.strange_status(error, details, at_most_once=settings.at_most_once)
    else:
        return result
    raise failure  # outside the except blocks, so that it carries no context
