# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from attrs import define
from attrs import field as attrs_field

from ..errors import DecodeError
from ..types import INT64_MIN, Reader, Wire, decoded, mismatch, none_if_empty, short_repr, unknown_properties

_NAMES: dict[str, str] = {
    "customerNumber": "customer_number",
    "customerRef": "customer_ref",
    "isContractHolder": "is_contract_holder",
}
_PERSONAL = frozenset[str](("customer_number", "customer_ref"))


@define(kw_only=True, repr=False)
class ContractConsumer:
    """A customer who may use the contract. (published)"""

    customer_number: int | None = None
    """The customer's number, which is unique at Entur. (inferred)"""

    customer_ref: str | None = None
    """The organisation's own id of the customer. (inferred)"""

    is_contract_holder: bool | None = None
    """Whether this customer is the one who holds the contract. (inferred)"""

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
    def from_dict(cls, data: Any) -> ContractConsumer:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_contract_consumer)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {}
        if self.customer_number is not None:
            data["customerNumber"] = self.customer_number
        if self.customer_ref is not None:
            data["customerRef"] = self.customer_ref
        if self.is_contract_holder is not None:
            data["isContractHolder"] = self.is_contract_holder
        if self._additional_properties:
            # Twice, so that a property of the specification keeps its place and its value.
            data = {**data, **self._additional_properties, **data}
        return data


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
_blank = partial(object.__new__, ContractConsumer)


def decode_contract_consumer(data: Any) -> ContractConsumer:
    """Read one from a JSON object; see ``ContractConsumer.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = _blank()
    absent = 0
    name = ""
    try:
        name = "customerNumber"
        value: Any = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.customer_number = value
        name = "customerRef"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.customer_ref = value
        name = "isContractHolder"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.is_contract_holder = value
    except DecodeError as error:
        raise error.inside(name) from None
    if len(source) + absent == 3:  # then there can't be an unknown one
        self._additional_properties = None
    else:
        self._additional_properties = unknown_properties(source, _NAMES)
    return self


def describe_contract_consumer(wire: Wire) -> Any:
    """Describe the properties to msgspec."""
    return wire.struct(
        "ContractConsumer",
        lambda wire: (
            ("customer_number", "customerNumber", wire.integer, False),
            ("customer_ref", "customerRef", str, False),
            ("is_contract_holder", "isContractHolder", bool, False),
        ),
    )


def convert_contract_consumer(wire: Any) -> ContractConsumer:
    """Make one from what msgspec has checked."""
    self = _blank()
    self.customer_number = wire.customer_number
    self.customer_ref = wire.customer_ref
    self.is_contract_holder = wire.is_contract_holder
    self._additional_properties = None
    return self


contract_consumer_reader = Reader(decode_contract_consumer, describe_contract_consumer, convert_contract_consumer)
