"""Each generated operation: the request that it makes of arguments, and what it reads in every kind of response."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from contract_documents import CONTRACT, ERROR, SMALL_CONTRACT

from contracts_client._generated.models import (
    Claim,
    ClaimPersonnelTicketRequest,
    Consumption,
    ConsumptionValidation,
    Contract,
    ContractPage,
    ErrorBody,
    ValidateConsumptionRequest,
)
from contracts_client._generated.operations.claim_personnel_ticket import claim_personnel_ticket
from contracts_client._generated.operations.get_all_valid_contracts_by_customer_number import (
    get_all_valid_contracts_by_customer_number,
)
from contracts_client._generated.operations.get_contracts import get_contracts
from contracts_client._generated.operations.get_contracts_by_external_ref import get_contracts_by_external_ref
from contracts_client._generated.operations.validate_contract_consumption import validate_contract_consumption
from contracts_client.openapi.errors import ArgumentError, DecodeError, StatusError
from contracts_client.openapi.operation import Operation, Response

CANARY = "c4narY"
ROOT = "/customers/v2/benefits"
WHEN = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def response(
    document: Any = None, *, status: int = 200, body: bytes | None = None, content_type: str = "application/json"
) -> Response:
    content = json.dumps(document).encode() if body is None else body
    return Response(status=status, headers={"content-type": content_type}, body=content)


PAGE = {"items": [CONTRACT, SMALL_CONTRACT], "totalItems": 2, "totalPages": 1}
CLAIM = ClaimPersonnelTicketRequest(customer_number=1001, external_reference="A-B-C")
VALIDATION = ValidateConsumptionRequest(
    consumptions=[Consumption(contract_uuid="c-1", customer_number=1001, travel_date=WHEN)]
)

# Each operation with its least arguments, an answer, and what it makes of it.
OPERATIONS: dict[str, tuple[Callable[..., Operation[Any]], dict[str, Any], Any, Any]] = {
    "get_contracts": (get_contracts, {}, PAGE, ContractPage.from_dict(PAGE)),
    "get_contracts_by_external_ref": (
        get_contracts_by_external_ref,
        {"external_ref": "x-1"},
        PAGE,
        ContractPage.from_dict(PAGE),
    ),
    "get_all_valid_contracts_by_customer_number": (
        get_all_valid_contracts_by_customer_number,
        {"customer_number": 1001},
        [CONTRACT, SMALL_CONTRACT],
        [Contract.from_dict(CONTRACT), Contract.from_dict(SMALL_CONTRACT)],
    ),
    "validate_contract_consumption": (
        validate_contract_consumption,
        {"body": VALIDATION},
        {"isValid": True, "code": 3101},
        ConsumptionValidation(is_valid=True, code=3101),
    ),
    "claim_personnel_ticket": (
        claim_personnel_ticket,
        {"body": CLAIM},
        {"success": True, "customerNumber": 1001},
        Claim(success=True, customer_number=1001),
    ),
}
every_operation = pytest.mark.parametrize("name", OPERATIONS)


@every_operation
def test_a_success_is_read(name: str) -> None:
    operation, arguments, document, result = OPERATIONS[name]
    assert operation(**arguments).parse(response(document)) == result


LEAST: dict[str, tuple[str, str]] = {
    "get_contracts": ("GET", f"{ROOT}/contracts"),
    "get_contracts_by_external_ref": ("GET", f"{ROOT}/contracts/x-1/by-external-ref"),
    "get_all_valid_contracts_by_customer_number": ("GET", f"{ROOT}/contract-consumers/1001/contracts"),
    "validate_contract_consumption": ("POST", f"{ROOT}/contracts/validate-consumption"),
    "claim_personnel_ticket": ("POST", f"{ROOT}/contracts/claim-personnel-ticket"),
}


@every_operation
def test_without_options_no_more_is_sent(name: str) -> None:
    operation, arguments, _, _ = OPERATIONS[name]
    request = operation(**arguments).request
    assert (request.method, request.path) == LEAST[name]
    assert (request.query, request.headers) == ((), ())
    assert (request.body is None) is (request.method == "GET")
    assert request.content_type == (None if request.method == "GET" else "application/json")


def test_filters_have_documented_names() -> None:
    request = get_contracts(
        uuid="c-1",
        customer_number=1001,
        customer_ref="r&1",
        loyalty_program_id="p-1",
        contract_holder=1002,
        consumable_after=dt.date(2026, 3, 1),
        consumable_before=WHEN,
        expiration_date_after=WHEN.astimezone(dt.UTC),
        expiration_date_before=dt.date(2026, 3, 2),
        external_ref="x-1",
        organisation_id=12,
        sort_by=["status", "uuid"],
        sort_direction="DESC",
        page=2,
        per_page=50,
        include_order_line_events=True,
        include_consumers="all",
        et_client_name="acme-shop",
        x_correlation_id="an-id",
    ).request
    assert request.query == (
        ("uuid", "c-1"),
        ("customerNumber", "1001"),
        ("customerRef", "r&1"),
        ("loyaltyProgramId", "p-1"),
        ("contractHolder", "1002"),
        ("consumableAfter", "2026-03-01"),
        ("consumableBefore", "2026-03-01T08:30:00+01:00"),
        ("expirationDateAfter", "2026-03-01T07:30:00Z"),
        ("expirationDateBefore", "2026-03-02"),
        ("externalRef", "x-1"),
        ("organisationId", "12"),
        ("sortBy", "status"),
        ("sortBy", "uuid"),
        ("sortDirection", "DESC"),
        ("page", "2"),
        ("perPage", "50"),
        ("includeOrderLineEvents", "true"),
        ("includeConsumers", "all"),
    )
    assert request.headers == (("ET-Client-Name", "acme-shop"), ("X-Correlation-Id", "an-id"))


def test_the_external_reference_is_a_segment() -> None:
    request = get_contracts_by_external_ref(
        external_ref="a/b c?",
        organisation_id=12,
        page=1,
        per_page=2,
        include_order_line_events=False,
        include_consumers="none",
        entur_customer_number="1001",
        et_client_name="acme-shop",
        x_correlation_id="an-id",
    ).request
    assert request.path == f"{ROOT}/contracts/a%2Fb%20c%3F/by-external-ref"
    assert request.template == f"{ROOT}/contracts/{{external_ref}}/by-external-ref"
    assert request.query == (
        ("organisationId", "12"),
        ("page", "1"),
        ("perPage", "2"),
        ("includeOrderLineEvents", "false"),
        ("includeConsumers", "none"),
    )
    assert request.headers == (
        ("Entur-Customer-Number", "1001"),
        ("ET-Client-Name", "acme-shop"),
        ("X-Correlation-Id", "an-id"),
    )


def test_valid_contracts_are_of_a_customer() -> None:
    request = get_all_valid_contracts_by_customer_number(
        customer_number=1001,
        travel_date=WHEN,
        organisation_id=12,
        include_expired_contracts=False,
        include_order_line_events=True,
        include_consumers="contract-holder",
    ).request
    assert request.path == f"{ROOT}/contract-consumers/1001/contracts"
    assert request.template == f"{ROOT}/contract-consumers/{{customer_number}}/contracts"
    assert request.query == (
        ("travelDate", "2026-03-01T08:30:00+01:00"),
        ("organisationId", "12"),
        ("includeExpiredContracts", "false"),
        ("includeOrderLineEvents", "true"),
        ("includeConsumers", "contract-holder"),
    )


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (
            "validate_contract_consumption",
            b'{"consumptions":[{"contractUuid":"c-1","customerNumber":1001,"travelDate":"2026-03-01T08:30:00+01:00"}]}',
        ),
        ("claim_personnel_ticket", b'{"customerNumber":1001,"externalReference":"A-B-C"}'),
    ],
)
def test_a_body_is_these_bytes(name: str, body: bytes) -> None:
    operation, arguments, _, _ = OPERATIONS[name]
    request = operation(**arguments, et_client_name="acme-shop").request
    assert (request.body, request.content_type) == (body, "application/json")
    assert request.headers == (("ET-Client-Name", "acme-shop"),)


@every_operation
def test_a_request_s_repr_is_not_personal(name: str) -> None:
    operation, arguments, _, _ = OPERATIONS[name]
    shown = repr(operation(**arguments, x_correlation_id="an-id"))
    assert not [value for value in ("1001", "x-1", "A-B-C", "c-1") if value in shown]


DOCUMENTED = [400, 401, 403, 404, 408, 429, 500]


@every_operation
@pytest.mark.parametrize("status", DOCUMENTED)
def test_a_documented_status_has_its_body(name: str, status: int) -> None:
    operation, arguments, _, _ = OPERATIONS[name]
    with pytest.raises(StatusError) as caught:
        operation(**arguments).parse(response({**ERROR, "status": status}, status=status))
    assert (caught.value.status, caught.value.documented) == (status, True)
    assert caught.value.body == ErrorBody.from_dict({**ERROR, "status": status})


@every_operation
@pytest.mark.parametrize("status", [201, 202, 204, 206, 301, 302, 304, 402, 409, 418, 422, 502, 503, 504, 599])
def test_an_unlisted_status_says_so(name: str, status: int) -> None:
    """Even one that is a success elsewhere, and even where the body would do."""
    operation, arguments, document, _ = OPERATIONS[name]
    with pytest.raises(StatusError) as caught:
        operation(**arguments).parse(response(document, status=status))
    assert (caught.value.status, caught.value.documented, caught.value.body) == (status, False, None)


@pytest.mark.parametrize(
    ("name", "document", "path"),
    [
        ("get_contracts", {"items": [SMALL_CONTRACT, {**SMALL_CONTRACT, "createdAt": CANARY}]}, "items[1].createdAt"),
        ("get_all_valid_contracts_by_customer_number", [{**SMALL_CONTRACT, "uuid": 7}], "[0].uuid"),
        ("claim_personnel_ticket", {"success": "yes"}, "success"),
        ("validate_contract_consumption", {"isValid": True, "code": 1.5}, "code"),
    ],
)
def test_a_wrong_success_names_the_place(name: str, document: Any, path: str) -> None:
    operation, arguments, _, _ = OPERATIONS[name]
    with pytest.raises(DecodeError) as caught:
        operation(**arguments).parse(response(document))
    assert caught.value.path == path
    assert CANARY not in str(caught.value)


NAIVE = dt.datetime(2026, 3, 1)  # noqa: DTZ001 # the point
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("get_contracts", {"uuid": ""}, "uuid"),
    ("get_contracts", {"customer_number": True}, "customer_number"),
    ("get_contracts", {"contract_holder": 2**63}, "contract_holder"),
    ("get_contracts", {"consumable_after": NAIVE}, "consumable_after"),
    ("get_contracts", {"expiration_date_before": "2026-03-01"}, "expiration_date_before"),
    ("get_contracts", {"sort_by": "status"}, "sort_by"),
    ("get_contracts", {"sort_by": ["status", 7]}, "sort_by[1]"),
    ("get_contracts", {"page": "1"}, "page"),
    ("get_contracts", {"include_order_line_events": "true"}, "include_order_line_events"),
    ("get_contracts", {"et_client_name": f"{CANARY}\r\nX: y"}, "et_client_name"),
    ("get_contracts", {"x_correlation_id": f"{CANARY}\n"}, "x_correlation_id"),
    ("get_contracts_by_external_ref", {"external_ref": f"../{CANARY}"}, "external_ref"),
    ("get_contracts_by_external_ref", {"external_ref": "%2e%2e"}, "external_ref"),
    ("get_contracts_by_external_ref", {"external_ref": ""}, "external_ref"),
    ("get_contracts_by_external_ref", {"entur_customer_number": f"{CANARY}\u00e5"}, "entur_customer_number"),
    ("get_all_valid_contracts_by_customer_number", {"customer_number": CANARY}, "customer_number"),
    ("get_all_valid_contracts_by_customer_number", {"travel_date": NAIVE}, "travel_date"),
    ("get_all_valid_contracts_by_customer_number", {"travel_date": dt.date(2026, 3, 1)}, "travel_date"),
    ("validate_contract_consumption", {"body": {"consumptions": CANARY}}, "body.consumptions"),
    ("validate_contract_consumption", {"body": None}, "body"),
    ("claim_personnel_ticket", {"body": {"customerNumber": CANARY}}, "body.customerNumber"),
    ("claim_personnel_ticket", {"body": CLAIM, "et_client_name": " acme"}, "et_client_name"),
]


@pytest.mark.parametrize(("name", "arguments", "argument"), REFUSED)
def test_an_unsendable_argument_is_refused(name: str, arguments: dict[str, Any], argument: str) -> None:
    operation, least, _, _ = OPERATIONS[name]
    with pytest.raises(ArgumentError) as caught:
        operation(**{**least, **arguments})
    assert caught.value.argument == argument
    assert CANARY not in str(caught.value)
