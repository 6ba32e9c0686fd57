"""Listings of contracts: from the arguments of a method to what a paginator reads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from math import inf
from typing import Final, Protocol, TypedDict

from .. import arguments, defaults
from ..bookmark import Bookmark, fingerprints
from ..calls.extras import Extras
from ..models import Contract, ContractPageBody, readable_part
from ..openapi.errors import DecodeError
from ..openapi.operation import Operation, Request, Response
from ..pagination.drift import OnDrift, OnUnreadable
from ..pagination.page import Listing, PageType

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
    on_unreadable: OnUnreadable


def listing_of(
    name: str,
    ask: AskForPage,
    read: Callable[[Operation[ContractPageBody], int], Awaitable[PageType]],
    options: ListingOptions,
    extras: Extras | None,
    *,
    max_concurrency: int,
    is_strict: bool,
) -> Listing[Contract, PageType]:
    """Return a listing and its options, checked.

    Args:
        name: Name of the client's method.
        ask: Returns the operation that fetches a page.
        read: Makes one call, and returns its page, of this number.
        options: How to read it.
        extras: What is sent beside the operation's own. It is part of the query, and so of a bookmark's fingerprint.
        max_concurrency: Exchanges that the client makes at once.
        is_strict: Whether the client skips nothing that it can't read.

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

    mark = None if resume is None else arguments.bookmark(resume, page, _fingerprints(name, query()))
    may_skip = None
    if mark is not None or options["on_unreadable"] != "raise":
        may_skip = _skipping(arguments.on_unreadable(options["on_unreadable"]), mark, is_strict=is_strict)

    def fetch(number: int, size: int | None) -> Awaitable[PageType]:
        operation = prepared if number == first and size == per_page else ask(number, size)
        if may_skip is not None:
            operation = _lenient(operation, may_skip(number))
        return read(operation, number)

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
        resume=mark,
        fingerprint=fingerprint,
        description=description,
    )


def _with_extras(ask: AskForPage, extras: Extras) -> AskForPage:
    return lambda page, per_page: extras.added_to(ask(page, per_page))


def _skipping(on_unreadable: OnUnreadable, mark: Bookmark | None, *, is_strict: bool) -> Callable[[int], float] | None:
    """Return what says how many of a page's first contracts may be unreadable, or None if none on any page."""
    if is_strict:
        return None
    if on_unreadable == "skip":
        return lambda _: inf
    return None if mark is None else mark.may_skip


def _lenient(operation: Operation[ContractPageBody], may_skip: float) -> Operation[ContractPageBody]:
    """Return an operation that leaves out some contracts that can't be read. See ``readable_part``."""

    def parse(response: Response) -> ContractPageBody:
        with suppress(DecodeError):
            return operation.parse(response)
        return readable_part(response, may_skip)  # outside the block, so that its error carries no context

    return Operation(request=operation.request, parse=parse)


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
