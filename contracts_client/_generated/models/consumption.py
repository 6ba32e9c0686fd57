# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import (
    INT64_MIN,
    Reader,
    Wire,
    decoded,
    mismatch,
    none_if_empty,
    read_date_time,
    require,
    require_json,
    short_repr,
    unknown_properties,
    write_date_time,
)

_NAMES: dict[str, str] = {
    "contractUuid": "contract_uuid",
    "customerNumber": "customer_number",
    "travelDate": "travel_date",
}
_PERSONAL = frozenset[str](("customer_number",))


@define(kw_only=True, repr=False)
class Consumption:
    """One intended use of a contract by a customer. (inferred)"""

    contract_uuid: str
    """The uuid of the contract to consume. (inferred)"""

    customer_number: int
    """The customer who wants to consume it. (inferred)"""

    travel_date: datetime.datetime | None = None
    """When the journey takes place. (inferred)"""

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = attrs_field(
        default=None, alias="additional_properties", eq=none_if_empty
    )

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = False
    """Whether the specification says that there may be properties of any name."""

    def __attrs_post_init__(self) -> None:
        require("contract_uuid", self.contract_uuid, str)
        require("customer_number", self.customer_number, int)
        if self.travel_date is not None:
            write_date_time(self.travel_date, "travel_date")
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

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
    def from_dict(cls, data: Any) -> Consumption:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_consumption)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "contractUuid": self.contract_uuid,
            "customerNumber": self.customer_number,
        }
        if self.travel_date is not None:
            data["travelDate"] = write_date_time(self.travel_date, "travel_date")
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Consumption)


def decode_consumption(data: Any) -> Consumption:
    """Read one from a JSON object; see ``Consumption.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "contractUuid"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.contract_uuid = value
        name = "customerNumber"
        value = source[name]
        if type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.customer_number = value
        name = "travelDate"
        value = source.get(name)
        if value is None:
            absent += 1
            self.travel_date = None
        else:
            self.travel_date = read_date_time(value)
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
    return decode_consumption({**source, name: None})


def describe_consumption(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "Consumption",
        lambda wire: (
            ("contract_uuid", "contractUuid", str, True),
            ("customer_number", "customerNumber", wire.integer, True),
            ("travel_date", "travelDate", wire.date_time, False),
        ),
    )


def convert_consumption(wire: Any) -> Consumption:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.contract_uuid = wire.contract_uuid
    self.customer_number = wire.customer_number
    self.travel_date = wire.travel_date
    self._additional_properties = None
    return self


consumption_reader = Reader(decode_consumption, describe_consumption, convert_consumption)
