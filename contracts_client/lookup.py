"""One contract out of a listing that was narrowed down to it."""

from collections.abc import Awaitable, Callable

from ._generated.client import Send
from ._generated.errors import DecodeError, StatusError
from ._generated.models import Contract, ContractPage

_NOT_FOUND = 404


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
            raise DecodeError("the contract that was asked for", "others", ("items",))
        raise StatusError(_NOT_FOUND, documented=True)

    return find
