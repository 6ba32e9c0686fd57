"""JSON documents of every model, fixed ones and strategies for others, written by hand from openapi.yaml."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

MOMENT = "2026-03-01T08:30:00Z"

AMOUNT: dict[str, Any] = {"amount": "-12.50", "currency": "NOK", "calculatedAt": MOMENT}
TEXT: dict[str, Any] = {"text": "Card", "description": "A card", "languageCode": "eng"}
PROGRAM: dict[str, Any] = {"id": "p-1", "type": "TIMED", "displayName": [TEXT, {}]}
CONSUMER: dict[str, Any] = {"customerNumber": 1001, "customerRef": "r-1", "isContractHolder": True}
EVENT: dict[str, Any] = {"id": "e-1", "orderId": "o-1", "orderLineId": "l-1", "travelDate": MOMENT, "createdAt": MOMENT}
TRANSACTION: dict[str, Any] = {"id": "t-1", "amount": AMOUNT, "createdAt": MOMENT}
POLICY: dict[str, Any] = {"id": "y-1", "key": "EMPLOYEE"}
SMALL_CONTRACT: dict[str, Any] = {
    "uuid": "c-1",
    "status": "VALID",
    "createdAt": MOMENT,
    "createdBy": "somebody",
    "lastChangedAt": MOMENT,
    "lastChangedBy": "somebody-else",
    "consumableFrom": MOMENT,
    "loyaltyProgram": {},
    "organisationId": 12,
}
CONTRACT: dict[str, Any] = {
    **SMALL_CONTRACT,
    "loyaltyProgram": PROGRAM,
    "parent": "c-0",
    "policies": [POLICY],
    "externalRef": "x-1",
    "couponsLimit": 10,
    "currentTotal": AMOUNT,
    "subContracts": [SMALL_CONTRACT],
    "transactions": [TRANSACTION],
    "acceptanceDate": MOMENT,
    "expirationDate": MOMENT,
    "orderLineEvents": [EVENT],
    "remainingCoupons": 9,
    "contractConsumers": [CONSUMER],
}
CONSUMPTION: dict[str, Any] = {"contractUuid": "c-1", "customerNumber": 1001, "travelDate": MOMENT}
ERROR: dict[str, Any] = {
    "path": "/customers",
    "error": "Bad Request",
    "status": 400,
    "message": "no",
    "timestamp": MOMENT,
    "correlationId": "an-id",
    "errorCode": "NO",
    "errors": [{"field": "page"}, "text", None],
}

DOCUMENTS: dict[str, dict[str, Any]] = {
    "Claim": {"success": True, "customerNumber": 1001},
    "ClaimPersonnelTicketRequest": {"customerNumber": 1001, "externalReference": "A-B-C"},
    "Consumption": CONSUMPTION,
    "ConsumptionValidation": {"isValid": False, "code": 3102, "reason": "unknown"},
    "Contract": CONTRACT,
    "ContractConsumer": CONSUMER,
    "ContractPage": {"items": [CONTRACT, SMALL_CONTRACT], "totalItems": 2, "totalPages": 1},
    "ErrorBody": ERROR,
    "LocalizedText": TEXT,
    "LoyaltyProgram": PROGRAM,
    "OrderLineEvent": EVENT,
    "Policy": POLICY,
    "TotalAmount": AMOUNT,
    "Transaction": TRANSACTION,
    "ValidateConsumptionRequest": {"consumptions": [CONSUMPTION]},
}
"""A document of each model with every property that the specification knows."""

REQUIRED: dict[str, set[str]] = {
    "Claim": {"success"},
    "ClaimPersonnelTicketRequest": {"customerNumber", "externalReference"},
    "Consumption": {"contractUuid", "customerNumber"},
    "ConsumptionValidation": {"isValid"},
    "Contract": set(SMALL_CONTRACT),
    "ContractPage": {"items"},
    "TotalAmount": {"amount"},
    "ValidateConsumptionRequest": {"consumptions"},
}
"""The required properties of each model that has any."""

PERSONAL: dict[str, set[str]] = {
    "Claim": {"customerNumber"},
    "ClaimPersonnelTicketRequest": {"customerNumber", "externalReference"},
    "Consumption": {"customerNumber"},
    "Contract": {"externalRef"},
    "ContractConsumer": {"customerNumber", "customerRef"},
    "ErrorBody": {"path", "message", "errors"},
}
"""The properties of each model that a repr masks."""

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
int64s = st.integers(-(2**63), 2**63 - 1)
statuses = st.sampled_from(["VALID", "EXPIRED", "REFUNDED", "CANCELLED", "MISUSED"]) | texts
types = st.sampled_from(["TIMED", "COUPONS", "POINTS"]) | texts
amounts = st.from_regex(r"-?[0-9]{0,12}\.[0-9]{2}", fullmatch=True)
offsets = st.sampled_from(["", "Z", "z", "+00:00", "+0000", "-00:00", "+02:00", "-0330", "+14"])
moments = st.builds(
    "{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}{}{}".format,
    st.integers(2, 9998),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from(["T", "t", " "]),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from(["", ".5", ".123", ".123456"]),
    offsets,
)
json_values = st.recursive(
    st.none() | st.booleans() | int64s | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
# No property of any model starts like this.
unknown = st.dictionaries(texts.map("x-".__add__), json_values, max_size=2)


def objects(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with properties that the specification knows, and a few that it does not."""
    known = st.fixed_dictionaries(required, optional=optional)
    return st.builds(lambda one, other: {**other, **one}, known, unknown)


amount_objects = objects({"amount": amounts}, {"currency": texts, "calculatedAt": moments})
text_objects = objects({}, {"text": texts, "description": texts, "languageCode": texts})
program_objects = objects({}, {"id": texts, "type": types, "displayName": st.lists(text_objects, max_size=2)})
consumer_objects = objects({}, {"customerNumber": int64s, "customerRef": texts, "isContractHolder": st.booleans()})
event_objects = objects(
    {}, {"id": texts, "orderId": texts, "orderLineId": texts, "travelDate": moments, "createdAt": moments}
)
transaction_objects = objects({}, {"id": texts, "amount": amount_objects, "createdAt": moments})
policy_objects = objects({}, {"id": texts, "key": texts})


def contract_objects(depth: int = 1) -> st.SearchStrategy[dict[str, Any]]:
    """Contracts, with contracts that depend on them down to a depth."""
    nested = {"subContracts": st.lists(contract_objects(depth - 1), max_size=2)} if depth else {}
    return objects(
        {
            "uuid": texts,
            "status": statuses,
            "createdAt": moments,
            "createdBy": texts,
            "lastChangedAt": moments,
            "lastChangedBy": texts,
            "consumableFrom": moments,
            "loyaltyProgram": program_objects,
            "organisationId": int64s,
        },
        {
            "parent": texts,
            "policies": st.lists(policy_objects, max_size=2),
            "externalRef": texts,
            "couponsLimit": int64s,
            "currentTotal": amount_objects,
            "transactions": st.lists(transaction_objects, max_size=2),
            "acceptanceDate": moments,
            "expirationDate": moments,
            "orderLineEvents": st.lists(event_objects, max_size=2),
            "remainingCoupons": int64s,
            "contractConsumers": st.lists(consumer_objects, max_size=2),
            **nested,
        },
    )


consumption_objects = objects({"contractUuid": texts, "customerNumber": int64s}, {"travelDate": moments})

STRATEGIES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "Claim": objects({"success": st.booleans()}, {"customerNumber": int64s}),
    "ClaimPersonnelTicketRequest": objects({"customerNumber": int64s, "externalReference": texts}, {}),
    "Consumption": consumption_objects,
    "ConsumptionValidation": objects({"isValid": st.booleans()}, {"code": int64s | texts, "reason": texts}),
    "Contract": contract_objects(),
    "ContractConsumer": consumer_objects,
    "ContractPage": objects(
        {"items": st.lists(contract_objects(0), max_size=2)}, {"totalItems": int64s, "totalPages": int64s}
    ),
    "ErrorBody": objects(
        {},
        {
            "path": texts,
            "error": texts,
            "status": int64s,
            "message": texts,
            "timestamp": moments,
            "correlationId": texts,
            "errorCode": texts,
            "errors": st.lists(json_values, max_size=2),
        },
    ),
    "LocalizedText": text_objects,
    "LoyaltyProgram": program_objects,
    "OrderLineEvent": event_objects,
    "Policy": policy_objects,
    "TotalAmount": amount_objects,
    "Transaction": transaction_objects,
    "ValidateConsumptionRequest": objects({"consumptions": st.lists(consumption_objects, max_size=2)}, {}),
}
