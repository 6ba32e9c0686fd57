# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

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
    require,
    require_json,
    require_list,
    short_repr,
    unknown_properties,
)

_NAMES: dict[str, str] = {
    "consumptions": "consumptions",
}
_PERSONAL = frozenset[str](())


@define(kw_only=True, repr=False)
class ValidateConsumptionRequest:
    """The consumptions to check. (documented)"""

    consumptions: list[Consumption]
    """The consumptions to check together. (documented)"""

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = attrs_field(
        default=None, alias="additional_properties", eq=none_if_empty
    )

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = False
    """Whether the specification says that there may be properties of any name."""

    def __attrs_post_init__(self) -> None:
        require_list("consumptions", self.consumptions, lambda argument, item: require(argument, item, Consumption))
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
    def from_dict(cls, data: Any) -> ValidateConsumptionRequest:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_validate_consumption_request)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "consumptions": [item.to_dict() for item in self.consumptions],
        }
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, ValidateConsumptionRequest)


def decode_validate_consumption_request(data: Any) -> ValidateConsumptionRequest:
    """Read one from a JSON object; see ``ValidateConsumptionRequest.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
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


def describe_validate_consumption_request(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "ValidateConsumptionRequest",
        lambda wire: (("consumptions", "consumptions", wire.array(describe_consumption(wire)), True),),
    )


def convert_validate_consumption_request(wire: Any) -> ValidateConsumptionRequest:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = wire.consumptions
    self.consumptions = [convert_consumption(item) for item in value]
    self._additional_properties = None
    return self


validate_consumption_request_reader = Reader(
    decode_validate_consumption_request, describe_validate_consumption_request, convert_validate_consumption_request
)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .consumption import Consumption, convert_consumption, decode_consumption, describe_consumption  # noqa: E402
