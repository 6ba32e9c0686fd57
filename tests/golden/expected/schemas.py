# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Which schema of the document each model comes from, and its properties as keyword arguments.

Nothing here is needed to use the models: it is for what makes them by the specification, such as test data.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from . import models as _models

SCHEMA_NAMES: dict[str, str] = {
    "Book": "Book",
    "Complaint": "Fault",
    "Copy": "Copy",
    "Order": "Order",
    "Prices": "Prices",
    "Shelf": "Shelf",
    "Wings": "Wings",
}
"""The name of the schema, by that of the model's class."""


class BookProperties(TypedDict, total=False):
    """Properties of Book, as keyword arguments."""

    title: str
    sequel: _models.Book | None
    parts: list[_models.Book] | None
    wings: _models.Wings | None
    additional_properties: dict[str, Any]


class ComplaintProperties(TypedDict, total=False):
    """Properties of Complaint, as keyword arguments."""

    message: str | None
    causes: list[_models.Complaint] | None
    genre: _models.Genre | str | None
    additional_properties: dict[str, Any]


class CopyProperties(TypedDict, total=False):
    """Properties of Copy, as keyword arguments."""

    id: UUID
    at: datetime.datetime
    price: Decimal
    count: int
    genre: _models.Genre | str
    rooms: list[list[str]]
    place: _models.Book | str
    note: Any
    reader: str | None
    weight: float | None
    lent: bool | None
    floors: list[_models.Floor | int] | None
    class_: str | None
    nothing: None
    additional_properties: dict[str, Any]


class OrderProperties(TypedDict, total=False):
    """Properties of Order, as keyword arguments."""

    title: str
    first: datetime.datetime
    floor: _models.Floor | int | None
    weight: float | None
    days: list[datetime.date] | None
    place: int | str | None
    prices: _models.Prices | None
    anything: Any
    additional_properties: dict[str, Any]


class PricesProperties(TypedDict, total=False):
    """Properties of Prices, as keyword arguments."""

    additional_properties: dict[str, Any]


class ShelfProperties(TypedDict, total=False):
    """Properties of Shelf, as keyword arguments."""

    items: list[_models.Book]
    total_items: int | None
    total_pages: int | None
    additional_properties: dict[str, Any]


class WingsProperties(TypedDict, total=False):
    """Properties of Wings, as keyword arguments."""

    additional_properties: dict[str, Any]
