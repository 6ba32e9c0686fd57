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
    read_int,
    read_str,
    read_union,
    short_repr,
    unknown_properties,
    write_any,
)

_NAMES: dict[str, str] = {
    "isValid": "is_valid",
    "code": "code",
    "reason": "reason",
}
_PERSONAL = frozenset[str](())


@define(kw_only=True, repr=False)
class ConsumptionValidation:
    """Whether the consumptions can be made, and why not. (documented)"""

    is_valid: bool
    """True where every consumption in the list can be made. (documented)"""

    code: int | str | None = None
    """A code for the reason of a rejection. 3101 means that all is well. (documented)"""

    reason: str | None = None
    """A short explanation of the verdict. (documented)"""

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
    def from_dict(cls, data: Any) -> ConsumptionValidation:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_consumption_validation)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "isValid": self.is_valid,
        }
        if self.code is not None:
            data["code"] = write_any(self.code, "code")
        if self.reason is not None:
            data["reason"] = self.reason
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, ConsumptionValidation)


def decode_consumption_validation(data: Any) -> ConsumptionValidation:
    """Read one from a JSON object; see ``ConsumptionValidation.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "isValid"
        value: Any = source[name]
        if type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.is_valid = value
        name = "code"
        value = source.get(name)
        if value is None:
            absent += 1
            self.code = None
        else:
            self.code = read_union(value, read_int, read_str)
        name = "reason"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.reason = value
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
    return decode_consumption_validation({**source, name: None})


def describe_consumption_validation(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "ConsumptionValidation",
        lambda wire: (
            ("is_valid", "isValid", bool, True),
            ("code", "code", Any, False),
            ("reason", "reason", str, False),
        ),
    )


def convert_consumption_validation(wire: Any) -> ConsumptionValidation:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.is_valid = wire.is_valid
    value: Any = wire.code
    self.code = None if value is None else read_union(value, read_int, read_str)
    self.reason = wire.reason
    self._additional_properties = None
    return self


consumption_validation_reader = Reader(
    decode_consumption_validation, describe_consumption_validation, convert_consumption_validation
)
