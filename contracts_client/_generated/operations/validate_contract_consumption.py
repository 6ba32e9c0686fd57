# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Check that a customer can consume contracts."""

from __future__ import annotations

from ...openapi import operation, parameters
from ..models.consumption_validation import ConsumptionValidation, consumption_validation_reader
from ..models.error_body import decode_error_body
from ..models.validate_consumption_request import ValidateConsumptionRequest, decode_validate_consumption_request

READER_200 = consumption_validation_reader
DOCUMENTED: operation.Documented = dict.fromkeys((400, 401, 403, 404, 408, 429, 500), decode_error_body)


def validate_contract_consumption(
    *,
    body: ValidateConsumptionRequest,
    et_client_name: str | None = None,
    x_correlation_id: str | None = None,
) -> operation.Operation[ConsumptionValidation]:
    """Check that a customer can consume contracts.

    Tells whether every consumption in the list could be made, before anything is sold. It changes nothing on the
    server, so it can be repeated.

    Args:
        body: The request body.
        et_client_name: The header ET-Client-Name. None leaves it to the sender.
        x_correlation_id: The header X-Correlation-Id. None leaves it to the sender.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    return operation.Operation(
        request=operation.Request(
            method="POST",
            template="/customers/v2/benefits/contracts/validate-consumption",
            path="/customers/v2/benefits/contracts/validate-consumption",
            headers=parameters.headers(
                ("ET-Client-Name", "et_client_name", et_client_name, parameters.text),
                ("X-Correlation-Id", "x_correlation_id", x_correlation_id, parameters.text),
            ),
            body=operation.json_body("body", body, decode_validate_consumption_request),
            content_type="application/json",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> ConsumptionValidation:
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, DOCUMENTED)
