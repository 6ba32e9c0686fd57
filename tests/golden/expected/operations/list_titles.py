# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""list_titles."""

from __future__ import annotations

from contracts_client.openapi import operation
from contracts_client.openapi.decode import list_of, read_str

READ_200 = list_of(read_str)


def list_titles() -> operation.Operation[list[str]]:
    """list_titles."""
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/titles",
            path="/titles",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> list[str]:
    if response.status == 200:
        return operation.read_value(response, READ_200)
    raise operation.status_error(response, {})
