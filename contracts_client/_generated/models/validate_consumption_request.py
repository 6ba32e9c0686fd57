# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.decode import mismatch, unknown_properties
from ...openapi.encode import require, require_json, require_list
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "consumptions": "consumptions",
}


@define(kw_only=True, repr=False)
class ValidateConsumptionRequest(Model):
    """The consumptions to check. (documented)"""

    consumptions: list[Consumption]
    """The consumptions to check together. (documented)"""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def __attrs_post_init__(self) -> None:
        require_list("consumptions", self.consumptions, lambda argument, item: require(argument, item, Consumption))
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "consumptions": [item._written(date_time) for item in self.consumptions],
        }
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_validate_consumption_request = partial(object.__new__, ValidateConsumptionRequest)


def decode_validate_consumption_request(data: Any) -> ValidateConsumptionRequest:
    """Read one from a JSON object; see ``ValidateConsumptionRequest.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_validate_consumption_request()
    absent = 0
    name = ""
    try:
        name = "consumptions"
        value: Any = source[name]
        if type(value) is not list:
            raise mismatch(value, "an array")
        items: list[Any] = []
        try:
            for item in value:
                items.append(decode_consumption(item))  # noqa: PERF401 # len(items) is the index of the item that failed
        except DecodeError as error:
            raise error.inside(len(items)) from None
        self.consumptions = items
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 1:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_validate_consumption_request({**source, name: None})


def describe_validate_consumption_request(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "ValidateConsumptionRequest",
        lambda structs: (("consumptions", "consumptions", structs.array(describe_consumption(structs)), True),),
    )


def convert_validate_consumption_request(struct: Any) -> ValidateConsumptionRequest:
    """Make one from what msgspec has checked."""
    self = blank_validate_consumption_request()
    value: Any = struct.consumptions
    made_consumptions: list[Any] = []
    self.consumptions = made_consumptions
    for item in value:
        item_consumptions = blank_consumption()
        item_consumptions.contract_uuid = item.contract_uuid
        item_consumptions.customer_number = item.customer_number
        item_consumptions.travel_date = item.travel_date
        item_consumptions._additional_properties = None
        made_consumptions.append(item_consumptions)
    self._additional_properties = None
    return self


ValidateConsumptionRequest._decode = decode_validate_consumption_request
validate_consumption_request_reader = Reader(
    decode_validate_consumption_request, describe_validate_consumption_request, convert_validate_consumption_request
)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .consumption import Consumption, blank_consumption, decode_consumption, describe_consumption  # noqa: E402
