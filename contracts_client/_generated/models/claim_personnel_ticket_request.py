# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.decode import INT64_MIN, mismatch, unknown_properties
from ...openapi.encode import require, require_json
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "customerNumber": "customer_number",
    "externalReference": "external_reference",
}


@define(kw_only=True, repr=False)
class ClaimPersonnelTicketRequest(Model):
    """Who claims which personnel ticket. (published)"""

    customer_number: int
    """The customer who claims the ticket. (documented)"""

    external_reference: str
    """The pickup code of the ticket: three groups of letters, digits or underscores, joined by hyphens. The
    documented pattern backtracks exponentially; the one given here accepts the same codes in linear time.
    (documented)"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("customer_number", "external_reference"))

    def __attrs_post_init__(self) -> None:
        require("customer_number", self.customer_number, int)
        require("external_reference", self.external_reference, str)
        if self._additional_properties is not None:
            require("additional_properties", self._additional_properties, dict)
            require_json("additional_properties", self._additional_properties)

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "customerNumber": self.customer_number,
            "externalReference": self.external_reference,
        }
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_claim_personnel_ticket_request = partial(object.__new__, ClaimPersonnelTicketRequest)


def decode_claim_personnel_ticket_request(data: Any) -> ClaimPersonnelTicketRequest:
    """Read one from a JSON object; see ``ClaimPersonnelTicketRequest.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_claim_personnel_ticket_request()
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


def describe_claim_personnel_ticket_request(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "ClaimPersonnelTicketRequest",
        lambda structs: (
            ("customer_number", "customerNumber", structs.integer, True),
            ("external_reference", "externalReference", str, True),
        ),
    )


def convert_claim_personnel_ticket_request(struct: Any) -> ClaimPersonnelTicketRequest:
    """Make one from what msgspec has checked."""
    self = blank_claim_personnel_ticket_request()
    self.customer_number = struct.customer_number
    self.external_reference = struct.external_reference
    self._additional_properties = None
    return self


ClaimPersonnelTicketRequest._decode = decode_claim_personnel_ticket_request
claim_personnel_ticket_request_reader = Reader(
    decode_claim_personnel_ticket_request,
    describe_claim_personnel_ticket_request,
    convert_claim_personnel_ticket_request,
)
