# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import Any

from attrs import define, field

from ..errors import DecodeError
from ..types import decoded, masked, masked_properties, mismatch

_KEYS = frozenset(
    {
        "success",
        "customerNumber",
    }
)


@define(kw_only=True)
class Claim:
    """The outcome of a claim. (published)"""

    success: bool
    """Whether the ticket was claimed. (documented)"""

    customer_number: int | None = field(default=None, repr=masked)
    """The customer who holds the ticket now. (documented)"""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=masked_properties)
    """Properties that the specification does not know, by name; written back as they came."""

    @classmethod
    def from_dict(cls, data: Any) -> Claim:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_claim)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "success": self.success,
        }
        if self.customer_number is not None:
            data["customerNumber"] = self.customer_number
        data.update(self.additional_properties)
        return data


def decode_claim(data: Any) -> Claim:
    """Read one from a JSON object; see ``Claim.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = object.__new__(Claim)
    name = ""
    try:
        name = "success"
        value: Any = source.get(name)
        if type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.success = value
        name = "customerNumber"
        value = source.get(name)
        if value is not None and type(value) is not int:
            raise mismatch(value, "an integer")
        self.customer_number = value
    except DecodeError as error:
        raise error.inside(name) from None
    if source.keys() <= _KEYS:
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _KEYS}
    return self
