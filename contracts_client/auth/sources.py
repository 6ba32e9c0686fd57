"""Sources of tokens that the user provides: a fixed token, or a function with or without a cache."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from math import inf
from typing import TypeVar, cast

from .. import defaults
from ..clock import Clock
from ..errors import ContractsError, TokenError
from ..secret import Secret
from ..transport.library import may_pass
from ..transport.lifecycle import is_being_cancelled
from .cache import Token
from .credentials import AccessToken, BearerToken, TokenCallable, TokenProvider, is_bearer_token

T = TypeVar("T")


class _WithoutMemory:
    """What sources have in common that keep nothing of a token."""

    def failure(self) -> TokenError | None:
        """Return None: nothing is retried here."""
        return None

    def accept(self, token: Secret) -> None:
        """Do nothing: there is nothing to remember."""


class StaticTokenSource(_WithoutMemory):
    """The fixed token of the user."""

    def __init__(self, token: BearerToken) -> None:
        self._token = token.token

    async def get(self, deadline: float = inf, *, retry: bool = True) -> Secret:  # noqa: ARG002 # the interface
        """Return the token."""
        return self._token

    def reject(self, token: Secret) -> bool:  # noqa: ARG002 # the interface
        """Return False: there is no other token."""
        return False


def _let_cancellation_pass(error: BaseException) -> None:
    if isinstance(error, asyncio.CancelledError) and is_being_cancelled():
        raise error


async def _result_of(function: Callable[[], Awaitable[T]]) -> T:
    made = function()
    if not inspect.isawaitable(cast("object", made)):  # its type may lie
        raise TokenError("the function for tokens is not async: make it an 'async def'")
    return await made


class CallableTokenSource(_WithoutMemory):
    """The user's function, called for every call."""

    def __init__(self, function: TokenCallable) -> None:
        self._function = function

    async def get(self, deadline: float = inf, *, retry: bool = True) -> Secret:  # noqa: ARG002 # the interface
        """Return what the function returns.

        Raises:
            TokenError: The function failed, or returned no bearer token.
        """
        failure: TokenError | None = None
        token: object = None
        try:
            token = await _result_of(self._function)
        except ContractsError:
            raise
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 # the user's function may raise anything
            _let_cancellation_pass(error)
            failure = TokenError(f"the auth callable failed with {type(error).__name__}")
        if failure is not None:
            raise failure  # without a cause: what it failed with may hold an address or a secret
        if not is_bearer_token(token):
            raise TokenError("the auth callable returned something that is no bearer token")
        return Secret(str(token))

    def reject(self, token: Secret) -> bool:  # noqa: ARG002 # the interface
        """Return True: the function may return another token."""
        return True


class ProvidedToken:
    """Fetches a token by the user's function, for a cache.

    Args:
        provider: The user's provider.
        clock: The time.
        seconds: Seconds that the function may take.
    """

    def __init__(self, provider: TokenProvider, clock: Clock, seconds: float = defaults.DEADLINE) -> None:
        self._provider = provider
        self._clock = clock
        self._seconds = seconds

    async def __call__(self) -> Token | TokenError:
        """Return a token, or the error of a function that failed."""
        try:
            async with self._clock.timeout_at(self._clock.monotonic() + self._seconds):
                return await self._fetch()
        except TimeoutError:  # of the scope: one that the function raises counts as its failure
            return TokenError(
                f"the function of the TokenProvider took longer than {self._seconds:g} s", safe_to_retry=True
            )

    async def _fetch(self) -> Token | TokenError:
        try:
            token = cast("object", await _result_of(self._provider.fetch))  # likewise
        except TokenError as error:
            return TokenError(
                error.message,
                status_code=error.status_code,
                correlation_id=error.correlation_id,
                retry_after=error.retry_after,
                safe_to_retry=error.safe_to_retry,
            )
        except ContractsError as error:  # our own texts hold no secret, and say which rule is broken
            return TokenError(f"the function of the TokenProvider failed: {error}")
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 # the user's function may raise anything
            _let_cancellation_pass(error)
            return TokenError(
                f"the function of the TokenProvider failed with {type(error).__name__}",
                safe_to_retry=may_pass(error),
            )
        if not isinstance(token, AccessToken):
            return TokenError("the function of the TokenProvider returned something that is no AccessToken")
        lasts = defaults.TOKEN_LIFETIME if token.expires_in is None else token.expires_in
        return Token.lasting(token.token, min(lasts, defaults.MAX_TOKEN_LIFETIME), self._clock)
