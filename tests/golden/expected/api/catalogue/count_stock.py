# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""count_stock."""

from __future__ import annotations

from ... import client
from ...models.count import Count, decode_count
from ...types import list_of

METHOD = "PUT"
TEMPLATE = "/stock"


async def count_stock(
    send: client.Send,
    *,
    body: list[Count],
) -> None:
    """count_stock.

    Args:
        send: Sends the request. It may add headers, and may raise on its own account.
        body: The request body.

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
            body=client.json_body("body", body, list_of(decode_count)),
            content_type="application/json",
        )
    )
    if response.status == 204:
        return
    raise client.status_error(response, {})
