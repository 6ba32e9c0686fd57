"""The errors of the client: the tree of all that it raises.

::

    ContractsError
    ├── ConfigurationError (ValueError)
    ├── InvalidArgumentError (ValueError)
    ├── TokenError
    ├── ClientClosedError
    ├── PagingError
    └── APIError
        ├── APIConnectionError
        │   ├── APITimeoutError
        │   └── OutcomeUnknownError
        │       └── UnreadableOutcomeError (ResponseDecodeError)
        ├── ResponseDecodeError
        └── APIStatusError
            ├── BadRequestError             400
            ├── AuthenticationError         401
            ├── PermissionDeniedError       403
            ├── NotFoundError               404
            ├── ConflictError               409
            ├── UnprocessableEntityError    422
            ├── RateLimitError              429
            └── ServerError                 5xx

No error holds a secret. ``str()`` and ``repr()`` show no body and no customer number. A pickle or a copy leaves the
error body out, so it may go to a job queue or an error tracker. ``type(error)(*error.args)``, as some libraries copy
errors, keeps the text, and leaves the other attributes at their defaults.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any, Final, Self

from attrs import evolve

from ._generated.models import ErrorBody
from .bookmark import Bookmark

FIND_OUT: Final = (
    "it may have been executed all the same, so do not send it again unasked: "
    "find_claim() reads the contracts by external reference to find out"
)
"""What to do about a claim whose outcome is unknown."""

_LOOK: Final = (
    "it may have been executed all the same, so do not send it again unasked: read what it changes to find out"
)


def find_out(operation: str) -> str:
    """Return what to do about a call whose outcome is unknown: a claim, or a request of the user's own."""
    return _LOOK if operation == "request" else FIND_OUT


_WORD: Final = "(?:[A-Za-z]+[0-9]{0,5}|[0-9]{1,5})"
_CODE: Final = partial(re.fullmatch, rf"(?=.{{1,64}}$){_WORD}(?:[._]{_WORD})*")


def shown_code(value: object) -> str:
    """Return a server's error code for the text of an error, in parentheses, or nothing if it is none.

    A code is words of letters, each with at most five digits at its end, or such digits alone. No pickup code, UUID,
    token or sentence looks like that, nor does a customer number of more digits.
    """
    return f" (error code {value})" if isinstance(value, str) and _CODE(value) else ""


def _restore(cls: type[ContractsError], message: str, state: dict[str, Any]) -> ContractsError:
    error = cls.__new__(cls, message)
    error.args = (message,)
    error.__dict__.update(state)
    return error


class ContractsError(Exception):
    """Any error of this package.

    Args:
        message: What happened and what to do next, without any personal value.

    Attributes:
        bookmark: Where to go on with the listing that was read, by ``resume=``; None if no listing was read.
    """

    bookmark: Bookmark | None = None

    def __init__(self, message: str) -> None:
        super().__init__(message)

    @property
    def message(self) -> str:
        """What happened and what to do next."""
        return str(self.args[0])

    def _state(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.message, self._state())


class ConfigurationError(ContractsError, ValueError):
    """The client can't be built like that: a wrong client name, a base URL without TLS, a missing variable."""


class InvalidArgumentError(ContractsError, ValueError):
    """An argument of a call can't be sent. Nothing was sent.

    Attributes:
        argument: Name of the argument, such as ``travel_date``.
        rule: The rule that it breaks. Holds no value.
    """

    def __init__(self, argument: str, rule: str = "") -> None:
        super().__init__(f"{argument} {rule}" if rule else argument)
        self.argument, _, self.rule = (argument, "", rule) if rule else argument.partition(" ")


class TokenError(ContractsError):
    """No token could be had, so nothing was sent to the API.

    Attributes:
        status_code: The HTTP status of the token endpoint, or None if it sent no response.
        correlation_id: X-Correlation-Id of the token request, or None if the client sent none.
        retry_after: Seconds until the client asks for a token again, or None if the next call asks at once.
        safe_to_retry: Whether the same call may succeed later, as after a fault of the network. If so, the client has
            retried the token request until the deadline of the call.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int | None = None,
        correlation_id: str | None = None,
        retry_after: float | None = None,
        safe_to_retry: bool = False,
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.correlation_id = correlation_id
        self.retry_after = retry_after
        self.safe_to_retry = safe_to_retry


class ClientClosedError(ContractsError):
    """The client was used after it was closed."""


class PagingError(ContractsError):
    """A listing changed or repeats itself while it is read, so that going on would lie or never end."""


class APIError(ContractsError):
    """A call to the API failed. See the subclasses.

    Attributes:
        operation: Name of the client's method, such as ``list_contracts``.
        correlation_id: The call's X-Correlation-Id; quote it to the provider's support.
        attempts: How many requests the call sent, or tried to send.
        elapsed: Seconds that the call took.
        retry_after: Seconds that the server asks to wait, or None if it does not say.
        safe_to_retry: Whether the same call may succeed later, and nothing would be done twice.
    """

    def __init__(  # an error carries what the one on call needs
        self,
        message: str,
        *,
        operation: str = "",
        correlation_id: str = "",
        attempts: int = 1,
        elapsed: float = 0.0,
        retry_after: float | None = None,
        safe_to_retry: bool = False,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.correlation_id = correlation_id
        self.attempts = attempts
        self.elapsed = elapsed
        self.retry_after = retry_after
        self.safe_to_retry = safe_to_retry

    def __str__(self) -> str:
        if not self.operation:
            return self.message
        return (
            f"{self.operation}: {self.message}"
            f" [correlation id {self.correlation_id}, attempts {self.attempts}, {self.elapsed:.2f} s]"
        )


class APIConnectionError(APIError):
    """The exchange failed before a whole response was there: DNS, connect, TLS, write, read."""


class APITimeoutError(APIConnectionError):
    """The timeout of an attempt, or the deadline of the call, ran out."""


class OutcomeUnknownError(APIConnectionError):
    """A claim that may have been executed: its answer was lost, or says nothing about it.

    The client never sends it again by itself. To find out, call ``find_claim()``, which reads the contracts by external
    reference: the claim was executed if the customer is among their consumers. A request of your own that is sent at
    most once, by ``request()``, raises it too.

    Attributes:
        status_code: The HTTP status, or None if there was none.
    """

    def __init__(self, message: str, *, status_code: int | None = None, **context: Any) -> None:
        super().__init__(message, **context)
        self.status_code = status_code


class ResponseDecodeError(APIError):
    """A successful response is not what the specification says.

    Attributes:
        path: The place in the JSON document, such as ``items[3].createdAt``; empty for the whole of it.
        expected: What the specification says.
        found: The JSON type that was there instead. Never the value.
        past: Page and position of the item of a listing that can't be read, both from 1; None for anything else.
    """

    past: tuple[int, int] | None = None

    @property
    def bookmark_after(self) -> Bookmark | None:
        """As ``bookmark``, but the item that can't be read is left out: where to go on without it.

        Items before it that were not yielded are yielded then. It is None if the fault is no item of a listing.
        """
        return None if self.bookmark is None or self.past is None else evolve(self.bookmark, past=self.past)

    def __init__(self, path: str, expected: str = "", found: str = "", **context: Any) -> None:
        what = f"{path or 'the document'}: expected {expected}, found {found}"
        super().__init__(f"the response is not what the specification says: {what}" if expected else path, **context)
        self.path = path if expected else ""
        self.expected = expected
        self.found = found


class UnreadableOutcomeError(OutcomeUnknownError, ResponseDecodeError):
    """A claim whose answer is no failure but can't be read, so that it may have been executed."""

    def __init__(
        self, path: str, expected: str = "", found: str = "", *, status_code: int | None = None, **context: Any
    ) -> None:
        ResponseDecodeError.__init__(self, path, expected, found, **context)
        if expected:
            self.args = (f"{self.message}; {find_out(self.operation)}",)
        self.status_code = status_code


class APIStatusError(APIError):
    """The API answered with a status that is no success.

    Attributes:
        status_code: The HTTP status code; 0 in an error that was made of a text alone.
        error: What the body says, or None if it says nothing. It may quote personal values: do not log it whole.
    """

    def __init__(self, message: str, *, status_code: int = 0, error: ErrorBody | None = None, **context: Any) -> None:
        super().__init__(message, **context)
        self.status_code = status_code
        self.error = error

    def _state(self) -> dict[str, Any]:
        return {**super()._state(), "error": None}

    @classmethod
    def for_status(cls, status_code: int, error: ErrorBody | None, message: str, **context: Any) -> Self:
        """Return the error of the class that belongs to the status."""
        kind: Any = _BY_STATUS.get(status_code, ServerError if status_code >= _SERVER_ERROR else APIStatusError)
        made: Self = kind(message, status_code=status_code, error=error, **context)
        return made


class BadRequestError(APIStatusError):
    """400: the API refuses the request, or a rule of its own forbids it."""


class AuthenticationError(APIStatusError):
    """401: the token is missing, invalid or expired, and so was a new one."""


class PermissionDeniedError(APIStatusError):
    """403: the token is valid but lacks permission."""


class NotFoundError(APIStatusError):
    """404: there is no such thing."""


class ConflictError(APIStatusError):
    """409: the request contradicts what is there."""


class UnprocessableEntityError(APIStatusError):
    """422: the request is well formed and makes no sense to the API."""


class RateLimitError(APIStatusError):
    """429: too many requests. ``retry_after`` says how long to wait, if the API says so."""


class ServerError(APIStatusError):
    """5xx: the API, or a gateway in front of it, failed."""


_SERVER_ERROR = 500
_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}
