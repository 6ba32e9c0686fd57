"""Faults of a library, as errors that say what happened, without any text of the library."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Iterator
from typing import Final, cast

from .body import BodyError
from .interface import ExchangeError, RequestTrace
from .library import Library

# By name, since httpx and httpx2 have the same names. Errors that are not listed happened after the request had begun.
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
# Refusals of a proxy that will be the same the next time: of HTTP, and httpcore's texts for the replies of SOCKS.
_PROXY_REFUSES: Final = re.compile(
    r"4(?!08|25|29)\d\d\b|50[15]\b|Requested |Invalid username/password|.*(not allowed by ruleset|not supported)\.$"
).match
# A server refuses the client's certificate. Under TLS 1.3 it says so only after the client has sent its request.
_REFUSES: Final = re.compile(r".*ALERT_(.*CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)").match
_NO_MORE_FILES: Final = frozenset({errno.EMFILE, errno.ENFILE})
# httpcore's text for the end of a connection without a byte of a response.
_NO_ANSWER: Final = "without sending"


def failure_of(error: Exception, library: Library, trace: RequestTrace, *, is_own: bool) -> ExchangeError:
    """Return the error for a fault. It has no text of the library's, since that may quote what was sent.

    Args:
        error: The error that the transport or the body reader raised.
        library: The library of the transport.
        trace: The trace of the exchange.
        is_own: Whether the transport is the library's own, rather than one of the user's.
    """
    if isinstance(error, ExchangeError):
        return error
    if isinstance(error, BodyError):
        passing = error.truncated or error.corrupt
        return ExchangeError(str(error), unusable=not passing, transient=passing, retry_once=error.corrupt)
    chain = tuple(_chain(error))
    is_certain = is_own or not trace.sent  # transports of other libraries may name a fault as they like
    return _lasting(error, chain, trace, is_certain=is_certain) or _passing(
        error, chain, library, trace, is_certain=is_certain
    )


def _lasting(
    error: Exception, chain: tuple[BaseException, ...], trace: RequestTrace, *, is_certain: bool
) -> ExchangeError | None:
    """Return the error for a fault that a retry would meet too, or None for another fault."""
    name = type(error).__name__
    if any(isinstance(cause, OSError) and is_out_of_files(cause) for cause in chain):
        return ExchangeError(f"{_TOO_MANY_FILES} ({name})", never_sent=is_certain and not trace.sent)
    tls = next((cause for cause in chain if isinstance(cause, ssl.SSLError)), None)
    if tls is not None and _refuses_certificate(tls, trace):
        what = "the server refused the client's TLS certificate, or asks for one: pass an ssl_context that has one"
        return ExchangeError(what, never_sent=is_certain, transient=False)
    if tls is not None and name == "ConnectError":
        return _tls_failure(chain)
    if name == "RemoteProtocolError" and any(_is_too_large(cause) for cause in chain):
        return ExchangeError("the head of the response is too large", transient=False)
    if name == "ProxyError" and _PROXY_REFUSES(str(error)):
        what = f"the proxy refused: check its address, its credentials and its rules ({name})"
        return ExchangeError(what, never_sent=is_certain, transient=False)
    return None


def _passing(
    error: Exception, chain: tuple[BaseException, ...], library: Library, trace: RequestTrace, *, is_certain: bool
) -> ExchangeError:
    """Return the error for any other fault."""
    name = type(error).__name__
    if not isinstance(error, library.errors):
        # Of a transport or an httpx.Auth of the user's. Only a fault of the network may be over the next time.
        return ExchangeError(f"the connection failed ({name})", transient=isinstance(error, OSError))
    dns = name == "ConnectError" and any(isinstance(cause, socket.gaierror) for cause in chain)
    dropped = _is_dropped(name, error, trace)
    what = "the server's name can't be resolved" if dns else _KINDS.get(name, _BROKE)
    return ExchangeError(
        f"{what} ({name})",
        # A transport of another library may raise ConnectTimeout for a connection that broke after the request, so the
        # trace counts, not the name.
        never_sent=name in _NEVER_SENT and is_certain,
        timed_out=isinstance(error, library.module.TimeoutException),
        transient=name != "UnsupportedProtocol",
        stale=dropped and trace.reused,
        retry_once=dns or (dropped and not trace.reused),
    )


def _refuses_certificate(error: ssl.SSLError, trace: RequestTrace) -> bool:
    reason: str | None = getattr(error, "reason", None)
    # If the server has answered before, it has not refused the certificate.
    return reason is not None and bool(_REFUSES(reason)) and not (trace.answered or trace.reused)


def _tls_failure(chain: tuple[BaseException, ...]) -> ExchangeError:
    if any(isinstance(cause, ssl.SSLEOFError) for cause in chain):
        # Some servers without a common protocol close the connection without an alert, so there is one retry only.
        return ExchangeError(
            "the server ended the connection during the TLS handshake; if it always does, it may not speak TLS 1.2",
            never_sent=True,
            retry_once=True,
        )
    # An alert of an internal error too: servers without a common protocol, or without the name, send it.
    return ExchangeError(
        "the server's TLS certificate or protocol was not accepted; for an authority of your own pass ssl_context, "
        "or name its file in SSL_CERT_FILE",
        never_sent=True,
        transient=False,
    )


_TOO_MANY_FILES: Final = "too many open files: raise the limit of the process (ulimit -n), or lower max_concurrency"
_BROKE: Final = "the connection broke before the whole response was there"


def _is_dropped(name: str, error: Exception, trace: RequestTrace) -> bool:
    """Tell whether the server ended the connection without a byte of a response."""
    if trace.answered or name not in _DROPPED:
        return False
    return name != "RemoteProtocolError" or _NO_ANSWER in str(error)


def _is_too_large(cause: BaseException) -> bool:
    return getattr(cause, "error_status_hint", None) == _TOO_LARGE


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        if isinstance(seen, BaseExceptionGroup):  # of the attempts to reach several addresses
            group = cast("BaseExceptionGroup[BaseException]", seen)
            for each in group.exceptions:
                yield from _chain(each)
        seen = seen.__cause__ or seen.__context__


def is_out_of_files(error: OSError) -> bool:
    """Tell whether the process, or the machine, may open no more files and sockets."""
    return error.errno in _NO_MORE_FILES
