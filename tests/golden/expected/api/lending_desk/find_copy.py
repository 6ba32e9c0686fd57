# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Find a copy."""

from __future__ import annotations

import datetime

from ... import client
from ...models.complaint import decode_complaint
from ...models.copy import Copy, copy_reader
from ...models.floor import Floor
from ...models.genre import Genre
from ...types import list_of, list_reader, read_str

METHOD = "GET"
TEMPLATE = "/books/{isbn}/copies/{copy_number}"
READER_200 = copy_reader
READER_202 = list_reader(copy_reader)
DOCUMENTED: client.Documented = {
    400: decode_complaint,
    404: decode_complaint,
    410: None,
    503: list_of(read_str),
}


async def find_copy(
    send: client.Send,
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
) -> Copy | list[Copy] | None:
    """Find a copy.

    A first paragraph with "quotes", 'apostrophes', a \\backslash, a \\N{DASH}, {braces} and %s, which is filled
    anew.

    A second one with \"\"\"three quotes\"\"\", '''three apostrophes''', blåbær and 図書館.

    Args:
        send: Sends the request. It may add headers, and may raise on its own account.
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
        x_reader_name: The header X-Reader-Name. None leaves it to ``send``.
        x_level: The header X-Level. None leaves it to ``send``.

    Raises:
        ArgumentError: An argument can't be sent. Nothing was.
        DecodeError: A success is not what the specification says.
        StatusError: Any other status.
    """
    _segment_isbn = client.segment("isbn", isbn, client.text)
    _segment_copy_number = client.segment("copy_number", copy_number, client.integer)
    response = await send(
        client.Request(
            method=METHOD,
            template=TEMPLATE,
            path=f"/books/{_segment_isbn}/copies/{_segment_copy_number}",
            query=client.pairs(
                ("from", "from_", client.given("from_", from_), client.text),
                ("list", "list_", list_, client.text),
                ("1st.shelf", "field_1st_shelf", field_1st_shelf, client.text),
                ("år", "år", år, client.integer),
                ("count", "count", count, client.integer),
                ("maxWeight", "max_weight", max_weight, client.number),
                ("damaged", "damaged", damaged, client.boolean),
                ("boughtOn", "bought_on", bought_on, client.date),
                ("seenAfter", "seen_after", seen_after, client.date_time),
                ("due", "due", due, client.date_or_date_time),
                ("genre", "genre", genre, client.text),
                ("floor", "floor", floor, client.integer),
                ("shelves", "shelves", shelves, client.array(client.integer)),
                ("words", "words", words, client.array(client.text)),
                ("genres", "genres", genres, client.array(client.text)),
                ("days", "days", days, client.array(client.date)),
                ("weights", "weights", weights, client.array(client.number)),
                ("flags", "flags", flags, client.array(client.boolean)),
            ),
            headers=client.headers(
                ("X-Reader-Name", "x_reader_name", x_reader_name, client.text),
                ("X-Level", "x_level", x_level, client.integer),
            ),
        )
    )
    if response.status == 200:
        return client.read_body(response, READER_200)
    if response.status == 202:
        return client.read_body(response, READER_202)
    if response.status == 204:
        return None
    raise client.status_error(response, DOCUMENTED)
