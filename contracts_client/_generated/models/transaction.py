# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

import datetime
from typing import Any

from attrs import define, field

from ..errors import DecodeError
from ..types import decoded, masked_properties, mismatch, read_date_time, write_date_time

_KEYS = frozenset(
    {
        "id",
        "amount",
        "createdAt",
    }
)


@define(kw_only=True)
class Transaction:
    """One transaction of an earn-and-burn contract or a gift card. (documented)"""

    id: str | None = None
    """Identifies the transaction. (inferred)"""

    amount: TotalAmount | None = None
    """An amount of money or points, and when it was worked out. (inferred)"""

    created_at: datetime.datetime | None = None
    """When the transaction was made. (inferred)"""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=masked_properties)
    """Properties that the specification does not know, by name; written back as they came."""

    @classmethod
    def from_dict(cls, data: Any) -> Transaction:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_transaction)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {}
        if self.id is not None:
            data["id"] = self.id
        if self.amount is not None:
            data["amount"] = self.amount.to_dict()
        if self.created_at is not None:
            data["createdAt"] = write_date_time(self.created_at, "created_at")
        data.update(self.additional_properties)
        return data


def decode_transaction(data: Any) -> Transaction:
    """Read one from a JSON object; see ``Transaction.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = object.__new__(Transaction)
    name = ""
    try:
        name = "id"
        value: Any = source.get(name)
        if value is not None and type(value) is not str:
            raise mismatch(value, "a string")
        self.id = value
        name = "amount"
        value = source.get(name)
        self.amount = None if value is None else decode_total_amount(value)
        name = "createdAt"
        value = source.get(name)
        self.created_at = None if value is None else read_date_time(value)
    except DecodeError as error:
        raise error.inside(name) from None
    if source.keys() <= _KEYS:
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _KEYS}
    return self


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .total_amount import TotalAmount, decode_total_amount  # noqa: E402
