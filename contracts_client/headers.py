"""Headers of requests and responses: client name, correlation id, and headers that come twice."""

import os
import re
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final, TypeAlias, cast

from ._version import __version__
from .defaults import MAX_CLIENT_NAME_LENGTH, MAX_CORRELATION_ID_LENGTH
from .errors import ConfigurationError, InvalidArgumentError

CLIENT_NAME: Final = "ET-Client-Name"
CORRELATION_ID: Final = "X-Correlation-Id"
USER_AGENT: Final = f"contracts-client/{__version__}"

_LONGEST_REPEATED: Final = 1024  # characters

_CLIENT_NAME_PART = re.compile(r"[_.]*[a-z0-9][a-z0-9_.]*").fullmatch
_CORRELATION_ID = re.compile(r"[\x21-\x7e]+").fullmatch
_SENT_ONCE: Final = frozenset(
    {
        *("content-length", "content-type", "date", "location", "retry-after"),
        *("ratelimit-remaining", "ratelimit-reset", "rate-limit-available", "rate-limit-expiry-time"),
        *("x-ratelimit-remaining", "x-ratelimit-reset", "x-ratelimit-reset-after"),
        *("x-rate-limit-remaining", "x-rate-limit-reset", "spike-allowed", "spike-arrest-allowed"),
    }
)
_REPEATED = re.compile(r"([^,]+(?:, [^,]+)?)(?:, \1)+").fullmatch  # a date has a comma of its own
# RFC 9110, 5.1 and 5.5, without the characters that only a parser lets pass.
_HEADER_NAME = re.compile(rb"[A-Za-z0-9!#$%&'*+.^_`|~-]+").fullmatch
_HEADER_VALUE = re.compile(rb"(?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?").fullmatch

# RFC 9562, 5.4: the bits of a UUID that are random, and those that say so.
_VERSION_4: Final = 0x4 << 76 | 0x2 << 62
_RANDOM_BITS: Final = (1 << 128) - 1 ^ (0xF << 76 | 0x3 << 62)

CorrelationIdSource: TypeAlias = Callable[[], str]
CorrelationIdLike: TypeAlias = CorrelationIdSource | ContextVar[str] | ContextVar[str | None]


def checked_client_name(name: object) -> str:
    """Return a client name that may be sent as ET-Client-Name.

    The provider documents the form ``<company>-<application>`` and publishes no other rule. Its examples are in lower
    case, and write a space within a name as ``_``. This is required here, since the provider may block callers that it
    does not recognise.

    Raises:
        ConfigurationError: It has another form.
    """
    if (
        not isinstance(name, str)
        or len(name) > MAX_CLIENT_NAME_LENGTH
        or "-" not in name
        or not all(map(_CLIENT_NAME_PART, name.split("-")))
    ):
        raise ConfigurationError(
            "the client name must be <company>-<application>, such as acme-ticketshop: "
            "lower-case letters a-z, digits, '_' and '.', joined by at least one '-', "
            f"{MAX_CLIENT_NAME_LENGTH} characters at most; write a space within a name as '_'"
        )
    return name


def new_correlation_id() -> str:
    """Return a new random UUID in lower case, which the API echoes unchanged."""
    # The text alone: an object of the class UUID on the way would cost three times as much.
    digits = f"{int.from_bytes(os.urandom(16)) & _RANDOM_BITS | _VERSION_4:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def correlation_id_source(value: object) -> CorrelationIdSource | None:
    """Return the function that makes the correlation ids of calls.

    Args:
        value: The function, or a context variable that holds the id. A call gets a new id if the variable holds none,
            None or an empty text.

    Returns:
        The function, or None if the value is neither.
    """
    if isinstance(value, ContextVar):
        variable = cast("ContextVar[str | None]", value)

        def read() -> str:
            try:
                found = variable.get()  # with no default of ours, which would come before its own
            except LookupError:
                found = None
            return new_correlation_id() if found in (None, "") else found

        return read
    return cast("CorrelationIdSource", value) if callable(value) else None


def received(name: str, value: str) -> str:
    """Return the value of a response's header, without a repetition.

    The API and gateways in front of it may each send a header that comes once. HTTP libraries join them with a comma.

    Args:
        name: Its name, in lower case.
        value: The value, as the HTTP library joins it.
    """
    if name not in _SENT_ONCE or "," not in value or len(value) > _LONGEST_REPEATED:
        return value
    repeated = _REPEATED(value)
    return value if repeated is None else repeated[1]


def folded(name: str) -> str:
    """Return a header's name as servers compare it: some (CGI, WSGI) take an underscore for a hyphen."""
    return name.lower().replace("_", "-")


def is_sendable(name: bytes, value: bytes) -> bool:
    """Tell whether a header that is not the client's own may be sent: no line break ends it and begins another."""
    return _HEADER_NAME(name) is not None and _HEADER_VALUE(value) is not None


def checked_correlation_id(value: object) -> str:
    """Return a correlation id that may be sent.

    Raises:
        InvalidArgumentError: It is no text of visible ASCII characters, or too long.
    """
    if not isinstance(value, str) or len(value) > MAX_CORRELATION_ID_LENGTH or _CORRELATION_ID(value) is None:
        raise InvalidArgumentError(
            "correlation_id", f"must be 1 to {MAX_CORRELATION_ID_LENGTH} visible ASCII characters without spaces"
        )
    return value
