"""Whether a claim was executed can be read: contracts with its pickup code, and the customer among their consumers."""

from typing import Any

import httpx
import pytest
from simulated_api import CONTRACT, ScriptedApi
from virtual_time import VirtualClock, run_virtually

from contracts_client import BearerToken, Contract, ContractsClient, InvalidArgumentError, PagingError, ServerError


def listing(*consumers: list[int] | None) -> httpx.Response:
    items = [
        {
            **CONTRACT,
            "uuid": f"c-{number}",
            "contractConsumers": each and [{"customerNumber": customer} for customer in each],
        }
        for number, each in enumerate(consumers)
    ]
    return httpx.Response(200, json={"items": items, "totalItems": len(items), "totalPages": 1})


def found(api: ScriptedApi, code: str = "ABC-DEF-1", customer: int = 1001) -> Contract | None:
    async def main() -> Contract | None:
        async with ContractsClient("acme-shop", auth=BearerToken("t"), transport=api, clock=VirtualClock()) as client:
            return await client.find_claim(code, customer_number=customer, retry=None, correlation_id="an-id")

    return run_virtually(main())


def test_the_customers_contract_is_found() -> None:
    api = ScriptedApi(listing([7], [8, 1001], [1001]))
    contract = found(api)
    assert contract is not None
    assert contract.uuid == "c-1"
    [request] = api.requests
    assert request.url.path.endswith("/contracts/ABC-DEF-1/by-external-ref")
    assert request.url.params["includeConsumers"] == "all"
    assert request.headers["X-Correlation-Id"] == "an-id"


@pytest.mark.parametrize("answer", [listing(), listing([7]), listing(None), listing([]), 404])
def test_none_means_that_there_is_no_claim(answer: Any) -> None:
    assert found(ScriptedApi(answer)) is None


def page(*customers: int, pages: int = 2, items: int = 2) -> httpx.Response:
    found = [{**CONTRACT, "uuid": f"c-{each}", "contractConsumers": [{"customerNumber": each}]} for each in customers]
    return httpx.Response(200, json={"items": found, "totalItems": items, "totalPages": pages})


# What the API answers to one request after another, in which the customer is on the last page or nowhere.
GAPS: dict[str, list[httpx.Response | int]] = {
    "empty page": [page(), page(7, 8)],
    "short pages": [page(7, items=3, pages=1), page(pages=1, items=3)],
    "page gone": [page(7), 404],
    "moved": [page(7, items=3), page(8, items=2)],
}


@pytest.mark.parametrize("gap", GAPS)
def test_none_is_no_answer_to_missing_pages(gap: str) -> None:
    api = ScriptedApi(*GAPS[gap] * 4)
    with pytest.raises(PagingError, match="the claim may be among those that did not come; ask again later"):
        found(api)
    assert len(api.requests) == 4 * len(GAPS[gap])


def test_a_claim_is_found_past_an_empty_page() -> None:
    contract = found(ScriptedApi(page(), page(7, 1001)))
    assert contract is not None
    assert contract.uuid == "c-1001"


def test_none_is_an_answer_without_drift() -> None:
    assert found(ScriptedApi(page(), page(7, 8), page(7), page(8))) is None


def test_a_fault_is_no_answer() -> None:
    with pytest.raises(ServerError):
        found(ScriptedApi(503))


@pytest.mark.parametrize(("code", "customer"), [("ABC", 1001), ("ABC-DEF-1", 0), ("", 1)])
def test_what_a_claim_refuses_is_refused(code: str, customer: int) -> None:
    api = ScriptedApi()
    with pytest.raises(InvalidArgumentError):
        found(api, code, customer)
    assert api.requests == []
