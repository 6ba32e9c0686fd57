"""A contract that can't be read does not end a listing for good: it is skipped, or a bookmark goes past it."""

import copy
import json
import logging
import pickle
from collections.abc import Iterator
from typing import Any

import attrs
import httpx
import pytest
import respx
from benefits_server import CONTRACT

from contracts_client import (
    BearerToken,
    Bookmark,
    Contract,
    ContractsClient,
    InvalidArgumentError,
    Paginator,
    ResponseDecodeError,
    SchemaDrift,
)
from contracts_client._generated.models.contract_page import contract_page_reader
from contracts_client.openapi import fast

URL = "https://api.entur.io/customers/v2/benefits/contracts"
CANARY = "4711471147"
SIZE = 3


@pytest.fixture(params=[True, False], ids=["msgspec", "python"], autouse=True)
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.param:
        monkeypatch.setattr(contract_page_reader, "_prepared", True)
        monkeypatch.setattr(contract_page_reader, "_fast", None)
        monkeypatch.setattr(fast, "fast_json", lambda: None)


class Server:
    """Answers pages of contracts c-0 to c-9, some of which can't be read, and some of which are no objects at all."""

    def __init__(self, *unreadable: int, nameless: int = -1, tells: bool = True, total: int = 10) -> None:
        self.items: list[Any] = [{**CONTRACT, "uuid": f"c-{number}"} for number in range(total)]
        for number in unreadable:
            self.items[number] = {**CONTRACT, "uuid": f"c-{number}", "createdAt": CANARY}
        if nameless >= 0:
            self.items[nameless] = 5
        self.tells = tells
        self.asked: list[int] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        number, size = int(request.url.params["page"]), int(request.url.params.get("perPage", SIZE))
        self.asked.append(number)
        page: dict[str, Any] = {"items": self.items[(number - 1) * size : number * size]}
        if self.tells:
            page |= {"totalItems": len(self.items), "totalPages": -(-len(self.items) // size)}
        return httpx.Response(200, json=page)


@pytest.fixture
def api() -> Iterator[respx.MockRouter]:
    with respx.mock(assert_all_called=False) as router:
        yield router


def client(**options: Any) -> ContractsClient:
    return ContractsClient("acme-shop", auth=BearerToken("t"), **options)


async def uuids(listing: Paginator[Contract, Any]) -> list[str]:
    return [contract.uuid async for contract in listing]


def readable(*unreadable: int) -> list[str]:
    return [f"c-{number}" for number in range(10) if number not in unreadable]


@pytest.mark.parametrize("options", [{}, {"prefetch": 0}, {"deduplicate": False}, {"on_drift": "raise"}])
@pytest.mark.parametrize("totals", ["totals", "none"])
@pytest.mark.parametrize("bad", [[], [0], [4], [2, 3], [0, 1, 2], [9], [6, 7, 8, 9], list(range(10))])
async def test_skipped_contracts_are_left_out(
    api: respx.MockRouter, bad: list[int], totals: str, options: dict[str, Any]
) -> None:
    """Nothing else is left out, and no other drift is seen, wherever they lie."""
    api.get(URL).mock(side_effect=Server(*bad, tells=totals == "totals"))
    async with client() as made:
        listing = made.list_contracts(on_unreadable="skip", **options)
        assert await uuids(listing) == readable(*bad)
        assert listing.drift.unreadable == len(bad)
        assert {name for name in dir(listing.drift) if name[0] != "_" and getattr(listing.drift, name)} <= {
            "unreadable"
        }


@pytest.mark.parametrize("limit", range(8))
async def test_a_limit_counts_what_can_be_read(api: respx.MockRouter, limit: int) -> None:
    """Also where the first page was cut to the limit, so that it has to be read whole."""
    server = Server(0, 3)
    api.get(URL).mock(side_effect=server)
    async with client() as made:
        listing = made.list_contracts(on_unreadable="skip", limit=limit, per_page=5)
        assert await uuids(listing) == readable(0, 3)[:limit]
        rest = made.list_contracts(on_unreadable="skip", per_page=5, resume=str(listing.bookmark))
        assert await uuids(rest) == readable(0, 3)[limit:]
        assert not rest.drift.moved_bookmarks


async def test_skipped_contracts_are_told(api: respx.MockRouter, caplog: pytest.LogCaptureFixture) -> None:
    """To the hook by place, in the log once, on the page, and never with a value."""
    caplog.set_level(logging.DEBUG)
    api.get(URL).mock(side_effect=Server(1, 4, nameless=2))
    told: list[SchemaDrift] = []
    async with client(on_schema_drift=told.append) as made:
        page = await made.list_contracts(on_unreadable="skip")
        listing = made.list_contracts(on_unreadable="skip")
        await listing.collect()
        first = made.list_contracts(on_unreadable="skip")
        await first
    assert [(each.kind, each.path, each.operation, each.value) for each in told if each.kind == "unreadable"] == [
        ("unreadable", "items[1].createdAt", "list_contracts", None),
        ("unreadable", "items[2]", "list_contracts", None),
    ]
    assert [(each.index, each.path) for each in page.unreadable] == [(1, "items[1].createdAt"), (2, "items[2]")]
    assert (page.unreadable[1].expected, page.unreadable[1].found) == ("an object", "an integer")
    assert (len(page.items), page.remaining_items, page.is_last) == (1, 7, False)
    assert (listing.drift.unreadable, first.drift.unreadable, bool(listing.drift)) == (3, 2, True)
    assert caplog.text.count("page 1 has items that can't be read") == 3
    assert CANARY not in caplog.text + repr(page) + repr(told) + repr(page.unreadable)
    assert repr(page).endswith("number=1, <2 unreadable>)")
    assert (attrs.asdict(page)["number"], copy.deepcopy(page), pickle.loads(pickle.dumps(page))) == (1, page, page)


async def test_a_listing_goes_on_past_the_error(api: respx.MockRouter) -> None:
    """What lies before the contract on its page is yielded too, and each error brings the next bookmark."""
    api.get(URL).mock(side_effect=Server(1, 4, 5, 9))
    found: list[str] = []
    errors: list[ResponseDecodeError] = []
    bookmark: Bookmark | str | None = None
    async with client() as made:
        while True:
            listing = made.list_contracts(resume=bookmark)
            try:
                async for contract in listing:
                    found += [contract.uuid]
                break
            except ResponseDecodeError as error:
                errors.append(pickle.loads(pickle.dumps(error)))
                bookmark = str(errors[-1].bookmark_after)
    assert found == readable(1, 4, 5, 9)
    assert [(error.path, error.past) for error in errors] == [
        *(("items[1].createdAt", (1, 2)), ("items[1].createdAt", (2, 2))),
        *(("items[2].createdAt", (2, 3)), ("items[0].createdAt", (4, 1))),
    ]
    assert listing.drift.unreadable == 1  # the last one; the others came before the last bookmark


@pytest.mark.parametrize("read", ["collect", "pages", "first", "await"])
async def test_every_way_of_reading_goes_past(api: respx.MockRouter, read: str) -> None:
    api.get(URL).mock(side_effect=Server(1, 7))

    async def get(listing: Paginator[Contract, Any]) -> list[str]:
        if read == "collect":
            return [each.uuid for each in await listing.collect()]
        if read == "pages":
            return [each.uuid async for page in listing.pages() for each in page.items]
        if read == "await":
            return [each.uuid for each in (await listing).items]
        return [each.uuid for each in [await listing.first()] if each is not None]

    bookmark = None
    async with client() as made:
        for _ in range(3):
            try:
                found = await get(made.list_contracts(resume=bookmark))
            except ResponseDecodeError as error:
                bookmark = error.bookmark_after
                assert bookmark is not None
    wanted = {"collect": readable(1, 7), "pages": readable(1, 7)[5:], "await": ["c-0", "c-2"], "first": ["c-0"]}
    assert found[-3:] == wanted[read][-3:]


async def test_a_bookmark_keeps_what_it_goes_past(api: respx.MockRouter) -> None:
    """A position before the contract remembers it; one behind it needs to remember nothing."""
    api.get(URL).mock(side_effect=Server(2))
    async with client() as made:
        with pytest.raises(ResponseDecodeError) as caught:
            await made.list_contracts().collect()
        listing = made.list_contracts(resume=caught.value.bookmark_after)
        marks = [listing.bookmark async for _ in listing]
        assert [mark.past for mark in marks] == [(1, 3), None, *[None] * 7]
        assert [str(mark).count(".") for mark in marks[:2]] == [6, 4]
        rest = made.list_contracts(resume=str(marks[0]))
        assert await uuids(rest) == readable(2)[1:]
        assert rest.drift.unreadable == 1


async def test_what_was_yielded_need_not_be_read(api: respx.MockRouter) -> None:
    """A contract that spoils behind the bookmark does not stop those that follow on its page."""
    server = Server()
    api.get(URL).mock(side_effect=server)
    async with client() as made:
        listing = made.list_contracts(limit=2)
        await uuids(listing)
        server.items[0] = {**CONTRACT, "uuid": "c-0", "createdAt": CANARY}
        rest = made.list_contracts(resume=listing.bookmark)
        assert await uuids(rest) == readable(0, 1)
        assert not rest.drift


async def test_a_skipped_contract_is_an_anchor(api: respx.MockRouter) -> None:
    """It moves with its page, by its uuid."""
    server = Server(1, 2)
    api.get(URL).mock(side_effect=server)
    async with client() as made:
        listing = made.list_contracts(on_unreadable="skip", limit=1)
        await uuids(listing)
        assert listing.bookmark.page == 2  # the rest of page 1 can't be read
        pages = [page async for page in made.list_contracts(on_unreadable="skip", resume=listing.bookmark).pages()]
        assert [len(page.items) for page in pages] == [3, 3, 1]


@pytest.mark.parametrize(
    ("bad", "options", "taken"), [((8, 9), {"per_page": 5}, 8), ((2,), {"per_page": 5, "limit": 3}, 2)]
)
async def test_a_page_done_is_not_taken_for_moved(
    api: respx.MockRouter, bad: tuple[int, ...], options: dict[str, int], taken: int
) -> None:
    """What is skipped after the last contract of a listing, or of a page cut to the limit, is where the bookmark is."""
    api.get(URL).mock(side_effect=Server(*bad))
    async with client() as made:
        listing = made.list_contracts(on_unreadable="skip", **options)
        contracts = aiter(listing)
        assert [(await anext(contracts)).uuid for _ in range(taken)] == readable(*bad)[:taken]
        rest = made.list_contracts(
            on_unreadable="skip", on_drift="raise", resume=str(listing.bookmark), per_page=options.get("per_page")
        )
        assert await uuids(rest) == readable(*bad)[taken:]
        assert not rest.drift


@pytest.mark.parametrize("status", [200, 404, 500])
async def test_other_faults_are_raised_anyway(api: respx.MockRouter, status: int) -> None:
    """Skipping is for contracts alone: a page or an envelope that can't be read ends the listing."""
    for body in ([], {"items": 5}, {"items": None}, {}, "x"):
        api.get(URL).respond(status, json=body)
        async with client(retry=None) as made:
            with pytest.raises(Exception, match="list_contracts") as caught:
                await made.list_contracts(on_unreadable="skip")
        plain = getattr(caught.value, "bookmark_after", None)
        assert plain is None
        assert (
            type(caught.value).__name__
            == {200: "ResponseDecodeError", 404: "NotFoundError", 500: "ServerError"}[status]
        )
        assert caught.value.__context__ is None


async def test_a_strict_client_skips_nothing(api: respx.MockRouter) -> None:
    api.get(URL).mock(side_effect=Server(1))
    async with client(strict=True) as made:
        for listing in (made.list_contracts(on_unreadable="skip"), made.with_raw_response.list_contracts()):
            with pytest.raises(ResponseDecodeError, match=r"items\[1\].createdAt") as caught:
                async for _ in listing:
                    pass
            assert caught.value.bookmark_after is None
        with pytest.raises(InvalidArgumentError, match="on_unreadable must be one of 'raise', 'skip'"):
            made.list_contracts(on_unreadable="ignore")  # type: ignore[arg-type]


async def test_raw_pages_skip_and_go_past(api: respx.MockRouter) -> None:
    api.get(URL).mock(side_effect=Server(1))
    async with client() as made:
        raw = made.with_raw_response
        listing = raw.list_contracts(on_unreadable="skip")
        pages = [response.parse() async for response in listing]
        assert [len(page.items) for page in pages] == [2, 3, 3, 1]
        assert listing.drift.unreadable == 1
        assert len((await raw.list_contracts(on_unreadable="skip")).parse().unreadable) == 1
        iterator = aiter(raw.list_contracts())
        assert len(json.loads((await anext(iterator)).content)["items"]) == 3
        with pytest.raises(ResponseDecodeError) as caught:
            await anext(iterator)
        rest = raw.list_contracts(resume=caught.value.bookmark_after)
        assert [len(response.parse().items) async for response in rest] == [2, 3, 3, 1]


async def test_a_restart_skips_again(api: respx.MockRouter) -> None:
    server = Server(1)
    api.get(URL).mock(side_effect=server)
    async with client() as made:
        listing = made.list_contracts(on_unreadable="skip", on_drift="restart", prefetch=0)
        found = []
        async for contract in listing:
            if not found:
                server.items.insert(0, {**CONTRACT, "uuid": "new"})
            found.append(contract.uuid)
    assert sorted(found) == sorted(["new", *readable(1)])
    assert (listing.drift.restarts, listing.drift.unreadable) == (1, 2)
