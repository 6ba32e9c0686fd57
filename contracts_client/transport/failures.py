"""Faults of a library, as errors that say what happened, where, and what to do, without any text of the library."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Iterator
from functools import partial
from typing import Final, cast
from urllib.parse import urlsplit

from .body import BodyError
from .interface import ExchangeError, RequestTrace
from .library import Library

# By name, since httpx and httpx2 have the same names. Errors that are not listed happened after the request had begun.
# The peer is the server, or the proxy until it has let the request through.
_KINDS: Final = {
    "ConnectError": "the {peer} can't be reached",
    "ConnectTimeout": "the {peer} did not accept a connection in time",
    "PoolTimeout": "no connection was free in time",
    "WriteTimeout": "the {peer} did not take the request in time",
    "ReadTimeout": "the {peer} did not answer in time",
    "ProxyError": "the proxy refused",
    "UnsupportedProtocol": "the request would have gone elsewhere than to the API",
}
_NEVER_SENT: Final = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"})
_DROPPED: Final = frozenset({"ReadError", "WriteError", "RemoteProtocolError"})
_TOO_LARGE: Final = 431
# Refusals of a proxy that will be the same the next time: of HTTP, and httpcore's texts for the replies of SOCKS.
_PROXY_REFUSES: Final = partial(
    re.match,
    r"4(?!08|25|29)\d\d\b|50[15]\b|Requested |Invalid username/password|.*(not allowed by ruleset|not supported)\.$",
)
_STATUS: Final = re.compile(r"[1-5]\d\d\b").match
_WHY_PROXIES_REFUSE: Final = (
    (partial(re.match, r"40[17]\b|Requested |Invalid user"), "it wants other credentials in the proxy's address"),
    (partial(re.match, r"403\b|.*not allowed by ruleset"), "its rules forbid this server or port"),
    (partial(re.match, r"50[234]\b|.*(unreachable|refused|expired)\.$"), "it can't reach the server"),
)
# A server refuses the client's certificate. Under TLS 1.3 it says so only after the client has sent its request.
_REFUSES: Final = partial(re.match, r".*ALERT_(.*CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)")
_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG"})
# OpenSSL's codes for a certificate that does not verify (X509_V_ERR_...).
_CERTIFICATES: Final = {
    9: "is not valid yet: check the clock of this machine",
    10: "has expired: its owner must renew it, unless the clock of this machine is wrong",
    **dict.fromkeys(
        (18, 19, 20, 21),
        "is of an authority that is not trusted: pass ssl_context=ssl.create_default_context(cafile=...) with the "
        "authority, or name its file in SSL_CERT_FILE",
    ),
    **dict.fromkeys((62, 64), "is for another host name: check the host of the address"),
}
_OTHER_CERTIFICATE: Final = "was not accepted: check it, or pass an ssl_context that accepts it"
_NO_MORE_FILES: Final = frozenset({errno.EMFILE, errno.ENFILE})
_NO_ROUTE: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL})
# httpcore's text for the end of a connection without a byte of a response.
_NO_ANSWER: Final = "without sending"
_CHECK_NAME: Final = "; check its spelling, and the DNS of this machine"
_CHECK_PROXY: Final = "; check HTTPS_PROXY and ALL_PROXY, or pass trust_env=False"
_PORTS: Final = {"http": 80, "socks5": 1080, "socks5h": 1080}
_HTTPS_PORT: Final = 443


def _origin(url: str) -> str:
    """Return scheme, host and port of a URL that was checked, and nothing else of it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or _PORTS.get(parts.scheme, _HTTPS_PORT)
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


class Route:
    """How a server is reached, as errors name it: scheme, host and port, without path, query and credentials.

    Args:
        server: The URL of the server.
        proxy: The URL of the proxy in between, or None.
    """

    def __init__(self, server: str, proxy: str | None = None) -> None:
        self.has_proxy = proxy is not None
        self._text = _origin(server) if proxy is None else f"{_origin(server)} through the proxy {_origin(proxy)}"

    def __str__(self) -> str:
        return self._text


def failure_of(
    error: Exception, library: Library, trace: RequestTrace, *, is_own: bool, route: Route, has_auth: bool = False
) -> ExchangeError:
    """Return the error for a fault. It has no text of the library's, since that may quote what was sent.

    Args:
        error: The error that the transport or the body reader raised.
        library: The library of the transport.
        trace: The trace of the exchange.
        is_own: Whether the transport is the library's own, rather than one of the user's.
        route: How the server is reached.
        has_auth: Whether the fault may be one of an httpx.Auth, which may ask other servers.
    """
    if isinstance(error, ExchangeError):
        return error
    if isinstance(error, BodyError):
        passing = error.truncated or error.corrupt
        return ExchangeError(str(error), unusable=not passing, transient=passing, retry_once=error.corrupt)
    is_certain = is_own or not trace.sent  # transports of other libraries may name a fault as they like
    fault = _Fault(error, library, trace, is_certain=is_certain, at_proxy=route.has_proxy and not trace.past_proxy)
    found = fault.lasting() or fault.passing()
    where = f"{route}, or at a server of its httpx.Auth" if has_auth else str(route)
    found.args = (f"{found} ({library.name_of(error)} at {where})",)
    return found


class _Fault:
    """A fault of a library, and how far the exchange had got."""

    def __init__(
        self, error: Exception, library: Library, trace: RequestTrace, *, is_certain: bool, at_proxy: bool
    ) -> None:
        self._error = error
        self._name = library.name_of(error)
        self._chain = tuple(_chain(error))
        self._library = library
        self._trace = trace
        self._is_certain = is_certain
        self._at_proxy = at_proxy
        self._peer = "proxy" if at_proxy else "server"

    def lasting(self) -> ExchangeError | None:
        """Return the error for a fault that a retry would meet too, or None for another fault."""
        name, chain, is_certain = self._name, self._chain, self._is_certain
        if any(isinstance(cause, OSError) and is_out_of_files(cause) for cause in chain):
            return ExchangeError(_TOO_MANY_FILES, never_sent=is_certain and not self._trace.sent)
        # aiohttp's own errors of TLS, which have no reason, come before those of ssl.
        causes = (cause for cause in chain if not isinstance(cause, self._library.errors))
        tls = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
        if tls is not None and _refuses_certificate(tls, self._trace):
            what = "the server refused the client's TLS certificate, or asks for one: pass an ssl_context that has one"
            return ExchangeError(what, never_sent=is_certain, transient=False)
        if tls is not None and name == "ConnectError":
            return self._tls_failure(tls)
        if name == "RemoteProtocolError" and any(_is_too_large(cause) for cause in chain):
            return ExchangeError("the head of the response is too large", transient=False)
        text = str(self._error)
        if name == "ProxyError" and _PROXY_REFUSES(text):
            return ExchangeError(_proxy_refusal(text), never_sent=is_certain, transient=False)
        return None

    def passing(self) -> ExchangeError:
        """Return the error for any other fault."""
        name, error = self._name, self._error
        if not isinstance(error, self._library.errors):
            # Of a transport or an httpx.Auth of the user's. Only a fault of the network may be over the next time.
            return ExchangeError("the connection failed", transient=isinstance(error, OSError))
        dropped = _is_dropped(name, error, self._trace)
        unresolved = name == "ConnectError" and any(isinstance(cause, socket.gaierror) for cause in self._chain)
        return ExchangeError(
            self._what(unresolved=unresolved),
            # A transport of another library may raise ConnectTimeout for a connection that broke after the request, so
            # the trace counts, not the name.
            never_sent=name in _NEVER_SENT and self._is_certain,
            timed_out=self._library.is_timeout_error(error),
            transient=name != "UnsupportedProtocol",
            stale=dropped and self._trace.reused,
            retry_once=unresolved or (dropped and not self._trace.reused),
        )

    def _what(self, *, unresolved: bool) -> str:
        name, advice = self._name, _CHECK_PROXY if self._at_proxy else ""
        if name == "ProxyError":
            return _proxy_refusal(str(self._error))
        if unresolved:
            return f"the {self._peer}'s name can't be resolved{advice or _CHECK_NAME}"
        what = _KINDS.get(name)
        if what is None:
            return f"{_BROKE_AT_PROXY}{advice}" if self._at_proxy else _BROKE
        what = what.format(peer=self._peer)
        if name == "ConnectError":
            return what + self._why_unreachable() + advice
        if name == "ConnectTimeout" and not self._trace.opened:
            return what + (advice or "; check host and port, and whether this network asks for a proxy (HTTPS_PROXY)")
        return what

    def _why_unreachable(self) -> str:
        numbers = {cause.errno for cause in self._chain if isinstance(cause, OSError)}
        if errno.ECONNREFUSED in numbers:
            return ": nothing listens on its port"
        return "" if numbers.isdisjoint(_NO_ROUTE) else ": this machine has no route to it"

    def _tls_failure(self, tls: ssl.SSLError) -> ExchangeError:
        peer, reason = self._peer, getattr(tls, "reason", None)
        if any(isinstance(cause, ssl.SSLEOFError) for cause in self._chain):
            # Some servers without a common protocol close the connection without an alert, so there is one retry only.
            return ExchangeError(
                f"the {peer} ended the connection during the TLS handshake; if it always does, it may not speak "
                "TLS 1.2, or no TLS on this port",
                never_sent=True,
                retry_once=True,
            )
        if isinstance(tls, ssl.SSLCertVerificationError):
            what = f"the {peer}'s TLS certificate {_CERTIFICATES.get(tls.verify_code, _OTHER_CERTIFICATE)}"
        elif reason in _NO_TLS:
            what = f"the {peer} does not speak TLS on this port: check the port"
            if self._at_proxy:
                what += "; the address of a proxy that speaks plain http begins with http://"
        else:
            # An alert of an internal error too: servers without a common protocol, or without the name, send it.
            what = (
                f"the TLS handshake with the {peer} failed: it has no TLS version or cipher in common with this "
                "client, does not serve this host name, or asks for a client certificate, which an ssl_context can have"
            )
        return ExchangeError(what, never_sent=True, transient=False)


def _proxy_refusal(text: str) -> str:
    status = f" (status {text[:3]})" if _STATUS(text) else ""
    why = next((why for matches, why in _WHY_PROXIES_REFUSE if matches(text)), "check its address and its rules")
    return f"the proxy refused{status}: {why}"


def _refuses_certificate(error: ssl.SSLError, trace: RequestTrace) -> bool:
    reason: str | None = getattr(error, "reason", None)
    # If the server has answered before, it has not refused the certificate.
    return reason is not None and bool(_REFUSES(reason)) and not (trace.answered or trace.reused)


_TOO_MANY_FILES: Final = "too many open files: raise the limit of the process (ulimit -n), or lower max_concurrency"
_BROKE_AT_PROXY: Final = "the proxy broke the connection before it let the request through"
_BROKE: Final = "the connection broke before the whole response was there"


def _is_dropped(name: str, error: Exception, trace: RequestTrace) -> bool:
    """Tell whether the server ended the connection without a byte of a response."""
    if trace.answered or name not in _DROPPED:
        return False
    return name != "RemoteProtocolError" or _NO_ANSWER in str(error)


def _is_too_large(cause: BaseException) -> bool:
    # h11 tells by a status, and aiohttp by a name.
    return getattr(cause, "error_status_hint", None) == _TOO_LARGE or type(cause).__name__ == "LineTooLong"


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
