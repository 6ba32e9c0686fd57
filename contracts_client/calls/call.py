"""One call: its deadline, its token, its attempts, and the one result or error that comes of them."""

from __future__ import annotations

import asyncio
import logging
import random
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any, Final, Generic, TypeVar

from .._generated.models import ErrorBody
from ..errors import APIError, APITimeoutError, ClientClosedError, ContractsError
from ..hooks import CallEnd
from ..openapi.classes import frozen
from ..openapi.errors import DecodeError, StatusError
from ..openapi.operation import Operation, Response
from ..resilience.gate import Permit
from ..resilience.rate_limit_headers import spike_arrest_spacing, tells_limits, used_up
from ..resilience.rate_limiter import TooLongError
from ..resilience.response_headers import retry_after_of
from ..resilience.retry import Retries
from ..secret import Secret
from ..transport.interface import ExchangeError
from ..transport.lifecycle import closed_error
from . import outcomes
from .attempt import Attempt
from .context import CallContext, CallSettings
from .observers import observers_of
from .outcomes import parse_error_body

T = TypeVar("T")

logger: Final = logging.getLogger(__name__.rsplit(".", 2)[0])

_UNAUTHORIZED = 401
_TOKEN_ENDED = frozenset({401, 408})
# What the API itself answers once it has accepted the token; the rest may come from a gateway in front of it.
_TOKEN_ACCEPTED = frozenset({*outcomes.SUCCESS, 400, 403, 404, 409, 422})


class Call(Generic[T]):
    """One call under way.

    Args:
        context: What all calls of the client share.
        settings: What this one is made with.
        operation: What to send, and how to read the response.
    """

    def __init__(self, context: CallContext, settings: CallSettings, operation: Operation[T]) -> None:
        self._context = context
        self._settings = settings
        self._request = operation.request
        self._parse = operation.parse
        self._clock = context.clock
        self._started = self._ends_at = 0.0
        self._retries = Retries(settings.retry, context.retry_budget, random.random, at_most_once=settings.at_most_once)
        self._observers = observers_of(context, settings, operation.request) if context.hooks else None
        self._attempt: Attempt | None = None  # the last one
        self._permit: Permit | None = None  # the last one
        self._is_queued = False
        self._waits_for_token = False
        self._attempts = 0
        self._status: int | None = None  # of the last attempt
        self._body: ErrorBody | None = None  # of the last attempt, if it was answered with an error
        self._failure: APIError | None = None  # of the last attempt, while the next one is waited for

    async def run(self) -> T:
        """Send the request until its outcome is known, and return what the response says.

        Raises:
            TokenError: There is no token.
            ClientClosedError: The client is closed, or was closed before anything was sent.
            ConfigurationError: The client belongs to another event loop.
            APIError: Anything else; see ``errors``.
        """
        life = self._context.life
        life.check_usable()
        self._started = self._clock.monotonic()
        self._ends_at = self._started + self._settings.deadline
        deadline = self._clock.timeout_at(self._ends_at)
        scope = life.begin(deadline)  # the end of the client ends it in a TimeoutError, as the deadline does
        try:
            result = await self._run(scope, deadline)
        except BaseException as error:
            self._report_end(error)
            raise
        finally:
            life.end(scope)
        if isinstance(result, _Failed):
            # The variables of the frames that it came through hold arguments, a token or a body, which an error
            # tracker would report: drop them. It is raised outside the except blocks, so that it carries no context.
            failure = result.error.with_traceback(None)
            self._report_end(failure)
            self._failure = None
            try:
                raise failure
            finally:
                del result, failure  # the error holds this frame: both would keep the caller's until they are collected
        self._report_end(None)
        return result

    async def _run(self, scope: asyncio.Timeout, deadline: AbstractAsyncContextManager[object]) -> T | _Failed:
        try:
            if scope is deadline:
                async with scope:
                    response = await self._response()
            else:
                async with scope, deadline:
                    response = await self._response()
            result = self._parse(response)
            if self._context.drift is not None:
                self._context.drift.look(self._settings.operation, result)
        except (DecodeError, StatusError, ContractsError) as error:
            return _Failed(self._error_of(error))
        except TimeoutError:  # a scope's
            return _Failed(self._out_of_time())
        return result

    def _error_of(self, error: DecodeError | StatusError | ContractsError) -> ContractsError:
        if isinstance(error, DecodeError):
            return outcomes.unreadable(
                error, self.details(), at_most_once=self._settings.at_most_once, status_code=self._status
            )
        if isinstance(error, StatusError):
            return outcomes.strange_status(error, self.details(), at_most_once=self._settings.at_most_once)
        return self._failure or error if isinstance(error, ClientClosedError) else error

    def _out_of_time(self) -> ContractsError:
        at_most_once, sent = self._settings.at_most_once, self._attempt is not None and self._attempt.sent
        if not self._context.life.has_ended_calls:
            if self._is_queued and self._failure is not None:
                return self._failure
            tokens = self._context.tokens if self._waits_for_token else None
            no_token = None if tokens is None else tokens.failure()
            if no_token is not None:
                return no_token
            what = f"the deadline of {self._settings.deadline:g} s ran out"
            if self._is_queued:
                what += " in the queue of the rate limiter; nothing was sent"
            return outcomes.timed_out(what, self.details(), at_most_once=at_most_once, sent=sent)
        if at_most_once and sent:
            return outcomes.unknown_outcome("the client was closed before the answer came", self.details())
        return self._failure or closed_error()

    def _report_end(self, error: BaseException | None) -> None:
        if self._observers is not None:
            seconds = self._clock.monotonic() - self._started
            end = CallEnd(attempts=self._attempts, status_code=self._status, error=error, seconds=seconds)
            self._observers.ended(end)

    async def _response(self) -> Response:
        """Make attempts until one is answered with a success.

        Raises:
            APIError: There is no attempt left, or no time for one.
        """
        context, settings, clock = self._context, self._settings, self._clock
        token = await self._token()
        renewed, fresh = False, settings.at_most_once
        while True:
            attempt = self._attempt = Attempt(
                context,
                settings,
                self._observers,
                self._request,
                number=self._attempts + 1,
                ends_at=self._ends_at,
                fresh=fresh,
            )
            permit = self._permit = await self._acquire()
            if not self._attempts:
                context.retry_budget.note_call(permit.started)
            self._attempts += 1
            self._status = None
            try:
                outcome = await attempt.run(token)
                wait = self._wait_after(outcome, permit, attempt)
            finally:
                attempt.release(partial(context.rate_limiter.release, permit))
            answered = outcome.status if isinstance(outcome, Response) else None
            if answered in _TOKEN_ACCEPTED and token is not None and context.tokens is not None:
                context.tokens.accept(token)
            if isinstance(outcome, Response) and answered in outcomes.SUCCESS:
                attempt.report_end(outcome, None)
                return outcome
            other = None
            try:
                other = await self._other_token(outcome, token, renewed=renewed)
            finally:
                if other is not None:
                    # 401 means that nothing was executed, so even the claim is sent again, with another token.
                    renewed, wait = True, 0.0
                if wait is not None and clock.monotonic() + wait >= self._ends_at:
                    wait = None  # it would end after the deadline: the caller may know now
                attempt.report_end(outcome, wait)
            failure = self._failure_of(outcome, attempt)
            if wait is None:
                raise failure
            self._failure = failure
            attempt.log_retry(failure.message, wait)
            # If one idle connection has died, the others may have died with it.
            fresh = settings.at_most_once or (isinstance(outcome, ExchangeError) and outcome.stale)
            if isinstance(outcome, ExchangeError) or not outcomes.is_limited(outcome.status, self._body):
                await clock.sleep(wait)  # the rate limiter holds back what was refused
            token = other or await self._token()

    def _wait_after(self, outcome: Response | ExchangeError, permit: Permit, attempt: Attempt) -> float | None:
        """Return the seconds to wait before another attempt, or None for no other attempt."""
        if isinstance(outcome, ExchangeError):
            return self._retries.after_failure(outcome, sent=attempt.sent and not outcome.never_sent)
        return self._wait_after_response(outcome, permit)

    def _wait_after_response(self, response: Response, permit: Permit) -> float | None:
        self._status = response.status
        rate_limiter, headers = self._context.rate_limiter, response.headers
        if response.status in outcomes.SUCCESS and not tells_limits(headers):
            self._body = None
            rate_limiter.answered(permit)
            return None
        self._body = None if response.status in outcomes.SUCCESS else parse_error_body(response)
        limited, retry_after = outcomes.is_limited(response.status, self._body), self._retry_after(response)
        limits = used_up(headers, self._clock.wall())
        for limit in limits:
            if limit.seconds is not None and retry_after is None:  # else the server has said how long to wait
                rate_limiter.close(limit.seconds, None if limit.is_tokens else permit.operation)
        if limited:
            is_tokens = outcomes.is_tokens_quota(self._body) or any(limit.is_tokens for limit in limits)
            rate_limiter.refused(permit, retry_after, is_tokens=is_tokens, spacing=spike_arrest_spacing(headers))
        else:
            rate_limiter.answered(permit)
        if response.status in outcomes.SUCCESS:
            return None
        wait = self._retries.after_status(response.status, retry_after, limited=limited)
        return max(wait, rate_limiter.pause(permit.operation)) if limited and wait is not None else wait

    async def _acquire(self) -> Permit:
        self._is_queued = True
        try:
            permit = await self._context.rate_limiter.acquire(self._settings.operation, self._ends_at, self._permit)
        except TooLongError as error:
            seconds = error.seconds
        else:
            self._is_queued = False
            return permit
        if self._failure is not None:
            raise self._failure
        raise APITimeoutError(
            f"the rate limit lets the request pass in {seconds:.1f} s, which is after the deadline; nothing was sent",
            **self.details(retry_after=seconds, safe_to_retry=True),
        )

    async def _token(self) -> Secret | None:
        tokens = self._context.tokens
        if tokens is None:
            return None
        self._waits_for_token = True
        token = await tokens.get(self._ends_at, retry=self._settings.retry is not None)
        self._waits_for_token = False
        return token

    async def _other_token(
        self, outcome: Response | ExchangeError, token: Secret | None, *, renewed: bool
    ) -> Secret | None:
        """Reject a token that has ended, and return another one after a 401, once a call."""
        tokens = self._context.tokens
        if tokens is None or token is None or isinstance(outcome, ExchangeError):
            return None
        if outcome.status not in _TOKEN_ENDED or not tokens.reject(token):
            return None
        if outcome.status != _UNAUTHORIZED or renewed:
            # 408 says that the token ended on the way: the request may have been executed.
            return None
        self._attempt = None  # the call waits for a token now: nothing of the request was executed
        other = await self._token()
        return other if other != token else None

    def _failure_of(self, outcome: Response | ExchangeError, attempt: Attempt) -> APIError:
        details, at_most_once = self.details(), self._settings.at_most_once
        if isinstance(outcome, ExchangeError):
            return outcomes.no_response(
                outcome, details, at_most_once=at_most_once, sent=attempt.sent and not outcome.never_sent
            )
        return outcomes.refused(
            self._request,
            outcome,
            self._body,
            self._retry_after(outcome),
            details,
            advice=self._context.advice,
            at_most_once=at_most_once,
        )

    def _retry_after(self, response: Response) -> float | None:
        return retry_after_of(response.headers, self._clock.wall())

    def details(self, **more: Any) -> dict[str, Any]:
        """Return what every APIError carries, as it is by now."""
        return {
            "operation": self._settings.operation,
            "correlation_id": self._settings.correlation_id,
            "attempts": self._attempts,
            "elapsed": self._clock.monotonic() - self._started,
            **more,
        }


@frozen
class _Failed:
    error: ContractsError
