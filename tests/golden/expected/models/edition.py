# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..models.floor import Floor
from ..types import (
    INT64_MIN,
    Reader,
    Wire,
    decoded,
    mismatch,
    none_if_empty,
    read_decimal,
    require,
    require_json,
    short_repr,
    unknown_properties,
    write_decimal,
)

_NAMES: dict[str, str] = {
    "language": "language",
    "year": "year",
    "speaker": "speaker",
    "price": "price",
    "floor": "floor",
}
_PERSONAL = frozenset[str](("speaker",))
_known_floor = Floor.known_values.get


@define(kw_only=True, repr=False)
class Edition:
    """An author's book of a year; made of others."""

    language: str
    """Not described."""

    year: int
    """Not described."""

    speaker: str | None = None
    """Not described. (inferred)"""

    price: Decimal | None = None
    """What something costs."""

    floor: Floor | None = None
    """Not described."""

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = attrs_field(
        default=None, alias="additional_properties", eq=none_if_empty
    )

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = False
    """Whether the specification says that there may be properties of any name."""

    def __attrs_post_init__(self) -> None:
        require("language", self.language, str)
        require("year", self.year, int)
        if self.speaker is not None:
            require("speaker", self.speaker, str)
        if self.price is not None:
            write_decimal(self.price, "price")
        if self.floor is not None:
            require("floor", self.floor, int)
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
    def from_dict(cls, data: Any) -> Edition:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_edition)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "language": self.language,
            "year": self.year,
        }
        if self.speaker is not None:
            data["speaker"] = self.speaker
        if self.price is not None:
            data["price"] = write_decimal(self.price, "price")
        if self.floor is not None:
            data["floor"] = int(self.floor)
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, Edition)


def decode_edition(data: Any) -> Edition:
    """Read one from a JSON object; see ``Edition.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "language"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.language = value
        name = "year"
        value = source[name]
        if type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.year = value
        name = "speaker"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.speaker = value
        name = "price"
        value = source.get(name)
        if value is None:
            absent += 1
            self.price = None
        else:
            self.price = read_decimal(value)
        name = "floor"
        value = source.get(name)
        if value is None:
            absent += 1
            self.floor = None
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        else:
            self.floor = _known_floor(value) or Floor(value)
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 5:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)
        return self
    # Null is no better than nothing, and says what was expected.
    return decode_edition({**source, name: None})


def describe_edition(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "Edition",
        lambda wire: (
            ("language", "language", str, True),
            ("year", "year", wire.integer, True),
            ("speaker", "speaker", str, False),
            ("price", "price", str, False),
            ("floor", "floor", wire.integer, False),
        ),
    )


def convert_edition(wire: Any) -> Edition:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.language = wire.language
    self.year = wire.year
    self.speaker = wire.speaker
    value: Any = wire.price
    self.price = None if value is None else read_decimal(value)
    value = wire.floor
    self.floor = None if value is None else _known_floor(value) or Floor(value)
    self._additional_properties = None
    return self


edition_reader = Reader(decode_edition, describe_edition, convert_edition)
