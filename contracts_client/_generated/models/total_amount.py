# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.dates import read_date_time
from ...openapi.decode import mismatch, read_decimal, unknown_properties
from ...openapi.encode import write_decimal
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "amount": "amount",
    "currency": "currency",
    "calculatedAt": "calculated_at",
}


@define(kw_only=True, repr=False)
class TotalAmount(Model):
    """An amount of money or points, and when it was worked out. (published)"""

    amount: Decimal
    """The amount as a decimal number with two digits after the point, never a binary fraction. (published)"""

    currency: str | None = None
    """The currency, such as NOK. (published)"""

    calculated_at: datetime.datetime | None = None
    """When the amount was worked out. (published)"""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "amount": write_decimal(self.amount, "amount"),
        }
        if self.currency is not None:
            data["currency"] = self.currency
        if self.calculated_at is not None:
            data["calculatedAt"] = date_time(self.calculated_at, "calculated_at")
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_total_amount = partial(object.__new__, TotalAmount)


def decode_total_amount(data: Any) -> TotalAmount:
    """Read one from a JSON object; see ``TotalAmount.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_total_amount()
    absent = 0
    name = ""
    try:
        name = "amount"
        value: Any = source[name]
        self.amount = read_decimal(value)
        name = "currency"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.currency = value
        name = "calculatedAt"
        value = source.get(name)
        if value is None:
            absent += 1
            self.calculated_at = None
        else:
            self.calculated_at = read_date_time(value)
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
    return decode_total_amount({**source, name: None})


def describe_total_amount(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "TotalAmount",
        lambda structs: (
            ("amount", "amount", str, True),
            ("currency", "currency", str, False),
            ("calculated_at", "calculatedAt", structs.date_time, False),
        ),
    )


def convert_total_amount(struct: Any) -> TotalAmount:
    """Make one from what msgspec has checked."""
    self = blank_total_amount()
    value: Any = struct.amount
    self.amount = read_decimal(value)
    self.currency = struct.currency
    self.calculated_at = struct.calculated_at
    self._additional_properties = None
    return self


TotalAmount._decode = decode_total_amount
total_amount_reader = Reader(decode_total_amount, describe_total_amount, convert_total_amount)
