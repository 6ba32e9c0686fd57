# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import Reader, Wire, decoded, mismatch, nested, none_if_empty, place, short_repr

_NAMES: dict[str, str] = {}
_PERSONAL = frozenset[str](())


@define(kw_only=True, repr=False)
class Wings:
    """Wings"""

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = attrs_field(
        default=None, alias="additional_properties", eq=none_if_empty
    )

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = True
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
    def from_dict(cls, data: Any) -> Wings:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_wings)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {}
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            unknown = {name: value.to_dict() for name, value in self._additional_properties.items()}
            data = {**data, **unknown, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Wings)


def decode_wings(data: Any) -> Wings:
    """Read one from a JSON object; see ``Wings.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    name = ""
    try:
        unknown: dict[str, Any] = {}
        for name, value in source.items():
            if name not in _NAMES:
                unknown[name] = nested(decode_wing, value)
        self._additional_properties = unknown or None
    except DecodeError as error:
        raise error.inside(name if name in _NAMES else place(name)) from None
    return self


def describe_wings(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "Wings",
        lambda wire: (),
    )


def convert_wings(wire: Any) -> Wings:
    """Make one from what msgspec has checked."""
    self = _blank()
    self._additional_properties = None
    return self


wings_reader = Reader(decode_wings, describe_wings, convert_wings)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .wing import decode_wing  # noqa: E402
