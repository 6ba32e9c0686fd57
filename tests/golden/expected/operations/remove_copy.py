# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""remove_copy."""

from __future__ import annotations

from contracts_client.openapi import operation, parameters


def remove_copy(
    *,
    isbn: str,
    copy_number: int,
    x_reader_name: str | None = None,
    x_level: int | None = None,
) -> operation.Operation[None]:
    """remove_copy.

    Args:
        isbn: Not described.
        copy_number: Not described.
        x_reader_name: The header X-Reader-Name. None leaves it to the sender.
        x_level: The header X-Level. None leaves it to the sender.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _segment_isbn = parameters.segment("isbn", isbn, parameters.text)
    _segment_copy_number = parameters.segment("copy_number", copy_number, parameters.integer)
    return operation.Operation(
        request=operation.Request(
            method="DELETE",
            template="/books/{isbn}/copies/{copy_number}",
            path=f"/books/{_segment_isbn}/copies/{_segment_copy_number}",
            headers=parameters.headers(
                ("X-Reader-Name", "x_reader_name", x_reader_name, parameters.text),
                ("X-Level", "x_level", x_level, parameters.integer),
            ),
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> None:
    if response.status == 204:
        return
    raise operation.status_error(response, {})
