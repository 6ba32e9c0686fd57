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
    nested,
    none_if_empty,
    read_str,
    read_union,
    short_repr,
    unknown_properties,
    write_any,
)

_NAMES: dict[str, str] = {
    "inside": "inside",
    "label": "label",
}
_PERSONAL = frozenset[str](())


@define(kw_only=True, repr=False)
class Parcel:
    """Holds itself before what is required too, in a union of which another type takes any object."""

    inside: Empty | Parcel | str
    """Not described."""

    label: str
    """Not described."""

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = attrs_field(
        default=None, alias="additional_properties", eq=none_if_empty
    )

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = False
    """Whether the specification says that there may be properties of any name."""

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
    def from_dict(cls, data: Any) -> Parcel:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_parcel)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "inside": write_any(self.inside, "inside"),
            "label": self.label,
        }
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


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


def describe_parcel(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "Parcel",
        lambda wire: (
            ("inside", "inside", Any, True),
            ("label", "label", str, True),
        ),
    )


def convert_parcel(wire: Any) -> Parcel:
    """Make one from what msgspec has checked."""
    self = _blank()
    value: Any = wire.inside
    self.inside = nested(lambda value: read_union(value, read_str, decode_parcel, decode_empty), value)
    self.label = wire.label
    self._additional_properties = None
    return self


parcel_reader = Reader(decode_parcel, describe_parcel, convert_parcel)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .empty import Empty, decode_empty  # noqa: E402
