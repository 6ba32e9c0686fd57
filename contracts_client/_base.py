"""The client without its operations: constructor, views, ``from_env``, closing, and how a call is made."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Final, NoReturn, Self, TypedDict, Unpack, cast

from . import defaults
from ._listings.prepared import PreparedCall
from .auth.credentials import AuthLike, auth_in
from .calls.extras import HeadersLike, QueryLike, checked_extras, is_sent_once, own_operation
from .calls.options import (
    Options,
    TimeoutLike,
    checked_bytes,
    checked_clock,
    checked_concurrency,
    checked_drift_hook,
    checked_hooks,
    checked_seconds,
    concurrency_of,
    refuse_configuration,
    seconds_of_deadline,
    seconds_of_timeout,
)
from .calls.session import Session
from .clock import Clock
from .environment import (
    DEADLINE,
    MAX_CONCURRENCY,
    NAME,
    TIMEOUT,
    TRANSPORT,
    Environment,
    EnvironmentVariables,
    checked_url,
    for_calls_to,
)
from .errors import ConfigurationError
from .headers import CorrelationIdLike, checked_client_name
from .hooks import Hook
from .raw import RawResponse
from .resilience.rate_limits import RateLimits
from .resilience.retry import DEFAULT_RETRY, INHERIT, RetryLike, RetryPolicy
from .schema_drift import DriftHook, DriftWatch
from .transport.library import TransportLike, TransportOptions, transport_named
from .transport.network import warn_of_weak_context


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

    _prepared: type[PreparedCall] = PreparedCall

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
            warn_of_weak_context(ssl_context)
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

        Required are ``CONTRACTS_CLIENT_NAME``, and ``CONTRACTS_CLIENT_ID`` with ``CONTRACTS_CLIENT_SECRET`` or
        ``CONTRACTS_CLIENT_TOKEN``. The others are ``CONTRACTS_CLIENT_ENVIRONMENT`` (production, which is the default,
        staging or dev), ``CONTRACTS_CLIENT_BASE_URL``, ``CONTRACTS_CLIENT_AUTH_URL`` (base URL of the token endpoint,
        for a sandbox), ``CONTRACTS_CLIENT_TIMEOUT`` and ``CONTRACTS_CLIENT_DEADLINE`` (seconds),
        ``CONTRACTS_CLIENT_MAX_CONCURRENCY`` and ``CONTRACTS_CLIENT_TRANSPORT`` (the name of an HTTP library).

        Args:
            client_name: As for the constructor; None reads it from the environment.
            options: Options of the constructor. One that is given here is not read from the environment, with one
                exception: ``environment`` replaces ``CONTRACTS_CLIENT_ENVIRONMENT`` alone, and the two URLs of the
                environment are still read, unless ``base_url`` is given too.

        Raises:
            ConfigurationError: Variables are missing or break a rule. The message names all of them.
        """
        variables = EnvironmentVariables(os.environ)
        name = variables.required(NAME, checked_client_name) if client_name is None else client_name
        if "auth" not in options:
            options["auth"] = auth_in(variables)
        # Anything else that is no environment is left for the constructor to refuse.
        if "environment" not in options or (
            "base_url" not in options and options["environment"].__class__ is Environment
        ):
            options["environment"], base_url = variables.addresses(options.get("environment"))
            options.setdefault("base_url", base_url)
        found = cast("dict[str, Any]", options)
        for option, (variable, read) in _VARIABLES.items():
            if option not in found and variables.has(variable):
                found[option] = variables.read(variable, read)
        variables.check()
        return cls(cast("str", name), **options)

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

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} can't be copied or pickled, since it holds connections and a token: make one in "
            "each process, from the same arguments; with_options() returns a view that shares its connections"
        )

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

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: QueryLike | None = None,
        headers: HeadersLike | None = None,
        json: object = None,
        safe: bool | None = None,
        correlation_id: str | None = None,
        timeout: TimeoutLike | None = None,
        deadline: float | None = None,
        retry: RetryLike = INHERIT,
    ) -> RawResponse[Any]:
        """Send a request of your own, for what the specification does not know or has wrong; see docs/ways-out.md.

        It is sent as an operation is: with the client's identity, token, rate limits, deadline, bounds and privacy.
        Logs and hooks call it ``request``, and show of the path only the segments that the specification knows.

        Args:
            method: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.
            path: The path below the base URL, percent-encoded, such as ``/customers/v2/benefits/contracts``.
            query: Values by name: strings, numbers, booleans, dates, aware datetimes, or sequences of them. None leaves
                a parameter out.
            headers: More headers. Those that the client sends, and those of the connection, are refused.
            json: The body, as JSON can hold it; models, Decimal, UUID and datetimes are written too. None for no body.
            safe: Whether the request may be executed twice, so that it is retried. None: GET and HEAD may. Any other is
                sent at most once, as a claim is; for a claim, True is refused.
            correlation_id: The call's X-Correlation-Id.
            timeout: As for the client.
            deadline: As for the client.
            retry: As for the client.

        Returns:
            The response, with a status from 200 to 299. Its ``parse()`` returns the JSON value.

        Raises:
            InvalidArgumentError: An argument breaks a rule, such as a path that names a host or holds ``..``.
            OutcomeUnknownError: The request is sent at most once, and may have been executed: its answer was lost, or
                says nothing about it.
            APIError: The call failed, with the same errors as the operations; see ``contracts_client.errors``.
        """
        operation = own_operation(method, path, query, headers, json)
        at_most_once = is_sent_once(operation.request, safe)
        call = self._call("request", correlation_id, timeout, deadline, retry, at_most_once=at_most_once)
        return await call.run_raw(operation)

    def _call(  # noqa: PLR0917 # the options that every operation takes
        self,
        operation: str,
        correlation_id: str | None,
        timeout: TimeoutLike | None,
        deadline: float | None,
        retry: RetryLike,
        extra_query: QueryLike | None = None,
        extra_headers: HeadersLike | None = None,
        *,
        at_most_once: bool = False,
    ) -> PreparedCall:
        options, extras = self._options, None
        if timeout is not None or deadline is not None or retry is not INHERIT:
            options = options.checked_changes(timeout, deadline, retry)
        if extra_query is not None or extra_headers is not None:
            extras = checked_extras(extra_query, extra_headers)
        return self._prepared(self._session, options, operation, correlation_id, at_most_once, extras)


_VARIABLES: Final[dict[str, tuple[str, Callable[[str], object]]]] = {
    "timeout": (TIMEOUT, seconds_of_timeout),
    "deadline": (DEADLINE, seconds_of_deadline),
    "max_concurrency": (MAX_CONCURRENCY, concurrency_of),
    "transport": (TRANSPORT, transport_named),
}
# A TypeError for a wrong argument names the class that users know.
for _method in (BaseClient.__init__, BaseClient.aclose, BaseClient.request, BaseClient.with_options):
    _method.__qualname__ = f"ContractsClient.{_method.__name__}"
