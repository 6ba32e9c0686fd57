# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""add_photograph."""

from __future__ import annotations

from contracts_client.openapi import bodies, operation
from contracts_client.openapi.model import without_read_only

from ..models.add_photograph_body import AddPhotographBody


def add_photograph(
    *,
    body: AddPhotographBody,
) -> operation.Operation[str]:
    """add_photograph.

    Needs no authentication.

    Args:
        body: The request body.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _content, _content_type = bodies.multipart_body("body", without_read_only(body))
    return operation.Operation(
        request=operation.Request(
            method="POST",
            template="/photographs",
            path="/photographs",
            accept="text/plain, application/json, application/problem+json",
            body=_content,
            content_type=_content_type,
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> str:
    if response.status == 201:
        return bodies.read_text_body(response)
    raise operation.status_error(response, {})
