"""Contracts as the JSON that openapi.yaml describes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .problems import timestamp
from .shaping import fit, property_name

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from ..data.store import Contract, Program
    from ..specification import Specification

ALL = "all"
NONE = "none"
CONTRACT_HOLDER = "contract-holder"

_SCHEMA = {"$ref": "#/components/schemas/ContractResponse"}
_CURRENCY = "NOK"


class Renderer:
    """Renders contracts, each only once until it changes.

    Args:
        specification: The document whose names and shapes count.
    """

    def __init__(self, specification: Specification) -> None:
        self._specification = specification
        self._rendered: dict[str, dict[str, Any]] = {}

        def name(usual: str, holds: str) -> str:
            return property_name(specification, _SCHEMA, usual, holds)

        # The names that the documentation page hides: they may turn out to be others.
        self._consumers = name("contractConsumers", "ContractConsumerResponse")
        self._events = name("orderLineEvents", "OrderLineEvent")
        self._sub_contracts = name("subContracts", "ContractResponse")
        self._transactions = name("transactions", "Transaction")
        self._policies = name("policies", "PolicyResponse")
        self._total = name("currentTotal", "TotalAmount")
        self._program = name("loyaltyProgram", "LoyaltyProgram")
        self._is_holder = property_name(
            specification, {"$ref": "#/components/schemas/ContractConsumerResponse"}, "isContractHolder", "boolean"
        )

    def full(self, contract: Contract) -> dict[str, Any]:
        """A contract with all its consumers and order line events. Not to be changed: it is kept."""
        given = contract.document
        if given is not None:
            return given
        rendered = self._rendered.get(contract.uuid)
        if rendered is None:
            rendered = fit(self._specification, _SCHEMA, self._raw(contract))
            self._rendered[contract.uuid] = rendered
        return rendered

    def forget(self, contract: Contract) -> None:
        """Render a contract anew from now on, since it has changed."""
        self._rendered.pop(contract.uuid, None)

    def render(self, contract: Contract, consumers: str, *, events: bool) -> dict[str, Any]:
        """A contract with what was asked for.

        Args:
            contract: The contract.
            consumers: Which consumers it carries: all, none, or contract-holder.
            events: Whether it carries its order line events.
        """
        return self._trim(self.full(contract), consumers, events=events)

    def _trim(self, rendered: dict[str, Any], consumers: str, *, events: bool) -> dict[str, Any]:
        trimmed = dict(rendered)
        if not events:
            trimmed.pop(self._events, None)
        if consumers == NONE:
            trimmed.pop(self._consumers, None)
        elif consumers != ALL and self._consumers in trimmed:
            trimmed[self._consumers] = [each for each in trimmed[self._consumers] if each.get(self._is_holder)]
        if self._sub_contracts in trimmed:
            trimmed[self._sub_contracts] = [
                self._trim(each, consumers, events=events) for each in trimmed[self._sub_contracts]
            ]
        return trimmed

    def _raw(self, contract: Contract) -> dict[str, Any]:
        rendered: dict[str, Any] = {
            "uuid": contract.uuid,
            "status": contract.status,
            "createdAt": timestamp(contract.created_at),
            "createdBy": contract.created_by,
            "lastChangedAt": timestamp(contract.last_changed_at),
            "lastChangedBy": contract.last_changed_by,
            "consumableFrom": timestamp(contract.consumable_from),
            "organisationId": contract.organisation_id,
            self._program: _program(contract.program),
            "parent": contract.parent,
            "externalRef": contract.external_ref,
            "couponsLimit": contract.coupons_limit,
            "remainingCoupons": contract.remaining_coupons,
            "acceptanceDate": contract.acceptance_date and timestamp(contract.acceptance_date),
            "expirationDate": contract.expiration_date and timestamp(contract.expiration_date),
        }
        rendered = {name: value for name, value in rendered.items() if value is not None}
        if contract.policies:
            rendered[self._policies] = [
                {"id": f"{contract.uuid}-p{index:02}", "key": key} for index, key in enumerate(contract.policies, 1)
            ]
        rendered[self._events] = [
            {
                "id": event.id,
                "orderId": event.order_id,
                "orderLineId": event.order_line_id,
                "travelDate": timestamp(event.travel_date),
                "createdAt": timestamp(event.created_at),
            }
            for event in contract.events
        ]
        rendered[self._consumers] = [
            {
                "customerNumber": consumer.customer_number,
                "customerRef": consumer.customer_ref,
                self._is_holder: consumer.is_holder,
            }
            for consumer in contract.consumers
        ]
        if contract.coupons_limit is not None:
            rendered[self._sub_contracts] = [self._raw(each) for each in contract.sub_contracts]
        total = contract.total
        if total is not None:
            rendered[self._transactions] = [
                {
                    "id": each.id,
                    "amount": _amount(each.amount, each.created_at),
                    "createdAt": timestamp(each.created_at),
                }
                for each in contract.transactions
            ]
            rendered[self._total] = _amount(total, contract.transactions[-1].created_at)
        return rendered


def _amount(amount: Decimal, when: datetime) -> dict[str, Any]:
    return {"amount": f"{amount:.2f}", "currency": _CURRENCY, "calculatedAt": timestamp(when)}


def _program(program: Program) -> dict[str, Any]:
    texts = [
        {"text": text, "description": description, "languageCode": language}
        for language, text, description in program.names
    ]
    return {"id": program.id, "type": program.type, "displayName": texts}
