"""One contract out of a listing."""

from collections.abc import AsyncIterable, Awaitable, Callable

from ._generated.client import Send
from ._generated.errors import DecodeError, StatusError
from ._generated.models import Contract, ContractPage
from .errors import NotFoundError

_NOT_FOUND = 404
_ITEMS = next(name for name, attribute in ContractPage.json_names.items() if attribute == "items")


def only_contract(
    operation: Callable[[Send], Awaitable[ContractPage]], uuid: str
) -> Callable[[Send], Awaitable[Contract]]:
    """Return an operation that lists and picks.

    Args:
        operation: Lists the contracts with the identifier.
        uuid: The identifier.

    Returns:
        An operation that returns the contract. It raises StatusError with 404 where the listing is empty, as the API
        would, and DecodeError where it holds other contracts: a server that ignores the filter must not hand out
        somebody else's.
    """

    async def find(send: Send) -> Contract:
        page = await operation(send)
        for contract in page.items:
            if contract.uuid == uuid:
                return contract
        if page.items:
            raise DecodeError("the contract that was asked for", "others", (_ITEMS,))
        raise StatusError(_NOT_FOUND, documented=True)

    return find


async def contract_of(listing: AsyncIterable[Contract], customer_number: int) -> Contract | None:
    """Return the first contract of a listing that a customer may consume, or None where there is none.

    Args:
        listing: Contracts with their consumers.
        customer_number: The customer.
    """
    try:
        async for contract in listing:
            if any(each.customer_number == customer_number for each in contract.contract_consumers or ()):
                return contract
    except NotFoundError:
        pass  # the API knows nothing by that reference
    return None
