# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""list_titles."""

from __future__ import annotations

from contracts_client.openapi import operation
from contracts_client.openapi.decode import list_of, read_str

METHOD = "GET"
TEMPLATE = "/titles"
READ_200 = list_of(read_str)


async def list_titles(
    send: operation.Send,
) -> list[str]:
    """list_titles.

    Args:
        send: Sends the request. It may add headers, and may raise on its own account.

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
        )
    )
    if response.status == 200:
        return operation.read_value(response, READ_200)
    raise operation.status_error(response, {})
