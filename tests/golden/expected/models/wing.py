# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import INT64_MIN, mismatch, nested, unknown_properties
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "number": "number",
    "wings": "wings",
}


@define(kw_only=True, repr=False)
class Wing(Model):
    """Contains itself through a map."""

    number: int | None = None
    """Not described."""

    wings: Wings | None = None
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.number is not None:
            data["number"] = self.number
        if self.wings is not None:
            data["wings"] = self.wings.to_dict()
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Wing)


def decode_wing(data: Any) -> Wing:
    """Read one from a JSON object; see ``Wing.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "number"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.number = value
        name = "wings"
        value = source.get(name)
        if value is None:
            absent += 1
            self.wings = None
        else:
            self.wings = nested(decode_wings, value)
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 2:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_wing(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Wing",
        lambda structs: (
            ("number", "number", structs.integer, False),
            ("wings", "wings", describe_wings(structs), False),
        ),
    )


def convert_wing(struct: Any) -> Wing:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.number = struct.number
    value: Any = struct.wings
    self.wings = None if value is None else nested(convert_wings, value)
    self._additional_properties = None
    return self


Wing._decode = decode_wing
wing_reader = Reader(decode_wing, describe_wing, convert_wing)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .wings import Wings, convert_wings, decode_wings, describe_wings  # noqa: E402
