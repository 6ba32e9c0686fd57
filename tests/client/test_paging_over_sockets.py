"""Each fault of a paged listing, over real HTTP."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import re
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from raw_server import CONTRACT, RawServer, json_answer, raw_server

from contracts_client import ContractsClient, NotFoundError, PagingError, ResponseDecodeError, ServerError

Answer = Callable[[int, int], bytes]
CANARY = 918273645
NOT_FOUND = json_answer({"status": 404, "message": "no such page"}, "404 Not Found")
NUMBER = re.compile(rb"[?&]page=(\d+)")
SIZE = re.compile(rb"[?&]perPage=(\d+)")


def body(uuids: list[str], **more: Any) -> bytes:
    return json_answer({"items": [{**CONTRACT, "uuid": uuid} for uuid in uuids], **more})


def slice_of(total: int, number: int, size: int) -> list[str]:
    return [f"c-{each}" for each in range((number - 1) * size, min(number * size, total))]


def asked(server: RawServer) -> list[int]:
    return [int(found[1]) for request in server.requests if (found := NUMBER.search(request))]


@asynccontextmanager
async def listing(answer: Answer, **options: Any) -> AsyncIterator[tuple[ContractsClient, RawServer]]:
    async def handle(request: bytes, writer: asyncio.StreamWriter) -> None:
        number, size = NUMBER.search(request), SIZE.search(request)
        assert number is not None
        writer.write(answer(int(number[1]), int(size[1]) if size else 2))

    async with raw_server(handle) as server, ContractsClient("acme-shop", base_url=server.url, **options) as client:
        yield client, server


def uuids(total: int) -> list[str]:
    return [f"c-{each}" for each in range(total)]


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize(
    "totals",
    [{}, {"totalPages": None}, {"totalPages": -3}, {"totalPages": "many"}, {"totalPages": [], "totalItems": {}}],
    ids=json.dumps,
)
async def test_useless_totals_are_left_out(
    *, totals: dict[str, Any], fast: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if not fast:
        monkeypatch.setitem(__import__("sys").modules, "msgspec", None)
    caplog.set_level(logging.WARNING)
    async with listing(lambda number, size: body(slice_of(5, number, size), **totals)) as (client, server):
        reading = client.list_contracts()
        assert [contract.uuid async for contract in reading] == uuids(5)
        assert asked(server) == [1, 2, 3]
        assert reading.total_pages is None
    unreadable = any(value is not None for value in totals.values())
    assert reading.drift.unreadable_totals == (3 if unreadable else 0)
    assert ("page 1 tells a total that is no count" in caplog.text) == unreadable


@pytest.mark.parametrize("fast", [True, False])
@pytest.mark.parametrize("pages", ["3", 3.0, 3])
async def test_totals_of_another_type_are_read(*, pages: object, fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not fast:
        monkeypatch.setitem(__import__("sys").modules, "msgspec", None)
    contracts = [["c-0", "c-1"], ["c-2"], ["c-3", "c-4"]]
    async with listing(lambda number, size: body(contracts[number - 1], totalPages=pages)) as (client, _):
        reading = client.list_contracts(on_drift="raise")
        assert [contract.uuid for contract in await reading.collect()] == uuids(5)
        assert reading.total_pages == 3
        assert (await reading).is_last is False


async def test_totals_of_a_wrong_type_if_strict() -> None:
    async with listing(lambda number, size: body(slice_of(5, number, size), totalPages="3"), strict=True) as (
        client,
        _,
    ):
        with pytest.raises(ResponseDecodeError) as caught:
            await client.list_contracts()
        assert caught.value.path == "totalPages"
        assert caught.value.bookmark is not None


async def test_a_wrong_type_elsewhere_is_an_error() -> None:
    async with listing(lambda number, size: json_answer({"items": 7})) as (client, _):
        with pytest.raises(ResponseDecodeError):
            await client.list_contracts()


async def test_the_newest_totals_count() -> None:
    def growing(number: int, size: int) -> bytes:
        return body(slice_of(10, number, size), totalPages=min(5, number + 2))

    async with listing(growing) as (client, server):
        reading = client.list_contracts()
        assert len(await reading.collect()) == 10
        assert reading.total_pages == 5
        assert reading.drift.totals_changed == 2
        assert sorted(asked(server)) == [1, 2, 3, 4, 5]

    def shrinking(number: int, size: int) -> bytes:
        return body(slice_of(10, number, size), totalPages=5 if number < 2 else 3)

    async with listing(shrinking) as (client, server):
        assert len(await client.list_contracts(prefetch=0).collect()) == 6
        assert asked(server) == [1, 2, 3]


@pytest.mark.parametrize("prefetch", [0, 4])
@pytest.mark.parametrize("totals", [{}, {"totalPages": 9}], ids=str)
async def test_a_404_beyond_the_end_is_the_end(*, totals: dict[str, int], prefetch: int) -> None:
    def answer(number: int, size: int) -> bytes:
        return body(slice_of(4, number, size), **totals) if number < 3 else NOT_FOUND

    async with listing(answer) as (client, _):
        reading = client.list_contracts(prefetch=prefetch)
        assert [contract.uuid async for contract in reading] == uuids(4)
        assert reading.drift.early_ends == (1 if totals else 0)
        with pytest.raises(NotFoundError):
            await client.list_contracts(page=3).collect()


async def test_a_repeated_last_page_is_found_out() -> None:
    async with listing(lambda number, size: body(slice_of(4, min(number, 2), size))) as (client, server):
        with pytest.raises(PagingError, match="page 3 repeats page 2") as caught:
            await client.list_contracts().collect()
        assert asked(server) == [1, 2, 3]
        assert caught.value.bookmark is not None


@pytest.mark.parametrize("name", ["page", "pageNumber", "number", "currentPage"])
async def test_counting_from_0_is_found_out(name: str) -> None:
    def answer(number: int, size: int) -> bytes:
        return body(slice_of(4, number, size), totalPages=2, **{name: number - 1})

    async with listing(answer) as (client, _):
        with pytest.raises(PagingError, match="page 1 was asked for, and the server says that it answers page 0"):
            await client.list_contracts().collect()
        with pytest.raises(PagingError):
            await client.list_contracts()


@pytest.mark.parametrize("echo", [{"page": 1}, {"page": {"number": 0}}, {"page": True}, {"page": "0"}], ids=json.dumps)
async def test_a_right_echo_or_none_is_fine(echo: dict[str, Any]) -> None:
    async with listing(lambda number, size: body(["c-1"], totalPages=1, **echo)) as (client, _):
        assert len(await client.list_contracts().collect()) == 1


async def test_what_comes_again_is_left_out_or_not() -> None:
    def answer(number: int, size: int) -> bytes:
        return body([["c-0", "c-1"], ["c-1", "c-2"]][number - 1], totalPages=2)

    async with listing(answer) as (client, _):
        assert [each.uuid async for each in client.list_contracts()] == uuids(3)
        assert len(await client.list_contracts(deduplicate=False).collect()) == 4
        with pytest.raises(PagingError):
            await client.list_contracts(on_drift="raise").collect()


@pytest.mark.parametrize("totals", [True, False])
async def test_capped_pages_are_all_read(*, totals: bool) -> None:
    def answer(number: int, size: int) -> bytes:
        return body(slice_of(9, number, min(size, 3)), **({"totalPages": 3, "totalItems": 9} if totals else {}))

    async with listing(answer) as (client, server):
        assert [each.uuid async for each in client.list_contracts(per_page=50)] == uuids(9)
        assert sorted(asked(server)) == ([1, 2, 3] if totals else [1, 2, 3, 4])
        assert await client.list_contracts(per_page=50, limit=5).collect()


async def test_two_billion_pages_end_without_news() -> None:
    async with listing(lambda number, size: body(slice_of(3, number, size), totalPages=2**31 - 1)) as (client, server):
        reading = client.list_contracts()
        with pytest.raises(PagingError, match="the last 10 pages, up to page 12, brought nothing new"):
            await reading.collect()
        assert reading.drift.empty_pages == 10
        assert len(server.requests) <= 3 + 10 + 4


async def test_an_iteration_left_frees_all() -> None:
    async with listing(lambda number, size: body(slice_of(90, number, size), totalPages=45), max_concurrency=8) as (
        client,
        server,
    ):
        before = len(asyncio.all_tasks())
        for _ in range(5):
            async for _ in client.list_contracts(per_page=2):
                break
        gc.collect()
        for _ in range(3):
            await client.list_contracts()  # no place is lost
        assert server.connections <= 8
        alive = [task for task in asyncio.all_tasks() if task not in server.tasks]
        assert len(alive) <= before


async def test_a_page_says_what_it_leaves_out() -> None:
    async with listing(lambda number, size: body(slice_of(5, number, size), totalPages=3, totalItems=5)) as (client, _):
        pages = [(page.is_last, page.remaining_items) async for page in client.list_contracts().pages()]
        assert pages == [(False, 3), (False, 1), (True, 0)]
    async with listing(lambda number, size: body(slice_of(5, number, size), totalItems=5)) as (client, _):
        pages = [(page.is_last, page.remaining_items) async for page in client.list_contracts().pages()]
        assert pages == [(False, 3), (None, None), (None, None)]
    async with listing(lambda number, size: body(slice_of(5, number, size))) as (client, _):
        page = await client.list_contracts()
        assert (page.is_last, page.remaining_items) == (None, None)
        beyond = await client.list_contracts(page=9)
        assert (beyond.is_last, beyond.remaining_items) == (True, 0)


async def test_a_listing_goes_on_in_another_client() -> None:
    async with listing(lambda number, size: body(slice_of(9, number, size), totalPages=5)) as (client, server):
        reading = client.list_contracts(customer_number=CANARY)
        items = aiter(reading)
        found = [(await anext(items)).uuid for _ in range(4)]
        text = str(reading.bookmark)
        assert str(CANARY) not in text + repr(reading) + repr(reading.bookmark)
        assert repr(reading) == "<Paginator of list_contracts(customerNumber=…): page 2 of 5, 4 items so far>"
        async with ContractsClient("acme-shop", base_url=server.url) as other:
            found += [each.uuid async for each in other.list_contracts(customer_number=CANARY, resume=text)]
    assert found == uuids(9)


async def test_one_exchange_leaves_no_prefetch() -> None:
    async with listing(lambda number, size: body(slice_of(9, number, size), totalPages=5), max_concurrency=1) as (
        client,
        server,
    ):
        pages = client.list_contracts(prefetch=50).pages()
        await anext(pages)
        await asyncio.sleep(0)
        assert asked(server) == [1]


@pytest.mark.parametrize("prefetch", [0, 4])
async def test_an_error_keeps_no_iteration_alive(prefetch: int) -> None:
    """Neither the call that failed nor the page that was fetched ahead holds the error, and with it the iteration."""
    failures = [json_answer({}, "500 Internal Server Error")]

    def failing_once(number: int, size: int) -> bytes:
        return failures.pop() if number == 3 and failures else body(slice_of(40, number, size), totalPages=20)

    async with listing(failing_once, retry=None) as (client, _):
        items = aiter(client.list_contracts(prefetch=prefetch))
        gone = weakref.ref(items)
        gc.disable()  # reference counts are enough
        try:
            found = [(await anext(items)).uuid for _ in range(4)]
            with suppress(ServerError):  # pytest.raises() would keep it
                await anext(items)
            found += [(await anext(items)).uuid for _ in range(3)]
            assert found == uuids(7)
            del items
            assert gone() is None
        finally:
            gc.enable()
