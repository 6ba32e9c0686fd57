"""The libraries httpx and httpx2, which no other module of the package imports, and a way to aiohttp."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import ssl
import sys
from collections.abc import AsyncGenerator, Callable, Iterator
from contextvars import ContextVar
from functools import partial
from math import inf
from types import ModuleType
from typing import Any, Final, Literal, Protocol, TypeAlias, TypeGuard, cast, get_args

import httpx
from attrs import Attribute, field

from .. import defaults
from ..errors import ConfigurationError
from ..openapi.classes import frozen
from .interface import PhaseTimeouts, RequestTrace
from .single_connection import SingleConnection

Timeout: TypeAlias = httpx.Timeout

DEFAULT_TIMEOUT = httpx.Timeout(
    connect=defaults.CONNECT_TIMEOUT,
    read=defaults.READ_TIMEOUT,
    write=defaults.WRITE_TIMEOUT,
    pool=defaults.CONNECT_TIMEOUT,
)


class Auth(Protocol):
    """The common part of httpx.Auth and httpx2.Auth, for type checkers."""

    def async_auth_flow(self, request: Any, /) -> AsyncGenerator[Any, Any]:
        """Yield requests of the library's, and take a response of the library's to each."""
        ...


_SERVER_ERROR: Final = 500
_PASSING: Final = frozenset({408, 425, 429})


class AsyncTransport(Protocol):
    """The common part of httpx.AsyncBaseTransport and httpx2.AsyncBaseTransport, for type checkers."""

    async def handle_async_request(self, request: Any, /) -> Any:
        """Answer a request of the library's with a response of the library's."""
        ...

    async def aclose(self) -> None:
        """Close every connection."""
        ...


TransportName: TypeAlias = Literal["httpx2", "aiohttp"]
TransportLike: TypeAlias = AsyncTransport | TransportName
_NAMES: Final[tuple[TransportName, ...]] = get_args(TransportName)


def _context(_: object, attribute: Attribute[ssl.SSLContext | None], value: object) -> None:
    # For httpx, False means to verify no server.
    if value is not None and not isinstance(value, ssl.SSLContext):
        raise ConfigurationError(f"{attribute.name} must be an ssl.SSLContext, or None; servers are always verified")


@frozen(kw_only=True)
class TransportOptions:
    """How to reach a server.

    Attributes:
        transport: A transport of the user's, "httpx2" or "aiohttp" for that library's own, or None for httpx's.
        ssl_context: A context of the user's, or None for one with the usual authorities.
        trust_env: Whether proxy variables and SSL_CERT_FILE of the environment count.
        closes_transport: Whether a transport of the user's is closed along with the client.
        connection_lifetime: Seconds after which a connection is used no more, so that a change of address is followed.

    Raises:
        ConfigurationError: ``ssl_context`` is none.
    """

    transport: TransportLike | None = None
    ssl_context: ssl.SSLContext | None = field(default=None, validator=_context)
    trust_env: bool = True
    closes_transport: bool = True
    connection_lifetime: float = defaults.CONNECTION_LIFETIME


@frozen
class Library:
    """A library whose transports can be used: httpx, its continuation with the same names, or one that looks like them.

    Attributes:
        module: The library.
        core: The name of the library below it.
    """

    module: ModuleType
    core: str

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What its transports raise."""
        return (self.module.HTTPError, self.module.InvalidURL, self.module.StreamError)

    @property
    def is_loaded(self) -> bool:
        """Whether the library below it is imported."""
        return self.core in sys.modules

    @property
    def takes_socks(self) -> bool:
        """Whether it can use a SOCKS proxy."""
        return importlib.util.find_spec("socksio") is not None

    def load(self) -> None:
        """Import the library below it, which would otherwise be imported with the first connection."""
        importlib.import_module(self.core)

    def name_of(self, error: Exception) -> str:
        """Return httpx's name of a fault."""
        return type(error).__name__

    def is_timeout_error(self, error: Exception) -> bool:
        """Tell whether a timeout ran out."""
        return isinstance(error, self.module.TimeoutException)

    def is_auth(self, value: object) -> bool:
        """Tell whether something is an Auth of this library."""
        return isinstance(value, self.module.Auth)

    def is_timeout(self, value: object) -> bool:
        """Tell whether something is a Timeout of this library."""
        return isinstance(value, self.module.Timeout)

    def is_transport(self, value: object) -> bool:
        """Tell whether something is a transport of this library."""
        return isinstance(value, self.module.AsyncBaseTransport)

    def is_pool(self, transport: AsyncTransport) -> bool:
        """Tell whether a transport is a pool of connections of this library's own."""
        return isinstance(transport, self.module.AsyncHTTPTransport)

    def new_request(
        self,
        method: str,
        url: str,
        headers: list[tuple[str, str]],
        content: bytes | None,
        *,
        timeout: dict[str, float | None],
        trace: RequestTrace,
    ) -> Any:
        """Return a request of this library."""
        extensions = {"timeout": timeout, "trace": trace.trace}
        return self.module.Request(method, url, headers=headers, content=content, extensions=extensions)

    def request(self, request: Any, trace: RequestTrace) -> Any:  # noqa: ARG002 # its extensions hold the trace
        """Return a request of this library that is the same as one of httpx, read before, or as one of its own."""
        if isinstance(request, self.module.Request):
            return request
        return self.module.Request(
            request.method,
            str(request.url),
            headers=request.headers.raw,
            content=request.content or None,
            extensions=request.extensions,
        )

    def new_response(self, status: int, headers: dict[str, str], content: bytes, request: Any) -> Any:
        """Return a response of this library that is there as a whole, for a user's Auth to look at."""
        return self.module.Response(status, headers=headers, content=content, request=request)

    def transport(self, context: ssl.SSLContext, *, proxy: str | None, local_address: str | None) -> AsyncTransport:
        """Return a transport of this library with at most one connection: HTTP/1.1, and nothing of the environment.

        Args:
            context: What servers are verified with, and an https proxy too.
            proxy: The address of a proxy, or None.
            local_address: The local address, which determines the family of addresses, or None.
        """
        made: Any = self.module.AsyncHTTPTransport(
            verify=context,
            trust_env=False,
            http2=False,
            local_address=local_address,
            proxy=None if proxy is None else self._proxy(proxy, context),
            limits=self.module.Limits(
                max_connections=1, max_keepalive_connections=1, keepalive_expiry=defaults.KEEPALIVE_EXPIRY
            ),
        )
        core = importlib.import_module(self.core)
        # "_pool" is a private name of the library. Without it, and with a proxy, the library's own pool does the same.
        if type(getattr(made, "_pool", None)) is getattr(core, "AsyncConnectionPool", None):
            made._pool = SingleConnection(  # noqa: SLF001
                partial(
                    core.AsyncHTTPConnection,
                    ssl_context=context,
                    keepalive_expiry=defaults.KEEPALIVE_EXPIRY,
                    local_address=local_address,
                )
            )
        transport: AsyncTransport = made
        return transport

    def _proxy(self, address: str, context: ssl.SSLContext) -> Any:
        # By default, the library would build a context for an https proxy that may log its keys.
        return self.module.Proxy(address, ssl_context=context if address.startswith("https:") else None)


HTTPX: Final = Library(httpx, "httpcore")

_ours: ContextVar[bool] = ContextVar("a_request_of_ours_is_under_way", default=False)
_LOGGERS: Final = ("connection", "http11", "http2", "proxy", "socks")


class _NotOurs(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 # logging's signature
        return not _ours.get()


_FILTER: Final = _NotOurs()


def silence(core: str) -> None:
    """Drop what a library logs about our exchanges, since it quotes headers, and nothing that it logs about others.

    Args:
        core: The name of the library below httpx, such as ``httpcore``.
    """
    # A filter of a logger does not see what is logged below it: hence one for each of the library's modules.
    for name in _LOGGERS:
        logging.getLogger(f"{core}.{name}").addFilter(_FILTER)  # the same one twice is one


class quiet:  # noqa: N801 # used as a function
    """Mark what is done inside as ours. A generator would cost every call twice as much."""

    __slots__ = ("_token",)

    def __enter__(self) -> None:
        self._token = _ours.set(True)

    def __exit__(self, *_: object) -> None:
        _ours.reset(self._token)


def library_of(transport: TransportLike | None) -> Library:
    """Return the library that a client's transport belongs to. Others than httpx are imported only if they are named.

    Raises:
        ConfigurationError: The transport is of no library that is known, or the one that is named is not installed.
    """
    if transport is None:
        return HTTPX
    if transport == "httpx2":
        return Library(_named("httpx2", "httpx2"), "httpcore2")
    if transport == "aiohttp":
        aiohttp: Library = _named("aiohttp", f"{__package__}.aiohttp_library").AIOHTTP
        return aiohttp
    for library in _imported():
        if library.is_transport(transport):
            return library
    raise ConfigurationError(
        'transport must be an httpx.AsyncBaseTransport, an httpx2.AsyncBaseTransport, "httpx2" or "aiohttp"'
    )


def _named(name: str, module: str) -> Any:
    found: ModuleType | None
    try:
        found = importlib.import_module(module)
    except ImportError:
        found = None
    if found is None:
        raise ConfigurationError(
            f'transport="{name}" needs that library: install contracts-client[{name}], or {name} itself'
        )
    return found


def transport_named(name: str) -> TransportLike | None:
    """Return the ``transport`` of a client that an environment variable names; None is httpx's own.

    Raises:
        ConfigurationError: There is no library of that name, or it is not installed.
    """
    if name == HTTPX.module.__name__:
        return None
    for known in _NAMES:
        if name == known:
            library_of(known)
            return known
    raise ConfigurationError(f"transport must be one of {', '.join((HTTPX.module.__name__, *_NAMES))}")


def library_of_auth(value: object) -> Library | None:
    """Return the library that a user's Auth belongs to, or None if it is no Auth."""
    return next((library for library in _imported() if library.is_auth(value)), None)


def library_of_error(error: Exception, default: Library) -> Library:
    """Return the library that an error belongs to, which a user's Auth or transport may have used, or the default."""
    return next((library for library in _imported() if isinstance(error, library.errors)), default)


def is_auth(value: object) -> TypeGuard[Auth]:
    """Tell whether something is an Auth of httpx or httpx2."""
    return library_of_auth(value) is not None


def may_pass(error: BaseException) -> bool:
    """Tell whether code of the user's failed with a fault of the network, or an error status that may pass."""
    if isinstance(error, OSError):
        return True
    for library in _imported():
        if isinstance(error, library.module.HTTPStatusError):
            status: int = cast("Any", error).response.status_code
            return status >= _SERVER_ERROR or status in _PASSING
        if isinstance(error, library.module.TransportError):
            return True
    return False


def _imported() -> Iterator[Library]:
    """Yield the libraries that are imported. There can be no object of another one."""
    yield HTTPX
    found = sys.modules.get("httpx2")
    if found is not None:
        yield Library(found, "httpcore2")


def create_ssl_context(*, trust_env: bool) -> ssl.SSLContext:
    """Return httpx's own context, for httpx2 too, so that both trust the same authorities.

    Raises:
        OSError: SSL_CERT_FILE or SSL_CERT_DIR names nothing that can be read.
    """
    return httpx.create_ssl_context(trust_env=trust_env)


def is_proxy_address(address: str) -> bool:
    """Tell whether an address can be that of a proxy."""
    try:
        return bool(httpx.Proxy(address).url.host)
    except (ValueError, httpx.InvalidURL):
        return False


def checked_timeout(value: object, refuse: Callable[[str], Exception]) -> tuple[Timeout, float | None]:
    """Return the timeouts of the phases of an attempt, and the seconds for all of it if a number was given.

    Args:
        value: A Timeout of httpx or httpx2, or a positive number of seconds.
        refuse: Makes the error to raise of the rule that is broken.
    """
    if any(library.is_timeout(value) for library in _imported()):
        phases = cast("PhaseTimeouts", value).as_dict()
        for phase, seconds in phases.items():
            if seconds is not None and not _is_duration(seconds):
                raise refuse(f"must have a positive number of seconds, or None, for {phase}")
        return httpx.Timeout(**phases), None
    if _is_duration(value) and value != inf:
        return httpx.Timeout(float(value)), float(value)
    raise refuse("must be a Timeout of httpx or httpx2, or a positive number of seconds")


def _is_duration(value: object) -> TypeGuard[float]:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and (0 < value <= defaults.MAX_SECONDS or value == inf)
    )
