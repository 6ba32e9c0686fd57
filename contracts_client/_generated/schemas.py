# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Which schema of the document each model comes from, and its properties as keyword arguments.

Nothing here is needed to use the models: it is for what makes them by the specification, such as test data.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, TypedDict

from . import models as _models

SCHEMA_NAMES: dict[str, str] = {
    "Claim": "ClaimContractResponse",
    "ClaimPersonnelTicketRequest": "ClaimPersonnelTicketRequest",
    "Consumption": "Consumption",
    "ConsumptionValidation": "ConsumptionValidationResponse",
    "Contract": "ContractResponse",
    "ContractConsumer": "ContractConsumerResponse",
    "ContractPage": "ContractPageResponse",
    "ErrorBody": "ErrorResponse",
    "LocalizedText": "LocalizedText",
    "LoyaltyProgram": "LoyaltyProgram",
    "OrderLineEvent": "OrderLineEvent",
    "Policy": "PolicyResponse",
    "TotalAmount": "TotalAmount",
    "Transaction": "Transaction",
    "ValidateConsumptionRequest": "ValidateConsumptionRequest",
}
"""The name of the schema, by that of the model's class."""


class ClaimProperties(TypedDict, total=False):
    """Properties of Claim, as keyword arguments."""

    success: bool
    customer_number: int | None
    additional_properties: dict[str, Any]


class ClaimPersonnelTicketRequestProperties(TypedDict, total=False):
    """Properties of ClaimPersonnelTicketRequest, as keyword arguments."""

    customer_number: int
    external_reference: str
    additional_properties: dict[str, Any]


class ConsumptionProperties(TypedDict, total=False):
    """Properties of Consumption, as keyword arguments."""

    contract_uuid: str
    customer_number: int
    travel_date: datetime.datetime | None
    additional_properties: dict[str, Any]


class ConsumptionValidationProperties(TypedDict, total=False):
    """Properties of ConsumptionValidation, as keyword arguments."""

    is_valid: bool
    code: int | str | None
    reason: str | None
    additional_properties: dict[str, Any]


class ContractProperties(TypedDict, total=False):
    """Properties of Contract, as keyword arguments."""

    uuid: str
    status: _models.ContractStatus | str
    created_at: datetime.datetime
    created_by: str
    last_changed_at: datetime.datetime
    last_changed_by: str
    consumable_from: datetime.datetime
    loyalty_program: _models.LoyaltyProgram
    organisation_id: int
    parent: str | None
    policies: list[_models.Policy] | None
    external_ref: str | None
    coupons_limit: int | None
    current_total: _models.TotalAmount | None
    sub_contracts: list[_models.Contract] | None
    transactions: list[_models.Transaction] | None
    acceptance_date: datetime.datetime | None
    expiration_date: datetime.datetime | None
    order_line_events: list[_models.OrderLineEvent] | None
    remaining_coupons: int | None
    contract_consumers: list[_models.ContractConsumer] | None
    additional_properties: dict[str, Any]


class ContractConsumerProperties(TypedDict, total=False):
    """Properties of ContractConsumer, as keyword arguments."""

    customer_number: int | None
    customer_ref: str | None
    is_contract_holder: bool | None
    additional_properties: dict[str, Any]


class ContractPageProperties(TypedDict, total=False):
    """Properties of ContractPage, as keyword arguments."""

    items: list[_models.Contract]
    total_items: int | None
    total_pages: int | None
    additional_properties: dict[str, Any]


class ErrorBodyProperties(TypedDict, total=False):
    """Properties of ErrorBody, as keyword arguments."""

    path: str | None
    error: str | None
    status: int | None
    message: str | None
    timestamp: datetime.datetime | None
    correlation_id: str | None
    error_code: str | None
    errors: list[Any] | None
    additional_properties: dict[str, Any]


class LocalizedTextProperties(TypedDict, total=False):
    """Properties of LocalizedText, as keyword arguments."""

    text: str | None
    description: str | None
    language_code: str | None
    additional_properties: dict[str, Any]


class LoyaltyProgramProperties(TypedDict, total=False):
    """Properties of LoyaltyProgram, as keyword arguments."""

    id: str | None
    type: _models.LoyaltyProgramType | str | None
    display_name: list[_models.LocalizedText] | None
    additional_properties: dict[str, Any]


class OrderLineEventProperties(TypedDict, total=False):
    """Properties of OrderLineEvent, as keyword arguments."""

    id: str | None
    order_id: str | None
    order_line_id: str | None
    travel_date: datetime.datetime | None
    created_at: datetime.datetime | None
    additional_properties: dict[str, Any]


class PolicyProperties(TypedDict, total=False):
    """Properties of Policy, as keyword arguments."""

    id: str | None
    key: str | None
    additional_properties: dict[str, Any]


class TotalAmountProperties(TypedDict, total=False):
    """Properties of TotalAmount, as keyword arguments."""

    amount: Decimal
    currency: str | None
    calculated_at: datetime.datetime | None
    additional_properties: dict[str, Any]


class TransactionProperties(TypedDict, total=False):
    """Properties of Transaction, as keyword arguments."""

    id: str | None
    amount: _models.TotalAmount | None
    created_at: datetime.datetime | None
    additional_properties: dict[str, Any]


class ValidateConsumptionRequestProperties(TypedDict, total=False):
    """Properties of ValidateConsumptionRequest, as keyword arguments."""

    consumptions: list[_models.Consumption]
    additional_properties: dict[str, Any]
