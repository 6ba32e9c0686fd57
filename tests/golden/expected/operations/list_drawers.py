# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""list_drawers."""

from __future__ import annotations

from contracts_client.openapi import operation, parameters

from ..models.drawer import Drawer, drawer_reader

METHOD = "GET"
TEMPLATE = "/drawers"
READER_200 = drawer_reader


async def list_drawers(
    send: operation.Send,
    *,
    page: int | None = None,
    per_page: int | None = None,
) -> Drawer:
    """list_drawers.

    Args:
        send: Sends the request. It may add headers, and may raise on its own account.
        page: Not described.
        per_page: Not described.

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
                ("page", "page", page, parameters.integer),
                ("size", "per_page", per_page, parameters.integer),
            ),
        )
    )
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, {})
