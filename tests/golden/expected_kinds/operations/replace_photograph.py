# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""replace_photograph."""

from __future__ import annotations

from contracts_client.openapi import bodies, operation


def replace_photograph(
    *,
    body: bytes,
) -> operation.Operation[bytes]:
    """replace_photograph.

    Needs no authentication.

    Args:
        body: The request body.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    return operation.Operation(
        request=operation.Request(
            method="PUT",
            template="/photographs",
            path="/photographs",
            accept="image/jpeg, application/json, application/problem+json",
            body=bodies.bytes_body("body", body),
            content_type="image/jpeg",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> bytes:
    if response.status == 200:
        return bodies.read_bytes_body(response)
    raise operation.status_error(response, {})
