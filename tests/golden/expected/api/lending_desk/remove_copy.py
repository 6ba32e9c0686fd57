# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""remove_copy."""

from __future__ import annotations

from ... import client

METHOD = "DELETE"
TEMPLATE = "/books/{isbn}/copies/{copy_number}"


async def remove_copy(
    send: client.Send,
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
    _segment_isbn = client.segment("isbn", isbn, client.text)
    _segment_copy_number = client.segment("copy_number", copy_number, client.integer)
    response = await send(
        client.Request(
            method=METHOD,
            template=TEMPLATE,
            path=f"/books/{_segment_isbn}/copies/{_segment_copy_number}",
            headers=client.headers(
                ("X-Reader-Name", "x_reader_name", x_reader_name, client.text),
                ("X-Level", "x_level", x_level, client.integer),
            ),
        )
    )
    if response.status == 204:
        return
    raise client.status_error(response, {})
