# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Which schema of the document each model comes from, and its properties as keyword arguments.

Nothing here is needed to use the models: it is for what makes them by the specification, such as test data.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from .models import (
    Author,
    Book,
    Complaint,
    Edition,
    Empty,
    Every,
    Floor,
    Genre,
    Neither,
    Parcel,
    Prices,
    Query,
    Spot,
    Spots,
    Stock,
    Tariff,
    UnionsCoverType1,
    UnionsStateType1,
    Wings,
)

SCHEMA_NAMES: dict[str, str] = {
    "Author": "Author",
    "Book": "Book",
    "BookRequest": "BookRequest",
    "Complaint": "Fault",
    "Copy": "Copy",
    "Count": "Count",
    "Drawer": "Drawer",
    "Edition": "Edition",
    "Empty": "Empty",
    "Every": "Every",
    "FoundThing2": "lost.and-found",
    "Lists": "Lists",
    "Loan": "Loan",
    "Names": "Names",
    "Neither": "Neither",
    "Parcel": "Parcel",
    "Prices": "Prices",
    "Query": "Query",
    "Remarks": "Remarks",
    "Reprint": "Reprint",
    "Shelf": "Shelf",
    "ShelvesResponse200": "ShelvesResponse200",
    "Spoken": "Spoken",
    "Spot": "Spot",
    "Spots": "Spots",
    "Stock": "Stock",
    "Tariff": "Tariff",
    "Unions": "Unions",
    "Wing": "Wing",
    "Wings": "Wings",
}
"""The name of the schema, by that of the model's class."""


class AuthorProperties(TypedDict, total=False):
    """Properties of Author, as keyword arguments."""

    name: str
    books: list[Book] | None
    favourite: Book | None
    additional_properties: dict[str, Any]


class BookProperties(TypedDict, total=False):
    """Properties of Book, as keyword arguments."""

    title: str | None
    sequel: Book | None
    parts: list[Book] | None
    author: Author | None
    stock: Stock | None
    additional_properties: dict[str, Any]


class BookRequestProperties(TypedDict, total=False):
    """Properties of BookRequest, as keyword arguments."""

    title: str
    editions: list[Edition]
    first: datetime.datetime
    day: datetime.date | None
    price: Decimal | None
    genre: Genre | str | None
    floor: Floor | int | None
    pages: int | None
    weight: float | None
    lent: bool | None
    id: UUID | None
    days: list[datetime.date] | None
    table: list[list[int]] | None
    reader: str | None
    anything: Any
    additional_properties: dict[str, Any]


class ComplaintProperties(TypedDict, total=False):
    """Properties of Complaint, as keyword arguments."""

    message: str | None
    status: int | None
    at: datetime.datetime | None
    genre: Genre | str | None
    causes: list[Complaint] | None
    reader: str | None
    additional_properties: dict[str, Any]


class CopyProperties(TypedDict, total=False):
    """Properties of Copy, as keyword arguments."""

    id: UUID
    text: str
    day: datetime.date
    at: datetime.datetime
    price: Decimal
    small: int
    large: int
    weight: float
    lent: bool
    genre: Genre | str
    floor: Floor | int
    book: Book
    tags: list[str]
    table: list[list[int]]
    maybe_id: UUID | None
    maybe_text: str | None
    maybe_day: datetime.date | None
    maybe_at: datetime.datetime | None
    maybe_price: Decimal | None
    maybe_count: int | None
    maybe_weight: float | None
    maybe_lent: bool | None
    maybe_genre: Genre | str | None
    maybe_floor: Floor | int | None
    maybe_book: Book | None
    genres: list[Genre] | None
    floors: list[Floor] | None
    genre_table: list[list[Genre]] | None
    maybe_any: Any
    additional_properties: dict[str, Any]


class CountProperties(TypedDict, total=False):
    """Properties of Count, as keyword arguments."""

    place: int | Spot
    note: Any
    weight: float | None
    code: str | None
    prices: Prices | None
    spots: Spots | None
    additional_properties: dict[str, Any]


class DrawerProperties(TypedDict, total=False):
    """Properties of Drawer, as keyword arguments."""

    items: list[Spot] | None
    total_items: int | None
    total_pages: int | None
    additional_properties: dict[str, Any]


class EditionProperties(TypedDict, total=False):
    """Properties of Edition, as keyword arguments."""

    language: str
    year: int
    speaker: str | None
    price: Decimal | None
    floor: Floor | int | None
    additional_properties: dict[str, Any]


class EmptyProperties(TypedDict, total=False):
    """Properties of Empty, as keyword arguments."""

    only: str | None
    additional_properties: dict[str, Any]


class EveryProperties(TypedDict, total=False):
    """Properties of Every, as keyword arguments."""

    every: list[Query]
    additional_properties: dict[str, Any]


class FoundThing2Properties(TypedDict, total=False):
    """Properties of FoundThing2, as keyword arguments."""

    place: str | None
    additional_properties: dict[str, Any]


class ListsProperties(TypedDict, total=False):
    """Properties of Lists, as keyword arguments."""

    ids: list[UUID] | None
    days: list[datetime.date] | None
    moments: list[datetime.datetime] | None
    prices: list[Decimal] | None
    counts: list[int] | None
    weights: list[float] | None
    flags: list[bool] | None
    copies: list[Book] | None
    anything: list[Any] | None
    codes: list[int | str] | None
    calendar: list[list[datetime.date]] | None
    rooms: list[list[Book]] | None
    additional_properties: dict[str, Any]


class LoanProperties(TypedDict, total=False):
    """Properties of Loan, as keyword arguments."""

    fee: Decimal | None
    fines: list[Decimal] | None
    tariff: Tariff | None
    reader: str | None
    readers: list[str] | None
    reader_or_number: int | str | None
    weeks: int | None
    additional_properties: dict[str, Any]


class NamesProperties(TypedDict, total=False):
    """Properties of Names, as keyword arguments."""

    class_: str | None
    from_: str | None
    none: str | None
    list_: list[str] | None
    dict_: str | None
    str_: str | None
    int_: int | None
    type: str | None
    id: str | None
    print: str | None
    property_: str | None
    datetime_: datetime.datetime | None
    self_: str | None
    cls: str | None
    data: str | None
    wire: str | None
    value: str | None
    name: str | None
    source: str | None
    get: str | None
    absent: int | None
    unknown: str | None
    define: str | None
    kind: str | None
    field_1st_shelf: int | None
    dotted_name: str | None
    two_words: str | None
    braces: str | None
    its: str | None
    blåbær: str | None
    図書館: str | None
    shouted: str | None
    http_status: int | None
    additional_properties: dict[str, Any]


class NeitherProperties(TypedDict, total=False):
    """Properties of Neither, as keyword arguments."""

    neither: Query
    additional_properties: dict[str, Any]


class ParcelProperties(TypedDict, total=False):
    """Properties of Parcel, as keyword arguments."""

    inside: Empty | Parcel | str
    label: str
    additional_properties: dict[str, Any]


class PricesProperties(TypedDict, total=False):
    """Properties of Prices, as keyword arguments."""

    additional_properties: dict[str, Any]


class QueryProperties(TypedDict, total=False):
    """Properties of Query, as keyword arguments."""

    test: Every | Neither | str
    additional_properties: dict[str, Any]


class RemarksProperties(TypedDict, total=False):
    """Properties of Remarks, as keyword arguments."""

    language: str
    additional_properties: dict[str, Any]


class ReprintProperties(TypedDict, total=False):
    """Properties of Reprint, as keyword arguments."""

    language: str
    year: int
    run: int
    speaker: str | None
    price: Decimal | None
    floor: Floor | int | None
    additional_properties: dict[str, Any]


class ShelfProperties(TypedDict, total=False):
    """Properties of Shelf, as keyword arguments."""

    items: list[Book]
    total_items: int | None
    total_pages: int | None
    additional_properties: dict[str, Any]


class ShelvesResponse200Properties(TypedDict, total=False):
    """Properties of ShelvesResponse200, as keyword arguments."""

    additional_properties: dict[str, Any]


class SpokenProperties(TypedDict, total=False):
    """Properties of Spoken, as keyword arguments."""

    language: str
    speaker: str | None
    additional_properties: dict[str, Any]


class SpotProperties(TypedDict, total=False):
    """Properties of Spot, as keyword arguments."""

    row: int
    additional_properties: dict[str, Any]


class SpotsProperties(TypedDict, total=False):
    """Properties of Spots, as keyword arguments."""

    additional_properties: dict[str, Any]


class StockProperties(TypedDict, total=False):
    """Properties of Stock, as keyword arguments."""

    additional_properties: dict[str, Any]


class TariffProperties(TypedDict, total=False):
    """Properties of Tariff, as keyword arguments."""

    additional_properties: dict[str, Any]


class UnionsProperties(TypedDict, total=False):
    """Properties of Unions, as keyword arguments."""

    code: int | str | None
    size: float | str | None
    moment: datetime.date | datetime.datetime | None
    several: list[str] | str | None
    book_or_name: Book | str | None
    text: str | None
    day: datetime.date | None
    genre: Genre | str | None
    floor: Floor | int | None
    author: Author | None
    nothing: None
    cover: UnionsCoverType1 | str | None
    state: UnionsStateType1 | int | None
    query: Query | None
    additional_properties: dict[str, Any]


class WingProperties(TypedDict, total=False):
    """Properties of Wing, as keyword arguments."""

    number: int | None
    wings: Wings | None
    additional_properties: dict[str, Any]


class WingsProperties(TypedDict, total=False):
    """Properties of Wings, as keyword arguments."""

    additional_properties: dict[str, Any]
