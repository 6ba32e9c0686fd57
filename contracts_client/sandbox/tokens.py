"""The token endpoint: who may have a token, and which tokens hold."""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from .responses.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DEFAULT_LIFETIME = 86_400
"""How long a token holds, in seconds: the provider's 24 hours."""

_TOKEN_BYTES = 24


class TokenRefusal(Exception):  # noqa: N818 - it is an answer, not an error of the sandbox
    """The token endpoint's refusal, in OAuth's shape.

    Args:
        status: The HTTP status.
        error: OAuth's error code.
        description: One sentence without a secret in it.
    """

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}


@dataclass(frozen=True)
class Credentials:
    """A client that the token endpoint knows.

    Args:
        client_id: Its name.
        client_secret: Its secret, kept out of the repr.
        organisation_id: The organisation that it acts for; None is every one, for an internal client.
    """

    client_id: str
    client_secret: str = field(repr=False)
    organisation_id: int | None

    @property
    def internal(self) -> bool:
        """Whether its tokens are internal ones."""
        return self.organisation_id is None


class Tokens:
    """Issues tokens and checks them.

    Args:
        clients: The clients that may have tokens.
        clock: Tells the time, aware.
        lifetime: Seconds that a token holds.
        grant_type: The only grant that is served.
        demanded: The names of the properties that a token request must have.
    """

    def __init__(
        self,
        clients: tuple[Credentials, ...],
        clock: Callable[[], datetime],
        lifetime: int,
        grant_type: str,
        demanded: tuple[str, ...],
    ) -> None:
        self._clients = {client.client_id: client for client in clients}
        self._clock = clock
        self._lifetime = lifetime
        self._grant_type = grant_type
        self._demanded = demanded
        self._table: dict[str, tuple[Credentials, datetime]] = {}

    def issue(self, client: Credentials) -> str:
        """A fresh token for a client, good for the lifetime from now."""
        now = self._clock()
        # A token that was sent after its end is told apart from an unknown one for one more lifetime.
        keep = timedelta(seconds=self._lifetime)
        self._table = {token: entry for token, entry in self._table.items() if entry[1] + keep > now}
        token = _token()
        self._table[token] = (client, now + timedelta(seconds=self._lifetime))
        return token

    def expire(self) -> None:
        """End every token that was issued, as if its lifetime were over."""
        now = self._clock()
        self._table = {token: (client, min(ends, now)) for token, (client, ends) in self._table.items()}

    def check(self, authorization: str | None) -> Credentials:
        """The client that an Authorization header stands for.

        Args:
            authorization: The header's value, or None.

        Raises:
            Problem: 401, the token is missing, unknown or expired.
        """
        if not authorization:
            raise _unauthorized("TOKEN_MISSING", "the Authorization header is missing")
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or token not in self._table:
            raise _unauthorized("TOKEN_INVALID", "the Authorization header carries no bearer token of this sandbox")
        client, expires = self._table[token]
        if expires <= self._clock():
            raise _unauthorized("TOKEN_EXPIRED", "the token has expired")
        return client

    def grant(self, request: bytes) -> dict[str, Any]:
        """Answer a token request.

        Args:
            request: The body: JSON with client_id, client_secret, audience and grant_type.

        Returns:
            access_token, token_type and expires_in.

        Raises:
            TokenRefusal: 400 for a malformed request or another grant, 401 for wrong credentials.
        """
        form = _form(request)
        for name in self._demanded:
            value = form.get(name)
            if not isinstance(value, str) or not value:
                raise TokenRefusal(400, "invalid_request", f"{name} must be a text that is not empty")
        if form["grant_type"] != self._grant_type:
            raise TokenRefusal(400, "unsupported_grant_type", f"grant_type must be {self._grant_type}")
        client = self._clients.get(form["client_id"])
        secret = form["client_secret"].encode("utf-8", "surrogatepass")
        if client is None or not hmac.compare_digest(client.client_secret.encode(), secret):
            raise TokenRefusal(401, "access_denied", "client_id or client_secret is wrong")
        return {"access_token": self.issue(client), "token_type": "Bearer", "expires_in": self._lifetime}


def _form(request: bytes) -> Mapping[str, Any]:
    try:
        form: object = json.loads(request)
    except ValueError:
        form = None
    if not isinstance(form, dict):
        raise TokenRefusal(400, "invalid_request", "the body must be a JSON object")
    return cast("dict[str, Any]", form)


def _unauthorized(code: str, message: str) -> Problem:
    return Problem(401, code, message, headers={"WWW-Authenticate": "Bearer"})


def _token() -> str:
    """Three parts like a JWT's, of which none says anything: a client must not look inside."""
    header = json.dumps({"alg": "none", "typ": "JWT"}).encode()
    parts = (header, secrets.token_bytes(_TOKEN_BYTES), secrets.token_bytes(_TOKEN_BYTES))
    return ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
