# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""add_book."""

from __future__ import annotations

from ... import client
from ...models.book_request import BookRequest, decode_book_request
from ...types import list_of, read_str

METHOD = "POST"
TEMPLATE = "/books"
READ_201 = list_of(read_str)


async def add_book(
    send: client.Send,
    *,
    body: BookRequest,
) -> list[str]:
    """add_book.

    Args:
        send: Sends the request. It may add headers, and may raise on its own account.
        body: The request body.

    Raises:
        ArgumentError: An argument can't be sent. Nothing was.
        DecodeError: A success is not what the specification says.
        StatusError: Any other status.
    """
    response = await send(
        client.Request(
            method=METHOD,
            template=TEMPLATE,
            path=TEMPLATE,
            body=client.json_body("body", body, decode_book_request),
            content_type="application/json",
        )
    )
    if response.status == 201:
        return client.read_value(response, READ_201)
    raise client.status_error(response, {})
