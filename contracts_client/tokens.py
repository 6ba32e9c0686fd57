"""The token of client credentials: fetched once for all who wait, kept, and renewed ahead of its end."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable

from attrs import field, frozen

from . import defaults
from ._generated.client import Response, json_value
from ._generated.errors import DecodeError
from ._generated.types import read_dict
from .auth import ClientCredentials, is_bearer_token
from .errors import ClientClosedError, ConfigurationError, TokenError
from .headers import CLIENT_NAME, CORRELATION_ID, USER_AGENT, new_correlation_id
from .port import ExchangeError, Exchanger, Wire
from .secret import Secret
from .transport import DEFAULT_TIMEOUT

TOKEN_PATH = "/oauth/token"  # noqa: S105 # a path
_HTTP_OK = 200
_REFUSED = range(400, 429)
_SECONDS = re.compile(r"[0-9]{1,12}").fullmatch


@frozen
class Token:
    """A token and when it ends, on a monotonic clock.

    Attributes:
        value: The token.
        renew_at: When to fetch the next one.
        ends_at: When not to send it any more.
    """

    value: Secret = field(repr=False)
    renew_at: float
    ends_at: float


class TokenCache:
    """The token source of client credentials.

    Args:
        credentials: What to fetch with.
        exchanger: The port to the token endpoint, with a pool of its own: a full API pool can't block a renewal.
        audience: The audience, where the credentials name none.
        client_name: The ET-Client-Name.
        clock: Monotonic seconds; tests inject one.
    """

    def __init__(
        self,
        credentials: ClientCredentials,
        exchanger: Exchanger,
        *,
        audience: str,
        client_name: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._credentials = credentials
        self._exchanger = exchanger
        self._audience = credentials.audience or audience
        self._client_name = client_name
        self._clock = clock
        self._token: Token | None = None
        self._fetching: asyncio.Task[Token | TokenError] | None = None

    async def get(self) -> Secret:
        """Return a token that is not about to end.

        However many callers wait, one request is made. A caller that is cancelled does not take it from the others.

        Raises:
            TokenError: The endpoint refused, could not be reached, or answered nonsense.
        """
        token, now = self._token, self._clock()
        if token is not None and now < token.renew_at:
            return token.value
        if self._fetching is None:
            self._fetching = asyncio.get_running_loop().create_task(self._fetch())
            self._fetching.add_done_callback(self._fetched)
        if token is not None and now < token.ends_at:
            return token.value  # still good: nobody waits for the next one, or fails because it can't be had yet
        outcome = await asyncio.shield(self._fetching)
        if isinstance(outcome, TokenError):
            # An error each: a shared one would collect the traceback of every caller.
            raise TokenError(outcome.message, status_code=outcome.status_code)
        return outcome.value

    def reject(self, token: Secret) -> bool:
        """Forget a token that the API refused, unless another has taken its place already."""
        if self._token is not None and self._token.value is token:
            self._token = None
        return True

    def _fetched(self, task: asyncio.Task[Token | TokenError]) -> None:
        self._fetching = None
        if task.cancelled() or task.exception() is not None:
            return
        outcome = task.result()
        if isinstance(outcome, Token):
            self._token = outcome

    async def _fetch(self) -> Token | TokenError:
        wire = Wire(
            method="POST",
            path=TOKEN_PATH,
            headers=(
                ("Accept", "application/json"),
                ("Content-Type", "application/json"),
                ("User-Agent", USER_AGENT),
                (CLIENT_NAME, self._client_name),
                (CORRELATION_ID, new_correlation_id()),
            ),
            body=_request_body(self._credentials, self._audience),
            timeout=DEFAULT_TIMEOUT,
            give_up_at=asyncio.get_running_loop().time() + defaults.DEADLINE,
        )
        try:
            response = await self._exchanger.send(wire)
        except ExchangeError as error:
            return TokenError(f"no token: {error}; the token endpoint is {TOKEN_PATH} of the environment's auth_url")
        except ConfigurationError as error:
            return TokenError(f"no token: {error}")
        except ClientClosedError:
            return TokenError("no token: the client is closed")
        return read_token(response, self._clock())


def _request_body(credentials: ClientCredentials, audience: str) -> bytes:
    return json.dumps(
        {
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret.reveal(),
            "audience": audience,
            "grant_type": "client_credentials",
        }
    ).encode()


def read_token(response: Response, now: float) -> Token | TokenError:
    """Return the token in an answer of the token endpoint, or the error of one that holds none.

    Args:
        response: The answer.
        now: The present moment on a monotonic clock.
    """
    status = response.status
    if status != _HTTP_OK:
        refused = status in _REFUSED
        advice = (
            "check client id, client secret and environment: credentials are bound to one"
            if refused
            else "it is the endpoint that fails, not the credentials"
        )
        return TokenError(f"the token endpoint answered {status}; {advice}", status_code=status)
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
            margin = min(defaults.TOKEN_RENEWAL_MARGIN, lifetime / 2)
            return Token(Secret(str(value)), renew_at=now + lifetime - margin, ends_at=now + lifetime)
    return TokenError(f"the token endpoint answered {status} with nonsense: {problem}", status_code=status)


def token_lifetime(expires_in: object) -> float | None:
    """Return for how many seconds a token is good: 0 to use it once, None where ``expires_in`` is no number."""
    if expires_in is None:
        return defaults.TOKEN_LIFETIME
    if isinstance(expires_in, str) and _SECONDS(expires_in):
        expires_in = int(expires_in)
    if not isinstance(expires_in, int | float) or isinstance(expires_in, bool) or expires_in != expires_in:  # noqa: PLR0124
        return None  # NaN is the one number that is not itself
    return float(max(0, min(expires_in, defaults.MAX_TOKEN_LIFETIME)))
