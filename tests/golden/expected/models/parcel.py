# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from contracts_client.openapi.decode import mismatch, nested, read_str, read_union, unknown_properties
from contracts_client.openapi.encode import write_any
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.fast import Reader, StructBuilder
from contracts_client.openapi.model import Model

_NAMES: dict[str, str] = {
    "inside": "inside",
    "label": "label",
}


@define(kw_only=True, repr=False)
class Parcel(Model):
    """Holds itself before what is required too, in a union of which another type takes any object."""

    inside: Empty | Parcel | str
    """Not described."""

    label: str
    """Not described."""

    json_names: ClassVar[dict[str, str]] = _NAMES

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "inside": write_any(self.inside, "inside"),
            "label": self.label,
        }
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Parcel)


def decode_parcel(data: Any) -> Parcel:
    """Read one from a JSON object; see ``Parcel.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "inside"
        value: Any = source.get(name)
        if value is None and name not in source:
            raise mismatch(None, "a value")
        self.inside = nested(read_union, value, read_str, decode_parcel, decode_empty)
        name = "label"
        value = source.get(name)
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.label = value
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 2:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)

    return self


def describe_parcel(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Parcel",
        lambda structs: (
            ("inside", "inside", Any, True),
            ("label", "label", str, True),
        ),
    )


def convert_parcel(struct: Any) -> Parcel:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = struct.inside
    self.inside = nested(lambda value: read_union(value, read_str, decode_parcel, decode_empty), value)
    self.label = struct.label
    self._additional_properties = None
    return self


Parcel._decode = decode_parcel
parcel_reader = Reader(decode_parcel, describe_parcel, convert_parcel)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .empty import Empty, decode_empty  # noqa: E402
