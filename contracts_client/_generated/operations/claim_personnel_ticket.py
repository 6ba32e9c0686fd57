# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""Claim a personnel ticket for a customer."""

from __future__ import annotations

from ...openapi import operation, parameters
from ..models.claim import Claim, claim_reader
from ..models.claim_personnel_ticket_request import ClaimPersonnelTicketRequest, decode_claim_personnel_ticket_request
from ..models.error_body import decode_error_body

READER_200 = claim_reader
DOCUMENTED: operation.Documented = dict.fromkeys((400, 401, 403, 404, 408, 429, 500), decode_error_body)


def claim_personnel_ticket(
    *,
    body: ClaimPersonnelTicketRequest,
    et_client_name: str | None = None,
    x_correlation_id: str | None = None,
) -> operation.Operation[Claim]:
    """Claim a personnel ticket for a customer.

    Gives the personnel ticket with this pickup code to a customer. One ticket may stand for several contracts;
    the server tries to claim all of them. Nothing marks a repetition as one: a caller that has lost the answer to
    a claim has to find out what became of it before claiming again.

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
            template="/customers/v2/benefits/contracts/claim-personnel-ticket",
            path="/customers/v2/benefits/contracts/claim-personnel-ticket",
            headers=parameters.headers(
                ("ET-Client-Name", "et_client_name", et_client_name, parameters.text),
                ("X-Correlation-Id", "x_correlation_id", x_correlation_id, parameters.text),
            ),
            body=operation.json_body("body", body, decode_claim_personnel_ticket_request),
            content_type="application/json",
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> Claim:
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, DOCUMENTED)
