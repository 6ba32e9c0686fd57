"""Hooks: observers of calls. They see an allow-list: no value of an argument, no body, no token.

A hook is called when a call starts, and returns an observer of that call, or None.
``contracts_client.opentelemetry`` and ``contracts_client.structured_logging`` are hooks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from .errors import ContractsError
from .openapi.classes import frozen


@frozen(kw_only=True)
class CallStart:
    """A call that starts.

    Attributes:
        operation: Name of the client's method, such as ``list_contracts``.
        method: The HTTP method.
        path_template: The path below the base URL with the names of its parameters, never their values.
        correlation_id: The call's X-Correlation-Id.
        client_name: The ET-Client-Name.
        server_address: Host of the API.
        server_port: Port of the API.
        deadline: Seconds that the whole call may take; may be infinite.
    """

    operation: str
    method: str
    path_template: str
    correlation_id: str
    client_name: str
    server_address: str
    server_port: int
    deadline: float


@frozen(kw_only=True)
class AttemptEnd:
    """An attempt of a call that has ended.

    Attributes:
        number: The number of the attempt, from 1.
        status_code: The HTTP status, or None if no whole response came.
        error: ``failed``, ``timed out`` or ``cancelled`` if no whole response came, or None.
        seconds: How long it took.
        sent: Whether the server may have seen something of the request.
        retry_in: Seconds until the next attempt, or None if there is none.
    """

    number: int
    status_code: int | None
    error: str | None
    seconds: float
    sent: bool
    retry_in: float | None


@frozen(kw_only=True)
class CallEnd:
    """A call that has ended.

    Attributes:
        attempts: How many requests were sent, or tried.
        status_code: The HTTP status of the last one, or None if no whole response came.
        error: The error that the caller gets, or None for a result. It is ``asyncio.CancelledError`` if the call was
            cancelled.
        seconds: How long it took, waits included.
    """

    attempts: int
    status_code: int | None
    error: ContractsError | BaseException | None
    seconds: float


class CallObserver:
    """An observer of one call. Every method may be left out.

    The methods are called on the event loop and must not block. What they raise is logged by its type and ignored: an
    observer can't make a call fail.
    """

    def headers(self) -> Mapping[str, str]:
        """Return headers for every attempt of the call, to propagate a trace. They replace no header of the client."""
        return {}

    def attempt_started(self, number: int) -> None:
        """Called when an attempt starts.

        Args:
            number: The number of the attempt, from 1.
        """

    def attempt_ended(self, attempt: AttemptEnd) -> None:
        """Called with the outcome of an attempt."""

    def ended(self, end: CallEnd) -> None:
        """Called with the outcome of the call. Only ``ended_late`` may follow."""

    def ended_late(self, attempt: AttemptEnd) -> None:
        """Called with the outcome of a claim that was sent, after its caller was cancelled or ran out of time."""


Hook: TypeAlias = Callable[[CallStart], CallObserver | None]
