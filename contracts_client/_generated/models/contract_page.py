# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import INT64_MIN, Reader, Wire, decoded, drained, mismatch, none_if_empty, short_repr, unknown_properties

_NAMES: dict[str, str] = {
    "items": "items",
    "totalItems": "total_items",
    "totalPages": "total_pages",
}
_PERSONAL = frozenset[str](())


@define(kw_only=True, repr=False)
class ContractPage:
    """One page of a listing. (documented)"""

    items: list[Contract]
    """The contracts on this page. (documented)"""

    total_items: int | None = None
    """How many items the whole listing has. (documented)"""

    total_pages: int | None = None
    """How many pages the whole listing has. (documented)"""

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = attrs_field(
        default=None, alias="additional_properties", eq=none_if_empty
    )

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = False
    """Whether the specification says that there may be properties of any name."""

    @property
    def additional_properties(self) -> dict[str, Any]:
        """Properties that the specification does not know, by name; written back as they came."""
        if self._additional_properties is None:
            self._additional_properties = {}
        return self._additional_properties

    @additional_properties.setter
    def additional_properties(self, properties: dict[str, Any]) -> None:
        self._additional_properties = properties

    def __repr__(self) -> str:
        return short_repr(self, _PERSONAL)

    @classmethod
    def from_dict(cls, data: Any) -> ContractPage:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_contract_page)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "items": [item.to_dict() for item in self.items],
        }
        if self.total_items is not None:
            data["totalItems"] = self.total_items
        if self.total_pages is not None:
            data["totalPages"] = self.total_pages
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, ContractPage)


def decode_contract_page(data: Any, each: Callable[[list[Any]], Iterable[Any]] = iter) -> ContractPage:
    """Read one from a JSON object; see ``ContractPage.from_dict``. ``each`` iterates over the items."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "items"
        value: Any = source[name]
        if type(value) is not list:
            raise mismatch(value, "an array")
        items: list[Any] = []
        try:
            for item in each(value):
                items.append(decode_contract(item))  # noqa: PERF401 # len(items) is the index of the item that failed
        except DecodeError as error:
            raise error.inside(len(items)) from None
        self.items = items
        name = "totalItems"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.total_items = value
        name = "totalPages"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.total_pages = value
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 3:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)
        return self
    # Null is no better than nothing, and says what was expected.
    return decode_contract_page({**source, name: None}, each)


def describe_contract_page(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "ContractPage",
        lambda wire: (
            ("items", "items", wire.array(describe_contract(wire)), True),
            ("total_items", "totalItems", wire.integer, False),
            ("total_pages", "totalPages", wire.integer, False),
        ),
    )


def convert_contract_page(wire: Any) -> ContractPage:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = wire.items
    self.items = [convert_contract(item) for item in value]
    self.total_items = wire.total_items
    self.total_pages = wire.total_pages
    self._additional_properties = None
    return self


contract_page_reader = Reader(
    lambda data: decode_contract_page(data, drained), describe_contract_page, convert_contract_page
)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .contract import Contract, convert_contract, decode_contract, describe_contract  # noqa: E402
