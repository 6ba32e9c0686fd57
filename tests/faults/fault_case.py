"""A case of the table: what goes wrong, and what must come of it for a read and for the claim."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, TypeAlias

from attrs import Factory, define, frozen
from peer import Peer, Talk
from virtual_time import SkippingClock

from contracts_client import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    ContractsError,
    OutcomeUnknownError,
    ResponseDecodeError,
    RetryPolicy,
    TokenError,
    UnreadableOutcomeError,
)

ATTEMPTS = 3
ONCE_MORE = 2
RETRY = RetryPolicy(max_attempts=ATTEMPTS, backoff_base=0)


@frozen(kw_only=True)
class Fails:
    """The call ends in an error.

    Attributes:
        error: Its class, exactly.
        attempts: How many requests were sent, or tried. More than one: the call is retried, and succeeds as soon as the
            fault has passed.
        safe: Its ``safe_to_retry``.
        says: What its text must hold.
        never_says: What its text must not hold.
        status: Its ``status_code``.
        retry_after: Its ``retry_after``.
        token_retried: Whether the token request is repeated until the deadline.
    """

    error: type[ContractsError]
    attempts: int = 1
    safe: bool = False
    says: str = ""
    never_says: str = "\0"
    status: int | None = None
    retry_after: float | None = None
    token_retried: bool = False


@frozen(kw_only=True)
class Works:
    """The call brings its result.

    Attributes:
        attempts: How many requests were sent.
    """

    attempts: int = 1


Outcome: TypeAlias = Fails | Works
WORKS = Works()


def breaks(attempts: int = ATTEMPTS, says: str = "", *, safe: bool = True) -> Fails:
    """The connection fails in a way that may pass."""
    return Fails(error=APIConnectionError, attempts=attempts, safe=safe, says=says)


def times_out(attempts: int = ATTEMPTS, says: str = "") -> Fails:
    """It takes too long."""
    return Fails(error=APITimeoutError, attempts=attempts, safe=True, says=says)


def unknown(says: str = "", status: int | None = None) -> Fails:
    """The claim may have been executed."""
    return Fails(error=OutcomeUnknownError, says=says or "find_claim", status=status)


def unreadable(says: str = "") -> Fails:
    """The answer can't be used, and the next one won't be better."""
    return Fails(error=ResponseDecodeError, says=says)


def unreadable_claim(says: str = "", status: int | None = 200) -> Fails:
    """The answer can't be used, so that nobody knows whether the claim was executed; None is one not read at all."""
    return Fails(error=UnreadableOutcomeError, says=says or "find_claim", status=status)


def refused(error: type[APIStatusError], status: int, attempts: int = 1, *, safe: bool = False, **more: Any) -> Fails:
    """The status is an error."""
    return Fails(error=error, status=status, attempts=attempts, safe=safe, **more)


def no_token(says: str = "", status: int | None = None, *, retried: bool = False) -> Fails:
    """There is no token."""
    return Fails(error=TokenError, attempts=0, says=says, status=status, token_retried=retried)


@define
class Site:
    """Where a case takes place.

    Attributes:
        url: The API's base URL.
        options: Options of the client that the place needs.
        peer: Who is there, or None where nobody is.
        heal: Ends the fault.
    """

    url: str
    heal: Callable[[], Awaitable[None]]
    peer: Peer | None = None
    options: dict[str, Any] = Factory(dict)


MakeSite = Callable[[Talk], AbstractAsyncContextManager[Site]]


@frozen(kw_only=True)
class Case:
    """One way for things to go wrong.

    Attributes:
        row: The row of the matrix that it belongs to.
        what: What happens, for people: a line of docs/faults.md.
        talk: What the server does on each of its connections until the fault has passed.
        read: What comes of a read.
        claim: What comes of the claim.
        site: Where it takes place; None is a plain server on loopback.
        options: Options of the client.
        passes: Whether the fault can pass while the client lives.
        claims: How many claims the server may see at most.
        aiohttp: What comes of a read and of the claim on aiohttp, if it is something else.
    """

    row: str
    what: str
    read: Outcome
    claim: Outcome
    talk: Talk
    site: MakeSite | None = None
    options: dict[str, Any] = Factory(dict)
    passes: bool = True
    claims: int = 1
    aiohttp: tuple[Outcome, Outcome] | None = None

    def outcome(self, operation: str, transport: str | None) -> Outcome:
        """What comes of a read or the claim over a transport."""
        read, claim = self.aiohttp if self.aiohttp is not None and transport == "aiohttp" else (self.read, self.claim)
        return read if operation == "read" else claim


class HealingClock(SkippingClock):
    """A clock on which the fault passes as soon as a call waits for its next attempt."""

    def __init__(self) -> None:
        super().__init__()
        self.heal: Callable[[], Awaitable[None]] | None = None

    async def sleep(self, seconds: float) -> None:
        if self.heal is not None:
            await self.heal()
        await super().sleep(seconds)
