# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

from typing import Any

from attrs import define, field

from ..errors import DecodeError
from ..types import decoded, masked, masked_properties, mismatch

_KEYS = frozenset(
    {
        "customerNumber",
        "customerRef",
        "isContractHolder",
    }
)


@define(kw_only=True)
class ContractConsumer:
    """A customer who may use the contract. (published)"""

    customer_number: int | None = field(default=None, repr=masked)
    """The customer's number, which is unique at Entur. (inferred)"""

    customer_ref: str | None = field(default=None, repr=masked)
    """The organisation's own id of the customer. (inferred)"""

    is_contract_holder: bool | None = None
    """Whether this customer is the one who holds the contract. (inferred)"""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=masked_properties)
    """Properties that the specification does not know, by name; written back as they came."""

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
        data.update(self.additional_properties)
        return data


def decode_contract_consumer(data: Any) -> ContractConsumer:
    """Read one from a JSON object; see ``ContractConsumer.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = object.__new__(ContractConsumer)
    name = ""
    try:
        name = "customerNumber"
        value: Any = source.get(name)
        if value is not None and type(value) is not int:
            raise mismatch(value, "an integer")
        self.customer_number = value
        name = "customerRef"
        value = source.get(name)
        if value is not None and type(value) is not str:
            raise mismatch(value, "a string")
        self.customer_ref = value
        name = "isContractHolder"
        value = source.get(name)
        if value is not None and type(value) is not bool:
            raise mismatch(value, "a boolean")
        self.is_contract_holder = value
    except DecodeError as error:
        raise error.inside(name) from None
    if source.keys() <= _KEYS:
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _KEYS}
    return self
