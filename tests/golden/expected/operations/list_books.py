# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""List books, page by page."""

from __future__ import annotations

from contracts_client.openapi import operation, parameters

from ..models.shelf import Shelf, shelf_reader

METHOD = "GET"
TEMPLATE = "/books"
READER_200 = shelf_reader


async def list_books(
    send: operation.Send,
    *,
    page: int | None = None,
    per_page: int | None = None,
) -> Shelf:
    """List books, page by page.

    Args:
        send: Sends the request. It may add headers, and may raise on its own account.
        page: Which page.
        per_page: Items a page.

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
                ("shelfNumber", "page", page, parameters.integer),
                ("shelfWidth", "per_page", per_page, parameters.integer),
            ),
        )
    )
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, {})
