"""Reads a listing with one pager in this process, and prints what it found as JSON. paging.py runs it."""

from __future__ import annotations

import asyncio
import json
import sys
import tracemalloc
from collections.abc import AsyncIterator, Callable
from time import perf_counter, process_time
from typing import Any, Generic, Literal, TypeVar

from contracts_client import ContractPage, ContractsClient

PATH = "/customers/v2/benefits/contracts"
T = TypeVar("T")


def ours(
    prefetch: int | None, transport: Literal["httpx2", "aiohttp"] | None = None
) -> Callable[[str], AsyncIterator[Any]]:
    """Return this client's iterator."""

    async def read(url: str) -> AsyncIterator[Any]:
        async with ContractsClient("acme-shop", base_url=url, deadline=600, transport=transport) as client:
            async for contract in client.list_contracts(prefetch=prefetch):
                yield contract

    return read


async def loop(url: str) -> AsyncIterator[Any]:
    """Fetch page after page with httpx, as one writes it by hand."""
    import httpx  # noqa: PLC0415 # each contender brings its own

    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        number = pages = 1
        while number <= pages:
            response = await client.get(PATH, params={"page": number})
            page = ContractPage.from_dict(response.json())
            for contract in page.items:
                yield contract
            number, pages = number + 1, page.total_pages or 0


async def aiohttp_loop(url: str) -> AsyncIterator[Any]:
    """Fetch page after page with aiohttp, likewise."""
    import aiohttp  # noqa: PLC0415 # likewise

    async with aiohttp.ClientSession(raise_for_status=True) as session:
        number = pages = 1
        while number <= pages:
            async with session.get(url + PATH, params={"page": number}) as response:
                page = ContractPage.from_dict(await response.json())
            for contract in page.items:
                yield contract
            number, pages = number + 1, page.total_pages or 0


async def openapi_generator(url: str) -> AsyncIterator[Any]:
    """Fetch page after page with openapi-generator's asyncio client and its models: it has no pager."""
    import peer_oag  # noqa: PLC0415 # likewise

    async with peer_oag.ApiClient(peer_oag.Configuration(host=url)) as client:
        operations = peer_oag.ContractsClientApi(client)
        number = pages = 1
        while number <= pages:
            page = await operations.get_contracts("acme-shop", page=number)
            for contract in page.items:
                yield contract
            number, pages = number + 1, page.total_pages or 0


async def openai(url: str) -> AsyncIterator[Any]:
    """Fetch page after page with openai-python's client and its own page class, told about page numbers."""
    from openai import AsyncOpenAI, BaseModel  # noqa: PLC0415 # likewise
    from openai._base_client import BaseAsyncPage, BasePage, PageInfo  # noqa: PLC0415 # likewise

    class Contract(BaseModel):
        uuid: str
        status: str
        createdAt: str
        createdBy: str
        lastChangedAt: str
        lastChangedBy: str
        consumableFrom: str
        loyaltyProgram: dict[str, Any]
        organisationId: int

    class NumberedPage(BaseAsyncPage[T], BasePage[T], Generic[T]):
        items: list[T]
        totalPages: int

        def _get_page_items(self) -> list[T]:
            return self.items

        def next_page_info(self) -> PageInfo | None:
            number = int(dict(self._options.params)["page"])
            return PageInfo(params={"page": number + 1}) if number < self.totalPages else None

    async with AsyncOpenAI(base_url=url, api_key="none", timeout=60) as client:
        pager: Any = client.get_api_list(
            PATH, model=Contract, page=NumberedPage[Contract], options={"params": {"page": 1}}
        )
        async for contract in pager:
            yield contract


async def azure(url: str) -> AsyncIterator[Any]:
    """Fetch page after page with azure-core's AsyncItemPaged, over its own pipeline and aiohttp."""
    from azure.core import AsyncPipelineClient  # noqa: PLC0415 # likewise
    from azure.core.async_paging import AsyncItemPaged, AsyncList  # noqa: PLC0415 # likewise
    from azure.core.rest import HttpRequest  # noqa: PLC0415 # likewise

    async with AsyncPipelineClient(url) as client:

        async def get_next(token: str | None) -> Any:
            response = await client.send_request(HttpRequest("GET", f"{url}{PATH}", params={"page": token or "1"}))
            return token or "1", response.json()

        async def extract(found: Any) -> Any:
            token, document = found
            page = ContractPage.from_dict(document)
            number = int(token)
            following = str(number + 1) if number < (page.total_pages or 0) else None
            return following, AsyncList(page.items)

        async for contract in AsyncItemPaged(get_next, extract):
            yield contract


PAGERS: dict[str, Callable[[str], AsyncIterator[Any]]] = {
    "loop": loop,
    "aiohttp": aiohttp_loop,
    "openapi_generator": openapi_generator,
    "openai": openai,
    "azure": azure,
    "default": ours(None),
    **{f"ours{prefetch}": ours(prefetch) for prefetch in (0, 1, 2, 3, 4, 6, 8, 9)},
    **{f"ours{prefetch}-httpx2": ours(prefetch, "httpx2") for prefetch in (0, 4)},
    **{f"ours{prefetch}-aiohttp": ours(prefetch, "aiohttp") for prefetch in (0, 4)},
}


async def measured(read: Callable[[str], AsyncIterator[Any]], url: str, *, memory: bool) -> dict[str, float]:
    """Read a whole listing, and return what it took."""
    if memory:
        tracemalloc.start()
    started, processor = perf_counter(), process_time()
    first = 0.0
    count = 0
    async for _ in read(url):
        first = first or perf_counter() - started
        count += 1
    found = {
        "seconds": perf_counter() - started,
        "first": first,
        "items": count,
        "processor": process_time() - processor,
    }
    return {**found, "peak": tracemalloc.get_traced_memory()[1] / 1024} if memory else found


def main() -> None:
    """Measure the pager that the command line names."""
    name, url, warm, kind = sys.argv[1:]
    # What a process does once - imports, the first connection's machinery - is not the pager's.
    asyncio.run(measured(PAGERS[name], warm, memory=False))
    json.dump(asyncio.run(measured(PAGERS[name], url, memory=kind == "memory")), sys.stdout)


if __name__ == "__main__":
    main()
