# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""list_drawers."""

from __future__ import annotations

from contracts_client.openapi import operation, parameters

from ..models.drawer import Drawer, drawer_reader

READER_200 = drawer_reader


def list_drawers(
    *,
    page: int | None = None,
    per_page: int | None = None,
) -> operation.Operation[Drawer]:
    """list_drawers.

    Args:
        page: Not described.
        per_page: Not described.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/drawers",
            path="/drawers",
            query=parameters.pairs(
                ("page", "page", page, parameters.integer),
                ("size", "per_page", per_page, parameters.integer),
            ),
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> Drawer:
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, {})
