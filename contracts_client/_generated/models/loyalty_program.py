# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import Any

from attrs import define, field

from ..errors import DecodeError
from ..models.loyalty_program_type import LoyaltyProgramType
from ..types import decoded, masked_properties, mismatch, read_list

_KEYS = frozenset(
    {
        "id",
        "type",
        "displayName",
    }
)


@define(kw_only=True)
class LoyaltyProgram:
    """The current values of the loyalty program that the contract belongs to. (documented)"""

    id: str | None = None
    """Identifies the program. (inferred)"""

    type: LoyaltyProgramType | None = None
    """How contracts of the program are used up. TIMED: by time alone, such as a customer card. COUPONS: each use
    creates a dependent timed contract, such as a ten-day coupon card. POINTS: by point transactions, such as a
    gift card. The list is open. (inferred)"""

    display_name: list[LocalizedText] | None = None
    """The program's name, one entry a language. (inferred)"""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=masked_properties)
    """Properties that the specification does not know, by name; written back as they came."""

    @classmethod
    def from_dict(cls, data: Any) -> LoyaltyProgram:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_loyalty_program)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {}
        if self.id is not None:
            data["id"] = self.id
        if self.type is not None:
            data["type"] = str(self.type)
        if self.display_name is not None:
            data["displayName"] = [item.to_dict() for item in self.display_name]
        data.update(self.additional_properties)
        return data


def decode_loyalty_program(data: Any) -> LoyaltyProgram:
    """Read one from a JSON object; see ``LoyaltyProgram.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = object.__new__(LoyaltyProgram)
    name = ""
    try:
        name = "id"
        value: Any = source.get(name)
        if value is not None and type(value) is not str:
            raise mismatch(value, "a string")
        self.id = value
        name = "type"
        value = source.get(name)
        self.type = None if value is None else LoyaltyProgramType.read(value)
        name = "displayName"
        value = source.get(name)
        self.display_name = None if value is None else read_list(value, decode_localized_text)
    except DecodeError as error:
        raise error.inside(name) from None
    if source.keys() <= _KEYS:
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _KEYS}
    return self


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .localized_text import LocalizedText, decode_localized_text  # noqa: E402
