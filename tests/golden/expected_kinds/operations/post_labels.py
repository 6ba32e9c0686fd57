# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""post_labels."""

from __future__ import annotations

from contracts_client.openapi import bodies, operation

from ..models.post_labels_body import PostLabelsBody


def post_labels(
    *,
    body: PostLabelsBody | None = None,
) -> operation.Operation[None]:
    """post_labels.

    Needs no authentication.

    Args:
        body: The request body. None sends none.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _content, _content_type = bodies.multipart_body("body", body) if body is not None else (None, None)
    return operation.Operation(
        request=operation.Request(
            method="POST",
            template="/labels",
            path="/labels",
            body=_content,
            content_type=_content_type,
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> None:
    if response.status == 204:
        return
    raise operation.status_error(response, {})
