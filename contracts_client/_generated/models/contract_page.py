# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.decode import INT64_MIN, drained, lenient_properties, mismatch, unknown_properties
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "items": "items",
    "totalItems": "total_items",
    "totalPages": "total_pages",
}


@define(kw_only=True, repr=False)
class ContractPage(Model):
    """One page of a listing. (documented)"""

    items: list[Contract]
    """The contracts on this page. (documented)"""

    total_items: int | None = None
    """How many items the whole listing has. (documented)"""

    total_pages: int | None = None
    """How many pages the whole listing has. (documented)"""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "items": [item._written(date_time) for item in self.items],
        }
        if self.total_items is not None:
            data["totalItems"] = self.total_items
        if self.total_pages is not None:
            data["totalPages"] = self.total_pages
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_contract_page = partial(object.__new__, ContractPage)


def decode_contract_page(data: Any, each: Callable[[list[Any]], Iterable[Any]] = iter) -> ContractPage:
    """Read one from a JSON object; see ``ContractPage.from_dict``. ``each`` iterates over the items."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_contract_page()
    absent = 0
    unread: dict[str, Any] = {}
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
        try:
            if value is None:
                absent += 1
            elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
                raise mismatch(value, "an integer of 64 bits")
            self.total_items = value
        except DecodeError:
            self.total_items = None
            unread[name] = value
        name = "totalPages"
        value = source.get(name)
        try:
            if value is None:
                absent += 1
            elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
                raise mismatch(value, "an integer of 64 bits")
            self.total_pages = value
        except DecodeError:
            self.total_pages = None
            unread[name] = value
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 3:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)
        if unread:
            self.additional_properties.update(lenient_properties(unread) or {})

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_contract_page({**source, name: None}, each)


def describe_contract_page(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "ContractPage",
        lambda structs: (
            ("items", "items", structs.array(describe_contract(structs)), True),
            ("total_items", "totalItems", structs.integer, False),
            ("total_pages", "totalPages", structs.integer, False),
        ),
    )


def convert_contract_page(struct: Any) -> ContractPage:
    """Make one from what msgspec has checked."""
    self = blank_contract_page()
    value: Any = struct.items
    self.items = [convert_contract(item) for item in value]
    self.total_items = struct.total_items
    self.total_pages = struct.total_pages
    self._additional_properties = None
    return self


ContractPage._decode = decode_contract_page
contract_page_reader = Reader(
    lambda data: decode_contract_page(data, drained), describe_contract_page, convert_contract_page
)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .contract import Contract, convert_contract, decode_contract, describe_contract  # noqa: E402
