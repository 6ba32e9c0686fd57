# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.decode import INT64_MIN, mismatch, unknown_properties
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model

_NAMES: dict[str, str] = {
    "customerNumber": "customer_number",
    "customerRef": "customer_ref",
    "isContractHolder": "is_contract_holder",
}


@define(kw_only=True, repr=False)
class ContractConsumer(Model):
    """A customer who may use the contract. (published)"""

    customer_number: int | None = None
    """The customer's number, which is unique at Entur. (inferred)"""

    customer_ref: str | None = None
    """The organisation's own id of the customer. (inferred)"""

    is_contract_holder: bool | None = None
    """Whether this customer is the one who holds the contract. (inferred)"""

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("customer_number", "customer_ref"))

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {}
        if self.customer_number is not None:
            data["customerNumber"] = self.customer_number
        if self.customer_ref is not None:
            data["customerRef"] = self.customer_ref
        if self.is_contract_holder is not None:
            data["isContractHolder"] = self.is_contract_holder
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_contract_consumer = partial(object.__new__, ContractConsumer)


def decode_contract_consumer(data: Any) -> ContractConsumer:
    """Read one from a JSON object; see ``ContractConsumer.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_contract_consumer()
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


def describe_contract_consumer(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "ContractConsumer",
        lambda structs: (
            ("customer_number", "customerNumber", structs.integer, False),
            ("customer_ref", "customerRef", str, False),
            ("is_contract_holder", "isContractHolder", bool, False),
        ),
    )


def convert_contract_consumer(struct: Any) -> ContractConsumer:
    """Make one from what msgspec has checked."""
    self = blank_contract_consumer()
    self.customer_number = struct.customer_number
    self.customer_ref = struct.customer_ref
    self.is_contract_holder = struct.is_contract_holder
    self._additional_properties = None
    return self


ContractConsumer._decode = decode_contract_consumer
contract_consumer_reader = Reader(decode_contract_consumer, describe_contract_consumer, convert_contract_consumer)
