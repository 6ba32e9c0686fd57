# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""count_stock."""

from __future__ import annotations

from contracts_client.openapi import operation
from contracts_client.openapi.decode import list_of

from ..models.count import Count, decode_count


def count_stock(
    *,
    body: list[Count],
) -> operation.Operation[None]:
    """count_stock.

    Args:
        body: The request body.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    return operation.Operation(
        request=operation.Request(
            method="PUT",
            template="/stock",
            path="/stock",
            body=operation.json_body("body", body, list_of(decode_count)),
            content_type="application/json",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> None:
    if response.status == 204:
        return
    raise operation.status_error(response, {})
