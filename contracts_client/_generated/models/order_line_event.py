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
from ...openapi.decode import mismatch, unknown_properties
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "id": "id",
    "orderId": "order_id",
    "orderLineId": "order_line_id",
    "travelDate": "travel_date",
    "createdAt": "created_at",
}


@define(kw_only=True, repr=False)
class OrderLineEvent(Model):
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

    json_names: ClassVar[dict[str, str]] = _NAMES

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.id is not None:
            data["id"] = self.id
        if self.order_id is not None:
            data["orderId"] = self.order_id
        if self.order_line_id is not None:
            data["orderLineId"] = self.order_line_id
        if self.travel_date is not None:
            data["travelDate"] = date_time(self.travel_date, "travel_date")
        if self.created_at is not None:
            data["createdAt"] = date_time(self.created_at, "created_at")
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_order_line_event = partial(object.__new__, OrderLineEvent)


def decode_order_line_event(data: Any) -> OrderLineEvent:
    """Read one from a JSON object; see ``OrderLineEvent.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_order_line_event()
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
        name = "orderId"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.order_id = value
        name = "orderLineId"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.order_line_id = value
        name = "travelDate"
        value = source.get(name)
        if value is None:
            absent += 1
            self.travel_date = None
        else:
            self.travel_date = read_date_time(value)
        name = "createdAt"
        value = source.get(name)
        if value is None:
            absent += 1
            self.created_at = None
        else:
            self.created_at = read_date_time(value)
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 5:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_order_line_event(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "OrderLineEvent",
        lambda structs: (
            ("id", "id", str, False),
            ("order_id", "orderId", str, False),
            ("order_line_id", "orderLineId", str, False),
            ("travel_date", "travelDate", structs.date_time, False),
            ("created_at", "createdAt", structs.date_time, False),
        ),
    )


def convert_order_line_event(struct: Any) -> OrderLineEvent:
    """Make one from what msgspec has checked."""
    self = blank_order_line_event()
    self.id = struct.id
    self.order_id = struct.order_id
    self.order_line_id = struct.order_line_id
    self.travel_date = struct.travel_date
    self.created_at = struct.created_at
    self._additional_properties = None
    return self


OrderLineEvent._decode = decode_order_line_event
order_line_event_reader = Reader(decode_order_line_event, describe_order_line_event, convert_order_line_event)
