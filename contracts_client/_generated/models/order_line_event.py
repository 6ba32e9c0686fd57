# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

import datetime
from typing import Any

from attrs import define, field

from ..errors import DecodeError
from ..types import decoded, masked_properties, mismatch, read_date_time, write_date_time

_KEYS = frozenset(
    {
        "id",
        "orderId",
        "orderLineId",
        "travelDate",
        "createdAt",
    }
)


@define(kw_only=True)
class OrderLineEvent:
    """An event of an order line that used the contract. (documented)"""

    id: str | None = None
    """Identifies the event. (inferred)"""

    order_id: str | None = None
    """The order that the event belongs to. (inferred)"""

    order_line_id: str | None = None
    """The order line that the event belongs to. (inferred)"""

    travel_date: datetime.datetime | None = None
    """When the journey takes place. (inferred)"""

    created_at: datetime.datetime | None = None
    """When the event was registered. (inferred)"""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=masked_properties)
    """Properties that the specification does not know, by name; written back as they came."""

    @classmethod
    def from_dict(cls, data: Any) -> OrderLineEvent:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_order_line_event)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {}
        if self.id is not None:
            data["id"] = self.id
        if self.order_id is not None:
            data["orderId"] = self.order_id
        if self.order_line_id is not None:
            data["orderLineId"] = self.order_line_id
        if self.travel_date is not None:
            data["travelDate"] = write_date_time(self.travel_date, "travel_date")
        if self.created_at is not None:
            data["createdAt"] = write_date_time(self.created_at, "created_at")
        data.update(self.additional_properties)
        return data


def decode_order_line_event(data: Any) -> OrderLineEvent:
    """Read one from a JSON object; see ``OrderLineEvent.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = object.__new__(OrderLineEvent)
    name = ""
    try:
        name = "id"
        value: Any = source.get(name)
        if value is not None and type(value) is not str:
            raise mismatch(value, "a string")
        self.id = value
        name = "orderId"
        value = source.get(name)
        if value is not None and type(value) is not str:
            raise mismatch(value, "a string")
        self.order_id = value
        name = "orderLineId"
        value = source.get(name)
        if value is not None and type(value) is not str:
            raise mismatch(value, "a string")
        self.order_line_id = value
        name = "travelDate"
        value = source.get(name)
        self.travel_date = None if value is None else read_date_time(value)
        name = "createdAt"
        value = source.get(name)
        self.created_at = None if value is None else read_date_time(value)
    except DecodeError as error:
        raise error.inside(name) from None
    if source.keys() <= _KEYS:
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _KEYS}
    return self
