# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""list_drawers."""

from __future__ import annotations

from ... import client
from ...models.drawer import Drawer, drawer_reader

METHOD = "GET"
TEMPLATE = "/drawers"
READER_200 = drawer_reader


async def list_drawers(
    send: client.Send,
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
        client.Request(
            method=METHOD,
            template=TEMPLATE,
            path=TEMPLATE,
            query=client.pairs(
                ("page", "page", page, client.integer),
                ("size", "per_page", per_page, client.integer),
            ),
        )
    )
    if response.status == 200:
        return client.read_body(response, READER_200)
    raise client.status_error(response, {})
