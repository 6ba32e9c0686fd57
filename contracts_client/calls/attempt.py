"""One attempt of a call: it sends the request, and logs and reports what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from math import inf
from typing import Final

from ..headers import CLIENT_NAME, CORRELATION_ID, USER_AGENT, folded
from ..hooks import AttemptEnd
from ..openapi.operation import Request, Response
from ..secret import Secret
from ..transport.interface import ExchangeError, RequestTrace, TransportRequest
from .context import CallContext, CallSettings
from .observers import Observers

# Named after the package, which may be copied under another name.
logger: Final = logging.getLogger(__name__.rsplit(".", 2)[0])

OWN_HEADERS: Final = frozenset(
    {
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "entur-customer-number",
        "host",
        "proxy-authorization",
        "te",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        CLIENT_NAME.lower(),
        CORRELATION_ID.lower(),
    }
)
"""Headers that no hook may set."""

_CONSTANT_HEADER: Final = ("User-Agent", USER_AGENT)


class Attempt:
    """One attempt.

    Args:
        context: What all calls of the client share.
        settings: What the call is made with.
        observers: Those of the call, or None.
        request: What is sent.
        number: The number of the attempt, from 1.
        ends_at: When the call's deadline ends.
        fresh: Whether to use a new connection.
    """

    def __init__(
        self,
        context: CallContext,
        settings: CallSettings,
        observers: Observers | None,
        request: Request,
        *,
        number: int,
        ends_at: float,
        fresh: bool,
    ) -> None:
        self._context = context
        self._settings = settings
        self._observers = observers
        self._request = request
        self._number = number
        self._ends_at = ends_at
        self._fresh = fresh
        self._started = inf
        self._ended: float | None = None
        self._trace = RequestTrace()
        self._release: Callable[[], None] | None = None

    @property
    def sent(self) -> bool:
        """Whether the server may have seen something of the request."""
        return self._trace.seen

    async def run(self, token: Secret | None) -> Response | ExchangeError:
        """Send the request, and return what came of it.

        Args:
            token: What to authenticate with, or None.
        """
        request = self._transport_request(token)
        self._started = self._context.clock.monotonic()  # the wait in the queue is the call's, not the attempt's
        clock, seconds = self._context.clock, self._settings.attempt_timeout
        outcome: Response | ExchangeError
        if self._observers is not None:
            self._observers.attempt_started(self._number)
        try:
            if seconds is None:
                outcome = await self._context.transport.send(request)
            else:
                async with clock.timeout_at(self._started + seconds):
                    outcome = await self._context.transport.send(request)
        except ExchangeError as error:
            outcome = error
        except TimeoutError:  # the scope's: a transport's own becomes an ExchangeError
            outcome = ExchangeError(f"the timeout of {seconds:g} s for an attempt ran out", timed_out=True)
        except BaseException as error:
            self._interrupted(error)
            raise
        is_logged = logger.isEnabledFor(logging.DEBUG)
        if is_logged or self._observers is not None:
            self._ended = clock.monotonic()
        if is_logged:
            self._log(logging.DEBUG, outcome)
        return outcome

    def _interrupted(self, error: BaseException) -> None:
        """Report an attempt that was refused on this side, or whose caller was cancelled or ran out of time."""
        why = error if isinstance(error, Exception) else None
        if why is None and self._context.clock.monotonic() >= self._ends_at:
            why = ExchangeError("the deadline ran out", timed_out=True)
        self.report_end(why, None)
        self._log(logging.DEBUG, why)

    def report_end(self, outcome: Response | BaseException | None, retry_in: float | None) -> None:
        """Report to the observers what came of the attempt. For the arguments see ``_end``."""
        if self._observers is not None:
            self._observers.attempt_ended(self._end(outcome, retry_in))

    def _end(self, outcome: Response | BaseException | None, retry_in: float | None) -> AttemptEnd:
        """Return what observers get to know of the attempt.

        Args:
            outcome: What came of it; None if it was cancelled.
            retry_in: Seconds until the next one, or None if there is none.
        """
        return AttemptEnd(
            number=self._number,
            status_code=outcome.status if isinstance(outcome, Response) else None,
            error=None if isinstance(outcome, Response) else _word(outcome),
            seconds=self._seconds(),
            sent=self.sent,
            retry_in=retry_in,
        )

    def _seconds(self) -> float:
        ended = self._context.clock.monotonic() if self._ended is None else self._ended
        return ended - self._started

    def _log(self, level: int, outcome: Response | BaseException | None, what: str = "") -> None:
        logger.log(
            level,
            "%s %s %s in %.0f ms (attempt %d, correlation id %s)%s",
            self._request.method,
            self._request.template,
            outcome.status if isinstance(outcome, Response) else _word(outcome),
            self._seconds() * 1000,
            self._number,
            self._settings.correlation_id,
            what,
        )

    def log_retry(self, why: str, wait: float) -> None:
        """Log that the attempt is followed by another one.

        Args:
            why: What came of it.
            wait: Seconds until the next one.
        """
        logger.info(
            "%s %s is retried in %.0f ms (attempt %d, correlation id %s): %s",
            self._request.method,
            self._request.template,
            wait * 1000,
            self._number,
            self._settings.correlation_id,
            why,
        )

    def release(self, permit: Callable[[], None]) -> None:
        """Give the permit of the attempt back when its exchange has ended. A detached exchange may still go on.

        Args:
            permit: Gives the permit back.
        """
        if self._trace.detached:
            self._release = permit
        else:
            permit()

    def _late(self, outcome: Response | BaseException) -> None:
        if self._release is not None:
            self._release()
        # The caller was cancelled or ran out of time: only the log and the hooks can report the outcome.
        self._log(logging.WARNING, outcome, "; its caller had gone")
        if self._observers is not None:
            self._observers.ended_late(self._end(outcome, None))

    def _transport_request(self, token: Secret | None) -> TransportRequest:
        request, settings = self._request, self._settings
        headers = [
            ("Accept", request.accept),
            _CONSTANT_HEADER,
            (CLIENT_NAME, self._context.client_name),
            (CORRELATION_ID, settings.correlation_id),
            *request.headers,
        ]
        if self._observers is not None:
            headers += self._observers.headers(OWN_HEADERS.union(folded(name) for name, _ in request.headers))
        if request.content_type is not None:
            headers.append(("Content-Type", request.content_type))
        return TransportRequest(
            method=request.method,
            path=request.path,
            query=request.query,
            headers=(*headers, *_authorization(token)),  # in no variable
            body=request.body,
            timeout=settings.timeout,
            deadline=self._ends_at,
            auth=self._context.auth,
            trace=self._trace,
            fresh=self._fresh,
            on_late=self._late if settings.at_most_once else None,
        )


def _authorization(token: Secret | None) -> tuple[tuple[str, str], ...]:
    return () if token is None else (("Authorization", f"Bearer {token.reveal()}"),)


def _word(outcome: BaseException | None) -> str:
    if outcome is None:
        return "cancelled"
    return "timed out" if isinstance(outcome, ExchangeError) and outcome.timed_out else "failed"
