# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

import datetime
from typing import Any

from attrs import define, field

from ..errors import DecodeError
from ..types import decoded, masked, masked_properties, mismatch, read_date_time, write_date_time

_KEYS = frozenset(
    {
        "contractUuid",
        "customerNumber",
        "travelDate",
    }
)


@define(kw_only=True)
class Consumption:
    """One intended use of a contract by a customer. (inferred)"""

    contract_uuid: str
    """The uuid of the contract to consume. (inferred)"""

    customer_number: int = field(repr=masked)
    """The customer who wants to consume it. (inferred)"""

    travel_date: datetime.datetime | None = None
    """When the journey takes place. (inferred)"""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=masked_properties)
    """Properties that the specification does not know, by name; written back as they came."""

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
        data.update(self.additional_properties)
        return data


def decode_consumption(data: Any) -> Consumption:
    """Read one from a JSON object; see ``Consumption.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = object.__new__(Consumption)
    name = ""
    try:
        name = "contractUuid"
        value: Any = source.get(name)
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.contract_uuid = value
        name = "customerNumber"
        value = source.get(name)
        if type(value) is not int:
            raise mismatch(value, "an integer")
        self.customer_number = value
        name = "travelDate"
        value = source.get(name)
        self.travel_date = None if value is None else read_date_time(value)
    except DecodeError as error:
        raise error.inside(name) from None
    if source.keys() <= _KEYS:
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _KEYS}
    return self
