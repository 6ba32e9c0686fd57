# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import Any

from attrs import define, field

from ..errors import DecodeError
from ..types import decoded, masked_properties, mismatch, read_int, read_str, read_union, write_any

_KEYS = frozenset(
    {
        "isValid",
        "code",
        "reason",
    }
)


@define(kw_only=True)
class ConsumptionValidation:
    """Whether the consumptions can be made, and why not. (documented)"""

    is_valid: bool
    """True where every consumption in the list can be made. (documented)"""

    code: int | str | None = None
    """A code for the reason of a rejection. 3101 means that all is well. (documented)"""

    reason: str | None = None
    """A short explanation of the verdict. (documented)"""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=masked_properties)
    """Properties that the specification does not know, by name; written back as they came."""

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
        data.update(self.additional_properties)
        return data


def decode_consumption_validation(data: Any) -> ConsumptionValidation:
    """Read one from a JSON object; see ``ConsumptionValidation.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = object.__new__(ConsumptionValidation)
    name = ""
    try:
        name = "isValid"
        value: Any = source.get(name)
        if type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.is_valid = value
        name = "code"
        value = source.get(name)
        self.code = None if value is None else read_union(value, "one of: int | str", read_int, read_str)
        name = "reason"
        value = source.get(name)
        if value is not None and type(value) is not str:
            raise mismatch(value, "a string")
        self.reason = value
    except DecodeError as error:
        raise error.inside(name) from None
    if source.keys() <= _KEYS:
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _KEYS}
    return self
