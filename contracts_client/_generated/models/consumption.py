# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.dates import read_date_time, write_date_time
from ...openapi.decode import INT64_MIN, mismatch, unknown_properties
from ...openapi.encode import require, require_json
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "contractUuid": "contract_uuid",
    "customerNumber": "customer_number",
    "travelDate": "travel_date",
}


@define(kw_only=True, repr=False)
class Consumption(Model):
    """One intended use of a contract by a customer. (inferred)"""

    contract_uuid: str
    """The uuid of the contract to consume. (inferred)"""

    customer_number: int
    """The customer who wants to consume it. (inferred)"""

    travel_date: datetime.datetime | None = None
    """When the journey takes place. (inferred)"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("customer_number",))

    def __attrs_post_init__(self) -> None:
        require("contract_uuid", self.contract_uuid, str)
        require("customer_number", self.customer_number, int)
        if self.travel_date is not None:
            write_date_time(self.travel_date, "travel_date")
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "contractUuid": self.contract_uuid,
            "customerNumber": self.customer_number,
        }
        if self.travel_date is not None:
            data["travelDate"] = date_time(self.travel_date, "travel_date")
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_consumption = partial(object.__new__, Consumption)


def decode_consumption(data: Any) -> Consumption:
    """Read one from a JSON object; see ``Consumption.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_consumption()
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


def describe_consumption(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Consumption",
        lambda structs: (
            ("contract_uuid", "contractUuid", str, True),
            ("customer_number", "customerNumber", structs.integer, True),
            ("travel_date", "travelDate", structs.date_time, False),
        ),
    )


def convert_consumption(struct: Any) -> Consumption:
    """Make one from what msgspec has checked."""
    self = blank_consumption()
    self.contract_uuid = struct.contract_uuid
    self.customer_number = struct.customer_number
    self.travel_date = struct.travel_date
    self._additional_properties = None
    return self


Consumption._decode = decode_consumption
consumption_reader = Reader(decode_consumption, describe_consumption, convert_consumption)
