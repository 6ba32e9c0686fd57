"""Ways to authenticate: the types that a user passes as ``auth``, and the interface of a source of tokens."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable
from decimal import Decimal
from math import inf, isnan
from numbers import Real
from typing import Any, Protocol, TypeAlias, TypeGuard

from attrs import Attribute, field

from ..environment import ID, SECRET, TOKEN, EnvironmentVariables
from ..errors import ConfigurationError, TokenError
from ..openapi.classes import frozen
from ..secret import Secret
from ..transport.library import Auth, is_auth

_BEARER_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*").fullmatch  # RFC 6750, b64token
_CREDENTIAL = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?").fullmatch


def is_bearer_token(value: object) -> bool:
    """Tell whether a value may be sent as a bearer token at all."""
    return isinstance(value, str) and _BEARER_TOKEN(value) is not None


def _text(value: object) -> str:
    return value.reveal() if isinstance(value, Secret) else value if isinstance(value, str) else ""


def _credential(name: str, value: object) -> str:
    text = _text(value)
    if _CREDENTIAL(text) is None:
        raise ConfigurationError(f"{name} must be printable ASCII characters, without space or line break at its ends")
    return text


def _client_id(value: str) -> str:
    return _credential("client_id", value)


def _client_secret(value: str | Secret) -> Secret:
    return Secret(_credential("client_secret", value))


def _audience(value: str | None) -> str | None:
    return None if value is None else _credential("audience", value)


def _bearer_token(value: str | Secret) -> Secret:
    text = _text(value)
    if not is_bearer_token(text):
        raise ConfigurationError("the bearer token must be letters, digits and -._~+/ only, then perhaps =")
    return Secret(text)


@frozen
class ClientCredentials:
    """Credentials of a server, with which the client fetches and renews its token. They are bound to one environment.

    Args:
        client_id: The id.
        client_secret: The secret. No repr, error or pickle holds it.
        audience: The audience of the token, or None for the API's own base URL in the environment (published).

    Raises:
        ConfigurationError: One of them is empty, or not printable ASCII.
    """

    client_id: str = field(converter=_client_id)
    client_secret: Secret = field(converter=_client_secret, repr=False)
    audience: str | None = field(default=None, kw_only=True, converter=_audience)


@frozen
class BearerToken:
    """A token that you have. The client sends it as it is and can't renew it.

    Args:
        token: The token, without the word Bearer.

    Raises:
        ConfigurationError: It has a character that no bearer token has, such as a line break.
    """

    token: Secret = field(converter=_bearer_token, repr=False)


_DIGITS = re.compile(r"[0-9]{1,12}").fullmatch


def read_seconds(value: object) -> float | None:
    """Return the seconds that a number, such as one of numpy, or a text of digits means, or None if it is neither."""
    if isinstance(value, str):  # as some token endpoints write it
        return float(value) if _DIGITS(value) else None
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return None
    number: Any = value  # the two have little in common for type checkers
    try:
        seconds = float(number)
    except OverflowError:  # an integer beyond every float
        return inf if number > 0 else -inf
    except ValueError:  # a signalling NaN
        return None
    return None if isnan(seconds) else seconds


def _lifetime(value: float | str | None) -> float | None:
    if value is None:
        return None
    seconds = read_seconds(value)
    if seconds is None or seconds < 0:
        raise ConfigurationError("expires_in must be a number of seconds from 0, digits, or None")
    return seconds


@frozen
class AccessToken:
    """A token that a function of yours has fetched.

    Args:
        token: The token, without the word Bearer.
        expires_in: Seconds that it is good for, from 0, as a number or a text of digits. None means ten minutes.

    Raises:
        ConfigurationError: The token has a character that no bearer token has, or the seconds are no number.
    """

    token: Secret = field(converter=_bearer_token, repr=False)
    expires_in: float | None = field(default=None, kw_only=True, converter=_lifetime)


def _function(_: object, attribute: Attribute[Callable[[], Awaitable[AccessToken]]], value: object) -> None:
    if not callable(value):
        raise ConfigurationError(f"{attribute.name} must be an async function that returns an AccessToken")


@frozen
class TokenProvider:
    """A function of yours that fetches a token and knows how long it lasts.

    The client calls it once for any number of calls, keeps the token, renews it before its end, and calls it again if
    the API refuses the token. A plain async function, passed as ``auth``, is called for every call instead.

    Args:
        fetch: Returns a token. What it raises becomes a TokenError that names the exception's type. An OSError or a
            network fault of httpx is retried until the deadlines of the calls that wait.

    Raises:
        ConfigurationError: ``fetch`` is no function.
    """

    fetch: Callable[[], Awaitable[AccessToken]] = field(validator=_function, repr=False)


TokenCallable: TypeAlias = Callable[[], Awaitable[str]]
AuthLike: TypeAlias = ClientCredentials | BearerToken | TokenProvider | TokenCallable | Auth | None


class TokenSource(Protocol):
    """The source of a call's token."""

    async def get(self, deadline: float = inf, *, retry: bool = True) -> Secret:
        """Return a token to send now.

        Args:
            deadline: When the caller stops waiting, on the client's clock.
            retry: Whether a failed token request is repeated until then.

        Raises:
            TokenError: There is no token.
        """
        ...

    def failure(self) -> TokenError | None:
        """Return why there is no token yet, for a caller whose deadline has ended, or None if nothing is known."""
        ...

    def accept(self, token: Secret) -> None:
        """Note that the API accepted a token."""
        ...

    def reject(self, token: Secret) -> bool:
        """Note that the API refused a token, and tell whether asking again may bring another."""
        ...


def is_token_callable(auth: object) -> TypeGuard[TokenCallable]:
    """Tell whether a value of ``auth`` is a function to await for a token."""
    return callable(auth) and not is_auth(auth) and not inspect.isclass(auth)


def auth_in(variables: EnvironmentVariables) -> AuthLike:
    """Return how to authenticate, as environment variables say: a token, or client credentials."""
    if variables.has(TOKEN):
        if variables.has(ID) or variables.has(SECRET):
            variables.refuse(f"{TOKEN} must not be set where {ID} or {SECRET} is: they are two ways to authenticate")
        return variables.read(TOKEN, BearerToken)
    client_id = variables.required(ID, lambda text: ClientCredentials(text, "-").client_id)
    secret = variables.required(SECRET, lambda text: ClientCredentials("-", text).client_secret)
    return None if client_id is None or secret is None else ClientCredentials(client_id, secret)
