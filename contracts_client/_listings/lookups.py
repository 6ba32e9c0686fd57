"""Lookups: one contract out of a listing."""

from __future__ import annotations

from .. import defaults
from ..errors import NotFoundError, PagingError
from ..models import ITEMS, Contract, ContractPage, ContractPageBody
from ..openapi.errors import DecodeError, StatusError
from ..openapi.operation import Operation, Response
from ..pagination.paginator import Paginator, to_empty_page
from ..pagination.reader import is_from_api

_NOT_FOUND = 404


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
            raise DecodeError("the contract that was asked for", "others", (ITEMS,))
        if page.has_unreadable_totals or page.is_last is False:
            raise DecodeError("the contract that was asked for", "no contracts although there may be some", (ITEMS,))
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
