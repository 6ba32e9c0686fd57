"""What a listing of contracts asks for, and what its bookmark belongs to: page by page, without a client."""

import asyncio
import json
import logging
from typing import Any

import pytest
from virtual_time import run_virtually

from contracts_client import Bookmark, InvalidArgumentError, Paginator, defaults
from contracts_client._generated.operations.get_contracts import get_contracts
from contracts_client._listings import paginator
from contracts_client.models import Contract, ContractPage, ContractPageBody
from contracts_client.openapi.errors import DecodeError
from contracts_client.openapi.operation import Operation, Request, Response

READING: dict[str, Any] = {
    "page": None,
    "per_page": None,
    "limit": None,
    "prefetch": None,
    "resume": None,
    "on_drift": "report",
    "deduplicate": True,
}
Listing = Paginator[Contract, ContractPage]


class Api:
    """Answers pages of two contracts each, and keeps what was asked."""

    def __init__(self, pages: int = 3, **more: Any) -> None:
        self.pages = pages
        self.more = more
        self.asked: list[dict[str, str]] = []
        self.under_way = self.most_under_way = 0

    async def send(self, request: Request) -> Response:
        query = dict(request.query)
        self.asked.append(query)
        self.under_way += 1
        self.most_under_way = max(self.under_way, self.most_under_way)
        await asyncio.sleep(1)
        self.under_way -= 1
        number = int(query.get("page", 1))
        items = [{**CONTRACT, "uuid": f"c-{number}-{each}"} for each in range(2)]
        body = {"items": items, "totalItems": 2 * self.pages, "totalPages": self.pages, **self.more}
        return Response(status=200, headers={"content-type": "application/json"}, body=json.dumps(body).encode())

    async def run(self, operation: Operation[ContractPageBody]) -> ContractPageBody:
        return operation.parse(await self.send(operation.request))

    def listing(
        self,
        *,
        max_concurrency: int = 20,
        name: str = "list_contracts",
        filters: dict[str, Any] | None = None,
        **reading: Any,
    ) -> Listing:
        def ask(page: int | None, per_page: int | None, /) -> Operation[ContractPageBody]:
            return get_contracts(page=page, per_page=per_page, **(filters or {}))

        options: Any = {**READING, **reading}
        return paginator(name, ask, self.run, options, max_concurrency=max_concurrency)


def collected(listing: Listing) -> list[str]:
    async def main() -> list[str]:
        return [contract.uuid async for contract in listing]

    return run_virtually(main())


CONTRACT = {
    "status": "VALID",
    "createdAt": "2026-01-01T08:00:00Z",
    "createdBy": "acme",
    "lastChangedAt": "2026-01-02T08:00:00Z",
    "lastChangedBy": "acme",
    "consumableFrom": "2026-01-01T08:00:00Z",
    "loyaltyProgram": {"id": "p-1"},
    "organisationId": 1,
}
ALL = ["c-1-0", "c-1-1", "c-2-0", "c-2-1", "c-3-0", "c-3-1"]


def test_pages_are_asked_for_by_number_and_size_until_the_last() -> None:
    api = Api()
    assert collected(api.listing(per_page=2)) == ALL
    assert api.asked == [{"page": str(number), "perPage": "2"} for number in (1, 2, 3)]


def test_a_listing_begins_with_the_page_that_is_asked_for() -> None:
    api = Api()
    assert collected(api.listing(page=2)) == ALL[2:]
    assert [query["page"] for query in api.asked] == ["2", "3"]


def test_a_limit_that_is_smaller_than_a_page_is_asked_for_and_no_more() -> None:
    api = Api(pages=1)
    assert collected(api.listing(per_page=5, limit=2)) == ALL[:2]
    assert api.asked == [{"page": "1", "perPage": "2"}]


@pytest.mark.parametrize(
    ("reading", "ahead"),
    [({}, defaults.PREFETCH), ({"prefetch": 2}, 2), ({"prefetch": 0}, 0), ({"max_concurrency": 4}, 1)],
)
def test_as_many_pages_are_under_way_as_are_asked_for_and_leave_room(reading: dict[str, Any], ahead: int) -> None:
    api = Api(pages=12)
    collected(api.listing(**reading))
    assert api.most_under_way == 1 + ahead


def test_an_item_that_comes_twice_is_left_out_unless_it_is_asked_for() -> None:
    class Twice(Api):
        async def send(self, request: Request) -> Response:
            answer = await super().send(request)
            return Response(status=200, headers=answer.headers, body=answer.body.replace(b"c-2-0", b"c-1-1"))

    assert collected(Twice().listing()) == [each for each in ALL if each != "c-2-0"]
    assert collected(Twice().listing(deduplicate=False)) == ["c-1-1" if each == "c-2-0" else each for each in ALL]


def test_a_bookmark_goes_on_after_the_last_item() -> None:
    listing = Api().listing()

    async def main() -> Bookmark:
        items = aiter(listing)
        for _ in range(3):
            await anext(items)
        return listing.bookmark

    bookmark = run_virtually(main())
    assert collected(Api().listing(resume=bookmark)) == ALL[3:]
    assert collected(Api().listing(resume=str(bookmark))) == ALL[3:]
    with pytest.raises(InvalidArgumentError, match="page must be left out"):
        Api().listing(resume=bookmark, page=2)


PERSON = {"customer_number": 1, "contract_holder": 2, "customer_ref": "r", "external_ref": "e", "uuid": "u"}


@pytest.mark.parametrize(
    "other",
    [
        *({"filters": {name: value}} for name, value in PERSON.items()),
        {"filters": {"organisation_id": 5}},
        {"per_page": 7},
        {"name": "list_contracts_by_external_ref"},
    ],
    ids=str,
)
def test_a_bookmark_of_another_query_is_refused(other: dict[str, Any]) -> None:
    bookmark = Api().listing().bookmark
    with pytest.raises(InvalidArgumentError, match="a bookmark of the same query"):
        Api().listing(resume=bookmark, **other)
    own = Api().listing(**other).bookmark
    assert Api().listing(resume=own, **other).bookmark == own


@pytest.mark.parametrize(("name", "value"), PERSON.items())
def test_what_points_to_a_person_changes_the_16_bits_that_are_for_it_alone(name: str, value: object) -> None:
    plain, personal = (Api().listing(filters=filters).bookmark.fingerprint for filters in ({}, {name: value}))
    assert plain[:8] == personal[:8]
    assert plain[8:] != personal[8:]


def test_what_points_to_nobody_changes_the_bits_of_the_query_alone() -> None:
    plain, other = (Api().listing(per_page=size).bookmark.fingerprint for size in (5, 6))
    assert plain[:8] != other[:8]
    assert plain[8:] == other[8:]


def test_a_listing_is_shown_with_its_name_and_without_a_value_of_a_person() -> None:
    listing = Api().listing(filters={"organisation_id": 5, **PERSON, "sort_by": ["createdAt"]}, per_page=7)
    shown = repr(listing)
    assert shown.startswith("<Paginator of list_contracts(")
    assert {"organisationId=5", "perPage=7", "customerNumber=…", "uuid=…", "sortBy=…"} <= set(
        shown.partition("(")[2].partition(")")[0].split(", ")
    )


@pytest.mark.parametrize("name", ["totalItems", "totalPages"])
def test_a_total_of_a_wrong_type_is_not_believed_and_logged(name: str, caplog: pytest.LogCaptureFixture) -> None:
    api = Api(pages=1, **{name: "many"})

    async def main() -> ContractPage:
        return await api.listing()

    with caplog.at_level(logging.WARNING):
        page = run_virtually(main())
    assert [item.uuid for item in page.items] == ALL[:2]
    told = {"totalItems": page.total_items, "totalPages": page.total_pages}
    assert told == {"totalItems": 2, "totalPages": 1, name: None}
    assert caplog.messages == [f"list_contracts: {name} is not what the specification says, and is not believed"]
    assert page.additional_properties == {name: "many"}
    assert len(api.asked) == 1


def test_anything_else_of_a_wrong_type_is_an_error() -> None:
    with pytest.raises(DecodeError):
        run_virtually(fetched(Api(items="none").listing()))


async def fetched(listing: Listing) -> ContractPage:
    return await listing


@pytest.mark.parametrize(
    ("argument", "value"),
    [("page", 0), ("per_page", 0), ("limit", -1), ("prefetch", -1), ("on_drift", "x"), ("deduplicate", 1)],
)
def test_an_argument_that_breaks_a_rule_is_refused_by_its_name(argument: str, value: object) -> None:
    with pytest.raises(InvalidArgumentError, match=f"^{argument} must be ") as caught:
        Api().listing(**{argument: value})
    assert caught.value.argument == argument


def test_a_bookmark_that_was_written_down_long_ago_is_still_one_of_its_query() -> None:
    Api().listing(resume="b1.2.1.71a0392c6947.-")
    Api().listing(resume="b1.2.1.98df6830c95c.-", filters={"customer_number": 1}, per_page=7)
