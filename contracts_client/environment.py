"""Addresses of the API and its token endpoint: which are allowed, the named environments, and environment variables."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlsplit

from attrs import field

from .errors import ConfigurationError
from .openapi.classes import frozen
from .secret import Secret

_PATH = re.compile(r"[A-Za-z0-9._~/-]*").fullmatch
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?").fullmatch


def checked_url(argument: str, url: object) -> str:
    """Return a base URL without its trailing slash.

    Args:
        argument: What to call it in an error.
        url: The URL. Plain http is allowed for loopback addresses alone.

    Raises:
        ConfigurationError: It is no such URL. The message does not quote it, since it may hold a password.
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
    # In lower case, so that a later check of the scheme can't be misled by its spelling.
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
    """Return the environment for calls to a base URL, which may differ from the environment's own.

    With a loopback base URL, tokens come from that URL too, unless ``auth_url`` is a loopback address itself:
    credentials for a sandbox must not go to the provider, nor a token of the provider to a sandbox. An environment with
    both addresses allows it.

    Args:
        base_url: Base URL of the API, checked.
        environment: The environment that was chosen.
    """
    if base_url == environment.api_url or not _is_local(base_url) or _is_local(environment.auth_url):
        return environment
    return Environment(base_url, base_url)


Environment.PRODUCTION = Environment("https://api.entur.io", "https://partner.entur.org")
Environment.STAGING = Environment("https://api.staging.entur.io", "https://partner.staging.entur.org")
Environment.DEV = Environment("https://api.dev.entur.io", "https://partner.dev.entur.org")


NAME = "CONTRACTS_CLIENT_NAME"
ID = "CONTRACTS_CLIENT_ID"
SECRET = "CONTRACTS_CLIENT_SECRET"  # noqa: S105 # the variable's name
ENVIRONMENT = "CONTRACTS_CLIENT_ENVIRONMENT"
BASE_URL = "CONTRACTS_CLIENT_BASE_URL"
AUTH_URL = "CONTRACTS_CLIENT_AUTH_URL"


@frozen
class EnvironmentVariables:
    """Reads the client's variables. An empty one counts as missing.

    Args:
        variables: The variables, such as ``os.environ``.
    """

    variables: Mapping[str, str] = field(repr=False)

    def _optional(self, name: str) -> str | None:
        return self.variables.get(name) or None

    def _required(self, name: str) -> str:
        value = self._optional(name)
        if value is None:
            raise ConfigurationError(f"the environment variable {name} is missing or empty")
        return value

    def client_name(self) -> str:
        """Return the client name.

        Raises:
            ConfigurationError: It is missing.
        """
        return self._required(NAME)

    def credentials(self) -> tuple[str, Secret]:
        """Return the client id and the secret.

        Raises:
            ConfigurationError: One of them is missing.
        """
        return self._required(ID), Secret(self._required(SECRET))

    def base_url(self) -> str | None:
        """Return the base URL of the API, or None for the environment's own.

        Raises:
            ConfigurationError: It can't be used.
        """
        value = self._optional(BASE_URL)
        return None if value is None else checked_url(BASE_URL, value)

    def environment(self, named: Environment | None = None) -> Environment:
        """Return the environment: a named one, production by default, or one of the two URLs.

        Args:
            named: The environment that was given in code, or None to read its name.

        Raises:
            ConfigurationError: There is no environment of that name, or a URL can't be used.
        """
        named = named or Environment.named(self._optional(ENVIRONMENT) or "production")
        auth_url = self._optional(AUTH_URL)
        if auth_url is None:
            return named
        return Environment(self.base_url() or named.api_url, checked_url(AUTH_URL, auth_url))
