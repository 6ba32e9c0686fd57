"""Filter, sort and page contracts. Pure functions, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ..data.store import EXPIRED, VALID, Contract
from .shaping import number_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Predicate = Callable[[Contract, Any], bool]
Item = TypeVar("Item")


def moment(text: str) -> datetime:
    """A date or a date and time as a moment; a date is its first moment in UTC.

    Args:
        text: ISO 8601, already checked against the specification.

    Raises:
        ValueError: It is no moment after all.
    """
    parsed = datetime.fromisoformat(text.upper())
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def _same(value: object, asked: object) -> bool:
    """Tell whether two identifiers are equal, as numbers or as texts."""
    return str(value) == str(asked) or (isinstance(asked, int) and isinstance(value, str) and number_in(value) == asked)


def _consumable_after(contract: Contract, asked: str) -> bool:
    return contract.expiration_date is None or contract.expiration_date > moment(asked)


def _expires_after(contract: Contract, asked: str) -> bool:
    return contract.expiration_date is not None and contract.expiration_date > moment(asked)


def _expires_before(contract: Contract, asked: str) -> bool:
    return contract.expiration_date is not None and contract.expiration_date < moment(asked)


FILTERS: Mapping[str, Predicate] = {
    "uuid": lambda contract, asked: _same(contract.uuid, asked),
    "customerNumber": lambda contract, asked: any(_same(each.customer_number, asked) for each in contract.consumers),
    "customerRef": lambda contract, asked: any(_same(each.customer_ref, asked) for each in contract.consumers),
    "loyaltyProgramId": lambda contract, asked: _same(contract.program.id, asked),
    "contractHolder": lambda contract, asked: contract.holder is not None and _same(contract.holder, asked),
    "consumableAfter": _consumable_after,
    "consumableBefore": lambda contract, asked: contract.consumable_from < moment(asked),
    "expirationDateAfter": _expires_after,
    "expirationDateBefore": _expires_before,
    "externalRef": lambda contract, asked: contract.external_ref is not None and _same(contract.external_ref, asked),
    "organisationId": lambda contract, asked: _same(contract.organisation_id, asked),
}
"""Every filter of the documentation page, by its documented name."""


def select(contracts: Iterable[Contract], filters: Mapping[str, Any]) -> list[Contract]:
    """The contracts that match every filter.

    Args:
        contracts: The contracts to look at; their order is kept.
        filters: What is asked for, by the names in FILTERS.
    """
    chosen = [(FILTERS[name], asked) for name, asked in filters.items()]
    return [contract for contract in contracts if all(matches(contract, asked) for matches, asked in chosen)]


def usable(contract: Contract, when: datetime) -> bool:
    """Whether a contract is VALID and within its time frame, its first moment included and its last one not."""
    return contract.status == VALID and contract.consumable_from <= when and not _over(contract, when)


def expired(contract: Contract, when: datetime) -> bool:
    """Whether a contract has the status EXPIRED, or is still called VALID past its expiration date."""
    return contract.status == EXPIRED or (contract.status == VALID and _over(contract, when))


def _over(contract: Contract, when: datetime) -> bool:
    return contract.expiration_date is not None and contract.expiration_date <= when


def sort(
    items: Iterable[Item], names: Sequence[str], value: Callable[[Item, str], Any], *, descending: bool
) -> list[Item]:
    """Items sorted by properties, most significant first.

    Args:
        items: The items; those alike keep their order.
        names: The properties.
        value: Reads a property of an item; None is one that the item lacks, which comes last in either direction.
        descending: Whether the largest comes first.
    """
    ordered = list(items)
    for name in reversed(names):
        present = [item for item in ordered if value(item, name) is not None]
        absent = [item for item in ordered if value(item, name) is None]
        present.sort(key=lambda item: value(item, name), reverse=descending)
        ordered = present + absent
    return ordered


@dataclass(frozen=True)
class Page:
    """One page of a listing: what is on it, and how much there is in all."""

    items: list[Contract]
    total_items: int
    total_pages: int


def page(contracts: Sequence[Contract], number: int, size: int) -> Page:
    """One page of contracts.

    Args:
        contracts: The whole listing.
        number: Which page, from 1; past the end it is empty.
        size: Contracts a page, from 1.
    """
    start = (number - 1) * size
    return Page(list(contracts[start : start + size]), len(contracts), -(-len(contracts) // size))
