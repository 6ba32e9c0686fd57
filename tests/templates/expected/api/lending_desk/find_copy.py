# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Find a copy."""

from __future__ import annotations

import datetime

from ... import client
from ...models.complaint import decode_complaint
from ...models.copy import Copy, copy_reader
from ...models.genre import Genre
from ...types import list_reader

METHOD = "GET"
TEMPLATE = "/books/{isbn}/copies/{number}"
READER_200 = copy_reader
READER_202 = list_reader(copy_reader)
DOCUMENTED: client.Documented = {
    404: decode_complaint,
    410: None,
}


async def find_copy(
    send: client.Send,
    *,
    isbn: str,
    number: int,
    from_: str,
    type_: str | None = None,
    max_weight: float | None = None,
    damaged: bool | None = None,
    bought: datetime.date | None = None,
    seen_after: datetime.datetime | None = None,
    due: datetime.date | datetime.datetime | None = None,
    shelves: list[int] | None = None,
    genre: Genre | None = None,
    x_reader: str | None = None,
) -> Copy | list[Copy] | None:
    """Find a copy.

    A first paragraph with "quotes", a \\backslash and {braces}, filled anew.

    A second one with \"\"\"three quotes\"\"\" and blåbær.

    Args:
        send: Sends the request. It may add headers, and may raise on its own account.
        isbn: The book.
        number: Not described.
        from_: A keyword of Python.
        type_: A builtin of Python.
        max_weight: Not described.
        damaged: Not described.
        bought: Not described.
        seen_after: Not described.
        due: Not described.
        shelves: Not described.
        genre: What it is about, "roughly".
        x_reader: The header X-Reader. None leaves it to ``send``.

    Raises:
        ArgumentError: An argument can't be sent. Nothing was.
        DecodeError: A success is not what the specification says.
        StatusError: Any other status.
    """
    _segment_isbn = client.segment("isbn", isbn, client.text)
    _segment_number = client.segment("number", number, client.integer)
    response = await send(
        client.Request(
            method=METHOD,
            template=TEMPLATE,
            path=f"/books/{_segment_isbn}/copies/{_segment_number}",
            query=client.pairs(
                ("from", "from_", from_, client.text),
                ("type", "type_", type_, client.text),
                ("max-weight", "max_weight", max_weight, client.number),
                ("damaged", "damaged", damaged, client.boolean),
                ("bought", "bought", bought, client.date),
                ("seenAfter", "seen_after", seen_after, client.date_time),
                ("due", "due", due, client.date_or_date_time),
                ("shelves", "shelves", shelves, client.array(client.integer)),
                ("genre", "genre", genre, client.text),
            ),
            headers=client.headers(
                ("X-Reader", "x_reader", x_reader, client.text),
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
