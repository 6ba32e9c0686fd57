# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.dates import read_date_time
from ...openapi.decode import mismatch, read_decimal, unknown_properties
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "id": "id",
    "amount": "amount",
    "createdAt": "created_at",
}


@define(kw_only=True, repr=False)
class Transaction(Model):
    """One transaction of an earn-and-burn contract or a gift card. (documented)"""

    id: str | None = None
    """Identifies the transaction. (inferred)"""

    amount: TotalAmount | None = None
    """An amount of money or points, and when it was worked out. (inferred)"""

    created_at: datetime.datetime | None = None
    """When the transaction was made. (inferred)"""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.id is not None:
            data["id"] = self.id
        if self.amount is not None:
            data["amount"] = self.amount._written(date_time)
        if self.created_at is not None:
            data["createdAt"] = date_time(self.created_at, "created_at")
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_transaction = partial(object.__new__, Transaction)


def decode_transaction(data: Any) -> Transaction:
    """Read one from a JSON object; see ``Transaction.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_transaction()
    absent = 0
    name = ""
    try:
        name = "id"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.id = value
        name = "amount"
        value = source.get(name)
        if value is None:
            absent += 1
            self.amount = None
        else:
            self.amount = decode_total_amount(value)
        name = "createdAt"
        value = source.get(name)
        if value is None:
            absent += 1
            self.created_at = None
        else:
            self.created_at = read_date_time(value)
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 3:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_transaction(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Transaction",
        lambda structs: (
            ("id", "id", str, False),
            ("amount", "amount", describe_total_amount(structs), False),
            ("created_at", "createdAt", structs.date_time, False),
        ),
    )


def convert_transaction(struct: Any) -> Transaction:
    """Make one from what msgspec has checked."""
    self = blank_transaction()
    self.id = struct.id
    value: Any = struct.amount
    if value is None:
        self.amount = None
    else:
        self.amount = made_amount = blank_total_amount()
        made_amount.amount = read_decimal(value.amount)
        made_amount.currency = value.currency
        made_amount.calculated_at = value.calculated_at
        made_amount._additional_properties = None
    self.created_at = struct.created_at
    self._additional_properties = None
    return self


Transaction._decode = decode_transaction
transaction_reader = Reader(decode_transaction, describe_transaction, convert_transaction)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .total_amount import TotalAmount, blank_total_amount, decode_total_amount, describe_total_amount  # noqa: E402
