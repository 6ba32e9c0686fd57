# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Add a "book"."""

from __future__ import annotations

from contracts_client.openapi import operation, parameters

from ..models.book import Book, book_reader
from ..models.book_request import BookRequest, decode_book_request
from ..models.complaint import decode_complaint

METHOD = "POST"
TEMPLATE = "/books"
READER_201 = book_reader
DOCUMENTED: operation.Documented = dict.fromkeys((422,), decode_complaint)


async def add_book(
    send: operation.Send,
    *,
    body: BookRequest,
    dry_run: bool | None = None,
) -> Book:
    """Add a "book".

    Args:
        send: Sends the request. It may add headers, and may raise on its own account.
        body: The request body.
        dry_run: Ends in a backslash \\

    Raises:
        ArgumentError: An argument can't be sent. Nothing was.
        DecodeError: A success is not what the specification says.
        StatusError: Any other status.
    """
    response = await send(
        operation.Request(
            method=METHOD,
            template=TEMPLATE,
            path=TEMPLATE,
            query=parameters.pairs(
                ("dryRun", "dry_run", dry_run, parameters.boolean),
            ),
            body=operation.json_body("body", body, decode_book_request),
            content_type="application/json",
        )
    )
    if response.status == 201:
        return operation.read_body(response, READER_201)
    raise operation.status_error(response, DOCUMENTED)
