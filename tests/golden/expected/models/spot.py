# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import INT64_MIN, mismatch, unknown_properties
from contracts_client.openapi.encode import require, require_json
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "row": "row",
}


@define(kw_only=True, repr=False)
class Spot(Model):
    """Spot"""

    row: int
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def __attrs_post_init__(self) -> None:
        require("row", self.row, int)
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "row": self.row,
        }
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Spot)


def decode_spot(data: Any) -> Spot:
    """Read one from a JSON object; see ``Spot.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "row"
        value: Any = source[name]
        if type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.row = value
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
    return decode_spot({**source, name: None})


def describe_spot(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Spot",
        lambda structs: (("row", "row", structs.integer, True),),
    )


def convert_spot(struct: Any) -> Spot:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.row = struct.row
    self._additional_properties = None
    return self


Spot._decode = decode_spot
spot_reader = Reader(decode_spot, describe_spot, convert_spot)
