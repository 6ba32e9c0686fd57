"""The page that decoders are measured with: 100 contracts in which every property is filled."""

from __future__ import annotations

import json
from random import Random
from typing import Any

CONTRACTS = 100


def _moment(random: Random) -> str:
    return f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}T{random.randint(0, 23):02}:30:15Z"


def _amount(random: Random) -> dict[str, Any]:
    return {"amount": f"{random.randint(1, 999)}.50", "currency": "NOK", "calculatedAt": _moment(random)}


def _contract(random: Random, number: int) -> dict[str, Any]:
    return {
        "uuid": f"c-{number:06}",
        "status": random.choice(["VALID", "EXPIRED", "REFUNDED", "CANCELLED", "MISUSED"]),
        "createdAt": _moment(random),
        "createdBy": "acme-ticketshop",
        "lastChangedAt": _moment(random),
        "lastChangedBy": "acme-ticketshop",
        "consumableFrom": _moment(random),
        "loyaltyProgram": {
            "id": f"p-{random.randint(1, 9)}",
            "type": random.choice(["TIMED", "COUPONS", "POINTS"]),
            "displayName": [{"text": "Klippekort", "description": "Ti turer", "languageCode": "nob"}],
        },
        "organisationId": random.randint(1, 60),
        "parent": f"c-{random.randint(1, 999_999):06}",
        "policies": [{"id": f"{random.randint(1, 99)}", "key": "EMPLOYEE"}],
        "externalRef": f"RUT-PRIV-{random.randint(100_000, 999_999)}",
        "couponsLimit": 10,
        "currentTotal": _amount(random),
        "transactions": [{"id": f"t-{number}", "amount": _amount(random), "createdAt": _moment(random)}],
        "acceptanceDate": _moment(random),
        "expirationDate": _moment(random),
        "orderLineEvents": [
            {
                "id": f"e-{number}",
                "orderId": f"o-{number}",
                "orderLineId": f"l-{number}",
                "travelDate": _moment(random),
                "createdAt": _moment(random),
            }
        ],
        "remainingCoupons": random.randint(0, 10),
        "contractConsumers": [
            {"customerNumber": random.randint(1000, 9999), "customerRef": f"r-{number}", "isContractHolder": True}
        ],
    }


def page() -> dict[str, Any]:
    """Return the page as a JSON value; every tenth contract has two that depend on it."""
    random = Random(7)  # noqa: S311 # data, not a secret
    items = [_contract(random, number) for number in range(CONTRACTS)]
    for number, item in enumerate(items):
        children = [_contract(random, 1000 + number), _contract(random, 2000 + number)] if number % 10 == 0 else []
        item["subContracts"] = children
    return {"items": items, "totalItems": 1234, "totalPages": 13}


def body() -> bytes:
    """Return the page as the server would send it."""
    return json.dumps(page(), separators=(",", ":")).encode()


def facts() -> dict[str, Any]:
    """Return what every contender has to find in the page."""
    items = page()["items"]
    return {
        "contracts": len(items),
        "children": sum(len(item["subContracts"]) for item in items),
        "coupons": sum(item["remainingCoupons"] for item in items),
        "last": items[-1]["uuid"],
        "year": 2026,
        "text": items[0]["loyaltyProgram"]["displayName"][0]["text"],
    }
