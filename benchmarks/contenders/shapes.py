"""The models once more as plain dataclasses' annotations, for contenders that bring no generator of their own."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

FIELDS: dict[str, list[tuple[str, Any, bool]]] = {
    "LocalizedText": [("text", str, False), ("description", str, False), ("language_code", str, False)],
    "LoyaltyProgram": [("id", str, False), ("type", str, False), ("display_name", "list[LocalizedText]", False)],
    "Policy": [("id", str, False), ("key", str, False)],
    "TotalAmount": [("amount", Decimal, True), ("currency", str, False), ("calculated_at", datetime, False)],
    "Transaction": [("id", str, False), ("amount", "TotalAmount", False), ("created_at", datetime, False)],
    "OrderLineEvent": [
        ("id", str, False),
        ("order_id", str, False),
        ("order_line_id", str, False),
        ("travel_date", datetime, False),
        ("created_at", datetime, False),
    ],
    "ContractConsumer": [
        ("customer_number", int, False),
        ("customer_ref", str, False),
        ("is_contract_holder", bool, False),
    ],
    "Contract": [
        ("uuid", str, True),
        ("status", str, True),
        ("created_at", datetime, True),
        ("created_by", str, True),
        ("last_changed_at", datetime, True),
        ("last_changed_by", str, True),
        ("consumable_from", datetime, True),
        ("loyalty_program", "LoyaltyProgram", True),
        ("organisation_id", int, True),
        ("parent", str, False),
        ("policies", "list[Policy]", False),
        ("external_ref", str, False),
        ("coupons_limit", int, False),
        ("current_total", "TotalAmount", False),
        ("sub_contracts", "list[Contract]", False),
        ("transactions", "list[Transaction]", False),
        ("acceptance_date", datetime, False),
        ("expiration_date", datetime, False),
        ("order_line_events", "list[OrderLineEvent]", False),
        ("remaining_coupons", int, False),
        ("contract_consumers", "list[ContractConsumer]", False),
    ],
    "ContractPage": [("items", "list[Contract]", True), ("total_items", int, False), ("total_pages", int, False)],
}


def camel(name: str) -> str:
    """Return a name as it stands in JSON."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def source(base: str, decorator: str, optional: str) -> str:
    """Return Python source of the models.

    Args:
        base: What the classes derive from, in parentheses, or nothing.
        decorator: The line above each class, or nothing.
        optional: How the default of an optional field is written.
    """
    lines = ["from __future__ import annotations", "from datetime import datetime", "from decimal import Decimal"]
    for name, fields in FIELDS.items():
        lines += [decorator, f"class {name}{base}:"]
        for field, kind, required in fields:
            text = kind if isinstance(kind, str) else kind.__name__
            lines.append(f"    {field}: {text}" if required else f"    {field}: {text} | None = {optional}")
    return "\n".join(lines) + "\n"
