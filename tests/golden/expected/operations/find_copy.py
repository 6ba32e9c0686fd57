# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Find a copy."""

from __future__ import annotations

import datetime

from contracts_client.openapi import operation, parameters
from contracts_client.openapi.decode import list_of, read_str
from contracts_client.openapi.fast import list_reader

from ..models.complaint import decode_complaint
from ..models.copy import Copy, copy_reader
from ..models.floor import Floor
from ..models.genre import Genre

READER_200 = copy_reader
READER_202 = list_reader(copy_reader)
DOCUMENTED: operation.Documented = {
    400: decode_complaint,
    404: decode_complaint,
    410: None,
    503: list_of(read_str),
}


def find_copy(
    *,
    isbn: str,
    copy_number: int,
    from_: str,
    list_: str | None = None,
    field_1st_shelf: str | None = None,
    år: int | None = None,
    count: int | None = None,
    max_weight: float | None = None,
    damaged: bool | None = None,
    bought_on: datetime.date | None = None,
    seen_after: datetime.datetime | None = None,
    due: datetime.date | datetime.datetime | None = None,
    genre: Genre | None = None,
    floor: Floor | None = None,
    shelves: list[int] | None = None,
    words: list[str] | None = None,
    genres: list[Genre] | None = None,
    days: list[datetime.date] | None = None,
    weights: list[float] | None = None,
    flags: list[bool] | None = None,
    x_reader_name: str | None = None,
    x_level: int | None = None,
) -> operation.Operation[Copy | list[Copy] | None]:
    """Find a copy.

    A first paragraph with "quotes", 'apostrophes', a \\backslash, a \\N{DASH}, {braces} and %s, which is filled
    anew.

    A second one with \"\"\"three quotes\"\"\", '''three apostrophes''', blåbær and 図書館.

    Args:
        isbn: The book.
        copy_number: No identifier.
        from_: A keyword of Python.
        list_: A builtin of Python.
        field_1st_shelf: No identifier.
        år: Not ASCII.
        count: Not described.
        max_weight: Not described.
        damaged: Not described.
        bought_on: Not described.
        seen_after: Not described.
        due: Not described.
        genre: What it is about, "roughly" or \\exactly.
        floor: Not described.
        shelves: Not described.
        words: Not described.
        genres: Not described.
        days: Not described.
        weights: Not described.
        flags: Not described.
        x_reader_name: The header X-Reader-Name. None leaves it to the sender.
        x_level: The header X-Level. None leaves it to the sender.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _segment_isbn = parameters.segment("isbn", isbn, parameters.text)
    _segment_copy_number = parameters.segment("copy_number", copy_number, parameters.integer)
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/books/{isbn}/copies/{copy_number}",
            path=f"/books/{_segment_isbn}/copies/{_segment_copy_number}",
            query=parameters.pairs(
                ("from", "from_", parameters.given("from_", from_), parameters.text),
                ("list", "list_", list_, parameters.text),
                ("1st.shelf", "field_1st_shelf", field_1st_shelf, parameters.text),
                ("år", "år", år, parameters.integer),
                ("count", "count", count, parameters.integer),
                ("maxWeight", "max_weight", max_weight, parameters.number),
                ("damaged", "damaged", damaged, parameters.boolean),
                ("boughtOn", "bought_on", bought_on, parameters.date),
                ("seenAfter", "seen_after", seen_after, parameters.date_time),
                ("due", "due", due, parameters.date_or_date_time),
                ("genre", "genre", genre, parameters.text),
                ("floor", "floor", floor, parameters.integer),
                ("shelves", "shelves", shelves, parameters.array(parameters.integer)),
                ("words", "words", words, parameters.array(parameters.text)),
                ("genres", "genres", genres, parameters.array(parameters.text)),
                ("days", "days", days, parameters.array(parameters.date)),
                ("weights", "weights", weights, parameters.array(parameters.number)),
                ("flags", "flags", flags, parameters.array(parameters.boolean)),
            ),
            headers=parameters.headers(
                ("X-Reader-Name", "x_reader_name", x_reader_name, parameters.text),
                ("X-Level", "x_level", x_level, parameters.integer),
            ),
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> Copy | list[Copy] | None:
    if response.status == 200:
        return operation.read_body(response, READER_200)
    if response.status == 202:
        return operation.read_body(response, READER_202)
    if response.status == 204:
        return None
    raise operation.status_error(response, DOCUMENTED)
