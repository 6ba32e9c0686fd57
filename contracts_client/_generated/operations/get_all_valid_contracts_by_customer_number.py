# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""List the valid contracts of a customer."""

from __future__ import annotations

import datetime

from ...openapi import operation, parameters
from ...openapi.fast import list_reader
from ..models.contract import Contract, contract_reader
from ..models.error_body import decode_error_body

READER_200 = list_reader(contract_reader)
DOCUMENTED: operation.Documented = dict.fromkeys((400, 401, 403, 404, 408, 429, 500), decode_error_body)


def get_all_valid_contracts_by_customer_number(
    *,
    customer_number: int,
    travel_date: datetime.datetime | None = None,
    organisation_id: int | None = None,
    include_expired_contracts: bool | None = None,
    include_order_line_events: bool | None = None,
    include_consumers: str | None = None,
    et_client_name: str | None = None,
    x_correlation_id: str | None = None,
) -> operation.Operation[list[Contract]]:
    """List the valid contracts of a customer.

    Answers every contract of the customer that has the status VALID within its time frame, in one list.

    Args:
        customer_number: The customer's number, which is unique at Entur.
        travel_date: The moment of travel for which the contracts shall be valid.
        organisation_id: Only contracts of this organisation.
        include_expired_contracts: Whether contracts that have expired are listed too.
        include_order_line_events: Whether the contracts carry their order line events. Left out, they do not.
            Including them can be slow.
        include_consumers: Which contract consumers the contracts carry: all, none, or contract-holder. Left
            out, it is contract-holder. Including all can be slow.
        et_client_name: The header ET-Client-Name. None leaves it to the sender.
        x_correlation_id: The header X-Correlation-Id. None leaves it to the sender.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _segment_customer_number = parameters.segment("customer_number", customer_number, parameters.integer)
    _query: list[tuple[str, str]] = []
    if travel_date is not None:
        _query.append(("travelDate", parameters.date_time("travel_date", travel_date)))
    if organisation_id is not None:
        _query.append(("organisationId", parameters.integer("organisation_id", organisation_id)))
    if include_expired_contracts is not None:
        _query.append(
            ("includeExpiredContracts", parameters.boolean("include_expired_contracts", include_expired_contracts))
        )
    if include_order_line_events is not None:
        _query.append(
            ("includeOrderLineEvents", parameters.boolean("include_order_line_events", include_order_line_events))
        )
    if include_consumers is not None:
        _query.append(("includeConsumers", parameters.text("include_consumers", include_consumers)))
    return operation.Operation(
        request=operation.Request(
            method="GET",
            template="/customers/v2/benefits/contract-consumers/{customer_number}/contracts",
            path=f"/customers/v2/benefits/contract-consumers/{_segment_customer_number}/contracts",
            query=tuple(_query),
            headers=parameters.headers(
                ("ET-Client-Name", "et_client_name", et_client_name, parameters.text),
                ("X-Correlation-Id", "x_correlation_id", x_correlation_id, parameters.text),
            ),
        ),
        parse=_parse,
    )


def _parse(response: operation.Response) -> list[Contract]:
    if response.status == 200:
        return operation.read_body(response, READER_200)
    raise operation.status_error(response, DOCUMENTED)
