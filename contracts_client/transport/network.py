"""The SSL context, built once and off the event loop, and the proxy of the environment."""

from __future__ import annotations

import asyncio
import inspect
import ssl
import urllib.request
import warnings
from collections.abc import Mapping
from typing import cast
from urllib.parse import urlsplit

from ..environment import is_loopback
from ..errors import ConfigurationError
from .failures import is_out_of_files
from .library import HTTPX, Library, create_ssl_context, is_proxy_address

_PACKAGE = f"{__name__.rsplit('.', 2)[0]}."


class LazyContext:
    """The SSL context that verifies servers, made when it is first needed.

    Args:
        given: A context of the user's, or None for one with the usual authorities.
        trust_env: Whether SSL_CERT_FILE and SSL_CERT_DIR of the environment count.
    """

    def __init__(self, given: ssl.SSLContext | None, *, trust_env: bool) -> None:
        self._context = given
        self._trust_env = trust_env
        self._building = asyncio.Lock()

    async def get(self) -> ssl.SSLContext:
        """Return the context.

        Raises:
            ConfigurationError: The environment names authorities that can't be read.
        """
        async with self._building:
            if self._context is None:
                # Reading certificates takes tens of milliseconds: not on the loop, and not lost if a caller leaves.
                await asyncio.to_thread(self._build)
            return cast("ssl.SSLContext", self._context)

    def _build(self) -> None:
        self._context = default_ssl_context(trust_env=self._trust_env)


def warn_of_weak_context(context: ssl.SSLContext) -> None:
    """Warn of a context of the user's that weakens TLS, at the line that called the package."""
    weaknesses = [
        (context.verify_mode == ssl.CERT_NONE, "verifies no certificate: others on the way can read and change all"),
        (not context.check_hostname, "checks no host name: the certificate of any other server is taken"),
        (bool(context.keylog_filename), "logs its keys to a file: who has it can read all (SSLKEYLOGFILE?)"),
    ]
    found = [text for is_weak, text in weaknesses if is_weak]
    if found:
        warnings.warn(
            f"ssl_context {'; it '.join(found)}. Not for production: use ssl.create_default_context(cafile=...) for "
            "an authority of your own, and set its keylog_filename to None",
            UserWarning,
            stacklevel=_level_of_caller(),
        )


def _level_of_caller() -> int:
    """Return the stack level, for the function that calls this one, of the first frame that is not the package's."""
    level, frame = 0, inspect.currentframe()
    while frame is not None and frame.f_globals.get("__name__", "").startswith(_PACKAGE):
        level, frame = level + 1, frame.f_back
    return level


def default_ssl_context(*, trust_env: bool) -> ssl.SSLContext:
    """Return a context that checks host names against the usual authorities. It logs no keys, even with SSLKEYLOGFILE.

    Raises:
        ConfigurationError: SSL_CERT_FILE or SSL_CERT_DIR of the environment names nothing that can be read.
        OSError: No more files can be opened.
    """
    try:
        context = create_ssl_context(trust_env=trust_env)
    except OSError as error:
        if is_out_of_files(error):
            raise
        context = None
    if context is None:
        raise ConfigurationError(
            "no certificate authorities: SSL_CERT_FILE or SSL_CERT_DIR names nothing that can be read; "
            "mend it, pass ssl_context, or ignore the environment with trust_env=False"
        )
    context.keylog_filename = None  # type: ignore[assignment] # None is how it is turned off
    return context


def context_without_authorities() -> ssl.SSLContext:
    """Return a context for plain http, which does not use it. It trusts no authority."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def environment_proxy(url: str, library: Library = HTTPX) -> str | None:
    """Return the address of the proxy that the environment names for a URL, or None. Loopback addresses need none.

    Args:
        url: The URL.
        library: What connects to the proxy.

    Raises:
        ConfigurationError: It names one that can't be used. The message does not hold it, since it may hold a password.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (80 if parts.scheme == "http" else 443)
    if is_loopback(host) or urllib.request.proxy_bypass(f"{host}:{port}"):
        return None
    proxies: Mapping[str, str] = urllib.request.getproxies()
    named = proxies.get(parts.scheme) or proxies.get("all")
    if not named:
        return None
    address = named if "://" in named else f"http://{named}"
    # An '@' behind the host means that a user name or a password holds a '/', '?' or '#', so that the host is wrong.
    if not is_proxy_address(address) or "@" in address.partition(urlsplit(address).netloc)[2]:
        raise ConfigurationError(
            "the environment names a proxy that is no proxy's URL; mend it, with user name and password "
            "percent-encoded, or pass trust_env=False"
        )
    if address.lower().startswith("socks") and not library.takes_socks:
        raise ConfigurationError(
            "the environment names a SOCKS proxy, which needs httpx[socks] and not aiohttp; or pass trust_env=False"
        )
    return address
