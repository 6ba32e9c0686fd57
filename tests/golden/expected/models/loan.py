# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import (
    INT64_MIN,
    mismatch,
    read_decimal,
    read_int,
    read_str,
    read_union,
    unknown_properties,
)
from contracts_client.openapi.encode import write_any, write_decimal
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "fee": "fee",
    "fines": "fines",
    "tariff": "tariff",
    "reader": "reader",
    "readers": "readers",
    "readerOrNumber": "reader_or_number",
    "weeks": "weeks",
}


@define(kw_only=True, repr=False)
class Loan(Model):
    """Says behind references what counts for its properties."""

    fee: Decimal | None = None
    """What is owed for it."""

    fines: list[Decimal] | None = None
    """Not described."""

    tariff: Tariff | None = None
    """What others take."""

    reader: str | None = None
    """Who reads."""

    readers: list[str] | None = None
    """Not described."""

    reader_or_number: int | str | None = None
    """Not described."""

    weeks: int | None = None
    """How long. Deprecated. Default: 4."""

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("reader", "readers", "reader_or_number"))

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.fee is not None:
            data["fee"] = write_decimal(self.fee, "fee")
        if self.fines is not None:
            data["fines"] = [write_decimal(item, "fines_item") for item in self.fines]
        if self.tariff is not None:
            data["tariff"] = self.tariff.to_dict()
        if self.reader is not None:
            data["reader"] = self.reader
        if self.readers is not None:
            data["readers"] = list(self.readers)
        if self.reader_or_number is not None:
            data["readerOrNumber"] = write_any(self.reader_or_number, "reader_or_number")
        if self.weeks is not None:
            data["weeks"] = self.weeks
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Loan)


def decode_loan(data: Any) -> Loan:
    """Read one from a JSON object; see ``Loan.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "fee"
        value: Any = source.get(name)
        if value is None:
            absent += 1
            self.fee = None
        else:
            self.fee = read_decimal(value)
        name = "fines"
        value = source.get(name)
        if value is None:
            absent += 1
            self.fines = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(read_decimal(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.fines = items
        name = "tariff"
        value = source.get(name)
        if value is None:
            absent += 1
            self.tariff = None
        else:
            self.tariff = decode_tariff(value)
        name = "reader"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.reader = value
        name = "readers"
        value = source.get(name)
        if value is None:
            absent += 1
            self.readers = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(read_str(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.readers = items
        name = "readerOrNumber"
        value = source.get(name)
        if value is None:
            absent += 1
            self.reader_or_number = None
        else:
            self.reader_or_number = read_union(value, read_str, read_int)
        name = "weeks"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.weeks = value
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 7:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_loan(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Loan",
        lambda structs: (
            ("fee", "fee", str, False),
            ("fines", "fines", structs.array(str), False),
            ("tariff", "tariff", describe_tariff(structs), False),
            ("reader", "reader", str, False),
            ("readers", "readers", structs.array(str), False),
            ("reader_or_number", "readerOrNumber", Any, False),
            ("weeks", "weeks", structs.integer, False),
        ),
    )


def convert_loan(struct: Any) -> Loan:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = struct.fee
    self.fee = None if value is None else read_decimal(value)
    value = struct.fines
    self.fines = None if value is None else [read_decimal(item) for item in value]
    value = struct.tariff
    self.tariff = None if value is None else convert_tariff(value)
    self.reader = struct.reader
    self.readers = struct.readers
    value = struct.reader_or_number
    self.reader_or_number = None if value is None else read_union(value, read_str, read_int)
    self.weeks = struct.weeks
    self._additional_properties = None
    return self


Loan._decode = decode_loan
loan_reader = Reader(decode_loan, describe_loan, convert_loan)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .tariff import Tariff, convert_tariff, decode_tariff, describe_tariff  # noqa: E402
