"""The public models: the generated ones, a page with its number, and a consumption whose errors are the client's."""

from __future__ import annotations

import datetime  # noqa: F401, ICN001 # pyright: ignore[reportUnusedImport] # annotations of models name it
from collections.abc import Iterator
from decimal import Decimal  # noqa: F401 # pyright: ignore[reportUnusedImport] # likewise
from functools import cache
from hashlib import sha256
from inspect import get_annotations
from operator import itemgetter
from typing import Any, ClassVar, Final, ForwardRef  # noqa: F401 # pyright: ignore[reportUnusedImport] # likewise

from attrs import evolve

from ._generated.models import (
    Claim,
    ConsumptionValidation,
    Contract,
    ContractConsumer,
    ContractStatus,
    ErrorBody,
    LocalizedText,
    LoyaltyProgram,
    LoyaltyProgramType,
    OrderLineEvent,
    Policy,
    TotalAmount,
    Transaction,
)
from ._generated.models import Consumption as ConsumptionBody
from ._generated.models import ContractPage as ContractPageBody
from .errors import InvalidArgumentError
from .openapi.classes import define
from .openapi.decode import read_dict, read_list
from .openapi.encode import plain
from .openapi.enums import OpenInt, OpenStr
from .openapi.errors import ArgumentError, DecodeError
from .openapi.model import Model, Text
from .openapi.operation import Response, json_value
from .pagination import page

__all__ = [
    "Claim",
    "Consumption",
    "ConsumptionValidation",
    "Contract",
    "ContractConsumer",
    "ContractPage",
    "ContractPageBody",
    "ContractStatus",
    "ErrorBody",
    "LocalizedText",
    "LoyaltyProgram",
    "LoyaltyProgramType",
    "OrderLineEvent",
    "Policy",
    "TotalAmount",
    "Transaction",
    "json_default",
]

_PAGE_NUMBERS = ("page", "pageNumber", "currentPage", "number")
_TOTALS: Final = {
    name: attribute
    for name, attribute in ContractPageBody.json_names.items()
    if attribute in {"total_items", "total_pages"}
}
"""The totals of a page: the attribute of each, by what the API calls it."""
ITEMS: Final = next(name for name, attribute in ContractPageBody.json_names.items() if attribute == "items")
"""What the API calls the contracts of a page."""
_MAX_COUNT: Final = 2**63 - 1
_MAX_DIGITS: Final = 18  # as many as always fit into 64 bits


def json_default(value: object) -> Any:
    """Return the JSON value of a model or an open enumeration.

    It is the ``default=`` of ``json.dumps`` and ``orjson.dumps``, and the ``enc_hook=`` of msgspec.

    Raises:
        TypeError: The value is neither.
    """
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, OpenStr | OpenInt):
        return value.value
    raise TypeError(f"{type(value).__name__} is no model, and nothing that JSON can hold")


@define(kw_only=True, repr=False)
class ContractPage(ContractPageBody):
    """One page of a listing of contracts, and its number."""

    number: int = 1
    """The number of the page that was requested, from 1. It is 1 in a page from ``from_dict``."""

    unreadable: tuple[page.UnreadableItem, ...] = ()
    """The contracts that the server sent and that can't be read, in order, where the listing skips them."""

    def _attributes(self) -> Iterator[tuple[str | None, Any]]:
        shown = ContractPageBody._attributes(self)  # noqa: SLF001 # an instance of it; super() means another class here
        yield from ((name, value) for name, value in shown if name != "unreadable")
        if self.unreadable:
            yield None, Text(f"<{len(self.unreadable)} unreadable>")

    @property
    def is_last(self) -> bool | None:
        """Whether no page follows; None if the server does not say."""
        return page.is_last(self)

    @property
    def remaining_items(self) -> int | None:
        """How many contracts follow on later pages; None if the server does not say."""
        return page.remaining_items(self)

    @property
    def has_unreadable_totals(self) -> bool:
        """Whether the server told a total that is no count, such as a negative one: it may have announced more."""
        items, pages, unknown = self.total_items, self.total_pages, self._additional_properties
        if (items is not None and items < 0) or (pages is not None and pages < 0):
            return True
        return unknown is not None and not unknown.keys().isdisjoint(_TOTALS)

    @property
    def echoed_number(self) -> int | None:
        """The page number that the server says, under a name that servers commonly use; None for none.

        The specification knows no such property, so this is a guess (inferred). It serves to notice a server that
        counts from 0 or answers another page than the requested one.
        """
        extra = self._additional_properties
        if not extra:
            return None
        found = (extra[name] for name in _PAGE_NUMBERS if type(extra.get(name)) is int)
        return next(found, None)

    @classmethod
    def numbered(cls, body: ContractPageBody, number: int) -> ContractPage:
        """Return a page as the server sent it, with its number.

        That totals are integers is inferred, so those that are sent as digits ("2") or as a float (2.0) are read too.
        """
        page = cls(
            items=body.items,
            total_items=body.total_items,
            total_pages=body.total_pages,
            number=number,
            unreadable=body.unreadable if isinstance(body, cls) else (),
        )
        unknown = body._additional_properties  # noqa: SLF001 # of the base class; the public name would make a dict
        if unknown:
            read = {name: count for name in _TOTALS if (count := _count(unknown.get(name))) is not None}
            page.additional_properties = {name: value for name, value in unknown.items() if name not in read}
            for name, count in read.items():
                setattr(page, _TOTALS[name], count)
        return page


def readable_part(response: Response, may_skip: float) -> ContractPage:
    """Read a page of contracts, and leave out some that can't be read.

    Args:
        response: A success.
        may_skip: Of how many of the first contracts; infinity for all.

    Raises:
        DecodeError: Something else can't be read.
    """
    source = read_dict(json_value(response))
    items: list[Contract] = []
    unreadable: list[page.UnreadableItem] = []

    def read(item: Any) -> None:
        index = len(items) + len(unreadable)
        try:
            items.append(Contract.from_dict(item))
        except DecodeError as error:
            if index >= may_skip:
                raise
            error.inside(index).inside(ITEMS)
            unreadable.append(
                page.UnreadableItem(
                    index=index, path=error.path, expected=error.expected, found=error.found, key=_key_of(item)
                )
            )

    try:
        read_list(source.get(ITEMS), read)
    except DecodeError as error:
        raise error.inside(ITEMS) from None
    found = ContractPage.from_dict({**source, ITEMS: []})
    found.items = items
    return evolve(found, unreadable=tuple(unreadable))


def _key_of(item: Any) -> str:
    """Return what identifies a contract that can't be read: its uuid, or else a digest of its plain values."""
    properties: dict[str, Any] = item if item.__class__ is dict else {"": item}
    uuid = properties.get("uuid")
    if isinstance(uuid, str):
        return uuid
    plain = [(name, value) for name, value in properties.items() if not isinstance(value, list | dict)]
    return sha256(repr(sorted(plain, key=itemgetter(0))).encode("utf-8", "surrogatepass")).hexdigest()


def _count(value: Any) -> int | None:
    """Return a count that is no integer of JSON, or None if the value is none."""
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS else None
    return int(value) if isinstance(value, float) and value.is_integer() and 0 <= value < _MAX_COUNT else None


@define(kw_only=True, repr=False)
class Consumption(ConsumptionBody):
    """One intended use of a contract by a customer (inferred).

    Raises:
        InvalidArgumentError: A value is of the wrong type, or the travel date has no offset.
    """

    def __attrs_post_init__(self) -> None:
        try:
            ConsumptionBody.__attrs_post_init__(self)
        except ArgumentError as error:
            failure = InvalidArgumentError(error.argument, error.rule)
        else:
            self.customer_number = plain(self.customer_number)  # numpy's is none of Python's
            return
        raise failure  # outside the except block, so that it carries no context


@cache
def _resolved_here(annotation: str) -> ForwardRef:
    return ForwardRef(annotation, module=__name__, is_class=True)


# Where users import them from is where they are said to be, in texts, pickles and error trackers. Their annotations
# name what is imported here, so get_type_hints() is told to look here.
for _name in {*__all__} - {"ContractPageBody", "json_default"}:
    _model: type = globals()[_name]
    _model.__module__ = __name__.rpartition(".")[0]
    _model.__annotations__ = {name: _resolved_here(kind) for name, kind in get_annotations(_model).items()}
