"""One call: its correlation id, token, deadline and attempts, and the error that each way to fail becomes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from attrs import frozen

from . import defaults
from ._generated.client import Request, Response, Send
from ._generated.errors import ArgumentError, DecodeError, StatusError
from .auth import TokenSource
from .drift import DriftWatch
from .error_body import parse_error_body
from .errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    InvalidArgumentError,
    OutcomeUnknownError,
    ResponseDecodeError,
)
from .headers import CLIENT_NAME, CORRELATION_ID, USER_AGENT
from .port import ExchangeError, Exchanger, Progress, Wire
from .retry_after import parse_retry_after
from .secret import Secret
from .transport import Auth, Timeout

T = TypeVar("T")

# Named after the package, whatever it is called where it was copied to.
logger: Final = logging.getLogger(__name__.rpartition(".")[0])

_UNAUTHORIZED = 401
_TOKEN_ENDED = frozenset({401, 408})
_SUCCESS = range(200, 300)
_REDIRECT = range(300, 400)
# The same call may succeed later.
_PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
# The server, or a gateway in front of it, may have executed the request all the same.
_UNTOLD: Final = frozenset({408, 500, 502, 503, 504})


@frozen(kw_only=True)
class CallSettings:
    """What one call is made with, checked.

    Attributes:
        operation: Name of the client's method.
        correlation_id: The call's X-Correlation-Id.
        timeout: Seconds for each phase of an attempt.
        attempt_timeout: Seconds for a whole attempt, or None.
        deadline: Seconds for the whole call; may be infinite.
        once: Whether the operation must not be executed twice: the claim.
    """

    operation: str
    correlation_id: str
    timeout: Timeout
    attempt_timeout: float | None
    deadline: float
    once: bool = False


@frozen(kw_only=True)
class Connection:
    """What all calls of a client share.

    Attributes:
        client_name: The ET-Client-Name.
        exchanger: The port to the API.
        tokens: Where tokens come from, or None where the client sends none.
        auth: A user's httpx.Auth, or None.
        drift: Looks for drift, or None where nobody wants to know.
    """

    client_name: str
    exchanger: Exchanger
    tokens: TokenSource | None
    auth: Auth | None
    drift: DriftWatch | None = None


class Call:
    """One call under way."""

    def __init__(self, connection: Connection, settings: CallSettings) -> None:
        self._connection = connection
        self._settings = settings
        self._loop = asyncio.get_running_loop()
        self._started = self._loop.time()
        self._attempts = 0
        self._progress = Progress()  # of the attempt that is made now

    async def run(self, operation: Callable[[Send], Awaitable[T]]) -> T:
        """Run a generated operation with this call's way to send.

        Raises:
            InvalidArgumentError: An argument can't be sent.
            TokenError: There is no token.
            APIError: Anything else; see ``errors``.
        """
        failure: Exception
        try:
            async with asyncio.timeout_at(self._started + self._settings.deadline):
                result = await operation(self._send)
                if self._connection.drift is not None:
                    self._look_for_drift(self._connection.drift, result)
                return result
        except ArgumentError as error:
            failure = InvalidArgumentError(error.argument, error.rule)
        except DecodeError as error:
            failure = ResponseDecodeError(error.path, error.expected, error.found, **self._context())
        except StatusError as error:
            failure = self._strange(error)
        except TimeoutError:  # the scope's, likewise
            failure = self._timed_out(f"the deadline of {self._settings.deadline:g} s ran out")
        raise failure  # outside the except blocks, so that it carries no context

    def _look_for_drift(self, watch: DriftWatch, result: object) -> None:
        for drift in watch.news(self._settings.operation, result):
            if watch.strict:
                raise DecodeError(f"a {drift.kind} that the specification knows", "an unknown one", (drift.path,))
            try:
                watch.tell(drift)
            except Exception as error:  # noqa: BLE001 # a hook must not spoil a call that has succeeded
                logger.warning("the hook on_schema_drift failed with %s", type(error).__name__)

    async def _send(self, request: Request) -> Response:
        token = await self._token()
        response = await self._attempt(request, token)
        tokens = self._connection.tokens
        # 408 says that the token ended under way: the request may have been executed, so it is not sent again.
        ended = response.status in _TOKEN_ENDED and token is not None and tokens is not None and tokens.reject(token)
        if ended and tokens is not None and response.status == _UNAUTHORIZED:
            # 401 means that nothing was executed, so this holds for the claim too: once, and with another token only.
            self._progress = Progress()
            renewed = await tokens.get()
            if renewed != token:
                response = await self._attempt(request, renewed)
        if response.status not in _SUCCESS:
            raise self._refused(request, response)
        return response

    async def _token(self) -> Secret | None:
        tokens = self._connection.tokens
        return None if tokens is None else await tokens.get()

    async def _attempt(self, request: Request, token: Secret | None) -> Response:
        self._attempts += 1
        started = self._loop.time()
        outcome = "cancelled"
        seconds = self._settings.attempt_timeout
        failure: APIConnectionError | ResponseDecodeError
        self._progress = Progress()
        try:
            async with asyncio.timeout(seconds):
                response = await self._connection.exchanger.send(self._wire(request, token))
            outcome = str(response.status)
        except ExchangeError as error:
            outcome = "failed"
            failure = self._failed(error)
        except TimeoutError:  # the scope's: a transport's own becomes an ExchangeError
            outcome = "timed out"
            failure = self._timed_out(f"the timeout of {seconds:g} s for an attempt ran out")
        else:
            return response
        finally:
            logger.debug(
                "%s %s %s in %.0f ms (attempt %d, correlation id %s)",
                request.method,
                request.template,
                outcome,
                (self._loop.time() - started) * 1000,
                self._attempts,
                self._settings.correlation_id,
            )
        raise failure  # outside the except blocks, so that it carries no context

    def _wire(self, request: Request, token: Secret | None) -> Wire:
        settings = self._settings
        headers = [
            ("Accept", "application/json, application/problem+json"),
            ("User-Agent", USER_AGENT),
            (CLIENT_NAME, self._connection.client_name),
            (CORRELATION_ID, settings.correlation_id),
            *request.headers,
        ]
        if token is not None:
            headers.append(("Authorization", f"Bearer {token.reveal()}"))
        if request.content_type is not None:
            headers.append(("Content-Type", request.content_type))
        if request.body is not None and len(request.body) > defaults.MAX_REQUEST_BYTES:
            raise ArgumentError("body", f"must not be larger than {defaults.MAX_REQUEST_BYTES} bytes as JSON")
        return Wire(
            method=request.method,
            path=request.path,
            query=request.query,
            headers=tuple(headers),
            body=request.body,
            timeout=settings.timeout,
            give_up_at=self._started + settings.deadline,
            auth=self._connection.auth,
            progress=self._progress,
        )

    def _context(self, **more: Any) -> dict[str, Any]:
        return {
            "operation": self._settings.operation,
            "correlation_id": self._settings.correlation_id,
            "attempts": self._attempts,
            "elapsed": self._loop.time() - self._started,
            **more,
        }

    def _unknown(self, what: str, status_code: int | None = None) -> OutcomeUnknownError:
        return OutcomeUnknownError(
            f"{what}; it may have been executed all the same, so do not send it again unasked: "
            "read the contracts by external reference to find out",
            status_code=status_code,
            **self._context(),
        )

    def _timed_out(self, what: str) -> APIConnectionError:
        if self._settings.once and self._progress.sent:
            return self._unknown(what)
        return APITimeoutError(what, **self._context(safe_to_retry=True))

    def _failed(self, error: ExchangeError) -> APIConnectionError | ResponseDecodeError:
        if error.unusable:
            return ResponseDecodeError("", "a body that can be read", str(error), **self._context())
        if self._settings.once and self._progress.sent and not error.never_sent:
            return self._unknown(str(error))
        kind = APITimeoutError if error.timed_out else APIConnectionError
        return kind(str(error), **self._context(safe_to_retry=error.transient))

    def _strange(self, error: StatusError) -> ResponseDecodeError | APIStatusError:
        # An error's status of the server's never gets this far: see _refused.
        if error.status in _SUCCESS:
            return ResponseDecodeError("", "a success that is documented", f"status {error.status}", **self._context())
        return APIStatusError.for_status(error.status, None, "nothing matches", **self._context())

    def _refused(self, request: Request, response: Response) -> OutcomeUnknownError | APIStatusError:
        status = response.status
        what = f"{request.method} {request.template} was answered with {status}{_phrase(status)}"
        if self._settings.once and status in _UNTOLD:
            return self._unknown(what, status)
        if status in _REDIRECT:
            what += f", which is never followed; it leads to {_host(response.headers.get('location', ''))}"
        return APIStatusError.for_status(
            status,
            parse_error_body(response),
            what + _ADVICE.get(status, ""),
            **self._context(
                retry_after=parse_retry_after(response.headers.get("retry-after"), datetime.now(UTC)),
                safe_to_retry=status in _PASSING,
            ),
        )


_ADVICE: Final = {
    400: "; the attribute error holds what the API objects to",
    401: "; check the credentials and that they belong to this environment",
    403: "; the credentials lack the permission: ask the provider for it",
    429: "; slow down, and wait for retry_after seconds where it is given",
}


def _phrase(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""


def _host(location: str) -> str:
    try:
        host = urlsplit(location).hostname
    except ValueError:
        host = None
    return "the same host" if not host else host if host.isascii() and host.isprintable() else "another host"
