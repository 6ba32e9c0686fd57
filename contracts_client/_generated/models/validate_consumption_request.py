# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import Any

from attrs import define, field

from ..errors import DecodeError
from ..types import decoded, masked_properties, mismatch, read_list

_KEYS = frozenset(
    {
        "consumptions",
    }
)


@define(kw_only=True)
class ValidateConsumptionRequest:
    """The consumptions to check. (documented)"""

    consumptions: list[Consumption]
    """The consumptions to check together. (documented)"""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=masked_properties)
    """Properties that the specification does not know, by name; written back as they came."""

    @classmethod
    def from_dict(cls, data: Any) -> ValidateConsumptionRequest:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_validate_consumption_request)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "consumptions": [item.to_dict() for item in self.consumptions],
        }
        data.update(self.additional_properties)
        return data


def decode_validate_consumption_request(data: Any) -> ValidateConsumptionRequest:
    """Read one from a JSON object; see ``ValidateConsumptionRequest.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = object.__new__(ValidateConsumptionRequest)
    name = ""
    try:
        name = "consumptions"
        value: Any = source.get(name)
        self.consumptions = read_list(value, decode_consumption)
    except DecodeError as error:
        raise error.inside(name) from None
    if source.keys() <= _KEYS:
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _KEYS}
    return self


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .consumption import Consumption, decode_consumption  # noqa: E402
