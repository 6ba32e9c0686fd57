"""The page that decoders are measured with: 100 contracts of every type, each with all that its type carries."""

from __future__ import annotations

import json
from random import Random
from typing import Any

CONTRACTS = 100


def _moment(random: Random) -> str:
    return f"2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}T{random.randint(0, 23):02}:30:15Z"


def _amount(random: Random) -> dict[str, Any]:
    return {"amount": f"{random.randint(1, 999)}.50", "currency": "NOK", "calculatedAt": _moment(random)}


def _contract(random: Random, number: int, kind: str) -> dict[str, Any]:
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
            "type": kind,
            "displayName": [
                {"text": "Klippekort", "description": "Ti turer innen et år", "languageCode": "nob"},
                {"text": "Ten day coupons", "description": "Ten trips within a year", "languageCode": "eng"},
            ],
        },
        "organisationId": random.randint(1, 60),
        "policies": [{"id": f"{random.randint(1, 99)}", "key": "EMPLOYEE"}],
        "externalRef": f"RUT-PRIV-{random.randint(100_000, 999_999)}",
        "acceptanceDate": _moment(random),
        "expirationDate": _moment(random),
        "contractConsumers": [
            {"customerNumber": random.randint(1000, 9999), "customerRef": f"r-{number}", "isContractHolder": True}
        ],
    }


def _coupons(random: Random, number: int) -> dict[str, Any]:
    used = {**_contract(random, 10_000 + number, "TIMED"), "parent": f"c-{number:06}"}
    event = {"id": f"e-{number}", "orderId": f"o-{number}", "orderLineId": f"l-{number}"}
    times = {"travelDate": _moment(random), "createdAt": _moment(random)}
    return {
        **_contract(random, number, "COUPONS"),
        "couponsLimit": 10,
        "remainingCoupons": 9,
        "orderLineEvents": [{**event, **times}],
        "subContracts": [used],
    }


def _gift_card(random: Random, number: int) -> dict[str, Any]:
    transactions = [
        {"id": f"t-{number}-{each}", "amount": _amount(random), "createdAt": _moment(random)} for each in range(2)
    ]
    return {**_contract(random, number, "POINTS"), "currentTotal": _amount(random), "transactions": transactions}


def page() -> dict[str, Any]:
    """Return the page as a JSON value: customer cards, coupon cards and gift cards, in turn."""
    random = Random(7)  # data, not a secret
    makers = [lambda random, number: _contract(random, number, "TIMED"), _coupons, _gift_card]
    items = [makers[number % 3](random, number) for number in range(CONTRACTS)]
    return {"items": items, "totalItems": 1234, "totalPages": 13}


def body() -> bytes:
    """Return the page as the server would send it."""
    return json.dumps(page(), separators=(",", ":")).encode()


def facts() -> dict[str, Any]:
    """Return what every contender has to find in the page."""
    items = page()["items"]
    return {
        "contracts": len(items),
        "children": sum(len(item.get("subContracts", ())) for item in items),
        "coupons": sum(item.get("remainingCoupons", 0) for item in items),
        "last": items[-1]["uuid"],
        "year": 2026,
        "text": items[0]["loyaltyProgram"]["displayName"][0]["text"],
    }
