"""Iterators over the items and the pages of a listing. Tasks may share one: each item or page goes to one of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Generic

from .page import Item, PageType
from .position import ReadPosition
from .reader import Reader, Reading


class PageIterator(AsyncIterator[PageType]):
    """Yields the pages, as the server sent them.

    Args:
        reader: Reads them.
        position: Is updated with each page.
    """

    def __init__(self, reader: Reader[Item, PageType], position: ReadPosition) -> None:
        self._read = reader.read
        self._position = position
        self._reads = asyncio.Lock()

    def __aiter__(self) -> PageIterator[PageType]:
        return self

    async def __anext__(self) -> PageType:
        async with self._reads:
            reading = await self._read()
        if reading is None:
            raise StopAsyncIteration
        self._position.yielded += len(reading.page.items)
        if reading.length:
            self._position.passed_page(reading.page, reading.last_key)
        return reading.page


class ItemIterator(AsyncIterator[Item], Generic[Item, PageType]):
    """Yields the items of page after page.

    Args:
        reader: Reads the pages.
        position: Is updated with each item.
        limit: The largest number of items to yield, or None for all.
    """

    def __init__(self, reader: Reader[Item, PageType], position: ReadPosition, limit: int | None) -> None:
        self._reader = reader
        self._position = position
        self._limit = limit
        self._reads = asyncio.Lock()
        self._reading: Reading[PageType] | None = None
        self._next = 0  # index into the positions of the page

    def __aiter__(self) -> ItemIterator[Item, PageType]:
        return self

    async def __anext__(self) -> Item:
        while True:
            if self._limit is not None and self._position.yielded >= self._limit:
                raise StopAsyncIteration
            if self._reading is not None and self._next < len(self._reading.positions):
                break
            await self._next_page()
        reading = self._reading
        index, self._next = self._next, self._next + 1
        position, key = reading.positions[index], reading.keys[index]
        if self._next < len(reading.positions):
            self._position.passed(reading.page, reading.length, position + 1, key)
        else:  # items after the last one to yield came before or can't be read, so the whole page is done
            self._position.passed(reading.page, reading.length, len(reading.items), reading.last_key)
        self._position.yielded += 1
        self._reader.yielded(key)
        item: Item = reading.items[position]
        return item

    async def _next_page(self) -> None:
        self._reading = None  # no page is kept longer than it is needed
        async with self._reads:
            if self._reading is not None:
                return  # another task has read it meanwhile
            reading = self._reading = await self._reader.read()
            self._next = 0
        if reading is None:
            raise StopAsyncIteration
        page, position = reading.page, self._position
        # After a restart, pages without new items may lie before the position.
        if not reading.positions and reading.length > 0 and page.number >= position.page:
            position.passed_page(page, reading.last_key)
