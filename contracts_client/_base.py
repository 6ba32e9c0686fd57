"""The client without its operations: constructor, views, ``from_env``, closing, and how a call is made."""

from __future__ import annotations

import os
import ssl
from collections.abc import Coroutine, Iterable
from types import TracebackType
from typing import Any, Self, TypedDict, TypeVar, Unpack

from . import defaults
from ._listings import AskForPage, ListingOptions, paginator
from .auth.credentials import AuthLike, ClientCredentials
from .calls.options import (
    Options,
    TimeoutLike,
    checked_bytes,
    checked_clock,
    checked_concurrency,
    checked_drift_hook,
    checked_hooks,
    checked_seconds,
    refuse_configuration,
)
from .calls.session import Session
from .clock import Clock
from .environment import Environment, EnvironmentVariables, checked_url, for_calls_to
from .errors import ConfigurationError
from .headers import CorrelationIdLike, checked_client_name, checked_correlation_id
from .hooks import Hook
from .models import Contract, ContractPage
from .openapi.classes import frozen
from .openapi.operation import Operation
from .pagination.paginator import Paginator
from .resilience.rate_limits import RateLimits
from .resilience.retry import DEFAULT_RETRY, INHERIT, RetryLike, RetryPolicy
from .schema_drift import DriftHook, DriftWatch
from .transport.library import TransportLike, TransportOptions
from .transport.network import warn_of_weak_context

T = TypeVar("T")


class ClientOptions(TypedDict, total=False):
    """The options of a client's constructor, for code that passes them on. See ContractsClient."""

    auth: AuthLike
    environment: Environment
    base_url: str | None
    timeout: TimeoutLike | None
    deadline: float | None
    retry: RetryPolicy | None
    limits: RateLimits | None
    max_concurrency: int
    correlation_id: CorrelationIdLike | None
    transport: TransportLike | None
    ssl_context: ssl.SSLContext | None
    trust_env: bool
    max_response_bytes: int
    connection_lifetime: float
    on_schema_drift: DriftHook | None
    strict: bool
    hooks: Iterable[Hook]
    clock: Clock | None


class BaseClient:
    """A client without operations. See ContractsClient."""

    def __init__(
        self,
        client_name: str,
        *,
        auth: AuthLike = None,
        environment: Environment = Environment.PRODUCTION,
        base_url: str | None = None,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryPolicy | None = DEFAULT_RETRY,
        limits: RateLimits | None = None,
        max_concurrency: int = defaults.MAX_CONCURRENCY,
        correlation_id: CorrelationIdLike | None = None,
        transport: TransportLike | None = None,
        ssl_context: ssl.SSLContext | None = None,
        trust_env: bool = True,
        max_response_bytes: int = defaults.MAX_RESPONSE_BYTES,
        connection_lifetime: float = defaults.CONNECTION_LIFETIME,
        on_schema_drift: DriftHook | None = None,
        strict: bool = False,
        hooks: Iterable[Hook] = (),
        clock: Clock | None = None,
    ) -> None:
        if environment.__class__ is not Environment:
            raise ConfigurationError("environment must be an Environment, such as Environment.STAGING")
        if limits is not None and limits.__class__ is not RateLimits:
            raise ConfigurationError("limits must be RateLimits, or None")
        self._options = Options().with_changes(
            refuse_configuration, timeout=timeout, deadline=deadline, retry=retry, correlation_id=correlation_id
        )
        drift_hook = checked_drift_hook(on_schema_drift)
        options = TransportOptions(
            transport=transport,
            ssl_context=ssl_context,
            trust_env=trust_env,
            connection_lifetime=checked_seconds(refuse_configuration, "connection_lifetime", connection_lifetime),
        )
        if ssl_context is not None:
            warn_of_weak_context(ssl_context, stacklevel=3)
        address = environment.api_url if base_url is None else checked_url("base_url", base_url)
        self._session = Session(
            client_name=checked_client_name(client_name),
            auth=auth,
            environment=for_calls_to(address, environment),
            base_url=address,
            transport=options,
            max_concurrency=checked_concurrency(max_concurrency),
            max_response_bytes=checked_bytes(max_response_bytes),
            drift=DriftWatch(drift_hook, strict=strict) if strict or drift_hook is not None else None,
            limits=limits or RateLimits(),
            hooks=checked_hooks(hooks),
            clock=checked_clock(clock),
            options=self._options,
        )
        self._is_view = False

    @classmethod
    def from_env(cls, *, client_name: str | None = None, **options: Unpack[ClientOptions]) -> Self:
        """Return a client that is configured by environment variables.

        ``CONTRACTS_CLIENT_NAME``, ``CONTRACTS_CLIENT_ID`` and ``CONTRACTS_CLIENT_SECRET`` are required;
        ``CONTRACTS_CLIENT_ENVIRONMENT`` (production, staging or dev), ``CONTRACTS_CLIENT_BASE_URL`` and
        ``CONTRACTS_CLIENT_AUTH_URL`` (base URL of the token endpoint, for a sandbox) are not.

        Args:
            client_name: As for the constructor; None reads it from the environment.
            options: Options of the constructor. ``auth`` and ``base_url`` are not read from the environment if they
                are given here. ``environment`` replaces ``CONTRACTS_CLIENT_ENVIRONMENT`` alone: the two URLs of the
                environment are still read, unless ``base_url`` is given too.

        Raises:
            ConfigurationError: A variable is missing or breaks a rule.
        """
        variables = EnvironmentVariables(os.environ)
        name = variables.client_name() if client_name is None else client_name
        if "auth" not in options:
            options["auth"] = ClientCredentials(*variables.credentials())
        # Anything else that is no environment is left for the constructor to refuse.
        if "environment" not in options or (
            "base_url" not in options and options["environment"].__class__ is Environment
        ):
            options["environment"] = variables.environment(options.get("environment"))
            options.setdefault("base_url", variables.base_url())
        return cls(name, **options)

    def with_options(
        self,
        *,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryLike = INHERIT,
        correlation_id: CorrelationIdLike | None = None,
    ) -> Self:
        """Return a view of this client with other options. It shares connections, rate limiter and token.

        Args:
            timeout: As for the constructor. None keeps this client's.
            deadline: As for the constructor. None keeps this client's.
            retry: As for the constructor. None means one attempt; ``INHERIT`` keeps this client's.
            correlation_id: As for the constructor. None keeps this client's.

        Returns:
            The view. Closing it does nothing: it ends with this client.

        Raises:
            ConfigurationError: An option breaks a rule.
        """
        view = object.__new__(type(self))
        view.__dict__.update(self.__dict__)
        view._options = self._options.with_changes(  # an instance of this class
            refuse_configuration, timeout=timeout, deadline=deadline, retry=retry, correlation_id=correlation_id
        )
        view._is_view = True
        return view

    def __repr__(self) -> str:
        session: Session | None = self.__dict__.get("_session")  # absent if the constructor failed
        shown = "not made" if session is None else f"{session.client_name} at {session.base_url}"
        return f"<{type(self).__name__} {shown}>"

    async def __aenter__(self) -> Self:
        self._session.check_open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self.aclose()
        except ConfigurationError:
            if error is None:
                raise
            # The error of the body says more than that the client belongs to another event loop.

    async def aclose(self) -> None:
        """Refuse new calls, wait at most 5 s for those under way, and close the client's connections.

        Calls that don't end in time raise: OutcomeUnknownError for a claim that was sent, APIConnectionError for
        another exchange, ClientClosedError for a call that still waited in the queue. Idempotent. A transport that was
        passed to the client is closed too. Don't await this inside a call, such as in a token function: each would
        wait for the other until the 5 s are over.

        Raises:
            ConfigurationError: The client was used on another event loop.
        """
        if not self._is_view:
            await self._session.aclose()

    def _call(  # the options that every operation takes
        self,
        operation: str,
        correlation_id: str | None,
        timeout: TimeoutLike | None,
        deadline: float | None,
        retry: RetryLike,
        *,
        at_most_once: bool = False,
    ) -> PreparedCall:
        options = self._options
        if timeout is not None or deadline is not None or retry is not INHERIT:
            options = options.checked_changes(timeout, deadline, retry)
        return PreparedCall(self._session, options, operation, correlation_id, at_most_once)


@frozen
class PreparedCall:
    """A call of one operation with its options. It is made once, or once a page for a listing."""

    session: Session
    options: Options
    operation: str
    correlation_id: str | None
    at_most_once: bool

    def run(self, operation: Operation[T]) -> Coroutine[Any, Any, T]:
        """Make the call. See ``Call.run``."""
        settings = self.options.settings(
            self.operation, correlation_id=self.correlation_id, at_most_once=self.at_most_once
        )
        return self.session.run(operation, settings)

    def paginated(self, ask: AskForPage, **options: Unpack[ListingOptions]) -> Paginator[Contract, ContractPage]:
        """Return a listing that makes this call for each page.

        Args:
            ask: Returns the operation that fetches a page.
            options: How to read it.

        Raises:
            InvalidArgumentError: An argument breaks a rule. Nothing was sent.
        """
        if self.correlation_id is not None:
            checked_correlation_id(self.correlation_id)
        return paginator(self.operation, ask, self.run, options, max_concurrency=self.session.max_concurrency)
