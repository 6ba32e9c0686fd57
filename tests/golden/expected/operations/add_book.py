# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Add a "book"."""

from __future__ import annotations

from contracts_client.openapi import operation, parameters

from ..models.book import Book, book_reader
from ..models.book_request import BookRequest, decode_book_request
from ..models.complaint import decode_complaint

READER_201 = book_reader
DOCUMENTED: operation.Documented = dict.fromkeys((422,), decode_complaint)


def add_book(
    *,
    body: BookRequest,
    dry_run: bool | None = None,
) -> operation.Operation[Book]:
    """Add a "book".

    Args:
        body: The request body.
        dry_run: Ends in a backslash \\

    Raises:
        ArgumentError: An argument can't be sent.
    """
    return operation.Operation(
        request=operation.Request(
            method="POST",
            template="/books",
            path="/books",
            query=parameters.pairs(
                ("dryRun", "dry_run", dry_run, parameters.boolean),
            ),
            body=operation.json_body("body", body, decode_book_request),
            content_type="application/json",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> Book:
    if response.status == 201:
        return operation.read_body(response, READER_201)
    raise operation.status_error(response, DOCUMENTED)
