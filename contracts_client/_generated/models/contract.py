# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
from __future__ import annotations

import datetime
from typing import Any

from attrs import define, field

from ..errors import DecodeError
from ..models.contract_status import ContractStatus
from ..types import decoded, masked, masked_properties, mismatch, read_date_time, read_list, write_date_time

_KEYS = frozenset(
    {
        "uuid",
        "status",
        "createdAt",
        "createdBy",
        "lastChangedAt",
        "lastChangedBy",
        "consumableFrom",
        "loyaltyProgram",
        "organisationId",
        "parent",
        "policies",
        "externalRef",
        "couponsLimit",
        "currentTotal",
        "subContracts",
        "transactions",
        "acceptanceDate",
        "expirationDate",
        "orderLineEvents",
        "remainingCoupons",
        "contractConsumers",
    }
)


@define(kw_only=True)
class Contract:
    """A contract that a customer holds, such as a customer card, a coupon card, a gift card or a personnel ticket. (published)"""

    uuid: str
    """Identifies the contract. Not necessarily an RFC 4122 UUID. (documented)"""

    status: ContractStatus
    """The state of a contract. VALID is the normal one. The list is open: a value that is not in it is not an error.
    (documented)"""

    created_at: datetime.datetime
    """When the contract was created. (documented)"""

    created_by: str
    """The client that created the contract. (documented)"""

    last_changed_at: datetime.datetime
    """When the contract was last changed. (documented)"""

    last_changed_by: str
    """The client that last changed the contract. (documented)"""

    consumable_from: datetime.datetime
    """From when the contract can be consumed. (documented)"""

    loyalty_program: LoyaltyProgram
    """The current values of the loyalty program that the contract belongs to. (documented)"""

    organisation_id: int
    """The organisation that the contract concerns. (documented)"""

    parent: str | None = None
    """The uuid of the contract that this one depends on. Usually set where the use of a coupon created this
    contract: this one is limited in time, its parent in coupons. (documented)"""

    policies: list[Policy] | None = None
    """The keys that were checked against the customer who claimed the contract. (documented)"""

    external_ref: str | None = field(default=None, repr=masked)
    """A reference of the organisation's own, such as a membership number or an employee number. (documented)"""

    coupons_limit: int | None = None
    """How many coupons the contract has. It comes from the version of the loyalty program unless set. Coupons are
    registered by order line events; once all are used, the contract is blocked for use. (documented)"""

    current_total: TotalAmount | None = None
    """An amount of money or points, and when it was worked out. (documented)"""

    sub_contracts: list[Contract] | None = None
    """Contracts limited in time that depend on this one. (documented)"""

    transactions: list[Transaction] | None = None
    """The transactions of an earn-and-burn contract or a gift card. (documented)"""

    acceptance_date: datetime.datetime | None = None
    """When the customer accepted the contract. (documented)"""

    expiration_date: datetime.datetime | None = None
    """When the contract expires. Absent where it does not. (documented)"""

    order_line_events: list[OrderLineEvent] | None = None
    """The order line events of this contract, where they were asked for. (documented)"""

    remaining_coupons: int | None = None
    """How many coupons are left on a coupon contract, from couponsLimit and the order line events. Counted by year,
    starting at the earliest travel date. (documented)"""

    contract_consumers: list[ContractConsumer] | None = None
    """The customers who may use the contract. (published)"""

    additional_properties: dict[str, Any] = field(factory=dict[str, Any], repr=masked_properties)
    """Properties that the specification does not know, by name; written back as they came."""

    @classmethod
    def from_dict(cls, data: Any) -> Contract:
        """Read one from a JSON object.

        Args:
            data: The object, as ``json.loads`` returns it. It is not changed.

        Raises:
            DecodeError: It is not what the specification says. The error names the place, never the value.
        """
        return decoded(data, decode_contract)

    def to_dict(self) -> dict[str, Any]:
        """Return this as a JSON object; what is None is left out.

        Raises:
            ArgumentError: A value can't be written, such as a datetime without an offset.
        """
        data: dict[str, Any] = {
            "uuid": self.uuid,
            "status": str(self.status),
            "createdAt": write_date_time(self.created_at, "created_at"),
            "createdBy": self.created_by,
            "lastChangedAt": write_date_time(self.last_changed_at, "last_changed_at"),
            "lastChangedBy": self.last_changed_by,
            "consumableFrom": write_date_time(self.consumable_from, "consumable_from"),
            "loyaltyProgram": self.loyalty_program.to_dict(),
            "organisationId": self.organisation_id,
        }
        if self.parent is not None:
            data["parent"] = self.parent
        if self.policies is not None:
            data["policies"] = [item.to_dict() for item in self.policies]
        if self.external_ref is not None:
            data["externalRef"] = self.external_ref
        if self.coupons_limit is not None:
            data["couponsLimit"] = self.coupons_limit
        if self.current_total is not None:
            data["currentTotal"] = self.current_total.to_dict()
        if self.sub_contracts is not None:
            data["subContracts"] = [item.to_dict() for item in self.sub_contracts]
        if self.transactions is not None:
            data["transactions"] = [item.to_dict() for item in self.transactions]
        if self.acceptance_date is not None:
            data["acceptanceDate"] = write_date_time(self.acceptance_date, "acceptance_date")
        if self.expiration_date is not None:
            data["expirationDate"] = write_date_time(self.expiration_date, "expiration_date")
        if self.order_line_events is not None:
            data["orderLineEvents"] = [item.to_dict() for item in self.order_line_events]
        if self.remaining_coupons is not None:
            data["remainingCoupons"] = self.remaining_coupons
        if self.contract_consumers is not None:
            data["contractConsumers"] = [item.to_dict() for item in self.contract_consumers]
        data.update(self.additional_properties)
        return data


def decode_contract(data: Any) -> Contract:
    """Read one from a JSON object; see ``Contract.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = object.__new__(Contract)
    name = ""
    try:
        name = "uuid"
        value: Any = source.get(name)
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.uuid = value
        name = "status"
        value = source.get(name)
        self.status = ContractStatus.read(value)
        name = "createdAt"
        value = source.get(name)
        self.created_at = read_date_time(value)
        name = "createdBy"
        value = source.get(name)
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.created_by = value
        name = "lastChangedAt"
        value = source.get(name)
        self.last_changed_at = read_date_time(value)
        name = "lastChangedBy"
        value = source.get(name)
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.last_changed_by = value
        name = "consumableFrom"
        value = source.get(name)
        self.consumable_from = read_date_time(value)
        name = "loyaltyProgram"
        value = source.get(name)
        self.loyalty_program = decode_loyalty_program(value)
        name = "organisationId"
        value = source.get(name)
        if type(value) is not int:
            raise mismatch(value, "an integer")
        self.organisation_id = value
        name = "parent"
        value = source.get(name)
        if value is not None and type(value) is not str:
            raise mismatch(value, "a string")
        self.parent = value
        name = "policies"
        value = source.get(name)
        self.policies = None if value is None else read_list(value, decode_policy)
        name = "externalRef"
        value = source.get(name)
        if value is not None and type(value) is not str:
            raise mismatch(value, "a string")
        self.external_ref = value
        name = "couponsLimit"
        value = source.get(name)
        if value is not None and type(value) is not int:
            raise mismatch(value, "an integer")
        self.coupons_limit = value
        name = "currentTotal"
        value = source.get(name)
        self.current_total = None if value is None else decode_total_amount(value)
        name = "subContracts"
        value = source.get(name)
        self.sub_contracts = None if value is None else read_list(value, decode_contract)
        name = "transactions"
        value = source.get(name)
        self.transactions = None if value is None else read_list(value, decode_transaction)
        name = "acceptanceDate"
        value = source.get(name)
        self.acceptance_date = None if value is None else read_date_time(value)
        name = "expirationDate"
        value = source.get(name)
        self.expiration_date = None if value is None else read_date_time(value)
        name = "orderLineEvents"
        value = source.get(name)
        self.order_line_events = None if value is None else read_list(value, decode_order_line_event)
        name = "remainingCoupons"
        value = source.get(name)
        if value is not None and type(value) is not int:
            raise mismatch(value, "an integer")
        self.remaining_coupons = value
        name = "contractConsumers"
        value = source.get(name)
        self.contract_consumers = None if value is None else read_list(value, decode_contract_consumer)
    except DecodeError as error:
        raise error.inside(name) from None
    if source.keys() <= _KEYS:
        self.additional_properties = {}
    else:
        self.additional_properties = {name: value for name, value in source.items() if name not in _KEYS}
    return self


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .contract_consumer import ContractConsumer, decode_contract_consumer  # noqa: E402
from .loyalty_program import LoyaltyProgram, decode_loyalty_program  # noqa: E402
from .order_line_event import OrderLineEvent, decode_order_line_event  # noqa: E402
from .policy import Policy, decode_policy  # noqa: E402
from .total_amount import TotalAmount, decode_total_amount  # noqa: E402
from .transaction import Transaction, decode_transaction  # noqa: E402
