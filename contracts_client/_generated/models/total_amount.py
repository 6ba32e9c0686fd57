# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import (
    Reader,
    Wire,
    decoded,
    mismatch,
    none_if_empty,
    read_date_time,
    read_decimal,
    short_repr,
    unknown_properties,
    write_date_time,
    write_decimal,
)

_NAMES: dict[str, str] = {
    "amount": "amount",
    "currency": "currency",
    "calculatedAt": "calculated_at",
}
_PERSONAL = frozenset[str](())


@define(kw_only=True, repr=False)
class TotalAmount:
    """An amount of money or points, and when it was worked out. (published)"""

    amount: Decimal
    """The amount as a decimal number with two digits after the point, never a binary fraction. (published)"""

    currency: str | None = None
    """The currency, such as NOK. (published)"""

    calculated_at: datetime.datetime | None = None
    """When the amount was worked out. (published)"""

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
    def from_dict(cls, data: Any) -> TotalAmount:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_total_amount)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "amount": write_decimal(self.amount, "amount"),
        }
        if self.currency is not None:
            data["currency"] = self.currency
        if self.calculated_at is not None:
            data["calculatedAt"] = write_date_time(self.calculated_at, "calculated_at")
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, TotalAmount)


def decode_total_amount(data: Any) -> TotalAmount:
    """Read one from a JSON object; see ``TotalAmount.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
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


def describe_total_amount(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "TotalAmount",
        lambda wire: (
            ("amount", "amount", str, True),
            ("currency", "currency", str, False),
            ("calculated_at", "calculatedAt", wire.date_time, False),
        ),
    )


def convert_total_amount(wire: Any) -> TotalAmount:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = wire.amount
    self.amount = read_decimal(value)
    self.currency = wire.currency
    self.calculated_at = wire.calculated_at
    self._additional_properties = None
    return self


total_amount_reader = Reader(decode_total_amount, describe_total_amount, convert_total_amount)
