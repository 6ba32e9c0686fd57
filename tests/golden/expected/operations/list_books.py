# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""list_books."""

from __future__ import annotations

from contracts_client.openapi import operation, parameters

from ..models.shelf import Shelf, shelf_reader

READER_200 = shelf_reader


def list_books(
    *,
    page: int | None = None,
    per_page: int | None = None,
) -> operation.Operation[Shelf]:
    """list_books.

    Args:
        page: Not described.
        per_page: Not described.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _query: list[tuple[str, str]] = []
    if page is not None:
        _query.append(("shelf", parameters.integer("page", page)))
    if per_page is not None:
        _query.append(("width", parameters.integer("per_page", per_page)))
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/books",
            path="/books",
            query=tuple(_query),
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> Shelf:
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, {})
