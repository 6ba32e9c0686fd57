# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""List contracts, optionally filtered."""

from __future__ import annotations

import datetime

from ...openapi import operation, parameters
from ..models.contract_page import ContractPage, contract_page_reader
from ..models.error_body import decode_error_body

READER_200 = contract_page_reader
DOCUMENTED: operation.Documented = dict.fromkeys((400, 401, 403, 404, 408, 429, 500), decode_error_body)


def get_contracts(
    *,
    uuid: str | None = None,
    customer_number: int | None = None,
    customer_ref: str | None = None,
    loyalty_program_id: str | None = None,
    contract_holder: int | None = None,
    consumable_after: datetime.date | datetime.datetime | None = None,
    consumable_before: datetime.date | datetime.datetime | None = None,
    expiration_date_after: datetime.date | datetime.datetime | None = None,
    expiration_date_before: datetime.date | datetime.datetime | None = None,
    external_ref: str | None = None,
    organisation_id: int | None = None,
    sort_by: list[str] | None = None,
    sort_direction: str | None = None,
    page: int | None = None,
    per_page: int | None = None,
    include_order_line_events: bool | None = None,
    include_consumers: str | None = None,
    et_client_name: str | None = None,
    x_correlation_id: str | None = None,
) -> operation.Operation[ContractPage]:
    """List contracts, optionally filtered.

    Answers one page of the contracts that match every filter given. Without a filter, all contracts that the
    caller may see are listed.

    Args:
        uuid: Only the contract with this identifier.
        customer_number: Only contracts that this customer may consume, by the customer's number, which is
            unique at Entur.
        customer_ref: Only contracts that this customer may consume, by the organisation's own customer id,
            which is unique within that organisation.
        loyalty_program_id: Only contracts of this loyalty program.
        contract_holder: Only contracts that this customer holds, given as a customer number.
        consumable_after: Only contracts that can be consumed after this moment, as an ISO 8601 date or date and
            time.
        consumable_before: Only contracts that can be consumed before this moment, as an ISO 8601 date or date
            and time.
        expiration_date_after: Only contracts that expire after this moment, as an ISO 8601 date or date and
            time.
        expiration_date_before: Only contracts that expire before this moment, as an ISO 8601 date or date and
            time.
        external_ref: Only contracts with this external reference, such as the code of a personnel ticket.
        organisation_id: Only contracts of this organisation. The server demands an internal token for this
            filter.
        sort_by: Names of the properties to sort by, most significant first. The parameter is repeated for
            several.
        sort_direction: Direction of the sort, where sortBy is given. ASC and DESC are the values to expect; the
            list is open.
        page: Which page to answer; the first is 1.
        per_page: How many items a page has. A sister API of the same team has 20 by default and 100 at most.
        include_order_line_events: Whether the contracts carry their order line events. Left out, they do not.
            Including them can be slow.
        include_consumers: Which contract consumers the contracts carry: all, none, or contract-holder. Left
            out, it is contract-holder. Including all can be slow.
        et_client_name: The header ET-Client-Name. None leaves it to the sender.
        x_correlation_id: The header X-Correlation-Id. None leaves it to the sender.

    Raises:
        ArgumentError: An argument can't be sent.
    """
    _query: list[tuple[str, str]] = []
    if uuid is not None:
        _query.append(("uuid", parameters.text("uuid", uuid)))
    if customer_number is not None:
        _query.append(("customerNumber", parameters.integer("customer_number", customer_number)))
    if customer_ref is not None:
        _query.append(("customerRef", parameters.text("customer_ref", customer_ref)))
    if loyalty_program_id is not None:
        _query.append(("loyaltyProgramId", parameters.text("loyalty_program_id", loyalty_program_id)))
    if contract_holder is not None:
        _query.append(("contractHolder", parameters.integer("contract_holder", contract_holder)))
    if consumable_after is not None:
        _query.append(("consumableAfter", parameters.date_or_date_time("consumable_after", consumable_after)))
    if consumable_before is not None:
        _query.append(("consumableBefore", parameters.date_or_date_time("consumable_before", consumable_before)))
    if expiration_date_after is not None:
        _query.append(
            ("expirationDateAfter", parameters.date_or_date_time("expiration_date_after", expiration_date_after))
        )
    if expiration_date_before is not None:
        _query.append(
            ("expirationDateBefore", parameters.date_or_date_time("expiration_date_before", expiration_date_before))
        )
    if external_ref is not None:
        _query.append(("externalRef", parameters.text("external_ref", external_ref)))
    if organisation_id is not None:
        _query.append(("organisationId", parameters.integer("organisation_id", organisation_id)))
    if sort_by is not None:
        _query += [("sortBy", each) for each in parameters.array(parameters.text)("sort_by", sort_by)]
    if sort_direction is not None:
        _query.append(("sortDirection", parameters.text("sort_direction", sort_direction)))
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
            template="/customers/v2/benefits/contracts",
            path="/customers/v2/benefits/contracts",
            query=tuple(_query),
            headers=parameters.headers(
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
