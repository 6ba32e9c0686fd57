"""Listings of contracts, from the arguments of a method to a paginator, and single contracts picked out of them."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final, Protocol, TypedDict

from attrs import evolve, frozen

from . import arguments, defaults
from .bookmark import Bookmark, fingerprints
from .calls.session import build_request
from .errors import NotFoundError, PagingError
from .models import Contract, ContractPage, ContractPageBody
from .openapi.errors import DecodeError, StatusError
from .openapi.operation import Request, Response, Send
from .pagination.drift import OnDrift
from .pagination.page import Listing, is_last
from .pagination.paginator import Paginator

logger: Final = logging.getLogger(__name__.rpartition(".")[0])

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
"""Query parameters that point to no person. What is not named here may do so."""

_TOTALS: Final = frozenset(
    name for name, attribute in ContractPageBody.json_names.items() if attribute in {"total_items", "total_pages"}
)
"""What the API calls the totals of a page."""


class ListOperation(Protocol):
    """A generated operation that lists, with its filters. Written out, so that a type checker sees both ends."""

    def __call__(self, send: Send, page: int | None, per_page: int | None, /) -> Awaitable[ContractPageBody]:
        """Fetch a page.

        Args:
            send: Sends the request.
            page: Which page, from 1.
            per_page: Items a page.
        """
        ...


class ListingOptions(TypedDict):
    """How a listing is to be read, as the methods take it. See ContractsClient.list_contracts."""

    page: int | None
    per_page: int | None
    limit: int | None
    prefetch: int | None
    resume: Bookmark | str | None
    on_drift: OnDrift
    deduplicate: bool


@frozen(kw_only=True)
class PageSource:
    """Where the pages come from.

    Attributes:
        operation: Name of the client's method.
        run: Makes one call.
        max_concurrency: Exchanges that the client makes at once.
        strict: Whether a total of the wrong type is an error.
    """

    operation: str
    run: Callable[[Callable[[Send], Awaitable[ContractPageBody]]], Awaitable[ContractPageBody]]
    max_concurrency: int
    strict: bool


def paginator(
    source: PageSource, operation: ListOperation, options: ListingOptions
) -> Paginator[Contract, ContractPage]:
    """Return a listing, without sending anything.

    Raises:
        InvalidArgumentError: An argument breaks a rule.
    """
    page = arguments.page_number("page", options["page"])
    per_page = arguments.page_number("per_page", options["per_page"])
    request = build_request(lambda send: operation(send, None, per_page))
    known = _fingerprints(source.operation, request)
    # With the page that is waited for, a listing takes half of the client's exchanges and leaves the rest to others.
    most = max(0, int(source.max_concurrency * defaults.PREFETCH_SHARE) - 1)
    prefetch = arguments.prefetch(options["prefetch"])

    async def fetch(number: int, size: int | None) -> ContractPage:
        def ask(send: Send) -> Awaitable[ContractPageBody]:
            return operation(send, number, size)

        body = await source.run(ask if source.strict else lambda send: _without_strange_totals(source, send, ask))
        return ContractPage.numbered(body, number)

    return Paginator(
        Listing(
            operation=source.operation,
            fetch=fetch,
            key=_uuid,
            first=page or 1,
            size=per_page,
            limit=arguments.limit(options["limit"]),
            prefetch=min(most, defaults.PREFETCH if prefetch is None else prefetch),
            on_drift=arguments.on_drift(options["on_drift"]),
            deduplicate=arguments.deduplicate(options["deduplicate"]),
            resume=arguments.bookmark(options["resume"], page, known),
            fingerprint=known[0],
            description=_description(request),
        )
    )


def _uuid(contract: Contract) -> str:
    return contract.uuid


def _fingerprints(operation: str, request: Request) -> tuple[str, ...]:
    public = [pair for pair in request.query if pair[0] in PUBLIC_PARAMETERS]
    identifying = [pair for pair in request.query if pair[0] not in PUBLIC_PARAMETERS]
    segments = () if request.path == request.template else (request.path,)
    return fingerprints((operation, public), (identifying, segments, request.headers))


def _description(request: Request) -> str:
    """The names of the parameters; of their values, none but numbers that point to nobody."""
    return ", ".join(
        f"{name}={value if name in PUBLIC_PARAMETERS and value.isdigit() else '…'}" for name, value in request.query
    )


async def _without_strange_totals(
    source: PageSource, send: Send, ask: Callable[[Send], Awaitable[ContractPageBody]]
) -> ContractPageBody:
    """Read a page whose totals are of a wrong type as one without them: they only tell the end, which shows anyway."""
    responses: list[Response] = []

    async def keep(request: Request) -> Response:
        responses.append(await send(request))
        return responses[-1]

    async def again(_: Request) -> Response:
        body: dict[str, Any] = json.loads(responses[-1].body)
        return evolve(
            responses[-1], body=json.dumps({name: body[name] for name in body if name not in _TOTALS}).encode()
        )

    try:
        return await ask(keep)
    except DecodeError as error:
        if error.path not in _TOTALS:
            raise
        logger.warning("%s: %s is not what the specification says, and is not believed", source.operation, error.path)
    return await ask(again)


_NOT_FOUND = 404
_ITEMS = next(name for name, attribute in ContractPageBody.json_names.items() if attribute == "items")


def only_contract(
    operation: Callable[[Send], Awaitable[ContractPageBody]], uuid: str
) -> Callable[[Send], Awaitable[Contract]]:
    """Return an operation that lists and picks.

    Args:
        operation: Lists the contracts with the identifier.
        uuid: The identifier.

    Returns:
        An operation that returns the contract. It raises StatusError with 404 where the listing is empty, as the API
        would, and DecodeError where it holds other contracts, or none although its totals say that there are some: a
        server that ignores the filter must not hand out somebody else's.
    """

    async def find(send: Send) -> Contract:
        page = await operation(send)
        for contract in page.items:
            if contract.uuid == uuid:
                return contract
        if page.items:
            raise DecodeError("the contract that was asked for", "others", (_ITEMS,))
        if is_last(ContractPage.numbered(page, 1)) is False:
            raise DecodeError("the contract that was asked for", "no contracts although there are some", (_ITEMS,))
        raise StatusError(_NOT_FOUND, documented=True)

    return find


async def contract_of(listing: Paginator[Contract, ContractPage], customer_number: int) -> Contract | None:
    """Return the first contract of a listing that a customer may consume, or None where there is none.

    A listing that moves while it is read may hide the contract, so it is read again before None is said.

    Args:
        listing: Contracts with their consumers.
        customer_number: The customer.

    Raises:
        PagingError: The listing moved each time, so that nobody knows.
    """
    for _ in range(1 + defaults.MAX_RESTARTS):
        try:
            async for contract in listing:
                if any(each.customer_number == customer_number for each in contract.contract_consumers or ()):
                    return contract
        except NotFoundError:
            return None  # the API knows nothing by that reference
        if not listing.drift:
            return None
    raise PagingError(
        "find_claim: pages are missing or moved each time that the contracts were read, so the claim may be among "
        "those that did not come; ask again later"
    )
