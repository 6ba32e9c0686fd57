# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import Any

from attrs import define, field

from ..errors import DecodeError
from ..types import decoded, masked, masked_properties, mismatch

_KEYS = frozenset(
    {
        "customerNumber",
        "externalReference",
    }
)


@define(kw_only=True)
class ClaimPersonnelTicketRequest:
    """Who claims which personnel ticket. (published)"""

    customer_number: int = field(repr=masked)
    """The customer who claims the ticket. (documented)"""

    external_reference: str = field(repr=masked)
    """The pickup code of the ticket: three groups of letters, digits or underscores, joined by hyphens. The
    documented pattern backtracks exponentially; the one given here accepts the same codes in linear time.
    (documented)"""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=masked_properties)
    """Properties that the specification does not know, by name; written back as they came."""

    @classmethod
    def from_dict(cls, data: Any) -> ClaimPersonnelTicketRequest:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_claim_personnel_ticket_request)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "customerNumber": self.customer_number,
            "externalReference": self.external_reference,
        }
        data.update(self.additional_properties)
        return data


def decode_claim_personnel_ticket_request(data: Any) -> ClaimPersonnelTicketRequest:
    """Read one from a JSON object; see ``ClaimPersonnelTicketRequest.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = object.__new__(ClaimPersonnelTicketRequest)
    name = ""
    try:
        name = "customerNumber"
        value: Any = source.get(name)
        if type(value) is not int:
            raise mismatch(value, "an integer")
        self.customer_number = value
        name = "externalReference"
        value = source.get(name)
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.external_reference = value
    except DecodeError as error:
        raise error.inside(name) from None
    if source.keys() <= _KEYS:
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _KEYS}
    return self
