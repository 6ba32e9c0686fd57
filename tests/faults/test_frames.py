"""What is left in the variables of a traceback's frames, which error trackers report: nothing secret, no body."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from canaries import BODY, CODE, CUSTOMER, SECRET, TOKEN, assert_frames_show_nothing
from fault_sites import plain
from fault_talks import answer, answering
from peer import a_request, once, peer
from simulated_api import CONTRACT
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    BearerToken,
    ClientCredentials,
    Consumption,
    ContractsClient,
    ContractsError,
    InvalidArgumentError,
    TokenError,
    defaults,
)
from contracts_client.transport.httpx_transport import HttpxTransport
from contracts_client.transport.interface import ExchangeError
from contracts_client.transport.library import TransportOptions

MakeClient = Callable[..., ContractsClient]


async def bad_token() -> str:
    return f"{TOKEN}\n"


@pytest.mark.parametrize("auth", [bad_token, ClientCredentials("an-id", SECRET)], ids=["function", "credentials"])
async def test_token_error_frames_hold_no_secret(auth: Any, make_client: MakeClient) -> None:
    """A token error's frames hold no token and no secret."""
    async with peer(once(answer({"access_token": f"{TOKEN}\n", "x": SECRET}))) as server:
        with pytest.raises(TokenError) as caught:
            await make_client(server.url, auth=auth).list_valid_contracts(CUSTOMER)
    assert_frames_show_nothing(caught.value)


async def test_frames_of_a_large_claim_hide_tokens(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The frames of a claim too large to send hold no token."""
    monkeypatch.setattr(defaults, "MAX_REQUEST_BYTES", 3)
    with pytest.raises(InvalidArgumentError) as caught:
        await make_client("http://127.0.0.1:9").claim_personnel_ticket(CODE, customer_number=CUSTOMER)
    assert_frames_show_nothing(caught.value)


@pytest.mark.parametrize("number", [0, 200, 204, 400, 401, 500])
async def test_answer_error_frames_show_no_answer(number: int, make_client: MakeClient) -> None:
    """The frames of an answer's error hold nothing of it."""
    status = f"{number} Any" if number else "200 OK"
    async with plain(answering(answer({"message": BODY, "items": BODY}, status))) as site:
        client = make_client(site.url, auth=ClientCredentials("an-id", SECRET))
        with pytest.raises(ContractsError) as caught:
            await client.list_valid_contracts(CUSTOMER)
    assert_frames_show_nothing(caught.value)


async def test_port_error_frames_hide_the_request() -> None:
    """The port's own errors keep no frame in which request and body are."""
    async with peer(answering(answer(BODY.encode(), length=900, headers={"Set-Cookie": BODY}))) as server:
        own_transport = HttpxTransport(server.url, TransportOptions(), max_concurrency=1, max_bytes=5)
        with pytest.raises(ExchangeError, match="too large") as caught:
            await own_transport.send(a_request(f"/{CUSTOMER}", headers=(("Authorization", f"Bearer {TOKEN}"),)))
        await own_transport.aclose()
    assert_frames_show_nothing(caught.value)


WRONG: dict[str, Callable[[ContractsClient], Any]] = {
    "read": lambda client: client.list_valid_contracts(str(CUSTOMER)),  # type: ignore[arg-type]
    "list": lambda client: client.list_contracts(customer_number=str(CUSTOMER)),  # type: ignore[arg-type]
    "holder": lambda client: client.list_contracts(contract_holder=str(CUSTOMER)),  # type: ignore[arg-type]
    "after": lambda client: client.list_contracts(customer_number=CUSTOMER, contract_holder=CUSTOMER, limit=-1),
    "header": lambda client: client.list_contracts_by_external_ref(CODE, entur_customer_number=-CUSTOMER),
    "reference": lambda client: client.list_contracts_by_external_ref(f"../{CODE}").collect(),
    "claim": lambda client: client.claim_personnel_ticket(f"{CODE}!", customer_number=CUSTOMER),
    "claim for": lambda client: client.claim_personnel_ticket(CODE, customer_number=str(CUSTOMER)),  # type: ignore[arg-type]
    "find": lambda client: client.find_claim(f"{CODE}!", customer_number=CUSTOMER),
    "validate": lambda client: client.validate_consumption(
        [Consumption(contract_uuid="c-1", customer_number=str(CUSTOMER))]  # type: ignore[arg-type]
    ),
}


@pytest.mark.parametrize("call", WRONG)
async def test_scrubbers_know_argument_variables(call: str, make_client: MakeClient) -> None:
    """Variables with an argument have names that scrubbers know."""
    with pytest.raises(InvalidArgumentError) as caught:
        await WRONG[call](make_client("http://127.0.0.1:9"))
    assert_frames_show_nothing(caught.value)


async def test_scrubbers_know_claim_variables(make_client: MakeClient) -> None:
    """The variables of a claim that is looked for do too."""
    async with plain(answering(answer({}, "403 Forbidden"))) as site:
        with pytest.raises(ContractsError) as caught:
            await make_client(site.url).find_claim(CODE, customer_number=CUSTOMER)
        assert_frames_show_nothing(caught.value)
        with pytest.raises(ContractsError) as caught:
            await make_client(site.url).list_contracts_by_external_ref(CODE, entur_customer_number=CUSTOMER)
    assert_frames_show_nothing(caught.value)


OK_PAGE = {"items": [{**CONTRACT, "uuid": "c-other", "externalRef": CODE}], "totalItems": 9, "totalPages": 3}
FAULTS: dict[str, Any] = {
    **{str(status): httpx.Response(status, json={"message": BODY}) for status in (303, 400, 401, 404, 429, 500, 503)},
    "no JSON": httpx.Response(200, text=BODY),
    "other model": httpx.Response(200, json=[{"uuid": BODY, "customerNumber": CUSTOMER}]),
    "other contracts": httpx.Response(200, json=OK_PAGE),
    "empty pages": httpx.Response(200, json={"items": [], "totalItems": 5, "totalPages": 2**31}),
    "refused": httpx.ConnectError(BODY),
    "lost": httpx.ReadError(BODY),
    "deadline": 3600.0,
    "cancelled": 3600.0,
    "closed": 0.0,
}
CALLS: dict[str, Callable[[ContractsClient], Any]] = {
    "list": lambda client: client.list_contracts(customer_number=CUSTOMER, contract_holder=CUSTOMER).collect(),
    "page": lambda client: client.list_contracts(customer_ref=CODE, external_ref=CODE),
    "reference": lambda client: client.list_contracts_by_external_ref(CODE, entur_customer_number=CUSTOMER).first(),
    "valid": lambda client: client.list_valid_contracts(CUSTOMER),
    "get": lambda client: client.get_contract("c-1"),
    "validate": lambda client: client.validate_consumption(
        [Consumption(contract_uuid="c-1", customer_number=CUSTOMER)]
    ),
    "claim": lambda client: client.claim_personnel_ticket(CODE, customer_number=CUSTOMER),
    "find": lambda client: client.find_claim(CODE, customer_number=CUSTOMER),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_operation_s_errors_scrub(call: str, fault: str) -> None:
    """Every error of every operation scrubs.

    No variable of any frame of ours shows a canary, but under a name that scrubbers know.
    """

    class Faulty(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            outcome = FAULTS[fault]
            if isinstance(outcome, float):
                await asyncio.sleep(outcome)
            if isinstance(outcome, Exception):
                raise outcome
            return httpx.Response(outcome.status_code, headers=outcome.headers, content=outcome.content)

    async def main() -> None:
        client = ContractsClient(
            "acme-shop", auth=BearerToken(TOKEN), transport=Faulty(), retry=None, deadline=5, clock=VirtualClock()
        )
        if fault == "closed":
            await client.aclose()
        try:
            async with asyncio.timeout(1 if fault == "cancelled" else None):
                await CALLS[call](client)  # other contracts are a success if they are not looked for
        except (ContractsError, TimeoutError) as error:
            for each in filter(None, (error, error.__cause__)):
                assert_frames_show_nothing(each)
        await client.aclose()

    run_virtually(main())
