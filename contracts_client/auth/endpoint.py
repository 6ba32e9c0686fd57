"""The token endpoint: the request of client credentials, and how its response is read."""

from __future__ import annotations

import json
import logging
from typing import Final

from .. import defaults
from ..clock import Clock
from ..errors import ClientClosedError, ConfigurationError, TokenError, shown_code
from ..headers import CLIENT_NAME, CORRELATION_ID, USER_AGENT, new_correlation_id
from ..openapi.decode import read_dict
from ..openapi.errors import DecodeError
from ..openapi.operation import Response, json_value
from ..resilience.response_headers import retry_after_of
from ..secret import Secret
from ..transport.interface import ExchangeError, PhaseTimeouts, Transport, TransportRequest
from ..transport.library import DEFAULT_TIMEOUT
from .cache import REFUSALS, Token
from .credentials import ClientCredentials, is_bearer_token, read_seconds

TOKEN_PATH = "/oauth/token"  # noqa: S105 # a path
_ENDPOINT: Final = "the token endpoint"
_HTTP_OK = 200
# Passing troubles of the endpoint or of a gateway in front, whose own statuses go up to 599.
_PASSING: Final = frozenset({408, 425, 429, *range(500, 600)} - {501, 505})
_NOT_HERE: Final = frozenset({*range(300, 400), 404, 405})  # as if auth_url already had the path in it

logger: Final = logging.getLogger(__name__.rsplit(".", 2)[0])


class TokenRequest:
    """Asks the token endpoint of an environment for a token, each time it is called.

    Args:
        credentials: The credentials.
        transport: The transport to the token endpoint. Its connections are its own: a busy API can't block a renewal.
        host: The host of the token endpoint, for errors.
        audience: The audience, if the credentials name none.
        client_name: The ET-Client-Name.
        clock: The time.
        timeout: Seconds for each phase of a request.
        seconds: Seconds for a whole request.
    """

    def __init__(
        self,
        credentials: ClientCredentials,
        transport: Transport,
        *,
        host: str,
        audience: str,
        client_name: str,
        clock: Clock,
        timeout: PhaseTimeouts = DEFAULT_TIMEOUT,
        seconds: float = defaults.TOKEN_DEADLINE,
    ) -> None:
        self._credentials = credentials
        self._transport = transport
        self._endpoint = f"{_ENDPOINT} at {host}"
        self._audience = credentials.audience or audience
        self._client_name = client_name
        self._clock = clock
        self._timeout = timeout
        self._seconds = seconds

    async def __call__(self) -> Token | TokenError:
        """Return a token, or the error of a request that failed."""
        correlation_id, started = new_correlation_id(), self._clock.monotonic()
        outcome, passing = "failed", False
        deadline = started + self._seconds
        try:
            async with self._clock.timeout_at(deadline):
                response = await self._transport.send(self._request(correlation_id, deadline))
        except ExchangeError as error:
            problem, passing = f"no token: {error}; {_where(self._endpoint)}", error.transient and not error.unusable
        except TimeoutError:  # the scope's: a transport's own becomes an ExchangeError
            problem = f"no token: the request took longer than {self._seconds:g} s; {_where(self._endpoint)}"
            passing = True
        except ConfigurationError as error:
            problem = f"no token: {error}"
        except ClientClosedError:
            problem = "no token: the client is closed"
        else:
            outcome = str(response.status)
            return read_token(response, self._clock, correlation_id, self._endpoint)
        finally:
            logger.debug(
                "POST %s %s in %.0f ms (correlation id %s)",
                TOKEN_PATH,
                outcome,
                (self._clock.monotonic() - started) * 1000,
                correlation_id,
            )
        return TokenError(problem, correlation_id=correlation_id, safe_to_retry=passing)

    def _request(self, correlation_id: str, deadline: float) -> TransportRequest:
        return TransportRequest(
            method="POST",
            path=TOKEN_PATH,
            headers=(
                ("Accept", "application/json"),
                ("Content-Type", "application/json"),
                ("User-Agent", USER_AGENT),
                (CLIENT_NAME, self._client_name),
                (CORRELATION_ID, correlation_id),
            ),
            body=self._body(),
            timeout=self._timeout,
            deadline=deadline,
            fresh=True,  # tokens are fetched rarely: an idle connection would often be dead
        )

    def _body(self) -> bytes:
        return json.dumps(
            {
                "client_id": self._credentials.client_id,
                "client_secret": self._credentials.client_secret.reveal(),
                "audience": self._audience,
                "grant_type": "client_credentials",
            }
        ).encode()


def _where(endpoint: str) -> str:
    return f"{endpoint} is {TOKEN_PATH} of the environment's auth_url"


def read_token(
    response: Response, clock: Clock, correlation_id: str | None = None, endpoint: str = _ENDPOINT
) -> Token | TokenError:
    """Return the token in a response of the token endpoint, or the error of a response without one.

    Args:
        response: The response.
        clock: The time.
        correlation_id: The request's X-Correlation-Id.
        endpoint: What errors call the token endpoint.
    """
    status = response.status
    if status != _HTTP_OK:
        advice = (
            f"check the address: {_where(endpoint)}"
            if status in _NOT_HERE
            else "check client id, client secret and environment: credentials are bound to one"
            if status in REFUSALS
            else "it is the endpoint that fails, not the credentials"
        )
        return TokenError(
            f"{endpoint} answered {status}{shown_code(_error_of(response))}; {advice}",
            status_code=status,
            correlation_id=correlation_id,
            retry_after=retry_after_of(response.headers, clock.wall()),
            safe_to_retry=status in _PASSING,
        )
    try:
        answer = read_dict(json_value(response))
    except DecodeError as error:
        problem = f"expected {error.expected}, found {error.found}"
    else:
        kind = answer.get("token_type", "Bearer")
        value = answer.get("access_token")
        lifetime = token_lifetime(answer.get("expires_in"))
        if not isinstance(kind, str) or kind.lower() != "bearer":
            problem = "token_type is not Bearer"
        elif not is_bearer_token(value):
            problem = "access_token is no bearer token"
        elif lifetime is None:
            problem = "expires_in is no number"
        else:
            return Token.lasting(Secret(str(value)), lifetime, clock)
    return TokenError(
        f"{endpoint} answered {status} with nonsense: {problem}",
        status_code=status,
        correlation_id=correlation_id,
    )


def _error_of(response: Response) -> object:
    """Return OAuth's code of an error (RFC 6749, 5.2), or None."""
    try:
        return read_dict(json_value(response)).get("error")
    except DecodeError:
        return None


def token_lifetime(expires_in: object) -> float | None:
    """Return the seconds that a token is good for: 0 to use it once, None if ``expires_in`` is no number."""
    if expires_in is None:
        return defaults.TOKEN_LIFETIME
    seconds = read_seconds(expires_in)
    return None if seconds is None else max(0.0, min(seconds, defaults.MAX_TOKEN_LIFETIME))
