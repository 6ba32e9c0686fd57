"""Iterators over the items and over the pages of a listing. Tasks may share one: what it yields goes to one of them."""

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
        progress: Is kept up to date.
    """

    def __init__(self, reader: Reader[Item, PageType], progress: ReadPosition) -> None:
        self._read = reader.read
        self._progress = progress
        self._turn = asyncio.Lock()

    def __aiter__(self) -> PageIterator[PageType]:
        return self

    async def __anext__(self) -> PageType:
        async with self._turn:
            reading = await self._read()
        if reading is None:
            raise StopAsyncIteration
        self._progress.yielded += len(reading.page.items)
        if reading.page.items:
            self._progress.passed_page(reading.page, reading.last_key)
        return reading.page


class ItemIterator(AsyncIterator[Item], Generic[Item, PageType]):
    """Yields the items of page after page.

    Args:
        reader: Reads the pages.
        progress: Is kept up to date.
        limit: How many items to yield at the most, or None for all.
    """

    def __init__(self, reader: Reader[Item, PageType], progress: ReadPosition, limit: int | None) -> None:
        self._reader = reader
        self._progress = progress
        self._limit = limit
        self._turn = asyncio.Lock()
        self._reading: Reading[PageType] | None = None
        self._next = 0  # of what is to be yielded of the page

    def __aiter__(self) -> ItemIterator[Item, PageType]:
        return self

    async def __anext__(self) -> Item:
        progress = self._progress
        while True:
            if self._limit is not None and progress.yielded >= self._limit:
                raise StopAsyncIteration
            if self._reading is not None and self._next < len(self._reading.positions):
                break
            await self._turn_page()
        reading = self._reading
        index, self._next = self._next, self._next + 1
        position, key = reading.positions[index], reading.keys[index]
        # What follows the last item to be yielded has come before: the page is done with.
        done = position + 1 if self._next < len(reading.positions) else len(reading.page.items)
        progress.passed(reading.page, reading.length, done, key)
        progress.yielded += 1
        self._reader.yielded(key)
        item: Item = reading.page.items[position]
        return item

    async def _turn_page(self) -> None:
        self._reading = None  # so that no page is held longer than it is needed
        async with self._turn:
            if self._reading is not None:
                return  # another task has turned it meanwhile
            reading = self._reading = await self._reader.read()
            self._next = 0
        if reading is None:
            raise StopAsyncIteration
        page, progress = reading.page, self._progress
        # Where reading started again, pages that bring nothing new lie before the place after the last item.
        if not reading.positions and page.items and page.number >= progress.page:
            progress.passed_page(page, reading.last_key)
