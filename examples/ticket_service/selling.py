"""Claim personnel tickets: each once, and tell the customer what is so even where an answer was lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from enum import StrEnum
from weakref import WeakValueDictionary

from contracts_client import (
    BadRequestError,
    ConflictError,
    ContractsClient,
    ContractsError,
    OutcomeUnknownError,
)

logger = logging.getLogger(__name__)

_Key = tuple[str, int]

FIND_AFTER = (0.0, 1.0, 3.0)
"""Seconds before each look for a claim whose answer was lost: the API may still be at work on it."""


class Outcome(StrEnum):
    """What has become of a sale."""

    SOLD = "sold"
    """The ticket is the customer's."""

    REFUSED = "refused"
    """It is not: it was claimed by somebody else, say. Nothing has changed."""

    UNKNOWN = "unknown"
    """Nobody can tell yet. It is looked up when the customer asks again, and never claimed again."""


class TicketDesk:
    """Sells personnel tickets.

    There is no idempotency key, so this remembers which claims have no outcome yet. A service of several processes
    keeps that in its database instead: written before a claim is sent, removed when its outcome is known.

    Args:
        client: The client, which this does not close.
        sleep: Waits for some seconds.
    """

    def __init__(self, client: ContractsClient, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._client = client
        self._sleep = sleep
        self._open: set[_Key] = set()
        self._turns = WeakValueDictionary[_Key, asyncio.Lock]()

    async def sell(self, pickup_code: str, customer_number: int) -> Outcome:
        """Claim a ticket for a customer, or look for it where a claim of theirs has no outcome yet.

        Args:
            pickup_code: The ticket's code.
            customer_number: The customer.

        Raises:
            ContractsError: Nothing was claimed by this, for this reason: to ask again is safe.
        """
        key = pickup_code, customer_number
        # Who clicks twice at once waits for the first click's outcome.
        async with self._turns.setdefault(key, asyncio.Lock()):
            return await (self._settle(key) if key in self._open else self._claim(key))

    async def _claim(self, key: _Key) -> Outcome:
        pickup_code, customer_number = key
        # Added before it is sent, and kept until its outcome is known, even where a cancellation ends this in between.
        self._open.add(key)
        try:
            claim = await self._client.claim_personnel_ticket(pickup_code, customer_number=customer_number)
        except OutcomeUnknownError as error:
            logger.warning("A claim may have been executed: %s", error)
            return await self._settle(key)
        except (BadRequestError, ConflictError) as error:
            self._open.discard(key)
            logger.info("A claim was refused: %s", error)
            # It may be theirs already: they clicked twice, or an earlier claim took its time.
            return Outcome.SOLD if await self._is_theirs(key) else Outcome.REFUSED
        except ContractsError:
            self._open.discard(key)
            raise
        self._open.discard(key)
        return Outcome.SOLD if claim.success else Outcome.REFUSED

    async def _settle(self, key: _Key) -> Outcome:
        for seconds in FIND_AFTER:
            await self._sleep(seconds)
            try:
                found = await self._is_theirs(key)
            except ContractsError as error:
                logger.warning("A claim can't be looked up: %s", error)
            else:
                if found:
                    self._open.discard(key)
                    return Outcome.SOLD
        return Outcome.UNKNOWN

    async def _is_theirs(self, key: _Key) -> bool:
        pickup_code, customer_number = key
        return await self._client.find_claim(pickup_code, customer_number=customer_number) is not None
