"""Whether a claim was executed can be read: contracts with its pickup code, and the customer among their consumers."""

from typing import Any

import httpx
import pytest
from simulated_api import CONTRACT, ScriptedApi
from virtual_time import VirtualClock, run_virtually

from contracts_client import (
    BearerToken,
    Contract,
    ContractsClient,
    InvalidArgumentError,
    NotFoundError,
    PagingError,
    ServerError,
)

UNKNOWN = httpx.Response(404, json={"status": 404, "error": "Not Found"})  # as the API itself says it


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


@pytest.mark.parametrize("answer", [listing(), listing([7]), listing([]), UNKNOWN])
def test_none_means_that_there_is_no_claim(answer: Any) -> None:
    assert found(ScriptedApi(answer)) is None


def page(*customers: int, pages: Any = 2, items: Any = 2) -> httpx.Response:
    found = [{**CONTRACT, "uuid": f"c-{each}", "contractConsumers": [{"customerNumber": each}]} for each in customers]
    return httpx.Response(200, json={"items": found, "totalItems": items, "totalPages": pages})


def bare(*customers: int) -> httpx.Response:
    """A page without totals."""
    return page(*customers, pages=None, items=None)


# What the API answers to one request after another, in which the customer is on the last page or nowhere.
GAPS: dict[str, list[httpx.Response | int]] = {
    "empty page": [page(), page(7, 8)],
    "short pages": [page(7, items=3, pages=1), page(pages=1, items=3)],
    "page gone": [page(7), UNKNOWN],
    "moved": [page(7, items=3), page(8, items=2)],
    "zero items": [page(items=0), page(items=0)],
    "too few items": [page(7, 8, items=1, pages=1)],
    "gateway's 404": [bare(7), httpx.Response(404, text="default backend - 404")],
    "no counts": [page(items="many", pages=[])],
    "half a page": [page(items=None, pages=1.5)],
    "negative": [page(items=-1, pages=-1)],
    "too long": [page(items=None, pages="1" * 19)],
    "a boolean": [page(items=None, pages=True)],
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


@pytest.mark.parametrize(
    ("items", "pages"), [("2", "2"), (2.0, 2.0), (None, "2"), ("2", None), ("002", "many"), (0, 2)]
)
def test_totals_of_another_type_are_read(items: Any, pages: Any) -> None:
    contract = found(ScriptedApi(page(items=items, pages=pages), page(7, 1001, items=items, pages=pages)))
    assert contract is not None
    assert contract.uuid == "c-1001"


def test_an_empty_page_is_the_end() -> None:
    contract = found(ScriptedApi(bare(5, 6), bare(7), bare(8, 1001)))
    assert contract is not None
    assert contract.uuid == "c-1001"
    api = ScriptedApi(bare(5, 6), bare(7), bare())
    assert found(api) is None
    assert len(api.requests) == 3


# Answers of gateways, which know nothing of contracts.
GATEWAYS: dict[str, httpx.Response] = {
    "empty": httpx.Response(404),
    "empty JSON": httpx.Response(404, headers={"Content-Type": "application/json"}),
    "text": httpx.Response(404, text="default backend - 404"),
    "page": httpx.Response(404, html="<h1>404 Not Found</h1>"),
    "no route": httpx.Response(404, json={"message": "no Route matched with those values"}),
    "fault": httpx.Response(404, json={"fault": {"faultstring": "no proxy", "detail": {"errorcode": "ProxyNotFound"}}}),
    "JSON in text": httpx.Response(404, text='{"status": 404}'),
}


@pytest.mark.parametrize("gateway", GATEWAYS)
@pytest.mark.parametrize("pages", [[], [page(), page(7, 8)]], ids=["at once", "after drift"])
def test_a_gateways_404_is_no_answer(pages: list[httpx.Response], gateway: str) -> None:
    with pytest.raises(NotFoundError):
        found(ScriptedApi(*pages, GATEWAYS[gateway]))


def test_a_404_after_pages_is_no_answer() -> None:
    with pytest.raises(PagingError, match="the claim may be among those that did not come"):
        found(ScriptedApi(page(), page(7, 8), UNKNOWN))


@pytest.mark.parametrize("unknown", [None, [{}], [{"customerRef": "a"}, {"customerNumber": 7}]])
def test_without_consumers_nobody_can_tell(unknown: Any) -> None:
    vague = {**CONTRACT, "contractConsumers": unknown}
    claimed = {**CONTRACT, "uuid": "c-2", "contractConsumers": [{"customerNumber": 1001}]}
    with pytest.raises(PagingError, match="without its consumers or their numbers, so it is not known"):
        found(ScriptedApi(httpx.Response(200, json={"items": [vague], "totalItems": 1, "totalPages": 1})))
    both = {"items": [vague, claimed], "totalItems": 2, "totalPages": 1}
    contract = found(ScriptedApi(httpx.Response(200, json=both)))
    assert contract is not None
    assert contract.uuid == "c-2"


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
