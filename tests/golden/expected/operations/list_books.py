# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""List books, page by page."""

from __future__ import annotations

from contracts_client.openapi import operation, parameters

from ..models.shelf import Shelf, shelf_reader

READER_200 = shelf_reader


def list_books(
    *,
    page: int | None = None,
    per_page: int | None = None,
) -> operation.Operation[Shelf]:
    """List books, page by page.

    Args:
        page: Which page.
        per_page: Items a page.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/books",
            path="/books",
            query=parameters.pairs(
                ("shelfNumber", "page", page, parameters.integer),
                ("shelfWidth", "per_page", per_page, parameters.integer),
            ),
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> Shelf:
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, {})
