# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""count_stock."""

from __future__ import annotations

from contracts_client.openapi import operation
from contracts_client.openapi.decode import list_of

from ..models.count import Count, decode_count

METHOD = "PUT"
TEMPLATE = "/stock"


async def count_stock(
    send: operation.Send,
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
        operation.Request(
            method=METHOD,
            template=TEMPLATE,
            path=TEMPLATE,
            body=operation.json_body("body", body, list_of(decode_count)),
            content_type="application/json",
        )
    )
    if response.status == 204:
        return
    raise operation.status_error(response, {})
