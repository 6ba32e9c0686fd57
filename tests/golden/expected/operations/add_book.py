# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""add_book."""

from __future__ import annotations

from contracts_client.openapi import operation

from ..models.complaint import decode_complaint
from ..models.order import Order, decode_order

DOCUMENTED: operation.Documented = dict.fromkeys((422,), decode_complaint)


def add_book(
    *,
    body: Order,
) -> operation.Operation[None]:
    """add_book.

    Args:
        body: The request body.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    return operation.Operation(
        request=operation.Request(
            method="POST",
            template="/books",
            path="/books",
            body=operation.json_body("body", body, decode_order),
            content_type="application/json",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> None:
    if response.status == 204:
        return
    raise operation.status_error(response, DOCUMENTED)
