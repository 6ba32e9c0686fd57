"""What was called: each call of the client, and each request that came of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, cast

import httpx
from attrs import define, field

from ...headers import CORRELATION_ID
from ...hooks import AttemptEnd, CallEnd, CallObserver, CallStart
from ...models import Consumption
from .operations import REQUEST, TOKEN, own_arguments, read_request

if TYPE_CHECKING:
    from ...sandbox.app import State

_ERROR: Final = 400


@define(eq=False, repr=False)
class RecordedRequest:
    """One request that reached the fake, or was on its way to it.

    Attributes:
        operation: Name of the client's method, "token" for a request for a token.
        arguments: What it was called with, by the names of the method's parameters, as far as it was sent.
        method: The HTTP method.
        path: The path, percent-encoded as it was sent.
        headers: The headers.
        body: The body.
        attempt: Which attempt of its call it was, from 1.
        status_code: What it was answered with, or None if no answer went out.
        fault: What was scripted for it, or None.
        mistake: Why that could not be done, or None: the script's fault, which the client takes for the connection's.
        changed: Whether it changed the answer, where that was scripted.
    """

    operation: str
    arguments: Mapping[str, Any]
    method: str
    path: str
    headers: httpx.Headers
    body: bytes
    attempt: int = 1
    status_code: int | None = None
    fault: str | None = None
    mistake: Exception | None = None
    changed: bool = True

    @property
    def correlation_id(self) -> str:
        """The X-Correlation-Id, or an empty text."""
        return str(self.headers.get(CORRELATION_ID, ""))

    @property
    def outcome(self) -> str:
        """What came of it, in a word or two."""
        if self.mistake is not None:
            return f"{self.fault or 'the fake'}, which failed: {self.mistake}"
        if self.status_code is None:
            return self.fault or "no answer yet"
        status = str(self.status_code)
        return status if self.fault is None or status in self.fault else f"{status} ({self.fault})"

    def json(self) -> Any:
        """Return the body's JSON."""
        return json.loads(self.body)

    def __repr__(self) -> str:
        return f"<{spelled(self.operation, self.arguments)}, attempt {self.attempt}: {self.outcome}>"


@define(eq=False, repr=False)
class RecordedCall:
    """One call of the client: its requests, and what its caller got. A page of a listing is a call.

    Attributes:
        operation: Name of the client's method, such as ``list_contracts``. ``find_claim`` calls
            ``list_contracts_by_external_ref``.
        correlation_id: The X-Correlation-Id of all its requests.
        requests: The requests, one an attempt.
        status_code: The HTTP status of the last attempt, or None if none came, or none yet, or if the client runs
            elsewhere: then that of its requests is known.
        error: What the caller got instead of a result, or None, also where that is not known.
        seconds: How long it took on the clock, or None while it goes on.
    """

    operation: str
    correlation_id: str
    requests: list[RecordedRequest] = field(factory=list[RecordedRequest])
    status_code: int | None = None
    error: BaseException | None = None
    seconds: float | None = None

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What it was called with, by the names of the method's parameters, as far as it was sent."""
        return self.requests[0].arguments if self.requests else {}

    @property
    def headers(self) -> httpx.Headers:
        """The headers of its last request."""
        return self.requests[-1].headers if self.requests else httpx.Headers()

    @property
    def attempts(self) -> int:
        """How many requests there were."""
        return len(self.requests)

    @property
    def outcome(self) -> str:
        """What came of it, in a few words."""
        made = [each.outcome for each in self.requests]
        ended = (made or ["no end yet"])[-1] if self.error is None else type(self.error).__name__
        if len(made) > 1:
            return f"{ended} after {len(made)} attempts ({', '.join(made)})"
        how = made[0] if made else "nothing was sent"
        return ended if how == ended else f"{ended} ({how})"

    def is_repeated_by(self, request: RecordedRequest) -> bool:
        """Whether a request asks once more for what was not answered well."""
        last = self.requests[-1] if self.requests else None
        return (
            last is not None
            and (last.operation, last.arguments) == (request.operation, request.arguments)
            and (last.status_code is None or last.status_code >= _ERROR)
        )

    def __repr__(self) -> str:
        return f"<{spelled(self.operation, self.arguments)} -> {self.outcome}>"


def spelled(operation: str, arguments: Mapping[str, Any]) -> str:
    """Spell a call as its caller would have."""
    return f"{operation}({', '.join(f'{name}={_shown(value)}' for name, value in arguments.items())})"


def _shown(value: Any) -> str:
    """As repr does, but with the customers that a consumption's own repr masks: a test asks for them."""
    if isinstance(cast("object", value), list):
        items: list[Any] = value
        return f"[{', '.join(map(_shown, items))}]"
    if isinstance(value, Consumption):
        said = {name: getattr(value, name) for name in Consumption.json_names.values()}
        return spelled("Consumption", {name: each for name, each in said.items() if each is not None})
    return repr(value)


class RunningCall(CallObserver):
    """A call under way, as the client tells of it.

    Args:
        recorder: Who keeps the record.
        record: What is kept.

    Attributes:
        left: Set when nobody waits any more for the attempt that is made.
        attempt: The number of the attempt.
    """

    def __init__(self, recorder: Recorder, record: RecordedCall) -> None:
        self.recorder = recorder
        self.record = record
        self.left = asyncio.Event()
        self.attempt = 0

    def attempt_started(self, number: int) -> None:
        """Note the attempt, and let its exchange know of its call: it runs in a copy of this context."""
        self.attempt = number
        self.left = asyncio.Event()
        _running.set(self)

    def attempt_ended(self, attempt: AttemptEnd) -> None:
        """Let the fake know that nobody waits for an answer any more."""
        self.record.status_code = attempt.status_code
        self.left.set()
        _running.set(None)

    def ended(self, end: CallEnd) -> None:
        """Note the result or error of the caller."""
        self.record.status_code, self.record.error, self.record.seconds = end.status_code, end.error, end.seconds


_running: ContextVar[RunningCall | None] = ContextVar("running", default=None)


class Recorder:
    """Keeps what was called. It is a hook for the clients of the fake.

    Args:
        state: The sandbox's.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self.calls: list[RecordedCall] = []
        self.requests: list[RecordedRequest] = []

    def __call__(self, start: CallStart) -> RunningCall:
        """Note a call that starts."""
        record = RecordedCall(start.operation, start.correlation_id)
        self.calls.append(record)
        return RunningCall(self, record)

    def note(self, request: httpx.Request) -> tuple[RecordedRequest, asyncio.Event]:
        """Note a request.

        Returns:
            The record, and what is set when nobody waits for its answer any more. Of a request that no call of this
            fake's clients made, that is never known; it is one more attempt of the call before it with its correlation
            id and arguments, unless that was answered well, or else a call of its own.
        """
        operation, arguments = read_request(self._state, request)
        record = RecordedRequest(
            operation,
            arguments,
            request.method,
            request.url.raw_path.decode("ascii"),
            request.headers,
            request.content,
        )
        self.requests.append(record)
        left = asyncio.Event()
        if operation != TOKEN:
            running = _running.get()
            if running is not None and running.recorder is self:
                record.operation, record.attempt, left = running.record.operation, running.attempt, running.left
                if record.operation == REQUEST:
                    record.arguments = own_arguments(request)
                running.record.requests.append(record)
            else:
                self._take_for_another_attempt(record)
        return record, left

    def _take_for_another_attempt(self, record: RecordedRequest) -> None:
        """Add a request to the call that it is an attempt of, or to a new one: all that is known is what was sent."""
        for call in reversed(self.calls):
            if call.correlation_id == record.correlation_id != "" and call.is_repeated_by(record):
                call.requests.append(record)
                record.attempt = call.attempts
                return
        self.calls.append(RecordedCall(record.operation, record.correlation_id, [record]))
