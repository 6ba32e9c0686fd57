# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""describe_photograph."""

from __future__ import annotations

from contracts_client.openapi import bodies, operation

from ..models.describe_photograph_body import DescribePhotographBody

DOCUMENTED: operation.Documented = dict.fromkeys((404,), None)


def describe_photograph(
    *,
    body: DescribePhotographBody | None = None,
) -> operation.Operation[None]:
    """describe_photograph.

    Needs no authentication.

    The specification describes no success: what its body says is passed over.

    Args:
        body: The request body. None sends none.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    return operation.Operation(
        request=operation.Request(
            method="PATCH",
            template="/photographs",
            path="/photographs",
            body=bodies.form_body("body", body) if body is not None else None,
            content_type="application/x-www-form-urlencoded" if body is not None else None,
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> None:
    if 200 <= response.status <= 299:
        return
    raise operation.status_error(response, DOCUMENTED)
