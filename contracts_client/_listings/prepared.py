"""Prepared calls: one operation with its options, for its result, its whole response, or the pages of a listing."""

from __future__ import annotations

import re
from collections.abc import Coroutine
from functools import partial
from typing import Any, TypeVar, Unpack, cast

from ..calls.extras import Extras
from ..calls.options import Options
from ..calls.session import Session
from ..errors import ResponseDecodeError
from ..headers import checked_correlation_id
from ..models import ITEMS, Contract, ContractPage, ContractPageBody
from ..openapi.classes import define
from ..openapi.operation import Operation, Response
from ..pagination.paginator import Paginator
from ..raw import AnsweredPage, RawPages, RawResponse, answered
from .listing import AskForPage, ListingOptions, listing_of

T = TypeVar("T")

_item_path = partial(re.match, rf"{re.escape(ITEMS)}\[([0-9]+)\]")


def _note_item(error: ResponseDecodeError, page: int) -> None:
    """Note in an error which item of a page can't be read, so that a bookmark can go past it."""
    found = _item_path(error.path)
    if found is not None:
        error.past = page, int(found[1]) + 1


@define
class PreparedCall:
    """A call of one operation with its options. It is made once, or once a page for a listing."""

    session: Session
    options: Options
    operation: str
    correlation_id: str | None
    at_most_once: bool
    extras: Extras | None

    def run(self, operation: Operation[T]) -> Coroutine[Any, Any, T]:
        """Make the call. See ``Call.run``."""
        if self.extras is not None:
            operation = self.extras.added_to(operation)
        settings = self.options.settings(
            self.operation, correlation_id=self.correlation_id, at_most_once=self.at_most_once
        )
        return self.session.run(operation, settings)

    def run_raw(self, operation: Operation[T]) -> Coroutine[Any, Any, RawResponse[T]]:
        """Make the call, and return its whole response. See ``Call.run``."""
        if self.extras is not None:
            operation = self.extras.added_to(operation)
        settings = self.options.settings(
            self.operation, correlation_id=self.correlation_id, at_most_once=self.at_most_once
        )
        return self.session.run_raw(operation, settings)

    def paginated(self, ask: AskForPage, **options: Unpack[ListingOptions]) -> Paginator[Contract, ContractPage]:
        """Return a listing that makes this call for each page.

        Args:
            ask: Returns the operation that fetches a page.
            options: How to read it.

        Raises:
            InvalidArgumentError: An argument breaks a rule. Nothing was sent.
        """
        if self.correlation_id is not None:
            checked_correlation_id(self.correlation_id)
        return Paginator(
            listing_of(
                self.operation,
                ask,
                self._page,
                options,
                self.extras,
                max_concurrency=self.session.max_concurrency,
                is_strict=self.session.is_strict,
            )
        )

    async def _page(self, operation: Operation[ContractPageBody], number: int) -> ContractPage:
        settings = self.options.settings(self.operation, correlation_id=self.correlation_id)
        try:
            body = await self.session.run(operation, settings)
        except ResponseDecodeError as error:
            if not self.session.is_strict:
                _note_item(error, number)
            raise
        return ContractPage.numbered(body, number)


class RawCall(PreparedCall):
    """A call that returns its whole response: what ``with_raw_response`` makes. ``raw.RawContracts`` has the types."""

    def run(self, operation: Operation[T]) -> Coroutine[Any, Any, T]:
        """Make the call."""
        return cast("Coroutine[Any, Any, T]", self.run_raw(operation))

    def paginated(self, ask: AskForPage, **options: Unpack[ListingOptions]) -> Paginator[Contract, ContractPage]:
        """Return the responses of a listing's pages."""
        if self.correlation_id is not None:
            checked_correlation_id(self.correlation_id)
        session = self.session
        listing = listing_of(
            self.operation,
            ask,
            self._answered_page,
            options,
            self.extras,
            max_concurrency=session.max_concurrency,
            is_strict=session.is_strict,
        )
        return cast("Paginator[Contract, ContractPage]", RawPages(Paginator(listing)))

    async def _answered_page(self, operation: Operation[ContractPageBody], number: int) -> AnsweredPage[ContractPage]:
        def parse(response: Response) -> ContractPage:
            return ContractPage.numbered(operation.parse(response), number)

        numbered = Operation(request=operation.request, parse=parse)
        settings = self.options.settings(self.operation, correlation_id=self.correlation_id)
        try:
            return answered(await self.session.run_raw(numbered, settings))
        except ResponseDecodeError as error:
            if not self.session.is_strict:
                _note_item(error, number)
            raise
