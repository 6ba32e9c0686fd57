"""A wrong client shows: every request is judged by openapi.yaml, and refused in the documented form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from contracts_client.sandbox.responses.queries import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from conftest import Api

    from contracts_client.sandbox import Sandbox

BASE = "/customers/v2/benefits"
CONTRACTS = f"{BASE}/contracts"
CLAIM = f"{CONTRACTS}/claim-personnel-ticket"
VALIDATE = f"{CONTRACTS}/validate-consumption"
UUID = "0d2f7a4e-97ba-4c5c-8f0e-3d5f0f3f6c11"


def _refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Check that an answer is an error in the documented form."""
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, body["status"], body["errorCode"]) == (status, status, code), body
    assert {"path", "error", "status", "message", "timestamp", "correlationId"} <= body.keys()
    assert body["correlationId"] == answer.headers["X-Correlation-Id"]
    assert answer.headers["Content-Type"] == "application/json"
    return body


@pytest.mark.parametrize("name", [None, ""])
def test_a_caller_without_a_name_is_refused(api: Api, name: str | None) -> None:
    request = api.client.build_request("GET", CONTRACTS)
    del request.headers["ET-Client-Name"]
    if name is not None:
        request.headers["ET-Client-Name"] = name
    body = _refused(api.client.send(request), 400, "CLIENT_NAME_MISSING")
    assert body["path"] == CONTRACTS
    assert body["error"] == "Bad Request"


async def test_a_name_of_blanks_is_no_name(inside: Callable[..., httpx.AsyncClient]) -> None:
    answer = await inside().get(CONTRACTS, headers={"ET-Client-Name": "   "})
    _refused(answer, 400, "CLIENT_NAME_MISSING")


def test_a_name_that_is_too_short_is_refused(api: Api) -> None:
    body = _refused(api.client.get(CONTRACTS, headers={"ET-Client-Name": "x"}), 400, "REQUEST_INVALID")
    assert "header parameter ET-Client-Name breaks minLength 3" in body["message"]


@pytest.mark.parametrize(
    ("sent", "echoed"),
    [(UUID, UUID), ("corr-1", "corr-1"), ("a b/ø", "a%20b%2F%C3%B8")],
)
@pytest.mark.parametrize("path", [CONTRACTS, "/nowhere", "/oauth/token", f"{CONTRACTS}?page=x"])
def test_the_correlation_id_comes_back(api: Api, path: str, sent: str, echoed: str) -> None:
    """The correlation id comes back on every answer."""
    answer = api.client.get(path, headers={"X-Correlation-Id": sent.encode()})
    assert answer.headers["X-Correlation-Id"] == echoed


@pytest.mark.parametrize("path", [CONTRACTS, "/nowhere"])
@pytest.mark.parametrize("headers", [{}, {"X-Correlation-Id": ""}])
def test_a_missing_correlation_id_is_made(api: Api, path: str, headers: dict[str, str]) -> None:
    first, second = (api.client.get(path, headers=headers).headers["X-Correlation-Id"] for _ in range(2))
    assert re.fullmatch(r"[0-9a-f-]{36}", first)
    assert first != second


def test_an_unknown_path_is_not_found(api: Api) -> None:
    body = _refused(api.client.get(f"{BASE}/nothing"), 404, "PATH_UNKNOWN")
    assert body["path"] == f"{BASE}/nothing"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", CONTRACTS, "GET"),
        ("GET", CLAIM, "POST"),
        ("DELETE", f"{CONTRACTS}/x/by-external-ref", "GET"),
        ("GET", "/oauth/token", "POST"),
    ],
)
def test_a_wrong_method_is_not_allowed(api: Api, method: str, path: str, allowed: str) -> None:
    answer = api.client.request(method, path)
    _refused(answer, 405, "METHOD_NOT_ALLOWED")
    assert answer.headers["Allow"] == allowed


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("page=0", "query parameter page breaks minimum 1"),
        ("page=one", "query parameter page must be an integer"),
        ("page=%2B1", "query parameter page must be an integer"),
        ("page=1_0", "query parameter page must be an integer"),
        ("page=%D9%A1", "query parameter page must be an integer"),
        ("page=99999999999", "query parameter page breaks format int32"),
        ("page=1&page=2", "query parameter page is given more than once"),
        ("customerNumber=1.0", "query parameter customerNumber must be an integer"),
        ("customerNumber=9999999999999999999", "query parameter customerNumber breaks format int64"),
        ("includeOrderLineEvents=True", "query parameter includeOrderLineEvents must be true or false"),
        ("includeOrderLineEvents=1", "query parameter includeOrderLineEvents must be true or false"),
        ("includeConsumers=ALL", "query parameter includeConsumers breaks pattern"),
        ("includeConsumers=allnone", "query parameter includeConsumers breaks pattern"),
        ("consumableAfter=yesterday", "query parameter consumableAfter is of none of the forms"),
        ("consumableAfter=2025-06-15T10:00:00", "query parameter consumableAfter is of none of the forms"),
        ("consumableAfter=2025-06-15T10:00:00+02:00", "query parameter consumableAfter is of none of the forms"),
        ("consumableAfter=2025-02-30", "query parameter consumableAfter is of none of the forms"),
        ("uuid=", "query parameter uuid is refused"),
    ],
)
def test_an_invalid_query_is_refused(api: Api, query: str, named: str) -> None:
    """A query that the document does not allow is refused by name."""
    body = _refused(api.client.get(f"{CONTRACTS}?{query}"), 400, "REQUEST_INVALID")
    assert named in body["message"]
    assert [each["message"] for each in body["errors"]] == [body["message"]]


@pytest.mark.parametrize("query", ["customer_number=1", "perpage=5", "Page=1", "sortBy%5B%5D=uuid"])
def test_an_unknown_parameter_is_refused(api: Api, query: str) -> None:
    """An unknown query parameter is refused by name."""
    body = _refused(api.client.get(f"{CONTRACTS}?{query}"), 400, "PARAMETER_UNKNOWN")
    name = query.partition("=")[0].replace("%5B%5D", "??")
    assert body["message"] == f"query parameter {name} is unknown to getContracts"


def test_every_fault_is_told(api: Api) -> None:
    body = _refused(api.list(page="x", perPage="y", foo=1), 400, "REQUEST_INVALID")
    assert len(body["errors"]) == 3


def test_a_foreign_header_is_refused(api: Api) -> None:
    """A header of another operation is refused."""
    answer = api.client.get(CONTRACTS, headers={"Entur-Customer-Number": "1001"})
    body = _refused(answer, 400, "PARAMETER_UNKNOWN")
    assert body["message"] == "header parameter entur-customer-number is unknown to getContracts"


def test_a_customer_header_must_be_digits(api: Api) -> None:
    """A customer number in the header must be digits."""
    body = _refused(api.by_ref("x", {"Entur-Customer-Number": "me"}), 400, "REQUEST_INVALID")
    assert "header parameter Entur-Customer-Number breaks pattern" in body["message"]


def test_a_path_parameter_is_judged_too(api: Api) -> None:
    body = _refused(api.valid("me"), 400, "REQUEST_INVALID")
    assert "path parameter customerNumber must be an integer" in body["message"]


@pytest.mark.parametrize("name", [*(name for name in FILTERS if "After" in name or "Before" in name), "travelDate"])
def test_a_moment_with_a_line_break(api: Api, name: str) -> None:
    """A moment with a line break after it is refused."""
    never = "2025-06-15T10:00:00Z\n"
    answer = api.valid(1001, travelDate=never) if name == "travelDate" else api.list(**{name: never})
    _refused(answer, 400, "REQUEST_INVALID")


def test_a_travel_date_with_a_line_break(api: Api) -> None:
    """A travel date with a line break after it is refused."""
    consumption = {"contractUuid": "c-0001", "customerNumber": 1, "travelDate": "2025-06-15T10:00:00Z\n"}
    _refused(api.validate(consumption), 400, "REQUEST_INVALID")


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        (CLAIM, b"", "body is refused (MissingRequiredRequestBody)"),
        (CLAIM, b"{", "body is no JSON"),
        (CLAIM, b"\xff", "body is no JSON"),
        (CLAIM, b"[" * 100_000, "body is no JSON"),
        (CLAIM, b"[]", "body breaks type object"),
        (CLAIM, b"null", "body breaks type object"),
        (CLAIM, b"{}", "body lacks customerNumber, externalReference"),
        (CLAIM, b'{"customerNumber": "1", "externalReference": "a-b-c"}', "body.customerNumber breaks type integer"),
        (CLAIM, b'{"customerNumber": 1, "externalReference": "a-b-c", "x y": 1}', "has unknown properties: x?y"),
        (VALIDATE, b'{"consumptions": [{"customerNumber": 1}]}', "body.consumptions[0] lacks contractUuid"),
        (
            VALIDATE,
            b'{"consumptions": [{"customerNumber": 1, "contractUuid": "c", "travelDate": "2025-06-15T10:00:00"}]}',
            "body.consumptions[0].travelDate breaks format date-time",
        ),
    ],
)
def test_an_invalid_body_is_refused(api: Api, path: str, body: bytes, named: str) -> None:
    """A body that the document does not allow is refused by place."""
    answer = api.client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert named in _refused(answer, 400, "REQUEST_INVALID")["message"]


def test_another_media_type_is_refused(api: Api) -> None:
    """A body of another media type is refused."""
    body = b'{"customerNumber": 1, "externalReference": "a-b-c"}'
    answer = api.client.post(CLAIM, content=body, headers={"Content-Type": "text/plain"})
    assert "MediaTypeNotFound" in _refused(answer, 400, "REQUEST_INVALID")["message"]


def test_no_message_quotes_what_was_sent(api: Api) -> None:
    canary = "4915123456"
    for answer in (
        api.list(page=f"x{canary}"),
        api.list(consumableAfter=canary),
        api.claim(canary, 1),
        api.client.post(CLAIM, json={"customerNumber": canary, "externalReference": "a-b-c"}),
        api.validate({"contractUuid": canary}),
    ):
        body = answer.json()
        assert answer.status_code == 400
        assert canary not in body["message"] + str(body["errors"])


@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        (None, "TOKEN_MISSING"),
        ("", "TOKEN_MISSING"),
        ("Bearer", "TOKEN_INVALID"),
        ("Bearer a.b.c", "TOKEN_INVALID"),
        ("Basic {token}", "TOKEN_INVALID"),
        ("{token}", "TOKEN_INVALID"),
    ],
)
def test_without_a_token_it_is_401(sandbox: Sandbox, api: Api, authorization: str | None, code: str) -> None:
    """Without a token of the sandbox it is 401."""
    request = api.client.build_request("GET", CONTRACTS)
    del request.headers["Authorization"]
    if authorization is not None:
        request.headers["Authorization"] = authorization.format(token=sandbox.issue_token())
    answer = api.client.send(request)
    _refused(answer, 401, code)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
