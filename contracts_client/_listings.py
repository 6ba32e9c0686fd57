"""Calls and listings: from the arguments of a method to one call or a paginator, and lookups of a single contract."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, Protocol, TypedDict, TypeVar, Unpack, cast

from . import arguments, defaults
from .bookmark import Bookmark, fingerprints
from .calls.extras import Extras
from .calls.options import Options
from .calls.session import Session
from .errors import NotFoundError, PagingError
from .headers import checked_correlation_id
from .models import Contract, ContractPage, ContractPageBody
from .openapi.classes import frozen
from .openapi.errors import DecodeError, StatusError
from .openapi.operation import Operation, Request, Response
from .pagination.drift import OnDrift
from .pagination.page import Listing, PageType
from .pagination.paginator import Paginator, to_empty_page
from .pagination.reader import is_from_api
from .raw import AnsweredPage, RawPages, RawResponse, answered

T = TypeVar("T")

PUBLIC_PARAMETERS: Final = frozenset(
    {
        "consumableAfter",
        "consumableBefore",
        "expirationDateAfter",
        "expirationDateBefore",
        "includeConsumers",
        "includeOrderLineEvents",
        "loyaltyProgramId",
        "organisationId",
        "perPage",
        "sortBy",
        "sortDirection",
    }
)
"""Query parameters that point to no person. Any other parameter may."""


class AskForPage(Protocol):
    """Returns the operation that fetches a page of a listing with its filters."""

    def __call__(self, page: int | None, per_page: int | None, /) -> Operation[ContractPageBody]:
        """Return the operation.

        Args:
            page: Which page, from 1.
            per_page: Items a page.
        """
        ...


class ListingOptions(TypedDict):
    """How to read a listing, as the methods take it. See ContractsClient.list_contracts."""

    page: int | None
    per_page: int | None
    limit: int | None
    prefetch: int | None
    resume: Bookmark | str | None
    on_drift: OnDrift
    deduplicate: bool


def listing_of(
    name: str,
    ask: AskForPage,
    read: Callable[[Operation[ContractPageBody], int], Awaitable[PageType]],
    options: ListingOptions,
    extras: Extras | None,
    *,
    max_concurrency: int,
) -> Listing[Contract, PageType]:
    """Return a listing and its options, checked.

    Args:
        name: Name of the client's method.
        ask: Returns the operation that fetches a page.
        read: Makes one call, and returns its page, of this number.
        options: How to read it.
        extras: What is sent beside the operation's own. It is part of the query, and so of a bookmark's fingerprint.
        max_concurrency: Exchanges that the client makes at once.

    Raises:
        InvalidArgumentError: An argument breaks a rule.
    """
    page, per_page, limit, prefetch = options["page"], options["per_page"], options["limit"], options["prefetch"]
    # Checks that are not needed for what most listings leave out.
    page = page if page is None else arguments.page_number("page", page)
    per_page = per_page if per_page is None else arguments.page_number("per_page", per_page)
    limit = limit if limit is None else arguments.limit(limit)
    prefetch = defaults.PREFETCH if prefetch is None else arguments.prefetch(prefetch)
    on_drift, deduplicate, resume = options["on_drift"], options["deduplicate"], options["resume"]
    if on_drift != "report":
        on_drift = arguments.on_drift(on_drift)
    if deduplicate is not True:
        deduplicate = arguments.deduplicate(deduplicate)
    if extras is not None:
        ask = _with_extras(ask, extras)
    first = page or 1
    # It checks the arguments now, and is sent later if that page is the first to be fetched.
    prepared = arguments.encoded(lambda: ask(first, per_page))

    def query() -> Request:
        return ask(None, per_page).request

    def fingerprint() -> str:
        return _fingerprints(name, query())[0]

    def description() -> str:
        return _description(query())

    def fetch(number: int, size: int | None) -> Awaitable[PageType]:
        return read(prepared if number == first and size == per_page else ask(number, size), number)

    return Listing(
        operation=name,
        fetch=fetch,
        key=_uuid,
        first=first,
        size=per_page,
        limit=limit,
        # With the page that is waited for, a listing takes half of the client's exchanges.
        prefetch=min(max(0, int(max_concurrency * defaults.PREFETCH_SHARE) - 1), prefetch),
        on_drift=on_drift,
        deduplicate=deduplicate,
        resume=None if resume is None else arguments.bookmark(resume, page, _fingerprints(name, query())),
        fingerprint=fingerprint,
        description=description,
    )


def _with_extras(ask: AskForPage, extras: Extras) -> AskForPage:
    return lambda page, per_page: extras.added_to(ask(page, per_page))


def _uuid(contract: Contract) -> str:
    return contract.uuid


def _fingerprints(operation: str, request: Request) -> tuple[str, ...]:
    public = [pair for pair in request.query if pair[0] in PUBLIC_PARAMETERS]
    identifying = [pair for pair in request.query if pair[0] not in PUBLIC_PARAMETERS]
    segments = () if request.path == request.template else (request.path,)
    return fingerprints((operation, public), (identifying, segments, request.headers))


def _description(request: Request) -> str:
    """The names of the parameters, and the values of those that are numbers and point to nobody."""
    return ", ".join(
        f"{name}={value if name in PUBLIC_PARAMETERS and value.isdigit() else '…'}" for name, value in request.query
    )


@frozen
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
                self.operation, ask, self._page, options, self.extras, max_concurrency=self.session.max_concurrency
            )
        )

    async def _page(self, operation: Operation[ContractPageBody], number: int) -> ContractPage:
        settings = self.options.settings(self.operation, correlation_id=self.correlation_id)
        return ContractPage.numbered(await self.session.run(operation, settings), number)


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
            self.operation, ask, self._answered_page, options, self.extras, max_concurrency=session.max_concurrency
        )
        return cast("Paginator[Contract, ContractPage]", RawPages(Paginator(listing)))

    async def _answered_page(self, operation: Operation[ContractPageBody], number: int) -> AnsweredPage[ContractPage]:
        def parse(response: Response) -> ContractPage:
            return ContractPage.numbered(operation.parse(response), number)

        numbered = Operation(request=operation.request, parse=parse)
        settings = self.options.settings(self.operation, correlation_id=self.correlation_id)
        return answered(await self.session.run_raw(numbered, settings))


_NOT_FOUND = 404
_ITEMS = next(name for name, attribute in ContractPageBody.json_names.items() if attribute == "items")


def only_contract(listing: Operation[ContractPageBody], uuid: str) -> Operation[Contract]:
    """Return an operation that lists contracts and picks the one that was asked for.

    Args:
        listing: Lists the contracts with the identifier.
        uuid: The identifier.

    Returns:
        An operation that returns the contract. It raises StatusError with 404 if the listing is empty, as the API
        would. It raises DecodeError if the listing has other contracts, or none although its totals may say that there
        are some: a server that ignores the filter must not hand out somebody else's contract.
    """

    def parse(response: Response) -> Contract:
        page = ContractPage.numbered(listing.parse(response), 1)
        for contract in page.items:
            if contract.uuid == uuid:
                return contract
        if page.items:
            raise DecodeError("the contract that was asked for", "others", (_ITEMS,))
        if page.has_unreadable_totals or page.is_last is False:
            raise DecodeError("the contract that was asked for", "no contracts although there may be some", (_ITEMS,))
        raise StatusError(_NOT_FOUND, documented=True)

    return Operation(request=listing.request, parse=parse)


async def contract_of(listing: Paginator[Contract, ContractPage], customer_number: int) -> Contract | None:
    """Return the first contract of a listing that a customer may consume, or None if there is none.

    A listing that moves while it is read may hide the contract, so it is read again before None is returned. Without
    totals it is read to an empty page.

    Args:
        listing: Contracts with their consumers.
        customer_number: The customer.

    Raises:
        PagingError: The listing moved each time, or lacks consumers, so that the answer is unknown.
        NotFoundError: A 404 that may be a gateway's.
    """
    listing = to_empty_page(listing)
    for again in range(1 + defaults.MAX_RESTARTS):
        count, lacks_consumers = 0, False
        try:
            async for contract in listing:
                count += 1
                consumers = contract.contract_consumers
                numbers = None if consumers is None else [each.customer_number for each in consumers]
                if numbers is not None and customer_number in numbers:
                    return contract
                lacks_consumers = lacks_consumers or numbers is None or None in numbers
        except NotFoundError as error:
            if not is_from_api(error):
                raise
            if again:
                break  # there were pages before
            return None  # the API has nothing with that reference
        if lacks_consumers:
            raise PagingError(
                "find_claim: a contract came without its consumers or their numbers, so it is not known whether it "
                "was claimed; ask the provider why"
            )
        total = listing.total_items  # too low a total is wrong, and says nothing of the end
        if not listing.drift and (total is None or count <= total):
            return None
    raise PagingError(
        "find_claim: pages are missing or moved each time that the contracts were read, so the claim may be among "
        "those that did not come; ask again later"
    )
