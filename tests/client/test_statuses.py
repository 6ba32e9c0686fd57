"""What each status and each shape of an error body becomes."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import respx
from raw_server import CONTRACT

from contracts_client import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    BearerToken,
    ClientCredentials,
    ConflictError,
    ContractsClient,
    NotFoundError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitError,
    ResponseDecodeError,
    ServerError,
    TokenError,
    UnprocessableEntityError,
)

API = "https://api.entur.io"
CONTRACTS = f"{API}/customers/v2/benefits/contracts"
CLAIM = f"{CONTRACTS}/claim-personnel-ticket"
TOKEN = "https://partner.entur.org/oauth/token"
PAGE = {"items": [CONTRACT], "totalItems": 1, "totalPages": 1}
DOCUMENTED = {
    "path": "/customers/v2/benefits/contracts",
    "error": "Bad Request",
    "status": 400,
    "message": "no",
    "timestamp": "2026-01-01T00:00:00Z",
    "correlationId": "c",
    "errorCode": "E1",
}


@pytest.fixture
async def client() -> AsyncIterator[ContractsClient]:
    async with ContractsClient("acme-shop", auth=BearerToken("t0ken"), retry=None) as made:
        yield made


@pytest.fixture
async def renewing() -> AsyncIterator[ContractsClient]:
    async with ContractsClient("acme-shop", auth=ClientCredentials("an-id", "a-secret"), retry=None) as made:
        yield made


@pytest.mark.parametrize(
    ("status", "kind", "safe"),
    [
        (400, BadRequestError, False),
        (401, AuthenticationError, False),
        (403, PermissionDeniedError, False),
        (404, NotFoundError, False),
        (409, ConflictError, False),
        (422, UnprocessableEntityError, False),
        (429, RateLimitError, True),
        (408, APIStatusError, True),
        (418, APIStatusError, False),
        (500, ServerError, True),
        (503, ServerError, True),
        (520, ServerError, False),
    ],
)
@respx.mock
async def test_each_status_of_a_read_has_its_error(
    client: ContractsClient, status: int, kind: type[APIStatusError], *, safe: bool
) -> None:
    respx.get(CONTRACTS).respond(status, json={**DOCUMENTED, "status": status})
    with pytest.raises(APIStatusError) as caught:
        await client.list_contracts(correlation_id="trace-1")
    error = caught.value
    assert type(error) is kind
    assert error.status_code == status
    assert error.error is not None
    assert (error.error.error_code, error.error.message) == ("E1", "no")
    assert (error.operation, error.correlation_id, error.attempts) == ("list_contracts", "trace-1", 1)
    assert error.safe_to_retry is safe
    assert error.elapsed >= 0
    assert error.retry_after is None


@pytest.mark.parametrize(
    ("answer", "message", "code"),
    [
        ({"json": DOCUMENTED}, "no", "E1"),
        (
            {
                "json": {"type": "about:blank", "title": "Bad", "detail": "why"},
                "content_type": "application/problem+json",
            },
            "why",
            None,
        ),
        ({"json": {"fault": {"faultstring": "arrest", "detail": {"errorcode": "policies.x"}}}}, "arrest", "policies.x"),
        ({"json": {"message": 7, "errorCode": "E1"}}, None, "E1"),
    ],
    ids=["documented", "problem", "gateway", "half broken"],
)
@respx.mock
async def test_an_error_body_is_read_in_each_shape(
    client: ContractsClient, answer: dict[str, Any], message: str | None, code: str | None
) -> None:
    respx.get(CONTRACTS).respond(400, **answer)
    with pytest.raises(BadRequestError) as caught:
        await client.list_contracts()
    assert caught.value.error is not None
    assert (caught.value.error.message, caught.value.error.error_code) == (message, code)


@pytest.mark.parametrize("answer", [{"html": "<p>no</p>"}, {"text": ""}, {"json": [1]}, {"json": "x"}, {}])
@respx.mock
async def test_an_error_without_body_is_its_error(client: ContractsClient, answer: dict[str, Any]) -> None:
    respx.get(CONTRACTS).respond(400, **answer)
    with pytest.raises(BadRequestError) as caught:
        await client.list_contracts()
    assert caught.value.error is None


@pytest.mark.parametrize("status", [400, 503])
@respx.mock
async def test_an_odd_error_keeps_its_status(client: ContractsClient, status: int) -> None:
    respx.get(CONTRACTS).mock(return_value=httpx.Response(status, headers={"Content-Length": str(10**10)}))
    with pytest.raises(APIStatusError) as caught:
        await client.list_contracts()
    assert (caught.value.status_code, caught.value.error) == (status, None)


@respx.mock
async def test_the_server_says_when_to_come_back(client: ContractsClient) -> None:
    respx.get(CONTRACTS).respond(429, headers={"Retry-After": "7"})
    with pytest.raises(RateLimitError) as caught:
        await client.list_contracts()
    assert caught.value.retry_after == 7.0


@pytest.mark.parametrize(
    ("location", "host"),
    [
        ("https://evil.example/steal?c=1001", "evil.example"),
        ("/elsewhere", "the same host"),
        ("http://[", "the same host"),
        ("", "the same host"),
        ("https://\u00e6/", "another host"),
    ],
)
@respx.mock
async def test_a_redirect_names_the_host_alone(client: ContractsClient, location: str, host: str) -> None:
    route = respx.route().respond(302, headers=[(b"Location", location.encode())])  # type: ignore[arg-type]
    with pytest.raises(APIStatusError) as caught:
        await client.list_contracts()
    assert route.call_count == 1
    assert host in str(caught.value)
    assert "1001" not in str(caught.value)


@pytest.mark.parametrize("status", [300, 304])
@respx.mock
async def test_a_redirect_may_lead_nowhere(client: ContractsClient, status: int) -> None:
    respx.route().respond(status)
    with pytest.raises(APIStatusError, match="which names no place") as caught:
        await client.list_contracts()
    assert "leads to" not in str(caught.value)


@pytest.mark.parametrize("times", [1, 2])
@respx.mock
async def test_an_unknown_claim_says_when_to_ask(client: ContractsClient, times: int) -> None:
    """API and gateway may both send the header."""
    respx.post().respond(503, headers=[(b"Retry-After", b"2")] * times)  # type: ignore[arg-type]
    with pytest.raises(OutcomeUnknownError) as caught:
        await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
    assert (caught.value.status_code, caught.value.retry_after) == (503, 2.0)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"status_code": 204}, "status 204"),
        ({"status_code": 206, "json": PAGE}, "status 206"),
        ({"status_code": 200, "html": "<form>"}, "content type text/html"),
        ({"status_code": 200, "content": b"", "content_type": "application/json"}, "an empty body"),
        ({"status_code": 200, "content": b"{}"}, "no content type"),
        ({"status_code": 200, "json": []}, "an array"),
        ({"status_code": 200, "content": b'{"items": NaN}', "content_type": "application/json"}, "not JSON"),
        ({"status_code": 200, "content": b'{"items": ', "content_type": "application/json"}, "not JSON"),
        ({"status_code": 200, "json": {"items": [{**CONTRACT, "status": 7}]}}, "items[0].status"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@respx.mock
async def test_an_undocumented_success_is_an_error(client: ContractsClient, answer: dict[str, Any], found: str) -> None:
    respx.get(CONTRACTS).respond(**answer)
    with pytest.raises(ResponseDecodeError) as caught:
        await client.list_contracts()
    assert found in str(caught.value)
    assert not caught.value.safe_to_retry
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("fault", "kind", "safe"),
    [
        (httpx.ConnectError("x"), APIConnectionError, True),
        (httpx.ConnectTimeout("x"), APITimeoutError, True),
        (httpx.PoolTimeout("x"), APITimeoutError, True),
        (httpx.ReadError("x"), APIConnectionError, True),
        (httpx.ReadTimeout("x"), APITimeoutError, True),
        (httpx.RemoteProtocolError("x"), APIConnectionError, True),
        (OSError("x"), APIConnectionError, True),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
@respx.mock
async def test_no_error_of_httpx_escapes_a_read(
    client: ContractsClient, fault: Exception, kind: type[APIConnectionError], *, safe: bool
) -> None:
    respx.get(CONTRACTS).mock(side_effect=fault)
    with pytest.raises(APIConnectionError) as caught:
        await client.list_contracts()
    assert type(caught.value) is kind
    assert caught.value.safe_to_retry is safe
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (httpx.ConnectError("x"), APIConnectionError),
        (httpx.ConnectTimeout("x"), APITimeoutError),
        (httpx.ReadError("x"), OutcomeUnknownError),
        (httpx.ReadTimeout("x"), OutcomeUnknownError),
        (httpx.WriteTimeout("x"), OutcomeUnknownError),
        (httpx.RemoteProtocolError("x"), OutcomeUnknownError),
        (OSError("x"), OutcomeUnknownError),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
@respx.mock
async def test_a_claim_whose_answer_is_lost(
    client: ContractsClient, fault: Exception, kind: type[APIConnectionError]
) -> None:
    route = respx.post(CLAIM).mock(side_effect=fault)
    with pytest.raises(APIConnectionError) as caught:
        await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
    assert type(caught.value) is kind
    assert caught.value.safe_to_retry is (kind is not OutcomeUnknownError)
    assert route.call_count == 1


@pytest.mark.parametrize("status", [408, 499, 500, 502, 503, 504, 520, 599])
@respx.mock
async def test_a_claim_answered_5xx_is_unknown(client: ContractsClient, status: int) -> None:
    route = respx.post(CLAIM).respond(status)
    with pytest.raises(OutcomeUnknownError, match="external reference") as caught:
        await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)
    assert caught.value.status_code == status
    assert route.call_count == 1


@pytest.mark.parametrize(("status", "kind"), [(400, BadRequestError), (404, NotFoundError), (429, RateLimitError)])
@respx.mock
async def test_a_refused_claim_was_not_executed(
    client: ContractsClient, status: int, kind: type[APIStatusError]
) -> None:
    respx.post(CLAIM).respond(status, json=DOCUMENTED)
    with pytest.raises(kind):
        await client.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)


@respx.mock
async def test_a_refused_token_is_replaced_once(renewing: ContractsClient) -> None:
    token = respx.post(TOKEN).mock(
        side_effect=[httpx.Response(200, json={"access_token": name}) for name in ("first", "second")]
    )
    claim = respx.post(CLAIM).mock(side_effect=[httpx.Response(401), httpx.Response(200, json={"success": True})])
    assert (await renewing.claim_personnel_ticket("ABC-DEF-123", customer_number=1001)).success
    assert token.call_count == 2
    assert [call.request.headers["Authorization"] for call in claim.calls] == ["Bearer first", "Bearer second"]


@respx.mock
async def test_a_token_ended_under_way_is_replaced(renewing: ContractsClient) -> None:
    respx.post(TOKEN).mock(
        side_effect=[httpx.Response(200, json={"access_token": name}) for name in ("first", "second")]
    )
    api = respx.get(CONTRACTS).mock(side_effect=[httpx.Response(408), httpx.Response(200, json=PAGE)])
    with pytest.raises(APIStatusError) as caught:
        await renewing.list_contracts()
    assert (caught.value.status_code, caught.value.safe_to_retry) == (408, True)
    await renewing.list_contracts()
    assert [call.request.headers["Authorization"] for call in api.calls] == ["Bearer first", "Bearer second"]


@respx.mock
async def test_a_second_refused_token_stays(renewing: ContractsClient) -> None:
    respx.post(TOKEN).mock(
        side_effect=[httpx.Response(200, json={"access_token": name}) for name in ("first", "second")]
    )
    api = respx.get(CONTRACTS).respond(401, json=DOCUMENTED)
    with pytest.raises(AuthenticationError) as caught:
        await renewing.list_contracts()
    assert api.call_count == 2
    assert caught.value.attempts == 2


@respx.mock
async def test_the_same_token_is_not_sent_again(renewing: ContractsClient) -> None:
    respx.post(TOKEN).respond(json={"access_token": "same"})
    api = respx.get(CONTRACTS).respond(401)
    with pytest.raises(AuthenticationError):
        await renewing.list_contracts()
    assert api.call_count == 1


@respx.mock
async def test_an_unrenewable_token_is_sent_once(client: ContractsClient) -> None:
    api = respx.get(CONTRACTS).respond(401)
    with pytest.raises(AuthenticationError, match="the BearerToken was refused, and can't be renewed"):
        await client.list_contracts()
    assert api.call_count == 1


@respx.mock
async def test_without_a_token_nothing_is_sent(renewing: ContractsClient) -> None:
    respx.post(TOKEN).respond(401, json={"error": "access_denied"})
    api = respx.get(CONTRACTS).respond(json=PAGE)
    with pytest.raises(TokenError, match="environment") as caught:
        await renewing.list_contracts()
    assert caught.value.status_code == 401
    assert not api.called


@respx.mock
async def test_an_unknown_contract_is_not_found(client: ContractsClient) -> None:
    respx.get(CONTRACTS).respond(json={"items": [], "totalItems": 0, "totalPages": 0})
    with pytest.raises(NotFoundError) as caught:
        await client.get_contract("c-0001")
    assert (caught.value.status_code, caught.value.operation) == (404, "get_contract")


@respx.mock
async def test_an_ignored_filter_hands_out_nothing(client: ContractsClient) -> None:
    respx.get(CONTRACTS).respond(json=PAGE)
    with pytest.raises(ResponseDecodeError, match="items"):
        await client.get_contract("c-9999")


@pytest.mark.parametrize("uuid", ["", " ", None, 7])
async def test_an_empty_identifier_is_refused(client: ContractsClient, uuid: Any) -> None:
    with pytest.raises(ValueError, match="uuid"):
        await client.get_contract(uuid)
