# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""remove_copy."""

from __future__ import annotations

from contracts_client.openapi import operation, parameters

METHOD = "DELETE"
TEMPLATE = "/books/{isbn}/copies/{copy_number}"


async def remove_copy(
    send: operation.Send,
    *,
    isbn: str,
    copy_number: int,
    x_reader_name: str | None = None,
    x_level: int | None = None,
) -> None:
    """remove_copy.

    Args:
        send: Sends the request. It may add headers, and may raise on its own account.
        isbn: Not described.
        copy_number: Not described.
        x_reader_name: The header X-Reader-Name. None leaves it to ``send``.
        x_level: The header X-Level. None leaves it to ``send``.

    Raises:
        ArgumentError: An argument can't be sent. Nothing was.
        DecodeError: A success is not what the specification says.
        StatusError: Any other status.
    """
    _segment_isbn = parameters.segment("isbn", isbn, parameters.text)
    _segment_copy_number = parameters.segment("copy_number", copy_number, parameters.integer)
    response = await send(
        operation.Request(
            method=METHOD,
            template=TEMPLATE,
            path=f"/books/{_segment_isbn}/copies/{_segment_copy_number}",
            headers=parameters.headers(
                ("X-Reader-Name", "x_reader_name", x_reader_name, parameters.text),
                ("X-Level", "x_level", x_level, parameters.integer),
            ),
        )
    )
    if response.status == 204:
        return
    raise operation.status_error(response, {})
