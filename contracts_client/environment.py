"""Addresses of the API and its token endpoint: which are allowed, the named environments, and environment variables."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from typing import ClassVar, TypeVar
from urllib.parse import urlsplit

from attrs import field

from .errors import ConfigurationError
from .openapi.classes import frozen

T = TypeVar("T")

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
TOKEN = "CONTRACTS_CLIENT_TOKEN"  # noqa: S105 # likewise
ENVIRONMENT = "CONTRACTS_CLIENT_ENVIRONMENT"
BASE_URL = "CONTRACTS_CLIENT_BASE_URL"
AUTH_URL = "CONTRACTS_CLIENT_AUTH_URL"
TIMEOUT = "CONTRACTS_CLIENT_TIMEOUT"
DEADLINE = "CONTRACTS_CLIENT_DEADLINE"
MAX_CONCURRENCY = "CONTRACTS_CLIENT_MAX_CONCURRENCY"
TRANSPORT = "CONTRACTS_CLIENT_TRANSPORT"


class EnvironmentVariables:
    """Reads the client's variables, and collects what is missing or breaks a rule. An empty one counts as missing.

    Args:
        variables: The variables, such as ``os.environ``.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self._problems: list[str] = []

    def has(self, name: str) -> bool:
        """Tell whether a variable is there."""
        return bool(self._variables.get(name))

    def read(self, name: str, check: Callable[[str], T]) -> T | None:
        """Return what a variable says, or None if it is missing or breaks a rule.

        Args:
            name: The name of the variable.
            check: Returns what its text means. A ConfigurationError that it raises is kept for ``check``.
        """
        if not self.has(name):
            return None
        try:
            return check(self._variables[name])
        except ConfigurationError as error:
            self.refuse(error.message if error.message.startswith(name) else f"{name}: {error.message}")
        return None

    def required(self, name: str, check: Callable[[str], T]) -> T | None:
        """Return what a variable says, which must not be missing. See ``read``."""
        if not self.has(name):
            self.refuse(f"{name} is missing or empty")
        return self.read(name, check)

    def refuse(self, problem: str) -> None:
        """Keep a problem for ``check``."""
        self._problems.append(problem)

    def check(self) -> None:
        """Check that there was no problem.

        Raises:
            ConfigurationError: There was one or more. It names each variable with its rule, and shows no value.
        """
        if self._problems:
            start = "the environment variable" if len(self._problems) == 1 else "environment variables:"
            raise ConfigurationError(f"{start} {'; '.join(self._problems)}")

    def addresses(self, given: Environment | None = None) -> tuple[Environment, str | None]:
        """Return the environment, and the base URL if it differs from the environment's own.

        Args:
            given: The environment that was given in code, or None to read its name, which is production by default.
        """
        named = given or self.read(ENVIRONMENT, Environment.named) or Environment.PRODUCTION
        base_url = self.read(BASE_URL, lambda url: checked_url(BASE_URL, url))
        auth_url = self.read(AUTH_URL, lambda url: checked_url(AUTH_URL, url))
        return named if auth_url is None else Environment(base_url or named.api_url, auth_url), base_url
