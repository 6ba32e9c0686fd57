# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""List contracts with an external reference."""

from __future__ import annotations

from ...openapi import operation, parameters
from ..models.contract_page import ContractPage, contract_page_reader
from ..models.error_body import decode_error_body

READER_200 = contract_page_reader
DOCUMENTED: operation.Documented = dict.fromkeys((400, 401, 403, 404, 408, 429, 500), decode_error_body)


def get_contracts_by_external_ref(
    *,
    external_ref: str,
    organisation_id: int | None = None,
    page: int | None = None,
    per_page: int | None = None,
    include_order_line_events: bool | None = None,
    include_consumers: str | None = None,
    entur_customer_number: str | None = None,
    et_client_name: str | None = None,
    x_correlation_id: str | None = None,
) -> operation.Operation[ContractPage]:
    """List contracts with an external reference.

    Answers one page of the contracts with this external reference.

    Args:
        external_ref: The external reference, such as a membership number or the code of a personnel ticket.
        organisation_id: The organisation whose contracts are listed. Left out, it is the organisation of the
            token.
        page: Which page to answer; the first is 1.
        per_page: How many items a page has. A sister API of the same team has 20 by default and 100 at most.
        include_order_line_events: Whether the contracts carry their order line events. Left out, they do not.
            Including them can be slow.
        include_consumers: Which contract consumers the contracts carry: all, none, or contract-holder. Left
            out, it is contract-holder. Including all can be slow.
        entur_customer_number: The header Entur-Customer-Number. None leaves it to the sender.
        et_client_name: The header ET-Client-Name. None leaves it to the sender.
        x_correlation_id: The header X-Correlation-Id. None leaves it to the sender.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _segment_external_ref = parameters.segment("external_ref", external_ref, parameters.text)
    _query: list[tuple[str, str]] = []
    if organisation_id is not None:
        _query.append(("organisationId", parameters.integer("organisation_id", organisation_id)))
    if page is not None:
        _query.append(("page", parameters.integer("page", page)))
    if per_page is not None:
        _query.append(("perPage", parameters.integer("per_page", per_page)))
    if include_order_line_events is not None:
        _query.append(
            ("includeOrderLineEvents", parameters.boolean("include_order_line_events", include_order_line_events))
        )
    if include_consumers is not None:
        _query.append(("includeConsumers", parameters.text("include_consumers", include_consumers)))
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/customers/v2/benefits/contracts/{external_ref}/by-external-ref",
            path=f"/customers/v2/benefits/contracts/{_segment_external_ref}/by-external-ref",
            query=tuple(_query),
            headers=parameters.headers(
                ("Entur-Customer-Number", "entur_customer_number", entur_customer_number, parameters.text),
                ("ET-Client-Name", "et_client_name", et_client_name, parameters.text),
                ("X-Correlation-Id", "x_correlation_id", x_correlation_id, parameters.text),
            ),
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> ContractPage:
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, DOCUMENTED)
