"""Where the API and its token endpoint are, and which addresses are allowed at all."""

from __future__ import annotations

import ipaddress
import re
from typing import ClassVar
from urllib.parse import urlsplit

from attrs import field, frozen

from .errors import ConfigurationError

_PATH = re.compile(r"[A-Za-z0-9._~/-]*").fullmatch
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?").fullmatch


def checked_url(argument: str, url: object) -> str:
    """Return a base URL without its trailing slash.

    Args:
        argument: What to call it in an error.
        url: The URL. Plain http is allowed for loopback addresses alone.

    Raises:
        ConfigurationError: It is no such URL. The message does not hold it, since it may hold a password.
    """
    if not isinstance(url, str) or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise ConfigurationError(f"{argument} must be a URL of printable ASCII characters")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        port, parts = 0, urlsplit("")
    if parts.scheme not in {"https", "http"} or not parts.hostname or port == 0:
        raise ConfigurationError(
            f"{argument} must be an absolute https URL with a host, and a port from 1 to 65535 if any"
        )
    if not _is_host(parts.hostname):
        raise ConfigurationError(f"{argument} must name a host: letters, digits and '-' between dots, or an IP address")
    if "@" in parts.netloc:
        raise ConfigurationError(f"{argument} must hold no user name or password: pass credentials as auth")
    if "?" in url or "#" in url:
        raise ConfigurationError(f"{argument} must hold no query and no fragment")
    if not {".", ".."}.isdisjoint(parts.path.split("/")) or "//" in parts.path or _PATH(parts.path) is None:
        raise ConfigurationError(f"{argument} must hold a plain path if any: no empty, dot or percent-encoded segments")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ConfigurationError(f"{argument} must use https; plain http is for loopback addresses alone")
    # In lower case, so that whoever asks for the scheme later can't be misled by its spelling.
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path}".rstrip("/")


def _is_host(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return all(map(_LABEL, name.removesuffix(".").split(".")))
    return True


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine: localhost, 127.0.0.0/8 or ::1."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_local(url: str) -> bool:
    return is_loopback(urlsplit(url).hostname or "")


def _api_url(url: str) -> str:
    return checked_url("api_url", url)


def _auth_url(url: str) -> str:
    return checked_url("auth_url", url)


@frozen
class Environment:
    """One installation of the API. Credentials are bound to one of them.

    Args:
        api_url: Base URL of the API, such as ``https://api.entur.io``; also the audience of its tokens.
        auth_url: Base URL of the server with the token endpoint, such as ``https://partner.entur.org``.

    Raises:
        ConfigurationError: A URL is not https (loopback aside), or holds more than scheme, host, port and path.

    The addresses of the three named environments are published by the provider.
    """

    PRODUCTION: ClassVar[Environment]
    STAGING: ClassVar[Environment]
    DEV: ClassVar[Environment]

    api_url: str = field(converter=_api_url)
    auth_url: str = field(converter=_auth_url)

    @classmethod
    def named(cls, name: str) -> Environment:
        """Return the environment of that name.

        Args:
            name: ``production``, ``staging`` or ``dev``, in any case.

        Raises:
            ConfigurationError: There is no such environment.
        """
        known = {"production": cls.PRODUCTION, "staging": cls.STAGING, "dev": cls.DEV}
        try:
            return known[name.strip().lower()]
        except KeyError:
            pass
        raise ConfigurationError(f"the environment must be one of {', '.join(known)}")


def for_calls_to(base_url: str, environment: Environment) -> Environment:
    """Return the environment for calls to a base URL, which may be another than its own.

    Where that is on this machine, the token comes from there too: credentials for a sandbox must not go to the
    provider, nor a token of the provider's to a sandbox. Whoever wants it says so by an
    environment of both addresses.

    Args:
        base_url: Where the API is, checked.
        environment: The environment that was chosen.
    """
    if base_url == environment.api_url or not _is_local(base_url) or _is_local(environment.auth_url):
        return environment
    return Environment(base_url, base_url)


Environment.PRODUCTION = Environment("https://api.entur.io", "https://partner.entur.org")
Environment.STAGING = Environment("https://api.staging.entur.io", "https://partner.staging.entur.org")
Environment.DEV = Environment("https://api.dev.entur.io", "https://partner.dev.entur.org")
