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
    INT64_MIN,
    Reader,
    Wire,
    decoded,
    mismatch,
    none_if_empty,
    require,
    require_json,
    short_repr,
    unknown_properties,
)

_NAMES: dict[str, str] = {
    "customerNumber": "customer_number",
    "externalReference": "external_reference",
}
_PERSONAL = frozenset[str](("customer_number", "external_reference"))


@define(kw_only=True, repr=False)
class ClaimPersonnelTicketRequest:
    """Who claims which personnel ticket. (published)"""

    customer_number: int
    """The customer who claims the ticket. (documented)"""

    external_reference: str
    """The pickup code of the ticket: three groups of letters, digits or underscores, joined by hyphens. The
    documented pattern backtracks exponentially; the one given here accepts the same codes in linear time.
    (documented)"""

    # Most have none: a dict for each would cost more than everything else about it.
    _additional_properties: dict[str, Any] | None = attrs_field(
        default=None, alias="additional_properties", eq=none_if_empty
    )

    json_names: ClassVar[dict[str, str]] = _NAMES
    """The attribute of each property, by its name in JSON."""

    names_are_open: ClassVar[bool] = False
    """Whether the specification says that there may be properties of any name."""

    def __attrs_post_init__(self) -> None:
        require("customer_number", self.customer_number, int)
        require("external_reference", self.external_reference, str)
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
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, ClaimPersonnelTicketRequest)


def decode_claim_personnel_ticket_request(data: Any) -> ClaimPersonnelTicketRequest:
    """Read one from a JSON object; see ``ClaimPersonnelTicketRequest.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "customerNumber"
        value: Any = source[name]
        if type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.customer_number = value
        name = "externalReference"
        value = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.external_reference = value
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 2:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)
        return self
    # Null is no better than nothing, and says what was expected.
    return decode_claim_personnel_ticket_request({**source, name: None})


def describe_claim_personnel_ticket_request(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "ClaimPersonnelTicketRequest",
        lambda wire: (
            ("customer_number", "customerNumber", wire.integer, True),
            ("external_reference", "externalReference", str, True),
        ),
    )


def convert_claim_personnel_ticket_request(wire: Any) -> ClaimPersonnelTicketRequest:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.customer_number = wire.customer_number
    self.external_reference = wire.external_reference
    self._additional_properties = None
    return self


claim_personnel_ticket_request_reader = Reader(
    decode_claim_personnel_ticket_request,
    describe_claim_personnel_ticket_request,
    convert_claim_personnel_ticket_request,
)
