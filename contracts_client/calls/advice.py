"""What to do about a refusal: it depends on how the client is configured."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from .._generated.models import ErrorBody
from ..auth.credentials import AuthLike, BearerToken, ClientCredentials
from ..secret import Secret
from ..transport.library import is_auth

_BAD_REQUEST: Final = 400
_UNAUTHORIZED: Final = 401
_NOT_HERE: Final = frozenset({404, 405})
_BY_STATUS: Final = {
    403: "the credentials lack the permission: ask the provider for it",
    429: "slow down, and wait for retry_after seconds where it is given",
}
# nginx answers these faults of TLS with a page of HTML.
_PAGES_OF_NGINX: Final = {
    b"No required SSL certificate was sent": "the server asks for a TLS certificate: pass an ssl_context that has one",
    b"The SSL certificate error": "the server refused the client's TLS certificate: check that of ssl_context",
    b"The plain HTTP request was sent to HTTPS port": "the server speaks TLS on this port: write https:// in base_url",
}
_MAX_PAGE: Final = 1024  # bytes
_MAX_TOKEN: Final = 16_384  # characters of a JWT that is looked into
_PARTS_OF_JWT: Final = 3


class Advice:
    """Says what to do about a refusal.

    Args:
        auth: How the client authenticates.
        base_url: Base URL of the API.
        wall: Seconds since 1970.
    """

    def __init__(self, auth: AuthLike, base_url: str, wall: Callable[[], float]) -> None:
        self._auth = auth
        self._path = urlsplit(base_url).path
        self._wall = wall

    def on(self, status: int, template: str, body: ErrorBody | None, content: bytes) -> str:
        """Return what to do, as the end of a sentence, or nothing.

        Args:
            status: The status of the response.
            template: The path of the request, without its values.
            body: What the body of the response says.
            content: The body itself.
        """
        if status == _BAD_REQUEST:
            advice = _on_bad_request(body, content)
        elif status == _UNAUTHORIZED:
            advice = self._on_unauthorized()
        elif status in _NOT_HERE and _repeats(self._path, template):
            advice = "the path of base_url repeats the beginning of the API's own path: leave it out of base_url"
        else:
            advice = _BY_STATUS.get(status, "")
        return advice and f"; {advice}"

    def _on_unauthorized(self) -> str:
        auth = self._auth
        if auth is None:
            return "no auth was given: pass auth=ClientCredentials(...) to the client"
        if isinstance(auth, BearerToken):
            return f"the BearerToken was refused, and can't be renewed{self._end_of(auth.token)}"
        if isinstance(auth, ClientCredentials):
            what = "the token of the client credentials"
        else:
            what = "what the httpx.Auth sent" if is_auth(auth) else "the token of the auth function"
        return f"{what} was refused: check the credentials and that they belong to this environment"

    def _end_of(self, token: Secret) -> str:
        ends_at = _expiry(token)
        if ends_at is None:
            return ": pass another one, or ClientCredentials, and check that it belongs to this environment"
        when = ends_at.isoformat(sep=" ", timespec="seconds").replace("+00:00", " UTC")
        if ends_at.timestamp() <= self._wall():
            return f": it ended at {when}; pass another one, or ClientCredentials"
        return f": it is good until {when}, so check that it belongs to this environment"


def _on_bad_request(body: ErrorBody | None, content: bytes) -> str:
    if body is None:
        page = content[:_MAX_PAGE]
        return next((advice for text, advice in _PAGES_OF_NGINX.items() if text in page), "")
    says_why = any((body.message, body.errors, body.error_code, body.additional_properties))
    return "the attribute error holds what the API objects to" if says_why else ""


def _repeats(base: str, template: str) -> bool:
    """Tell whether a base path ends as a path begins."""
    ending, beginning = base.split("/")[1:], template.split("/")[1:]
    return any(ending[-count:] == beginning[:count] for count in range(1, len(ending) + 1))


def _expiry(token: Secret) -> datetime | None:
    """Return when a token ends, if it is a JWT that says so."""
    parts = token.reveal().split(".")
    if len(parts) != _PARTS_OF_JWT or len(parts[1]) > _MAX_TOKEN:
        return None
    try:
        claims = json.loads(urlsafe_b64decode(parts[1] + "=="))
        return datetime.fromtimestamp(claims["exp"], UTC)
    except (ArithmeticError, LookupError, OSError, RecursionError, TypeError, ValueError):
        return None
