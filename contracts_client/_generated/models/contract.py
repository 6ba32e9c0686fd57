# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
# pyright: reportPrivateUsage=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# The functions that make a model stand beside its class, and write its slots; what they read may be anything.

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from ...openapi.classes import define
from ...openapi.dates import read_date_time
from ...openapi.decode import INT64_MIN, mismatch, nested, read_decimal, read_list, unknown_properties
from ...openapi.errors import DecodeError
from ...openapi.fast import Reader, StructBuilder
from ...openapi.model import Model
from ..models.contract_status import ContractStatus

_NAMES: dict[str, str] = {
    "uuid": "uuid",
    "status": "status",
    "createdAt": "created_at",
    "createdBy": "created_by",
    "lastChangedAt": "last_changed_at",
    "lastChangedBy": "last_changed_by",
    "consumableFrom": "consumable_from",
    "loyaltyProgram": "loyalty_program",
    "organisationId": "organisation_id",
    "parent": "parent",
    "policies": "policies",
    "externalRef": "external_ref",
    "couponsLimit": "coupons_limit",
    "currentTotal": "current_total",
    "subContracts": "sub_contracts",
    "transactions": "transactions",
    "acceptanceDate": "acceptance_date",
    "expirationDate": "expiration_date",
    "orderLineEvents": "order_line_events",
    "remainingCoupons": "remaining_coupons",
    "contractConsumers": "contract_consumers",
}
_known_contract_status = ContractStatus.known_values.get


@define(kw_only=True, repr=False)
class Contract(Model):
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

    external_ref: str | None = None
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

    json_names: ClassVar[dict[str, str]] = _NAMES
    _personal: ClassVar[frozenset[str]] = frozenset(("external_ref",))

    def _written(self, date_time: Callable[[Any, str], Any], /) -> dict[str, Any]:
        data: dict[str, Any] = {
            "uuid": self.uuid,
            "status": str(self.status),
            "createdAt": date_time(self.created_at, "created_at"),
            "createdBy": self.created_by,
            "lastChangedAt": date_time(self.last_changed_at, "last_changed_at"),
            "lastChangedBy": self.last_changed_by,
            "consumableFrom": date_time(self.consumable_from, "consumable_from"),
            "loyaltyProgram": self.loyalty_program._written(date_time),
            "organisationId": self.organisation_id,
        }
        if self.parent is not None:
            data["parent"] = self.parent
        if self.policies is not None:
            data["policies"] = [item._written(date_time) for item in self.policies]
        if self.external_ref is not None:
            data["externalRef"] = self.external_ref
        if self.coupons_limit is not None:
            data["couponsLimit"] = self.coupons_limit
        if self.current_total is not None:
            data["currentTotal"] = self.current_total._written(date_time)
        if self.sub_contracts is not None:
            data["subContracts"] = [item._written(date_time) for item in self.sub_contracts]
        if self.transactions is not None:
            data["transactions"] = [item._written(date_time) for item in self.transactions]
        if self.acceptance_date is not None:
            data["acceptanceDate"] = date_time(self.acceptance_date, "acceptance_date")
        if self.expiration_date is not None:
            data["expirationDate"] = date_time(self.expiration_date, "expiration_date")
        if self.order_line_events is not None:
            data["orderLineEvents"] = [item._written(date_time) for item in self.order_line_events]
        if self.remaining_coupons is not None:
            data["remainingCoupons"] = self.remaining_coupons
        if self.contract_consumers is not None:
            data["contractConsumers"] = [item._written(date_time) for item in self.contract_consumers]
        return data if self._additional_properties is None else self._with_unknown(data)


# A quarter of what a call of the class takes, and less than object.__new__ with its argument.
blank_contract = partial(object.__new__, Contract)


def decode_contract(data: Any) -> Contract:
    """Read one from a JSON object; see ``Contract.from_dict``."""
    source: dict[str, Any] = data
    if type(source) is not dict:
        raise mismatch(data, "an object")
    self = blank_contract()
    absent = 0
    name = ""
    try:
        name = "uuid"
        value: Any = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.uuid = value
        name = "status"
        value = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.status = _known_contract_status(value) or ContractStatus(value)
        name = "createdAt"
        value = source[name]
        self.created_at = read_date_time(value)
        name = "createdBy"
        value = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.created_by = value
        name = "lastChangedAt"
        value = source[name]
        self.last_changed_at = read_date_time(value)
        name = "lastChangedBy"
        value = source[name]
        if type(value) is not str:
            raise mismatch(value, "a string")
        self.last_changed_by = value
        name = "consumableFrom"
        value = source[name]
        self.consumable_from = read_date_time(value)
        name = "loyaltyProgram"
        value = source[name]
        self.loyalty_program = decode_loyalty_program(value)
        name = "organisationId"
        value = source[name]
        if type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.organisation_id = value
        name = "parent"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.parent = value
        name = "policies"
        value = source.get(name)
        if value is None:
            absent += 1
            self.policies = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items: list[Any] = []
            try:
                for item in value:
                    items.append(decode_policy(item))  # noqa: PERF401 # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.policies = items
        name = "externalRef"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not str:
            raise mismatch(value, "a string")
        self.external_ref = value
        name = "couponsLimit"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.coupons_limit = value
        name = "currentTotal"
        value = source.get(name)
        if value is None:
            absent += 1
            self.current_total = None
        else:
            self.current_total = decode_total_amount(value)
        name = "subContracts"
        value = source.get(name)
        if value is None:
            absent += 1
            self.sub_contracts = None
        else:
            self.sub_contracts = nested(read_list, value, decode_contract)
        name = "transactions"
        value = source.get(name)
        if value is None:
            absent += 1
            self.transactions = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(decode_transaction(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.transactions = items
        name = "acceptanceDate"
        value = source.get(name)
        if value is None:
            absent += 1
            self.acceptance_date = None
        else:
            self.acceptance_date = read_date_time(value)
        name = "expirationDate"
        value = source.get(name)
        if value is None:
            absent += 1
            self.expiration_date = None
        else:
            self.expiration_date = read_date_time(value)
        name = "orderLineEvents"
        value = source.get(name)
        if value is None:
            absent += 1
            self.order_line_events = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(decode_order_line_event(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.order_line_events = items
        name = "remainingCoupons"
        value = source.get(name)
        if value is None:
            absent += 1
        elif type(value) is not int or (value.bit_length() > 63 and value != INT64_MIN):
            raise mismatch(value, "an integer of 64 bits")
        self.remaining_coupons = value
        name = "contractConsumers"
        value = source.get(name)
        if value is None:
            absent += 1
            self.contract_consumers = None
        elif type(value) is not list:
            raise mismatch(value, "an array")
        else:
            items = []
            try:
                for item in value:
                    items.append(decode_contract_consumer(item))  # len(items) is the index of the item that failed
            except DecodeError as error:
                raise error.inside(len(items)) from None
            self.contract_consumers = items
    except DecodeError as error:
        raise error.inside(name) from None
    except KeyError:
        pass
    else:
        if len(source) + absent == 21:  # then there can't be an unknown one
            self._additional_properties = None
        else:
            self._additional_properties = unknown_properties(source, _NAMES)

        return self
    # Null is no better than nothing, and says what was expected.
    return decode_contract({**source, name: None})


def describe_contract(structs: StructBuilder) -> Any:
    """Describe the properties to msgspec."""
    return structs.struct(
        "Contract",
        lambda structs: (
            ("uuid", "uuid", str, True),
            ("status", "status", str, True),
            ("created_at", "createdAt", structs.date_time, True),
            ("created_by", "createdBy", str, True),
            ("last_changed_at", "lastChangedAt", structs.date_time, True),
            ("last_changed_by", "lastChangedBy", str, True),
            ("consumable_from", "consumableFrom", structs.date_time, True),
            ("loyalty_program", "loyaltyProgram", describe_loyalty_program(structs), True),
            ("organisation_id", "organisationId", structs.integer, True),
            ("parent", "parent", str, False),
            ("policies", "policies", structs.array(describe_policy(structs)), False),
            ("external_ref", "externalRef", str, False),
            ("coupons_limit", "couponsLimit", structs.integer, False),
            ("current_total", "currentTotal", describe_total_amount(structs), False),
            ("sub_contracts", "subContracts", structs.array(describe_contract(structs)), False),
            ("transactions", "transactions", structs.array(describe_transaction(structs)), False),
            ("acceptance_date", "acceptanceDate", structs.date_time, False),
            ("expiration_date", "expirationDate", structs.date_time, False),
            ("order_line_events", "orderLineEvents", structs.array(describe_order_line_event(structs)), False),
            ("remaining_coupons", "remainingCoupons", structs.integer, False),
            ("contract_consumers", "contractConsumers", structs.array(describe_contract_consumer(structs)), False),
        ),
    )


def convert_contract(struct: Any) -> Contract:
    """Make one from what msgspec has checked."""
    self = blank_contract()
    self.uuid = struct.uuid
    value: Any = struct.status
    self.status = _known_contract_status(value) or ContractStatus(value)
    self.created_at = struct.created_at
    self.created_by = struct.created_by
    self.last_changed_at = struct.last_changed_at
    self.last_changed_by = struct.last_changed_by
    self.consumable_from = struct.consumable_from
    value = struct.loyalty_program
    self.loyalty_program = convert_loyalty_program(value)
    self.organisation_id = struct.organisation_id
    self.parent = struct.parent
    value = struct.policies
    if value is None:
        self.policies = None
    else:
        made_policies: list[Any] = []
        self.policies = made_policies
        for item in value:
            item_policies = blank_policy()
            item_policies.id = item.id
            item_policies.key = item.key
            item_policies._additional_properties = None
            made_policies.append(item_policies)
    self.external_ref = struct.external_ref
    self.coupons_limit = struct.coupons_limit
    value = struct.current_total
    if value is None:
        self.current_total = None
    else:
        self.current_total = made_current_total = blank_total_amount()
        made_current_total.amount = read_decimal(value.amount)
        made_current_total.currency = value.currency
        made_current_total.calculated_at = value.calculated_at
        made_current_total._additional_properties = None
    value = struct.sub_contracts
    self.sub_contracts = (
        None if value is None else nested(lambda value: [convert_contract(item) for item in value], value)
    )
    value = struct.transactions
    self.transactions = None if value is None else [convert_transaction(item) for item in value]
    self.acceptance_date = struct.acceptance_date
    self.expiration_date = struct.expiration_date
    value = struct.order_line_events
    if value is None:
        self.order_line_events = None
    else:
        made_order_line_events: list[Any] = []
        self.order_line_events = made_order_line_events
        for item in value:
            item_order_line_events = blank_order_line_event()
            item_order_line_events.id = item.id
            item_order_line_events.order_id = item.order_id
            item_order_line_events.order_line_id = item.order_line_id
            item_order_line_events.travel_date = item.travel_date
            item_order_line_events.created_at = item.created_at
            item_order_line_events._additional_properties = None
            made_order_line_events.append(item_order_line_events)
    self.remaining_coupons = struct.remaining_coupons
    value = struct.contract_consumers
    if value is None:
        self.contract_consumers = None
    else:
        made_contract_consumers: list[Any] = []
        self.contract_consumers = made_contract_consumers
        for item in value:
            item_contract_consumers = blank_contract_consumer()
            item_contract_consumers.customer_number = item.customer_number
            item_contract_consumers.customer_ref = item.customer_ref
            item_contract_consumers.is_contract_holder = item.is_contract_holder
            item_contract_consumers._additional_properties = None
            made_contract_consumers.append(item_contract_consumers)
    self._additional_properties = None
    return self


Contract._decode = decode_contract
contract_reader = Reader(decode_contract, describe_contract, convert_contract)


# Models may contain each other, so these imports stand last: whichever module is imported first finds the other whole.
from .contract_consumer import (  # noqa: E402
    ContractConsumer,
    blank_contract_consumer,
    decode_contract_consumer,
    describe_contract_consumer,
)
from .loyalty_program import LoyaltyProgram, convert_loyalty_program, decode_loyalty_program, describe_loyalty_program  # noqa: E402
from .order_line_event import OrderLineEvent, blank_order_line_event, decode_order_line_event, describe_order_line_event  # noqa: E402
from .policy import Policy, blank_policy, decode_policy, describe_policy  # noqa: E402
from .total_amount import TotalAmount, blank_total_amount, decode_total_amount, describe_total_amount  # noqa: E402
from .transaction import Transaction, convert_transaction, decode_transaction, describe_transaction  # noqa: E402
