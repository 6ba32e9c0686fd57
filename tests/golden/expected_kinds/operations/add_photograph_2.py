# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""add_photograph_2."""

from __future__ import annotations

from contracts_client.openapi import bodies, operation


def add_photograph_2(
    *,
    body: str,
) -> operation.Operation[None]:
    """add_photograph_2.

    Needs no authentication.

    Args:
        body: The request body.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    return operation.Operation(
        request=operation.Request(
            method="PUT",
            template="/labels",
            path="/labels",
            body=bodies.text_body("body", body),
            content_type="text/plain",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> None:
    if response.status == 204:
        return
    raise operation.status_error(response, {})
