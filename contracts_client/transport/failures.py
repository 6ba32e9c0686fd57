"""What a fault below the port becomes: an error that says what happened, without a word of the library's own."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Final

from .body import BodyError
from .library import Library
from .trace import ExchangeError, RequestTrace

# By name, since httpx and httpx2 have the same. What is not listed happened after the request had begun.
_KINDS: Final = {
    "ConnectError": "the server can't be reached",
    "ConnectTimeout": "the server did not accept a connection in time",
    "PoolTimeout": "no connection was free in time",
    "WriteTimeout": "the server did not take the request in time",
    "ReadTimeout": "the server did not answer in time",
    "ProxyError": "the proxy refused",
    "UnsupportedProtocol": "the request would have gone elsewhere than to the API",
}
_NEVER_SENT: Final = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"})
_DROPPED: Final = frozenset({"ReadError", "WriteError", "RemoteProtocolError"})
_TOO_LARGE: Final = 431
# What a proxy refuses whoever asks again: credentials that are missing, and what its rules forbid.
_PROXY_REFUSALS: Final = ("403", "407")
# httpcore's words for the end of a connection without a byte of a response.
_NO_ANSWER: Final = "without sending"


def failure_of(error: Exception, library: Library, progress: RequestTrace, *, is_own: bool) -> ExchangeError:
    """Return what a fault becomes. The library's messages may quote what was sent, so none of them is in it.

    Args:
        error: What the transport raised, or the body reader.
        library: What the transport belongs to.
        progress: How far the exchange had got.
        is_own: Whether the transport is the library's own, rather than one of the user's.
    """
    if isinstance(error, ExchangeError):
        return error
    if isinstance(error, BodyError):
        passing = error.truncated or error.corrupt
        return ExchangeError(str(error), unusable=not passing, transient=passing, once_more=error.corrupt)
    name = type(error).__name__
    if not isinstance(error, library.errors):
        # A transport or an httpx.Auth of the user's; what is no fault of the network will be there the next time too.
        return ExchangeError(f"the connection failed ({name})", transient=isinstance(error, OSError))
    chain = list(_chain(error))
    if name == "ConnectError" and any(isinstance(cause, ssl.SSLError) for cause in chain):
        return _tls_failure(chain)
    if name == "RemoteProtocolError" and any(_is_too_large(cause) for cause in chain):
        return ExchangeError("the head of the response is too large", transient=False)
    dns = name == "ConnectError" and any(isinstance(cause, socket.gaierror) for cause in chain)
    dropped = _is_dropped(name, error, progress)
    what = "the server's name can't be resolved" if dns else _KINDS.get(name, _BROKE)
    return ExchangeError(
        f"{what} ({name})",
        # Transports of other libraries may call a connection that broke after the request a ConnectTimeout: what they
        # report on the way counts, not the name.
        never_sent=name in _NEVER_SENT and (is_own or not progress.sent),
        timed_out=isinstance(error, library.module.TimeoutException),
        transient=name != "UnsupportedProtocol"
        and not (name == "ProxyError" and str(error).startswith(_PROXY_REFUSALS)),
        stale=dropped and progress.reused,
        once_more=dns or (dropped and not progress.reused),
    )


def _tls_failure(chain: list[BaseException]) -> ExchangeError:
    if any(isinstance(cause, ssl.SSLEOFError) for cause in chain):
        # Some servers that have no protocol in common hang up without a word, hence no more than one more try.
        return ExchangeError(
            "the server ended the connection during the TLS handshake; if it always does, it may not speak TLS 1.2",
            never_sent=True,
            once_more=True,
        )
    # An alert of an internal error too: it is what servers send that have no protocol, or no name, in common.
    return ExchangeError(
        "the server's TLS certificate or protocol was not accepted; for an authority of your own pass ssl_context, "
        "or name its file in SSL_CERT_FILE",
        never_sent=True,
        transient=False,
    )


_BROKE: Final = "the connection broke before the whole response was there"


def _is_dropped(name: str, error: Exception, progress: RequestTrace) -> bool:
    """Tell whether the server ended the connection without a byte of a response."""
    if progress.answered or name not in _DROPPED:
        return False
    return name != "RemoteProtocolError" or _NO_ANSWER in str(error)


def _is_too_large(cause: BaseException) -> bool:
    return getattr(cause, "error_status_hint", None) == _TOO_LARGE


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
