# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import INT64_MIN, Reader, Wire, decoded, mismatch, nested, none_if_empty, short_repr, unknown_properties

_NAMES: dict[str, str] = {
    "number": "number",
    "wings": "wings",
}
_PERSONAL = frozenset[str](())


@define(kw_only=True, repr=False)
class Wing:
    """Contains itself through a map."""

    number: int | None = None
    """Not described."""

    wings: Wings | None = None
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
    def from_dict(cls, data: Any) -> Wing:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_wing)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {}
        if self.number is not None:
            data["number"] = self.number
        if self.wings is not None:
            data["wings"] = self.wings.to_dict()
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


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


def describe_wing(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "Wing",
        lambda wire: (
            ("number", "number", wire.integer, False),
            ("wings", "wings", describe_wings(wire), False),
        ),
    )


def convert_wing(wire: Any) -> Wing:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.number = wire.number
    value: Any = wire.wings
    self.wings = None if value is None else nested(convert_wings, value)
    self._additional_properties = None
    return self


wing_reader = Reader(decode_wing, describe_wing, convert_wing)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .wings import Wings, convert_wings, decode_wings, describe_wings  # noqa: E402
